import { closeSync, fstatSync, readSync } from 'node:fs';
import { HumanError } from '../core/model/problem';
import { bytesText } from '../core/text/units';
import type { Opening } from './opening';
import { openFile, openFileSync, unreadable } from './opening';

/** What is read, and how much of it at most. */
export interface Reading extends Opening {
  /** See `mostBytesOf`. A file with more is refused, whatever size its name claims. */
  readonly mostBytes: number;
  /** Asked between pieces. */
  readonly signal?: AbortSignal;
}

/**
 * THE way to read a whole file, of the extension, its threads and the command line (`readInputSync` takes pipes, too).
 * Only regular files are opened, without blocking, inside the folders of `within` where that is given; no more than
 * `mostBytes` are read, and memory follows what is there, not what the file's size claims.
 * A room that needs files stands on this one; `test/architecture.test.ts` fails where another reads by itself.
 * @throws HumanError in a whole sentence: `file-absent`, `file-unreadable`, `file-outside`, `file-too-large`
 */
export async function readFile(path: string, reading: Reading): Promise<Uint8Array> {
  const file = await openFile(path, reading);
  try {
    const content = new Content((await file.stat()).size, path, reading);
    for (;;) {
      reading.signal?.throwIfAborted();
      const room = content.room();
      const { bytesRead } = await file.read(room, 0, room.length, null);
      if (bytesRead === 0) return content.bytes();
      content.grow(bytesRead);
    }
  } catch (error) {
    reading.signal?.throwIfAborted();
    throw unreadable(error, { path, ...reading });
  } finally {
    await file.close();
  }
}

/** The same at once: for threads that do nothing else, and the command line. */
export function readFileSync(path: string, reading: Reading): Uint8Array {
  const file = openFileSync(path, reading);
  try {
    const content = new Content(fstatSync(file).size, path, reading);
    for (;;) {
      const bytesRead = readSync(file, content.room());
      if (bytesRead === 0) return content.bytes();
      content.grow(bytesRead);
    }
  } catch (error) {
    throw unreadable(error, { path, ...reading });
  } finally {
    closeSync(file);
  }
}

const firstBytes = 64 * 1024;
const pieceBytes = 8 * 1024 * 1024;

/** Bytes as they come in, bounded. */
export class Content {
  readonly #path: string;
  readonly #reading: Reading;
  #buffer: Buffer;
  #length = 0;

  /** `expected`: what the file's size says, for which room is made ahead, within the bound. */
  constructor(expected: number, path: string, reading: Reading) {
    this.#path = path;
    this.#reading = reading;
    if (expected > reading.mostBytes) throw this.#tooLarge();
    // One more, so that the end is seen without growing.
    this.#buffer = Buffer.allocUnsafeSlow(Math.max(firstBytes, expected + 1));
  }

  /** Where the next bytes go. */
  room(): Buffer {
    if (this.#length === this.#buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(2 * this.#length, this.#reading.mostBytes + 1));
      this.#buffer.copy(larger);
      this.#buffer = larger;
    }
    return this.#buffer.subarray(this.#length, this.#length + pieceBytes);
  }

  /** @throws HumanError once there are too many. */
  grow(bytesRead: number): void {
    this.#length += bytesRead;
    if (this.#length > this.#reading.mostBytes) throw this.#tooLarge();
  }

  get length(): number {
    return this.#length;
  }

  /** With a buffer of their own, where they nearly fill it. */
  bytes(): Uint8Array {
    const isTight = this.#length * 2 > this.#buffer.length;
    return isTight
      ? this.#buffer.subarray(0, this.#length)
      : Uint8Array.prototype.slice.call(this.#buffer, 0, this.#length);
  }

  #tooLarge(): HumanError {
    const { name = this.#path, mostBytes } = this.#reading;
    return new HumanError(
      'file-too-large',
      `${name} has more than ${bytesText(mostBytes)}, which is the most that is read of such a file. Name a smaller one.`,
    );
  }
}
