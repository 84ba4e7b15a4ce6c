import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { extensionFolderName, root } from './places';

const asInSources = ['package.json', 'package.nls.json', 'media', 'examples'];

/** Lays the extension out below `extensionsFolder`, with its pages made of the controls that are not the usual ones. */
export function provideOtherControls(extensionsFolder: string): void {
  const folder = path.join(extensionsFolder, extensionFolderName());
  mkdirSync(folder);
  for (const name of asInSources) symlinkSync(path.join(root, name), path.join(folder, name));
  cpSync(path.join(root, 'dist'), path.join(folder, 'dist'), { recursive: true });
  const options = ['build.mjs', '--elements', `--pages=${path.join(folder, 'dist', 'webview')}`];
  const { status, stderr } = spawnSync(process.execPath, options, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The pages cannot be built with the other controls:\n${stderr}`);
}
