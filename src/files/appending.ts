import { closeSync, constants, fdatasyncSync, fstatSync, openSync } from 'node:fs';
import { codeOf } from './reasons';
import { writeAll } from './writing';

const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL } = constants;
/** Never through a link, and never waiting for a peer; Windows has neither flag. */
const careful =
  ((constants.O_NOFOLLOW as number | undefined) ?? 0) | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/** A file that is only added to: a log. Failures are those of the system. */
export class AppendedFile {
  readonly #file: number;
  #bytes: number;

  /** `new`: there must be none of that name; `goesOn`: one that is there is added to. */
  constructor(path: string, how: 'new' | 'goesOn') {
    this.#file = openSync(path, O_WRONLY | O_APPEND | O_CREAT | (how === 'new' ? O_EXCL : 0) | careful, 0o666);
    const stats = fstatSync(this.#file);
    this.#bytes = stats.size;
    if (stats.isFile()) return;
    closeSync(this.#file);
    throw new Error('it is no file');
  }

  /** Bytes in it. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Hands all of it to the system: it survives the end of this program. */
  write(bytes: Uint8Array): void {
    this.#bytes += writeAll(this.#file, bytes);
  }

  /** @throws where the disk only now says that it is full or has failed; the file is closed all the same. */
  close(): void {
    try {
      fdatasyncSync(this.#file);
    } catch (error) {
      // Not every file system can; the bytes are with the system in any case.
      if (['ENOSPC', 'EDQUOT', 'EIO'].includes(codeOf(error) ?? '')) throw error;
    } finally {
      closeSync(this.#file);
    }
  }
}
