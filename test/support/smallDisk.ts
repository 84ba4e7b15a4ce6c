import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** A disk of 64 KB at this place, taken away by `end`; nothing where none may be made. */
export function smallDisk(folder: string): { readonly folder: string; readonly end: () => void } | undefined {
  if (process.platform !== 'linux') return undefined;
  mkdirSync(folder);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status !== 0) return undefined;
  return { folder, end: () => void execFileSync('umount', [folder]) };
}
