/** One line of a stream. `bytes` are those before the line's end, which is not part of them. */
export interface RawLine {
  readonly bytes: Uint8Array;
  /** True where the line was too long: it goes on in the next. */
  readonly cut: boolean;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const none = new Uint8Array(0);

/** The longest line that is kept whole. */
const defaultMaximumLineBytes = 16_384;

/**
 * Cuts a stream of bytes into lines at LF, CR or CR LF, wherever the chunks end. Memory is bounded: a line of more than
 * `maximumLineBytes` comes in pieces, each marked `cut` but the last, never within a UTF-8 character. Any byte is data,
 * NUL too.
 */
export class LineFramer {
  readonly #maximumLineBytes: number;
  /** The unfinished line, a copy: chunks belong to whoever sent them. */
  readonly #pending: Uint8Array;
  #pendingBytes = 0;
  /** True after a CR that ended a line: an LF that follows belongs to it. */
  #skipLineFeed = false;

  constructor(maximumLineBytes: number = defaultMaximumLineBytes) {
    this.#maximumLineBytes = Math.max(8, maximumLineBytes);
    this.#pending = new Uint8Array(this.#maximumLineBytes);
  }

  /**
   * The lines that `chunk` completes. They may share memory with the chunk, which must not be changed while they are in
   * use.
   */
  push(chunk: Uint8Array): readonly RawLine[] {
    const lines: RawLine[] = [];
    let start = 0;
    if (this.#skipLineFeed && chunk.length > 0) {
      this.#skipLineFeed = false;
      if (chunk[0] === lineFeed) start = 1;
    }
    let feed = chunk.indexOf(lineFeed, start);
    let back = chunk.indexOf(carriageReturn, start);
    while (feed >= 0 || back >= 0) {
      const atReturn = back >= 0 && (feed < 0 || back < feed);
      const end = atReturn ? back : feed;
      this.#finish(chunk.subarray(start, end), lines);
      start = end + 1;
      if (atReturn && start === chunk.length) this.#skipLineFeed = true;
      if (atReturn && chunk[start] === lineFeed) start += 1;
      if (feed >= 0 && feed < start) feed = chunk.indexOf(lineFeed, start);
      if (back >= 0 && back < start) back = chunk.indexOf(carriageReturn, start);
    }
    this.#keep(chunk.subarray(start), lines);
    return lines;
  }

  /** The line that has not ended yet: a prompt, or the beginning of what is still to come. */
  get unfinished(): Uint8Array {
    return this.#pending.slice(0, this.#pendingBytes);
  }

  /** Gives up waiting for the end of the unfinished line, when the stream ends. */
  flush(): readonly RawLine[] {
    if (this.#pendingBytes === 0) return [];
    const bytes = this.#take();
    return [{ bytes, cut: false }];
  }

  #finish(bytes: Uint8Array, lines: RawLine[]): void {
    if (this.#pendingBytes === 0 && bytes.length <= this.#maximumLineBytes) {
      lines.push({ bytes, cut: false });
      return;
    }
    this.#keep(bytes, lines);
    lines.push({ bytes: this.#take(), cut: false });
  }

  /** Adds to the unfinished line; what overflows it leaves as cut pieces. */
  #keep(bytes: Uint8Array, lines: RawLine[]): void {
    let start = 0;
    while (bytes.length - start > this.#maximumLineBytes - this.#pendingBytes) {
      const room = this.#maximumLineBytes - this.#pendingBytes;
      this.#pending.set(bytes.subarray(start, start + room), this.#pendingBytes);
      this.#pendingBytes += room;
      start += room;
      const whole = wholeCharacters(this.#pending);
      lines.push({ bytes: this.#pending.slice(0, whole), cut: true });
      this.#pending.copyWithin(0, whole);
      this.#pendingBytes -= whole;
    }
    this.#pending.set(bytes.subarray(start), this.#pendingBytes);
    this.#pendingBytes += bytes.length - start;
  }

  #take(): Uint8Array {
    const bytes = this.#pendingBytes === 0 ? none : this.#pending.slice(0, this.#pendingBytes);
    this.#pendingBytes = 0;
    return bytes;
  }
}

/** How many leading bytes hold only whole UTF-8 characters; all of them where the end is not UTF-8 at all. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3; back += 1) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) break;
    if (byte >= 0xc0) return neededBytes(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Bytes of the character that begins with `lead`. */
function neededBytes(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A line as text: what is not UTF-8 becomes U+FFFD. */
export function lineText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
