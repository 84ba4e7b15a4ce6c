/** A line of the history, a view of its bytes: not to be changed, and not to be kept over an `append`. */
export interface HistoryLine {
  /** Counts from the beginning of the stream, dropped lines too. */
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly timeMs: number;
  readonly cut: boolean;
  /** True for what was sent to the board. */
  readonly sent: boolean;
}

interface HistoryLimits {
  readonly maximumLines: number;
  /** Of everything that is kept: text and index. */
  readonly maximumBytes: number;
}

const blockTextBytes = 256 * 1024;
const blockLines = 4096;

/** Lines go by blocks: a million are left when the oldest block, of at most `blockLines`, has gone. */
export const defaultHistoryLimits: HistoryLimits = {
  maximumLines: 1_000_000 + blockLines,
  maximumBytes: 192 * 1024 * 1024,
};

/** A line's place in the index: offset 4, time 8, flags 1. */
const indexBytesPerLine = 13;
const cutFlag = 1;
const sentFlag = 2;

interface Block {
  readonly firstLine: number;
  text: Uint8Array;
  ends: Uint32Array;
  times: Float64Array;
  flags: Uint8Array;
  lines: number;
  textBytes: number;
}

/**
 * Lines as bytes in blocks with an index, so that a million of them cost little more than what they hold. The oldest
 * block goes when lines or bytes pass their limit: the numbers of lines never change, `firstLine` grows.
 */
export class History {
  readonly #limits: HistoryLimits;
  #blocks: Block[] = [];
  #closedBytes = 0;
  #endLine = 0;

  constructor(limits: HistoryLimits = defaultHistoryLimits) {
    this.#limits = limits;
  }

  /** Number of the oldest line that is still kept. */
  get firstLine(): number {
    return this.#blocks[0]?.firstLine ?? this.#endLine;
  }

  /** Number that the next line will have. */
  get endLine(): number {
    return this.#endLine;
  }

  /** Bytes of all blocks, text and index, full or not. */
  get allocatedBytes(): number {
    const open = this.#blocks.at(-1);
    return this.#closedBytes + (open === undefined ? 0 : sizeOf(open));
  }

  append(line: { readonly bytes: Uint8Array; readonly cut: boolean }, timeMs: number, sent?: 'sent'): void {
    const block = this.#blockFor(line.bytes.length);
    block.text.set(line.bytes, block.textBytes);
    block.textBytes += line.bytes.length;
    block.ends[block.lines] = block.textBytes;
    block.times[block.lines] = timeMs;
    block.flags[block.lines] = (line.cut ? cutFlag : 0) | (sent === undefined ? 0 : sentFlag);
    block.lines += 1;
    this.#endLine += 1;
  }

  /** Lines `from` (included) to `to` (excluded), as far as they are still kept. */
  lines(from: number, to: number): readonly HistoryLine[] {
    const found: HistoryLine[] = [];
    const end = Math.min(to, this.#endLine);
    let number = Math.max(from, this.firstLine);
    for (let index = this.#blockIndexOf(number); number < end; index += 1) {
      const block = this.#blocks[index];
      const stop = Math.min(end, block.firstLine + block.lines);
      for (; number < stop; number += 1) found.push(lineOf(block, number));
    }
    return found;
  }

  clear(): void {
    this.#blocks = [];
    this.#closedBytes = 0;
  }

  #blockFor(bytes: number): Block {
    const last = this.#blocks.at(-1);
    const fits = last !== undefined && last.lines < blockLines && last.textBytes + bytes <= last.text.length;
    if (fits) {
      this.#dropOld(0);
      return last;
    }
    if (last !== undefined) this.#closedBytes += sizeOf(trim(last));
    const block = newBlock(this.#endLine, Math.max(blockTextBytes, bytes));
    this.#dropOld(sizeOf(block));
    this.#blocks.push(block);
    return block;
  }

  /** Makes room for one more line and `extraBytes`; the block that is being filled stays. */
  #dropOld(extraBytes: number): void {
    const isOpen = extraBytes === 0 ? 1 : 0;
    while (this.#blocks.length > isOpen) {
      const open = isOpen === 1 ? sizeOf(this.#blocks[this.#blocks.length - 1]) : 0;
      const tooManyLines = this.#endLine - this.firstLine >= this.#limits.maximumLines;
      if (!tooManyLines && this.#closedBytes + open + extraBytes <= this.#limits.maximumBytes) return;
      const oldest = this.#blocks.shift();
      if (oldest !== undefined) this.#closedBytes -= sizeOf(oldest);
    }
  }

  /** The block that holds a line: blocks are in order, so their first lines are searched by halves. */
  #blockIndexOf(number: number): number {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#blocks[middle].firstLine <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function newBlock(firstLine: number, textBytes: number): Block {
  return {
    firstLine,
    text: new Uint8Array(textBytes),
    ends: new Uint32Array(blockLines),
    times: new Float64Array(blockLines),
    flags: new Uint8Array(blockLines),
    lines: 0,
    textBytes: 0,
  };
}

/** A full block gives back what it does not use. */
function trim(block: Block): Block {
  if (block.textBytes < block.text.length) block.text = block.text.slice(0, block.textBytes);
  if (block.lines < block.ends.length) {
    block.ends = block.ends.slice(0, block.lines);
    block.times = block.times.slice(0, block.lines);
    block.flags = block.flags.slice(0, block.lines);
  }
  return block;
}

function sizeOf(block: Block): number {
  return block.text.length + block.ends.length * indexBytesPerLine;
}

function lineOf(block: Block, number: number): HistoryLine {
  const index = number - block.firstLine;
  const start = index === 0 ? 0 : block.ends[index - 1];
  return {
    number,
    bytes: block.text.subarray(start, block.ends[index]),
    timeMs: block.times[index],
    cut: (block.flags[index] & cutFlag) !== 0,
    sent: (block.flags[index] & sentFlag) !== 0,
  };
}
