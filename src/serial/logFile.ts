import { existsSync } from 'node:fs';
import path from 'node:path';
import { HumanError } from '../core/model/problem';
import { AppendedFile } from '../files/appending';
import { makeFolderSync } from '../files/folders';
import { reasonOf } from '../files/reasons';

export interface LogOptions {
  readonly path: string;
  /** The file goes on in another when it would grow larger; 0: never. */
  readonly rotateBytes: number;
  /** Puts the time before every line. Without it the files hold exactly what was received. */
  readonly timestamps: boolean;
  /** True where a log goes on whose writer has ended: its last part is added to. */
  readonly goesOn?: boolean;
  /** Folders of which one must hold the log, links followed; absent: it may lie anywhere. */
  readonly within?: readonly string[];
}

/**
 * What has been received is on its way to the disk after this long at the latest: within the 200 ms that are promised.
 */
const flushMs = 100;
const flushBytes = 1024 * 1024;
const lineFeed = 0x0a;

/**
 * Writes what is received to a file, byte for byte. It rotates by going on in `name.2.log`, `name.3.log`, …: nothing is
 * renamed or deleted, and the files one after another are the whole. An existing file is never overwritten.
 */
export class LogFile {
  readonly #options: LogOptions;
  readonly #onProblem: (sentence: string) => void;
  #file?: AppendedFile;
  #part = 1;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #timer?: NodeJS.Timeout;
  #isLineStart = true;
  #totalBytes = 0;
  #hasFailed = false;
  /** However the program ends, what was received is written: `process.exit` lets nothing else happen first. */
  readonly #atExit = (): void => this.close();

  /** @throws {HumanError} where the file cannot be made. */
  constructor(options: LogOptions, onProblem: (sentence: string) => void) {
    this.#options = options;
    this.#onProblem = onProblem;
    try {
      makeFolderSync(path.dirname(options.path), options.within);
      this.#open(options.goesOn === true);
      process.once('exit', this.#atExit);
    } catch (error) {
      if (error instanceof HumanError) throw new HumanError('log-unwritable', error.message);
      throw new HumanError(
        'log-unwritable',
        `The log ${options.path === '' ? '""' : options.path} cannot be made: ${reasonOf(error)}.`,
      );
    }
  }

  /** Bytes written and waiting, of all parts. */
  get totalBytes(): number {
    return this.#totalBytes;
  }

  write(bytes: Uint8Array, timeMs: number): void {
    if (this.#file === undefined) return;
    const line = this.#options.timestamps ? this.#timed(bytes, timeMs) : bytes;
    this.#waiting.push(line);
    this.#waitingBytes += line.length;
    this.#totalBytes += line.length;
    if (this.#waitingBytes >= flushBytes) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), flushMs);
  }

  /** Hands everything to the system: it survives the end of this program. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    try {
      this.#writeRotating(waiting);
    } catch (error) {
      process.off('exit', this.#atExit);
      this.#failed(error);
      this.#closeFile();
    }
  }

  /** Said once. */
  #failed(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#onProblem(`The log ${this.#options.path} has ended, since it cannot be written: ${reasonOf(error)}.`);
  }

  close(): void {
    process.off('exit', this.#atExit);
    this.flush();
    this.#closeFile();
  }

  #writeRotating(bytes: Uint8Array): void {
    let start = 0;
    while (start < bytes.length && this.#file !== undefined) {
      const part = bytes.subarray(start, start + this.#room(bytes, start, this.#file.bytes));
      this.#file.write(part);
      start += part.length;
      if (start < bytes.length) this.#nextFile();
    }
  }

  /**
   * How much of the bytes from `start` this file takes: up to the last line end within the limit, where there is one.
   */
  #room(bytes: Uint8Array, start: number, fileBytes: number): number {
    const left = bytes.length - start;
    const room = this.#options.rotateBytes - fileBytes;
    if (this.#options.rotateBytes === 0 || left <= room) return left;
    const lineEnd = room > 0 ? bytes.lastIndexOf(lineFeed, start + room - 1) : -1;
    if (lineEnd >= start) return lineEnd + 1 - start;
    // No line ends in the rest of this file: the line goes to the next one, unless it would fill that too.
    return fileBytes > 0 ? 0 : this.#options.rotateBytes;
  }

  #nextFile(): void {
    this.#closeFile();
    this.#part += 1;
    this.#file = new AppendedFile(this.#partPath(this.#part), 'new');
  }

  #open(goesOn: boolean): void {
    while (goesOn && existsSync(this.#partPath(this.#part + 1))) this.#part += 1;
    this.#file = new AppendedFile(this.#partPath(this.#part), goesOn ? 'goesOn' : 'new');
  }

  #partPath(part: number): string {
    const { dir, name, ext } = path.parse(this.#options.path);
    return part === 1 ? this.#options.path : path.join(dir, `${name}.${part}${ext}`);
  }

  #closeFile(): void {
    const file = this.#file;
    this.#file = undefined;
    try {
      file?.close();
    } catch (error) {
      this.#failed(error);
    }
  }

  #timed(bytes: Uint8Array, timeMs: number): Uint8Array {
    const stamp = Buffer.from(`${new Date(timeMs).toISOString()}  `);
    const parts: Uint8Array[] = [];
    let start = 0;
    while (start < bytes.length) {
      const end = bytes.indexOf(lineFeed, start) + 1 || bytes.length;
      if (this.#isLineStart) parts.push(stamp);
      parts.push(bytes.subarray(start, end));
      this.#isLineStart = bytes[end - 1] === lineFeed;
      start = end;
    }
    return Buffer.concat(parts);
  }
}
