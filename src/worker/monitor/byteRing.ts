/** Bytes that are kept together, with the times at which parts of them came. */
interface Block {
  /** Place of the first byte in the whole stream. */
  readonly offset: number;
  bytes: Uint8Array;
  length: number;
  /** Where in the block a part begins, and when it came; parts that came at the same time are one. */
  readonly starts: number[];
  readonly times: number[];
}

const blockBytes = 64 * 1024;
/** A place and a time, both as numbers. */
const bytesPerPart = 16;

/**
 * The last bytes of a stream exactly as they came, with their times. They are copied together: a port hands over a few
 * at a time, and to keep each by itself costs many times what it holds. The oldest block goes when there are too many.
 */
export class ByteRing {
  readonly #limitBytes: number;
  #blocks: Block[] = [];
  #allocatedBytes = 0;
  #endOffset = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get firstOffset(): number {
    return this.#blocks.at(0)?.offset ?? this.#endOffset;
  }

  get endOffset(): number {
    return this.#endOffset;
  }

  /** Bytes of all blocks and of their times. */
  get allocatedBytes(): number {
    return this.#allocatedBytes;
  }

  push(bytes: Uint8Array, timeMs: number): void {
    for (let done = 0; done < bytes.length;) {
      const block = this.#blockWithRoom();
      const part = bytes.subarray(done, done + block.bytes.length - block.length);
      if (block.times.at(-1) !== timeMs) {
        block.starts.push(block.length);
        block.times.push(timeMs);
        this.#allocatedBytes += bytesPerPart;
      }
      block.bytes.set(part, block.length);
      block.length += part.length;
      this.#endOffset += part.length;
      done += part.length;
    }
    this.#dropOld();
  }

  /** The bytes from `from` (included) to `to` (excluded) that are still kept. */
  read(from: number, to: number): Uint8Array {
    const start = Math.max(from, this.firstOffset);
    const end = Math.max(start, Math.min(to, this.#endOffset));
    const found = new Uint8Array(end - start);
    for (let index = this.#blockIndexOf(start); index < this.#blocks.length; index++) {
      const { offset, bytes, length } = this.#blocks[index];
      if (offset >= end) break;
      const part = bytes.subarray(Math.max(0, start - offset), Math.min(length, end - offset));
      found.set(part, Math.max(0, offset - start));
    }
    return found;
  }

  /** When the byte at `offset` arrived. */
  timeAt(offset: number): number {
    const block = this.#blocks.at(this.#blockIndexOf(offset));
    if (block === undefined) return 0;
    return block.times[lastAtOrBelow(block.starts, offset - block.offset)];
  }

  /** Forgets the bytes; their places go on. */
  clear(): void {
    this.#blocks = [];
    this.#allocatedBytes = 0;
  }

  #blockWithRoom(): Block {
    const last = this.#blocks.at(-1);
    if (last !== undefined && last.length < last.bytes.length) return last;
    const block = { offset: this.#endOffset, bytes: new Uint8Array(blockBytes), length: 0, starts: [], times: [] };
    this.#blocks.push(block);
    this.#allocatedBytes += blockBytes;
    return block;
  }

  #dropOld(): void {
    while (this.#allocatedBytes > this.#limitBytes && this.#blocks.length > 1) {
      const gone = this.#blocks.shift();
      if (gone !== undefined) this.#allocatedBytes -= gone.bytes.length + gone.starts.length * bytesPerPart;
    }
  }

  #blockIndexOf(offset: number): number {
    return lastAtOrBelow(this.#blocks, offset, (block) => block.offset);
  }
}

/** Index of the last value that is not above `limit`, found by halves; 0 where all are. */
function lastAtOrBelow(values: readonly number[], limit: number): number;
function lastAtOrBelow<Value>(values: readonly Value[], limit: number, of: (value: Value) => number): number;
function lastAtOrBelow<Value>(values: readonly Value[], limit: number, of: (value: Value) => number = Number): number {
  let low = 0;
  let high = Math.max(0, values.length - 1);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (of(values[middle]) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
