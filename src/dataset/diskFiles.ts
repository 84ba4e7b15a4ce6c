import { readdir, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FolderEntry, SampleFiles, SamplePlace } from '../core/samples/sampleFiles';
import { filesBelow } from '../core/samples/sampleFiles';
import { mostBytesOf } from '../files/limits';
import { isWithin, unreadable } from '../files/opening';
import { readFile } from '../files/reading';

/** Sample files of this machine's own file system, wherever links lead: addresses are paths. */
export const diskFiles: SampleFiles = filesWithin([]);

function filesWithin(roots: readonly string[]): SampleFiles {
  return {
    list: (place) =>
      readable(place, async () => ((await stat(place.address)).isDirectory() ? filesBelow(place, entriesOf) : [place])),
    read: ({ address, name }, mostBytes = mostBytesOf.samples) =>
      readFile(address, { name, mostBytes, within: isWithin(address, roots) ? roots : undefined }),
  };
}

/**
 * Sample files by URI: what a path leads to is read here, anything else by `others`, which knows other file systems.
 * What has its name in one of the folders `roots` is read only where its links lead into one of them.
 */
export function filesByUri(roots: readonly string[], others: SampleFiles): SampleFiles {
  const own = filesWithin(roots);
  return {
    list: async (place) => {
      const address = pathOf(place.address);
      if (address === undefined) return others.list(place);
      const found = await own.list({ ...place, address });
      return found.map((file) => ({ ...file, address: pathToFileURL(file.address).href }));
    },
    read: (file, mostBytes) => {
      const address = pathOf(file.address);
      return address === undefined ? others.read(file, mostBytes) : own.read({ ...file, address }, mostBytes);
    },
  };
}

/** The path that a URI stands for on this machine; nothing for any other file system, and for another machine's. */
function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

async function entriesOf({ address }: SamplePlace): Promise<readonly FolderEntry[]> {
  const entries = await readdir(address, { withFileTypes: true });
  return Promise.all(
    entries.map(async (entry) => ({
      name: entry.name,
      address: join(address, entry.name),
      kind: await kindOf(entry, join(address, entry.name)),
    })),
  );
}

/** A link to a file is a file. */
async function kindOf(entry: Dirent, path: string): Promise<FolderEntry['kind']> {
  if (entry.isDirectory()) return 'folder';
  const isFile = entry.isFile() || (entry.isSymbolicLink() && (await isLinkToFile(path)));
  return isFile ? 'file' : 'neither';
}

async function isLinkToFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function readable<Result>({ name, address }: SamplePlace, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    throw unreadable(error, { path: address, name });
  }
}
