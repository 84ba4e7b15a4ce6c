const slotMs = 250;
const slots = 4;

interface Slot {
  readonly number: number;
  bytes: number;
  lines: number;
}

/** Bytes and lines of the last second, in quarters. */
export class Rates {
  #recent: Slot[] = [];

  addBytes(count: number, timeMs: number): void {
    this.#slot(timeMs).bytes += count;
  }

  addLine(timeMs: number): void {
    this.#slot(timeMs).lines += 1;
  }

  at(nowMs: number): { readonly bytesPerSecond: number; readonly linesPerSecond: number } {
    const oldest = Math.floor(nowMs / slotMs) - slots;
    const recent = this.#recent.filter(({ number }) => number >= oldest);
    return {
      bytesPerSecond: recent.reduce((sum, { bytes }) => sum + bytes, 0),
      linesPerSecond: recent.reduce((sum, { lines }) => sum + lines, 0),
    };
  }

  #slot(timeMs: number): Slot {
    const number = Math.floor(timeMs / slotMs);
    const last = this.#recent.at(-1);
    if (last !== undefined && last.number >= number) return last;
    const slot = { number, bytes: 0, lines: 0 };
    this.#recent = [...this.#recent.slice(-slots), slot];
    return slot;
  }
}
