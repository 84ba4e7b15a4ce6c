import type { BigIntStats } from 'node:fs';
import { closeSync, constants, fstatSync, openSync, realpathSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { HumanError } from '../core/model/problem';
import { codeOf, reasonOf } from './reasons';

/** Which file may be opened, and what it is called. */
export interface Opening {
  /** What people call the file; absent: its path. */
  readonly name?: string;
  /**
   * Folders of which one must hold the file, links followed on both sides: for whatever is named by a project file or
   * by a link in a folder that came from elsewhere. Absent: any place, for what the user named.
   */
  readonly within?: readonly string[];
}

/** Never waits for a peer, as opening a pipe would; Windows has no such flag and needs none. */
const flags = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);
const exact = { bigint: true } as const;

/**
 * Opens a regular file for reading. A device, a pipe or a folder is refused before it is opened, since opening alone
 * may block or act, and what was opened is looked at again, since the name may have changed hands meanwhile.
 * @throws HumanError `file-absent`, `file-unreadable`, `file-outside`
 */
export async function openFile(path: string, opening: Opening = {}): Promise<FileHandle> {
  try {
    const place = opening.within === undefined ? path : await realpath(path);
    const roots = await Promise.all((opening.within ?? []).map((root) => realpath(root).catch(() => root)));
    checkWithin(place, roots, { path, ...opening });
    const seen = await stat(place, exact);
    checkKind(seen, { path, ...opening });
    const file = await open(place, flags);
    try {
      checkSame(seen, await file.stat(exact), { path, ...opening });
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    throw unreadable(error, { path, ...opening });
  }
}

/** The same at once: for threads that do nothing else, and the command line. Gives the descriptor. */
export function openFileSync(path: string, opening: Opening = {}): number {
  try {
    const place = opening.within === undefined ? path : realpathSync(path);
    checkWithin(place, (opening.within ?? []).map(realPlace), { path, ...opening });
    const seen = statSync(place, exact);
    checkKind(seen, { path, ...opening });
    const file = openSync(place, flags);
    try {
      checkSame(seen, fstatSync(file, exact), { path, ...opening });
      return file;
    } catch (error) {
      closeSync(file);
      throw error;
    }
  } catch (error) {
    throw unreadable(error, { path, ...opening });
  }
}

/** Whether a path, as it is written, leads into one of some folders. */
export function isWithin(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => {
    const way = relative(root, path);
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
}

type Named = Opening & { readonly path: string };

function realPlace(root: string): string {
  try {
    return realpathSync(root);
  } catch {
    return root;
  }
}

function checkWithin(place: string, roots: readonly string[], { path, name = path, within }: Named): void {
  if (within === undefined || isWithin(place, roots)) return;
  throw new HumanError(
    'file-outside',
    `${name} leads to ${place}, outside of the open folder, and is not read. Copy the file into the folder, or add its own folder to the workspace.`,
  );
}

function checkKind(stats: BigIntStats, { path, name = path }: Named): void {
  if (stats.isFile()) return;
  const kind = stats.isDirectory() ? 'it is a folder' : 'it is a device or a pipe, and only files are read';
  throw new HumanError('file-unreadable', `${name} cannot be read: ${kind}. Name a file.`);
}

function checkSame(seen: BigIntStats, opened: BigIntStats, { path, name = path }: Named): void {
  if (opened.isFile() && seen.ino === opened.ino && seen.dev === opened.dev) return;
  throw new HumanError('file-unreadable', `${name} was replaced while it was opened. Try again.`);
}

/** Any failure as a sentence. */
export function unreadable(error: unknown, { path, name = path }: Named): HumanError {
  if (error instanceof HumanError) return error;
  return new HumanError(
    codeOf(error) === 'ENOENT' ? 'file-absent' : 'file-unreadable',
    `${name === '' ? '""' : name} cannot be read: ${reasonOf(error)}. Check the path and its permissions.`,
  );
}
