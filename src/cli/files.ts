import { HumanError, ModelError } from '../core/model/problem';
import { readInputSync } from '../files/input';
import { mostBytesOf } from '../files/limits';
import { readFileSync } from '../files/reading';

/** The bytes of a file, a pipe or the standard input that the user named; a complete sentence where it has none. */
export function readFile(path: string, kind: keyof typeof mostBytesOf): Uint8Array {
  return readInputSync(path, { mostBytes: mostBytesOf[kind] });
}

/**
 * The same for what a project names or what lies where a file of its name is looked for: a regular file alone, since
 * nobody has asked to wait for a pipe there.
 */
export function readFoundFile(path: string, kind: keyof typeof mostBytesOf): Uint8Array {
  return readFileSync(path, { mostBytes: mostBytesOf[kind] });
}

/** True for a failure of one file, after which others can still be read; else the command itself was wrong. */
export function isAboutFile(error: unknown): error is HumanError {
  return (
    error instanceof ModelError ||
    (error instanceof HumanError && /^(?:file|folder|measurements|siblings)-|^over-budget$/.test(error.code))
  );
}

/** True for a port or a log that could not be opened; an address that names none is a wrong command. */
export function isAboutPort({ code }: HumanError): boolean {
  return /^(port|serialport|log)-/.test(code) && code !== 'port-address';
}
