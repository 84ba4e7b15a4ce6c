import { spendSteps } from '../../model/budget';

/** A buffer to be placed: size rounded up, closed interval of steps, and an offset when it is fixed in advance. */
interface PlannerBuffer {
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
  readonly fixedOffset?: number;
}

/**
 * Offsets of the buffers, in their order, as the interpreter's greedy planner gives them.
 *
 * Buffers with a fixed offset are placed first, in order. The rest follow by size, largest first, and among equal sizes
 * the later first. Each takes the lowest gap between the placed buffers that live at the same time, or the end after
 * them. The list of placed buffers is kept by offset, a new one after those of the same offset. Time: O(n^2) in the
 * worst case, so callers limit n.
 *
 * Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/memory_planner/greedy_memory_planner.cc.
 */
export function planGreedily(buffers: readonly PlannerBuffer[]): readonly number[] {
  const planner = new GreedyPlanner(buffers);
  planner.plan((index) => buffers[index].fixedOffset);
  return planner.offsets;
}

/**
 * The same planner for many plans of one list of buffers, of which now these and now those are fixed. Columns of
 * numbers made once, since searches and large models walk them often.
 */
export class GreedyPlanner {
  /** Of the last plan; those of buffers behind a limit are not set. */
  readonly offsets: number[];
  readonly #bytes: Float64Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** All buffers as they follow where none is fixed. */
  readonly #order: Int32Array;
  /** Placed buffers as a list linked in ascending order of offset. */
  readonly #next: Int32Array;
  #head = -1;

  constructor(buffers: readonly Omit<PlannerBuffer, 'fixedOffset'>[]) {
    this.offsets = Array<number>(buffers.length).fill(0);
    this.#bytes = Float64Array.from(buffers, ({ bytes }) => bytes);
    this.#first = Int32Array.from(buffers, ({ first }) => first);
    this.#last = Int32Array.from(buffers, ({ last }) => last);
    this.#order = Int32Array.from(buffers, (_, index) => index).sort(
      (a, b) => buffers[b].bytes - buffers[a].bytes || b - a,
    );
    this.#next = new Int32Array(buffers.length);
  }

  /** Places all, and gives the end of the last; gives up with `Infinity` as soon as one ends behind `most`. */
  plan(fixedOffset: (index: number) => number | undefined, most = Infinity): number {
    const count = this.#order.length;
    this.#head = -1;
    let end = 0;
    for (let index = 0; index < count && end <= most; index++) {
      const offset = fixedOffset(index);
      if (offset === undefined) continue;
      spendSteps(count);
      end = Math.max(end, this.#insert(index, offset));
    }
    for (let rank = 0; rank < count && end <= most; rank++) {
      const index = this.#order[rank];
      if (fixedOffset(index) !== undefined) continue;
      spendSteps(count);
      end = Math.max(end, this.#insert(index, this.#lowestGap(index)));
    }
    return end <= most ? end : Infinity;
  }

  #lowestGap(wanted: number): number {
    const [bytes, first, last] = [this.#bytes[wanted], this.#first[wanted], this.#last[wanted]];
    let candidate = 0;
    for (let index = this.#head; index !== -1; index = this.#next[index]) {
      if (this.#first[index] > last || first > this.#last[index]) continue;
      const offset = this.offsets[index];
      if (offset - candidate >= bytes) return candidate;
      candidate = Math.max(candidate, offset + this.#bytes[index]);
    }
    return candidate;
  }

  /** Gives the end of what was placed. */
  #insert(index: number, offset: number): number {
    this.offsets[index] = offset;
    let before = -1;
    for (let at = this.#head; at !== -1 && this.offsets[at] <= offset; at = this.#next[at]) before = at;
    if (before === -1) {
      this.#next[index] = this.#head;
      this.#head = index;
    } else {
      this.#next[index] = this.#next[before];
      this.#next[before] = index;
    }
    return offset + this.#bytes[index];
  }
}
