import type { Dir } from 'node:fs';
import { opendirSync } from 'node:fs';
import { join } from 'node:path';
import { HumanError } from '../core/model/problem';
import { reasonOf } from './reasons';

/** What is looked for below a folder, and how far. */
interface Walk {
  /** Whether a regular file is wanted, by its path from the folder, with `/` between its parts. */
  readonly isWanted: (path: string) => boolean;
  /** Whether a folder is looked into, named in the same way. A link is no folder: it may lead in a circle. */
  readonly isEntered: (path: string) => boolean;
}

/** Files below a folder, by their paths from it, and what was not looked at, in whole sentences. */
interface FoundFiles {
  readonly paths: readonly string[];
  readonly leftOut: readonly string[];
}

/** Entries of all folders that are looked at, and files that are taken. */
interface Bounds {
  readonly entries: number;
  readonly files: number;
}

const usual: Bounds = { entries: 200_000, files: 20_000 };

/**
 * THE way to look through a folder: regular files only, never through a link, no more than so many entries whatever
 * there is. A folder below that cannot be read is left out and said.
 * @throws HumanError `folder-unreadable` where the folder itself cannot be read
 */
export function filesBelow(root: string, { isWanted, isEntered }: Walk, most = usual): FoundFiles {
  const paths: string[] = [];
  const leftOut: string[] = [];
  const open = [''];
  let left = most.entries;
  for (const folder of open) {
    const entries = entriesOf(join(root, folder), left);
    if (typeof entries === 'string') {
      if (folder === '') throw new HumanError('folder-unreadable', unreadable(root, entries));
      leftOut.push(unreadable(join(root, folder), entries));
      continue;
    }
    left -= entries.length;
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && isEntered(path)) open.push(path);
      else if (entry.isFile() && isWanted(path)) paths.push(path);
    }
    if (left > 0 && paths.length <= most.files) continue;
    const bound = left > 0 ? `${most.files} files` : `${most.entries} entries`;
    leftOut.push(
      `${root} holds more than the ${bound} that are looked at; the rest is left out. Name a smaller folder.`,
    );
    break;
  }
  return { paths: paths.slice(0, most.files).sort(), leftOut };
}

/** Names in a folder, no more than so many; none where it cannot be read. */
export function namesIn(folder: string, most: number): readonly string[] {
  const entries = entriesOf(folder, most);
  return typeof entries === 'string' ? [] : entries.map(({ name }) => name);
}

interface Entry {
  readonly name: string;
  isDirectory(): boolean;
  isFile(): boolean;
}

/** Sorted by name; why there are none, as a clause, where the folder cannot be read. */
function entriesOf(folder: string, most: number): readonly Entry[] | string {
  try {
    const dir = opendirSync(folder, { bufferSize: 512 });
    try {
      return [...taken(dir, most)].sort((one, other) => (one.name < other.name ? -1 : 1));
    } finally {
      dir.closeSync();
    }
  } catch (error) {
    return reasonOf(error);
  }
}

function* taken(dir: Dir, most: number): Generator<Entry> {
  for (let count = 0; count < most; count += 1) {
    const entry = dir.readSync();
    if (entry === null) return;
    yield entry;
  }
}

function unreadable(folder: string, reason: string): string {
  return `${folder} cannot be read as a folder: ${reason}. Check the path and its permissions.`;
}
