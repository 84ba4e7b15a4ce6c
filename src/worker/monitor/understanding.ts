import type { MonitorStream } from './stream';

/** Time for which understanding may keep questions waiting. */
const sliceMs = 20;
/** Bytes understood before the clock is looked at. */
const pieceBytes = 64 * 1024;
const filterLines = 2000;

interface Waiting {
  readonly bytes: Uint8Array;
  readonly timeMs: number;
}

/** What the work on a stream tells. */
interface UnderstandingEvents {
  /** Bytes have been understood. */
  consumed(bytes: number): void;
  /** Something may have changed. */
  progressed(): void;
  failed(error: unknown): void;
}

/**
 * Turns bytes into lines and what they mean, and filters lines, in slices between which other messages are heard. Where
 * nobody takes what was understood it waits; `schedule` has it go on.
 */
export class Understanding {
  readonly #stream: MonitorStream;
  readonly #events: UnderstandingEvents;
  #waiting: Waiting[] = [];
  #isScheduled = false;
  #whenIdle: (() => void)[] = [];

  constructor(stream: MonitorStream, events: UnderstandingEvents) {
    this.#stream = stream;
    this.#events = events;
  }

  push(bytes: Uint8Array, timeMs: number): void {
    for (let start = 0; start < bytes.length; start += pieceBytes) {
      this.#waiting.push({ bytes: bytes.subarray(start, start + pieceBytes), timeMs });
    }
    this.schedule();
  }

  /** Sees to it that what is left is done. */
  schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#slice();
    });
  }

  /** True while bytes wait to be understood. */
  get isBusy(): boolean {
    return this.#waiting.length > 0;
  }

  /** Resolves when all bytes so far have been understood. */
  idle(): Promise<void> {
    if (this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #slice(): void {
    const end = performance.now() + sliceMs;
    let done = 0;
    let consumed = 0;
    while (done < this.#waiting.length && !this.#stream.isFull && performance.now() < end) {
      const { bytes, timeMs } = this.#waiting[done++];
      this.#understand(bytes, timeMs);
      consumed += bytes.length;
    }
    this.#waiting = this.#waiting.slice(done);
    if (consumed > 0) this.#events.consumed(consumed);
    this.#filter(end);
    this.#events.progressed();
    const canGoOn = this.#waiting.length > 0 && !this.#stream.isFull;
    if (canGoOn || (this.#stream.filter?.remaining ?? 0) > 0) this.schedule();
    if (this.#waiting.length === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  /**
   * What fails here costs its own bytes their meaning: they are kept and logged already, and those after them are
   * understood.
   */
  #understand(bytes: Uint8Array, timeMs: number): void {
    try {
      this.#stream.understand(bytes, timeMs);
    } catch (error) {
      this.#events.failed(error);
    }
  }

  #filter(end: number): void {
    try {
      do this.#stream.filter?.step(filterLines);
      while ((this.#stream.filter?.remaining ?? 0) > 0 && performance.now() < end);
    } catch (error) {
      this.#events.failed(error);
    }
  }
}
