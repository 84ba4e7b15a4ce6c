import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { mostBytesOf } from '../files/limits';
import type { Opening } from '../files/opening';
import { openFile } from '../files/opening';

/** Files whose hash is remembered; the ones that were asked for longest ago go. */
const mostKept = 1000;

interface KeptHash {
  readonly size: number;
  readonly mtimeMs: number;
  readonly hash: Promise<string | undefined>;
}

interface HashOptions extends Pick<Opening, 'within'> {
  readonly signal?: AbortSignal;
}

interface HashedFile extends Pick<Opening, 'within'> {
  readonly size: number;
}

/** SHA-256 of files, each computed once for a path, size and time: a file is read again only when it has changed. */
export class FileHashes {
  readonly #kept = new Map<string, KeptHash>();

  /** The first of the files with this hash. What cannot be read has none. */
  async find(
    hash: string,
    files: readonly string[],
    { within, signal }: HashOptions = {},
  ): Promise<string | undefined> {
    for (const file of files) {
      if (signal?.aborted) return undefined;
      if ((await this.hashOf(file, within)) === hash) return file;
    }
    return undefined;
  }

  /** Nothing for what is no regular file, is too large, or cannot be read. */
  async hashOf(file: string, within?: readonly string[]): Promise<string | undefined> {
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() !== true || found.size > mostBytesOf.hashed) return undefined;
    const { size, mtimeMs } = found;
    const before = this.#kept.get(file);
    const isSame = before?.size === size && before.mtimeMs === mtimeMs;
    const kept = isSame ? before : { size, mtimeMs, hash: hashFile(file, { size, within }) };
    this.#kept.delete(file);
    this.#kept.set(file, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept) this.#kept.delete(oldest);
    return kept.hash;
  }
}

/**
 * Read in pieces, between which the thread hears what else is asked of it. A file that has grown meanwhile is read no
 * further.
 */
async function hashFile(file: string, { size, within }: HashedFile): Promise<string | undefined> {
  if (size === 0) return undefined;
  const hash = createHash('sha256');
  try {
    const opened = await openFile(file, { within });
    for await (const piece of opened.createReadStream({ end: size - 1 })) hash.update(piece as Uint8Array);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}
