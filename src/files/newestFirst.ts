import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Entries of a folder that are looked at. */
const mostEntries = 200;

/** Names of the folders in a folder, those first in which something was written last; none where there is no folder. */
export function foldersNewestFirst(folder: string): readonly string[] {
  const names = (listed(folder) ?? []).slice(0, mostEntries);
  const dated = names.map((name) => ({ name, timeMs: timeOf(join(folder, name)) }));
  return dated
    .filter(({ timeMs }) => timeMs > 0)
    .sort((left, right) => right.timeMs - left.timeMs)
    .map(({ name }) => name);
}

/** When a folder, or a file right in it, was written last; 0 for what is no folder. */
function timeOf(folder: string): number {
  const inside = (listed(folder) ?? []).slice(0, mostEntries);
  const times = [folder, ...inside.map((name) => join(folder, name))].map(modifiedMs);
  return listed(folder) === undefined ? 0 : Math.max(...times);
}

function listed(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}

function modifiedMs(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
