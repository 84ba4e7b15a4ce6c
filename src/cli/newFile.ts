import { copyFileSync, constants, existsSync, linkSync, unlinkSync, writeFileSync } from 'node:fs';
import { HumanError } from '../core/model/problem';
import { reasonOf } from '../files/reasons';

/** @throws HumanError when there is a file already: nothing that a person has is overwritten. */
export function checkIsNew(path: string): void {
  if (existsSync(path)) throw exists(path);
}

/** Writes a new file whole or not at all: first beside it, then under its name, which must not exist by then either. */
export function writeNewFile(path: string, bytes: Uint8Array): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, bytes, { flag: 'wx' });
    publish(beside, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw exists(path);
    throw new HumanError(
      'file-unwritable',
      `${path} cannot be written: ${reasonOf(error)}. Check the folder and its permissions.`,
    );
  } finally {
    if (existsSync(beside)) unlinkSync(beside);
  }
}

/** Unlike a rename a link never replaces; where the file system has no links, an exclusive copy does nearly as well. */
function publish(beside: string, path: string): void {
  try {
    linkSync(beside, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
    copyFileSync(beside, path, constants.COPYFILE_EXCL);
  }
}

function exists(path: string): HumanError {
  return new HumanError('file-exists', `${path} exists already. Name another file with -o, or remove it first.`);
}
