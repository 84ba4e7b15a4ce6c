import { spendSteps } from '../../model/budget';

/** A buffer to be placed: size rounded up, closed interval of steps, and an offset when it is fixed in advance. */
export interface PlannerBuffer {
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
  const placed = new PlacedList(buffers);
  for (const index of placementOrder(buffers)) {
    spendSteps(buffers.length);
    placed.insert(index, buffers[index].fixedOffset ?? placed.lowestGap(buffers[index]));
  }
  return placed.offsets;
}

function placementOrder(buffers: readonly PlannerBuffer[]): readonly number[] {
  const indices = buffers.map((_, index) => index);
  const fixed = indices.filter((index) => buffers[index].fixedOffset !== undefined);
  const free = indices.filter((index) => buffers[index].fixedOffset === undefined);
  return [...fixed, ...free.sort((a, b) => buffers[b].bytes - buffers[a].bytes || b - a)];
}

/**
 * Placed buffers as a list linked in ascending order of offset. Columns of numbers, since large models walk it often.
 */
class PlacedList {
  readonly offsets: number[];
  readonly #bytes: Float64Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #next: Int32Array;
  #head = -1;

  constructor(buffers: readonly PlannerBuffer[]) {
    this.offsets = Array<number>(buffers.length).fill(0);
    this.#bytes = Float64Array.from(buffers, ({ bytes }) => bytes);
    this.#first = Int32Array.from(buffers, ({ first }) => first);
    this.#last = Int32Array.from(buffers, ({ last }) => last);
    this.#next = new Int32Array(buffers.length);
  }

  lowestGap(wanted: PlannerBuffer): number {
    let candidate = 0;
    for (let index = this.#head; index !== -1; index = this.#next[index]) {
      if (this.#first[index] > wanted.last || wanted.first > this.#last[index]) continue;
      if (this.offsets[index] - candidate >= wanted.bytes) return candidate;
      candidate = Math.max(candidate, this.offsets[index] + this.#bytes[index]);
    }
    return candidate;
  }

  insert(index: number, offset: number): void {
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
  }
}
