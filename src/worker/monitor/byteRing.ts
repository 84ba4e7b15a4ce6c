interface Chunk {
  /** Place of the first byte in the whole stream. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly timeMs: number;
}

/** The last bytes of a stream exactly as they came, each chunk with its time. The oldest chunks go when there are too many. */
export class ByteRing {
  readonly #limitBytes: number;
  #chunks: Chunk[] = [];
  #dropped = 0;
  #endOffset = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get firstOffset(): number {
    return this.#chunks.at(this.#dropped)?.offset ?? this.#endOffset;
  }

  get endOffset(): number {
    return this.#endOffset;
  }

  push(bytes: Uint8Array, timeMs: number): void {
    if (bytes.length === 0) return;
    this.#chunks.push({ offset: this.#endOffset, bytes, timeMs });
    this.#endOffset += bytes.length;
    while (this.#endOffset - this.firstOffset > this.#limitBytes && this.#dropped < this.#chunks.length - 1) {
      this.#dropped += 1;
    }
    // Moving what is left is done seldom, so that each chunk costs the same.
    if (this.#dropped > 1024 && this.#dropped * 2 > this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#dropped);
      this.#dropped = 0;
    }
  }

  /** The bytes from `from` (included) to `to` (excluded) that are still kept. */
  read(from: number, to: number): Uint8Array {
    const start = Math.max(from, this.firstOffset);
    const end = Math.max(start, Math.min(to, this.#endOffset));
    const found = new Uint8Array(end - start);
    for (let index = this.#indexOf(start); index < this.#chunks.length; index++) {
      const { offset, bytes } = this.#chunks[index];
      if (offset >= end) break;
      const part = bytes.subarray(Math.max(0, start - offset), Math.min(bytes.length, end - offset));
      found.set(part, Math.max(0, offset - start));
    }
    return found;
  }

  /** When the byte at `offset` arrived. */
  timeAt(offset: number): number {
    return this.#chunks.at(this.#indexOf(offset))?.timeMs ?? 0;
  }

  /** Forgets the bytes; their places go on. */
  clear(): void {
    this.#chunks = [];
    this.#dropped = 0;
  }

  /** The chunk with the byte at `offset`, found by halves. */
  #indexOf(offset: number): number {
    let low = this.#dropped;
    let high = Math.max(low, this.#chunks.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#chunks[middle].offset <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
