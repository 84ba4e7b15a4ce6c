import { closeSync, constants, copyFileSync, fdatasyncSync, linkSync, lstatSync, openSync } from 'node:fs';
import { renameSync, unlinkSync, writeSync } from 'node:fs';
import { open, rename, unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { HumanError } from '../core/model/problem';
import { codeOf, reasonOf } from './reasons';
import { removeLeftovers, removeLeftoversSync, unfinishedBeside } from './unfinished';

/** A file that nobody else has: never one that is there, never through a link. */
const newFile =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | ((constants.O_NOFOLLOW as number | undefined) ?? 0);
const mode = 0o666;

/**
 * THE way to write a file: whole or not at all. The bytes go into a file of a random name in the same folder, made for
 * that alone, which takes the place of `path` when it is on the disk; after a failure it is gone. A link that stands at
 * `path` is replaced, not followed, and what is no file (a device, a folder) is left alone. What killed programs have
 * left of their files is taken away.
 * @returns how many bytes were written. @throws HumanError `file-unwritable`
 */
export function replaceFileSync(path: string, parts: Iterable<Uint8Array>): number {
  return published(path, parts, (unfinished) => {
    checkReplaceable(path);
    renameSync(unfinished, path);
  });
}

/** The same for a name that must be free, also when the bytes are there. @throws HumanError `file-exists` */
export function writeNewFileSync(path: string, parts: Iterable<Uint8Array>): number {
  return published(path, parts, (unfinished) => {
    moveToFreeName(unfinished, path);
  });
}

/** Makes a small file that stands for a right, whole from its first moment; a failing power supply may end it. */
export function writeTokenSync(path: string, bytes: Uint8Array): void {
  published(path, [bytes], (unfinished) => moveToFreeName(unfinished, path), 'until power fails');
}

/** The same as `replaceFileSync`, in turn: for the thread that must not wait. `check` may still refuse at the end. */
export async function replaceFile(path: string, bytes: Uint8Array, check?: () => void): Promise<void> {
  await removeLeftovers(path);
  const unfinished = unfinishedBeside(path);
  try {
    checkReplaceable(path);
    await writeUnfinished(unfinished, bytes);
    try {
      check?.();
      await rename(unfinished, path);
    } catch (error) {
      await unlink(unfinished);
      throw error;
    }
  } catch (error) {
    throw unwritable(error, path);
  }
}

/** Writes a file under a name that nobody else has, and takes it away again where it does not become whole. */
export async function writeUnfinished(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, newFile, mode);
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } catch (error) {
    await file.close();
    await unlink(path);
    throw error;
  }
  await file.close();
}

/** Takes a file of one's own away. */
export async function removeFile(path: string): Promise<void> {
  await unlink(path);
}

/**
 * Gives a file another name, which must be free: unlike a rename a link never replaces. Where the file system has no
 * links, an exclusive copy does nearly as well.
 */
export function moveToFreeName(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
  unlinkSync(from);
}

/**
 * Finds out, before long work, whether a new file could be written: its name is free, and its folder takes files.
 * @throws HumanError `file-exists`, `file-unwritable`
 */
export function checkCanWriteSync(path: string): void {
  try {
    if (basename(path) === '') throw new Error('its name is empty');
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw taken(path);
    const tried = unfinishedBeside(path);
    closeSync(openSync(tried, newFile, mode));
    unlinkSync(tried);
  } catch (error) {
    throw unwritable(error, path);
  }
}

/** Any failure of writing as a sentence. */
export function unwritable(error: unknown, path: string): HumanError {
  if (error instanceof HumanError) return error;
  if (codeOf(error) === 'EEXIST') return taken(path);
  return new HumanError(
    'file-unwritable',
    `${path === '' ? '""' : path} cannot be written: ${reasonOf(error)}. Check the folder and its permissions.`,
  );
}

function taken(path: string): HumanError {
  return new HumanError('file-exists', `${path} exists already. Name another file, or remove it first.`);
}

function published(
  path: string,
  parts: Iterable<Uint8Array>,
  publish: (unfinished: string) => void,
  lasts: 'until power fails' | 'always' = 'always',
): number {
  if (lasts === 'always') removeLeftoversSync(path);
  try {
    const unfinished = unfinishedBeside(path);
    const file = openSync(unfinished, newFile, mode);
    try {
      let total = 0;
      try {
        for (const part of parts) total += writeAll(file, part);
        if (lasts === 'always') fdatasyncSync(file);
      } finally {
        closeSync(file);
      }
      publish(unfinished);
      return total;
    } catch (error) {
      if (lstatSync(unfinished, { throwIfNoEntry: false }) !== undefined) unlinkSync(unfinished);
      throw error;
    }
  } catch (error) {
    throw unwritable(error, path);
  }
}

/** Writes all of some bytes to an open file. */
export function writeAll(file: number, bytes: Uint8Array): number {
  for (let start = 0; start < bytes.length;) start += writeSync(file, bytes, start);
  return bytes.length;
}

function checkReplaceable(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isFile() || found.isSymbolicLink()) return;
  throw new Error(found.isDirectory() ? 'it is a folder' : 'it is a device or a pipe');
}

/**
 * Writes text to an open descriptor without waiting: what a thread gives to its streams is shown only when it comes to
 * rest. What cannot be written is left out, since nothing hangs on it.
 */
export function writeAtOnce(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    // A closed terminal.
  }
}
