import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { HumanError, ModelError } from '../core/model/problem';
import { lookup } from '../core/text/lookup';

/** Largest file that is read: TFLite's offsets are 32 bits wide and signed in many runtimes. */
const mostBytes = 2 ** 31;

/** The bytes of a file; a whole sentence when it cannot be read. */
export function readFile(path: string): Uint8Array {
  try {
    if (statSync(path).size > mostBytes) {
      throw new HumanError(
        'file-too-large',
        `${path} is larger than 2 GB, which no microcontroller model is. Name a model file.`,
      );
    }
    return readFileSync(path);
  } catch (error) {
    if (error instanceof HumanError) throw error;
    throw new HumanError(
      'file-unreadable',
      `${path} cannot be read: ${reasonOf(error)}. Check the path and its permissions.`,
    );
  }
}

/** Writes a file whole or not at all: first beside it, then a rename. */
export function writeFile(path: string, text: string): void {
  try {
    const beside = `${path}.${process.pid}.tmp`;
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    throw new HumanError(
      'file-unwritable',
      `${path} cannot be written: ${reasonOf(error)}. Check the folder and its permissions.`,
    );
  }
}

const reasons: Readonly<Record<string, string>> = lookup({
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is denied',
  EISDIR: 'it is a folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
});

/** A failure of the file system in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (code === '' ? String(error) : code);
}

/** True for a failure of one file, after which others can still be read; else the command itself was wrong. */
export function isAboutFile(error: unknown): error is HumanError {
  return error instanceof ModelError || (error instanceof HumanError && error.code.startsWith('file-'));
}

/** True for a port or a log that could not be opened; an address that names none is a wrong command. */
export function isAboutPort({ code }: HumanError): boolean {
  return /^(port|serialport|log)-/.test(code) && code !== 'port-address';
}
