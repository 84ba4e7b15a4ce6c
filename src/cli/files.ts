import { renameSync, writeFileSync } from 'node:fs';
import { HumanError, ModelError } from '../core/model/problem';
import { readInputSync } from '../files/input';
import { mostBytesOf } from '../files/limits';
import { reasonOf } from '../files/reasons';

/** The bytes of a file, a pipe or the standard input; a whole sentence when it cannot be read. */
export function readFile(path: string, kind: keyof typeof mostBytesOf): Uint8Array {
  return readInputSync(path, { mostBytes: mostBytesOf[kind] });
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

/** True for a failure of one file, after which others can still be read; else the command itself was wrong. */
export function isAboutFile(error: unknown): error is HumanError {
  return error instanceof ModelError || (error instanceof HumanError && error.code.startsWith('file-'));
}

/** True for a port or a log that could not be opened; an address that names none is a wrong command. */
export function isAboutPort({ code }: HumanError): boolean {
  return /^(port|serialport|log)-/.test(code) && code !== 'port-address';
}
