import { HumanError } from '../../../model/problem';

/** A buffer to be placed: bytes, and the closed interval of steps in which it lives. */
export interface LiveBuffer {
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
}

/** Beyond these pairs of buffers that live together a search would take memory and time without end. */
const mostNeighbours = 4_000_000;

/**
 * Buffers to be placed in one memory so that no two of them that live at the same step share bytes ("dynamic storage
 * allocation"). Steps are folded to sections: the steps at which a buffer begins, since more bytes than at any other
 * step are alive at one of them. All in columns of numbers, since a search walks them often.
 */
export class PlacementProblem {
  readonly count: number;
  readonly bytes: Float64Array;
  /** First and last section of each buffer. */
  readonly firstSection: Int32Array;
  readonly lastSection: Int32Array;
  readonly sectionCount: number;
  /** Bytes alive in each section. */
  readonly sectionBytes: Float64Array;
  /** For each buffer those that live at a step of its own. */
  readonly neighbours: readonly Int32Array[];
  /** No placement ends before this: the most bytes that are alive at one step. */
  readonly lowerBound: number;
  /** The most bytes that are alive while a buffer is. */
  readonly contention: Float64Array;
  /** Sections of its life. */
  readonly life: Float64Array;

  /** @throws HumanError `placement-too-large` where too many buffers live together. */
  constructor(buffers: readonly LiveBuffer[]) {
    const starts = [...new Set(buffers.map(({ first }) => first))].sort((a, b) => a - b);
    this.count = buffers.length;
    this.bytes = Float64Array.from(buffers, ({ bytes }) => bytes);
    this.firstSection = Int32Array.from(buffers, ({ first }) => sectionsUpTo(starts, first) - 1);
    this.lastSection = Int32Array.from(buffers, ({ last }) => sectionsUpTo(starts, last) - 1);
    this.sectionCount = starts.length;
    this.sectionBytes = this.#liveBytes();
    this.lowerBound = this.sectionBytes.reduce((most, bytes) => Math.max(most, bytes), 0);
    this.contention = Float64Array.from(buffers, (_, index) => this.#contention(index));
    this.life = Float64Array.from(buffers, (_, index) => this.lastSection[index] - this.firstSection[index] + 1);
    this.neighbours = this.#neighbours();
  }

  /** End of a placement: bytes of the memory that it takes. */
  end(offsets: ArrayLike<number>): number {
    let end = 0;
    for (let index = 0; index < this.count; index++) end = Math.max(end, offsets[index] + this.bytes[index]);
    return end;
  }

  #contention(index: number): number {
    let most = 0;
    for (let section = this.firstSection[index]; section <= this.lastSection[index]; section++) {
      most = Math.max(most, this.sectionBytes[section]);
    }
    return most;
  }

  #liveBytes(): Float64Array {
    const changes = new Float64Array(this.sectionCount + 1);
    for (let index = 0; index < this.count; index++) {
      changes[this.firstSection[index]] += this.bytes[index];
      changes[this.lastSection[index] + 1] -= this.bytes[index];
    }
    let alive = 0;
    return changes.subarray(0, this.sectionCount).map((change) => (alive += change));
  }

  /** Buffers in order of their first section; those that are still alive meet each new one. */
  #neighbours(): readonly Int32Array[] {
    const lists = Array.from({ length: this.count }, (): number[] => []);
    const order = Array.from({ length: this.count }, (_, index) => index);
    order.sort((a, b) => this.firstSection[a] - this.firstSection[b]);
    let alive: number[] = [];
    let pairs = 0;
    for (const index of order) {
      alive = alive.filter((other) => this.lastSection[other] >= this.firstSection[index]);
      pairs += alive.length;
      if (pairs > mostNeighbours) throw tooLarge(this.count);
      for (const other of alive) {
        lists[other].push(index);
        lists[index].push(other);
      }
      alive.push(index);
    }
    return lists.map((list) => Int32Array.from(list));
  }
}

function tooLarge(count: number): HumanError {
  return new HumanError(
    'placement-too-large',
    `The model has ${count} tensors and scratch buffers, of which too many are alive at once for a search. ` +
      "The interpreter's own planner places them.",
  );
}

/** Number of entries of an ascending list that are at most `value`. */
function sectionsUpTo(starts: readonly number[], value: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
