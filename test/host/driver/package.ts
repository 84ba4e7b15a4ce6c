import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { outFolder, root } from './places';

let made: string | undefined;

/** Packages the extension once, as `npm run package` does; gives the VSIX. */
export function packageFile(): string {
  if (made) return made;
  const vsix = newPackage();
  made = path.join(outFolder, 'milliwatt.vsix');
  cpSync(vsix, made);
  return made;
}

/** Builds and packages, in the checkout's own folder; what comes is gone with the next build. */
export function newPackage(): string {
  const result = spawnSync(process.execPath, ['build.mjs', '--production', '--package'], {
    cwd: root,
    encoding: 'utf8',
  });
  const vsix = path.join(root, 'milliwatt.vsix');
  if (result.status !== 0 || !existsSync(vsix)) throw new Error(`Packaging failed:\n${result.stdout}${result.stderr}`);
  return vsix;
}
