import { GreedyPlanner } from '../../../runtimes/tflm/greedyPlanner';
import { Effort } from './effort';
import type { LiveBuffer } from './problem';

/** What one kernel library places beside the tensors, and the bytes that it may take for all. */
export interface ScratchSet {
  readonly buffers: readonly LiveBuffer[];
  readonly limitBytes: number;
}

/** What a search begins with: offsets that are good for the target alone, and the least that any placement takes. */
interface FixedStart {
  readonly offsets: ArrayLike<number>;
  readonly leastBytes: number;
}

/** Offsets of the tensors that are fixed, by index; the planner places the others. */
type Fixed = ReadonlyMap<number, number>;

/** Placements of one buffer by the planner that a search may ask for: some 100 ms on a desktop processor. */
const searchSteps = 600_000;
const seed = 3;
/** One in this many changes that make it worse is kept. */
const worseningShare = 50;

/**
 * Fixes as few or as many of the tensors as make the interpreter's planner need less with the first set, while with no
 * set it needs more than its limit. What is not fixed, each library's planner places around its own scratch buffers:
 * that suits libraries which differ where fixing every tensor would not. Begins with nothing fixed, and changes, adds
 * or drops one at a time. The best found; `undefined` where nothing is better than fixing none.
 */
export function fixSome(
  tensors: readonly LiveBuffer[],
  sets: readonly ScratchSet[],
  start: FixedStart,
  isCancelled: () => boolean,
): Fixed | undefined {
  const effort = new Effort(searchSteps, seed, isCancelled);
  const search = new FixedSearch(tensors, sets, start, effort);
  while (!search.isDone()) search.change();
  return search.best;
}

/** A set with the planner of all its buffers, the tensors first. */
interface PlannedSet {
  readonly planner: GreedyPlanner;
  readonly count: number;
  readonly limitBytes: number;
}

class FixedSearch {
  best: Fixed | undefined;
  readonly #tensors: readonly LiveBuffer[];
  readonly #sets: readonly PlannedSet[];
  readonly #start: FixedStart;
  readonly #effort: Effort;
  #fixed: Fixed = new Map();
  #bytes: number;
  #bestBytes: number;
  #offsets: readonly number[];

  constructor(tensors: readonly LiveBuffer[], sets: readonly ScratchSet[], start: FixedStart, effort: Effort) {
    this.#tensors = tensors;
    this.#sets = sets.map(({ buffers, limitBytes }) => {
      const all = [...tensors, ...buffers];
      return { planner: new GreedyPlanner(all), count: all.length, limitBytes };
    });
    this.#start = start;
    this.#effort = effort;
    this.#bytes = this.#bestBytes = this.#planned(this.#fixed, this.#sets[0], Infinity);
    this.#offsets = [...this.#sets[0].planner.offsets];
  }

  isDone(): boolean {
    return this.#bestBytes <= this.#start.leastBytes || this.#tensors.length === 0 || this.#effort.isSpent();
  }

  change(): void {
    const next = this.#changed();
    if (next === undefined) return;
    const [first, ...others] = this.#sets;
    let bytes = this.#planned(next, first, this.#bytes);
    if (bytes === Infinity) {
      if (this.#effort.random() * worseningShare >= 1) return;
      bytes = first.planner.plan((index) => next.get(index));
    }
    if (!others.every((set) => this.#planned(next, set, set.limitBytes) <= set.limitBytes)) return;
    this.#fixed = next;
    this.#bytes = bytes;
    this.#offsets = [...first.planner.offsets];
    if (bytes >= this.#bestBytes) return;
    this.#bestBytes = bytes;
    this.best = next;
  }

  /** One tensor fixed, moved or left to the planner; nothing where it would share bytes with another fixed one. */
  #changed(): Fixed | undefined {
    const next = new Map(this.#fixed);
    const index = this.#draw(this.#tensors.length);
    if (next.has(index) && this.#effort.random() < 0.4) {
      next.delete(index);
      return next;
    }
    const offset = this.#offsetFor(index);
    if (this.#overlaps(index, offset)) return undefined;
    return next.set(index, offset);
  }

  /** Where the target alone would have it, at the start, or directly above or below another tensor. */
  #offsetFor(index: number): number {
    const draw = this.#effort.random();
    if (draw < 0.4) return this.#start.offsets[index];
    if (draw < 0.6) return 0;
    const other = this.#draw(this.#tensors.length);
    return draw < 0.8
      ? this.#offsets[other] + this.#tensors[other].bytes
      : Math.max(0, this.#offsets[other] - this.#tensors[index].bytes);
  }

  #draw(count: number): number {
    return Math.floor(this.#effort.random() * count);
  }

  /** True where a fixed tensor of the same time would share bytes with this one: the planner does not look. */
  #overlaps(index: number, offset: number): boolean {
    const { bytes, first, last } = this.#tensors[index];
    for (const [other, otherOffset] of this.#fixed) {
      if (other === index) continue;
      const beside = this.#tensors[other];
      if (first > beside.last || beside.first > last) continue;
      if (offset < otherOffset + beside.bytes && otherOffset < offset + bytes) return true;
    }
    return false;
  }

  /** The end of what the planner makes of it, or `Infinity` where that is behind `most`. */
  #planned(fixed: Fixed, { planner, count }: PlannedSet, most: number): number {
    this.#effort.spend(count);
    return planner.plan((index) => fixed.get(index), most);
  }
}
