import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { examplesFolder } from './places';

export type WorkspaceKind = 'folder' | 'two folders';

/** Lays out a workspace for tests below `folder`; gives the folder or `.code-workspace` file to open. */
export function createWorkspace(kind: WorkspaceKind, folder: string): string {
  if (kind === 'folder') return sampleFolder(path.join(folder, 'workspace'));
  const names = ['first', 'second'];
  for (const name of names) sampleFolder(path.join(folder, name));
  const file = path.join(folder, 'both.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: names.map((name) => ({ path: name })) }));
  return file;
}

/** A copy of the sample workspace. */
function sampleFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  if (existsSync(examplesFolder)) cpSync(examplesFolder, folder, { recursive: true });
  return folder;
}
