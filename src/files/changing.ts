import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HumanError } from '../core/model/problem';
import { makeFolderSync } from './folders';
import { FileLock } from './lock';
import type { Reading } from './reading';
import { readFile, readFileSync } from './reading';
import { replaceFile, replaceFileSync, unwritable } from './writing';

/** What a file is to hold, by what it holds; nothing where it is not there. */
type Change = (before: Uint8Array | undefined) => Uint8Array;

/** Longest wait for others that change the same file: each takes some milliseconds, or what a slow disk takes. */
const patienceMs = 30_000;
const longestPauseMs = 20;

/**
 * Changes a file that several programs change: read, changed and replaced while no other does (`lock`), so that nothing
 * that another wrote is lost. Its folder is made where it is not there, within the folders of `within`.
 * @throws HumanError in a whole sentence; what `change` throws
 */
export async function changeFile(path: string, reading: Reading, change: Change): Promise<void> {
  const waiting = new Waiting(path);
  for (;;) {
    const lock = lockOf(path, reading);
    if (lock === undefined) {
      await delay(waiting.pauseMs());
      continue;
    }
    try {
      const before = await readFile(path, reading).catch(ifAbsent);
      await replaceFile(path, change(before), () => checkHeld(lock));
      return;
    } catch (error) {
      if (!(error instanceof LockLost)) throw error;
    } finally {
      lock.release();
    }
  }
}

/** The same at once, for the command line. */
export function changeFileSync(path: string, reading: Reading, change: Change): void {
  const waiting = new Waiting(path);
  for (;;) {
    const lock = lockOf(path, reading);
    if (lock === undefined) {
      sleep(waiting.pauseMs());
      continue;
    }
    try {
      const changed = change(presentSync(path, reading));
      if (lock.isHeld) {
        replaceFileSync(path, [changed]);
        return;
      }
    } finally {
      lock.release();
    }
  }
}

/** Somebody took the lock for left behind: the change is made anew. */
class LockLost extends HumanError {}

function checkHeld(lock: FileLock): void {
  if (!lock.isHeld) throw new LockLost('lock-lost', 'Another program changes the file.');
}

function lockOf(path: string, { within }: Reading): FileLock | undefined {
  try {
    makeFolderSync(dirname(path), within);
    return FileLock.take(path);
  } catch (error) {
    throw unwritable(error, path);
  }
}

function presentSync(path: string, reading: Reading): Uint8Array | undefined {
  try {
    return readFileSync(path, reading);
  } catch (error) {
    ifAbsent(error);
    return undefined;
  }
}

function ifAbsent(error: unknown): undefined {
  if (!(error instanceof HumanError) || error.code !== 'file-absent') throw error;
}

class Waiting {
  readonly #path: string;
  readonly #untilMs = Date.now() + patienceMs;

  constructor(path: string) {
    this.#path = path;
  }

  /** Of another length each time, so that those who wait do not keep step. @throws HumanError after half a minute */
  pauseMs(): number {
    if (Date.now() < this.#untilMs) return 1 + Math.random() * longestPauseMs;
    throw new HumanError(
      'file-unwritable',
      `${this.#path} is being changed by another program. Try again; where none runs, remove ${this.#path}.lock.`,
    );
  }
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
