import { statSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from './walking';

/** Entries of a folder that are looked at. */
const mostEntries = 200;

/** Names of the folders in a folder, those first in which something was written last; none where there is no folder. */
export function foldersNewestFirst(folder: string): readonly string[] {
  return namesIn(folder, mostEntries)
    .map((name) => ({ name, timeMs: timeOf(join(folder, name)) }))
    .filter(({ timeMs }) => timeMs > 0)
    .sort((left, right) => right.timeMs - left.timeMs)
    .map(({ name }) => name);
}

/** When a folder, or a file right in it, was written last; 0 for what is no folder. */
function timeOf(folder: string): number {
  if (!isFolder(folder)) return 0;
  const inside = namesIn(folder, mostEntries).map((name) => join(folder, name));
  return Math.max(...[folder, ...inside].map(modifiedMs));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** When a file was written last; 0 for what cannot be looked at. */
export function modifiedMs(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** Size of a regular file in bytes; nothing for what cannot be looked at. */
export function bytesOfFile(path: string): number | undefined {
  try {
    const status = statSync(path);
    return status.isFile() ? status.size : undefined;
  } catch {
    return undefined;
  }
}
