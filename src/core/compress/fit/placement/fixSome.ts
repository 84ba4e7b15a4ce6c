import { planGreedily, type PlannerBuffer } from '../../../runtimes/tflm/greedyPlanner';
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

/** Placements of one buffer by the planner that a search may ask for: some 400 ms on a desktop processor. */
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

class FixedSearch {
  best: Fixed | undefined;
  readonly #tensors: readonly LiveBuffer[];
  readonly #sets: readonly ScratchSet[];
  readonly #start: FixedStart;
  readonly #effort: Effort;
  #fixed: Fixed = new Map();
  #bytes: number;
  #bestBytes: number;
  #offsets: readonly number[];

  constructor(tensors: readonly LiveBuffer[], sets: readonly ScratchSet[], start: FixedStart, effort: Effort) {
    this.#tensors = tensors;
    this.#sets = sets;
    this.#start = start;
    this.#effort = effort;
    this.#offsets = this.#planned(this.#fixed, sets[0]);
    this.#bytes = this.#bestBytes = this.#end(this.#offsets, sets[0]);
  }

  isDone(): boolean {
    return this.#bestBytes <= this.#start.leastBytes || this.#tensors.length === 0 || this.#effort.isSpent();
  }

  change(): void {
    const next = this.#changed();
    if (this.#overlaps(next)) return;
    const offsets = this.#planned(next, this.#sets[0]);
    const bytes = this.#end(offsets, this.#sets[0]);
    if (bytes > this.#bytes && this.#effort.random() * worseningShare >= 1) return;
    if (!this.#sets.slice(1).every((set) => this.#end(this.#planned(next, set), set) <= set.limitBytes)) return;
    this.#fixed = next;
    this.#bytes = bytes;
    this.#offsets = offsets;
    if (bytes >= this.#bestBytes) return;
    this.#bestBytes = bytes;
    this.best = next;
  }

  /** One tensor fixed, moved or left to the planner. */
  #changed(): Fixed {
    const next = new Map(this.#fixed);
    const index = this.#draw(this.#tensors.length);
    if (next.has(index) && this.#effort.random() < 0.4) next.delete(index);
    else next.set(index, this.#offsetFor(index));
    return next;
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

  /** True where two fixed tensors would share bytes while both are alive: the planner does not look. */
  #overlaps(fixed: Fixed): boolean {
    const entries = [...fixed].map(([index, offset]) => ({ ...this.#tensors[index], offset }));
    return entries.some((a, position) =>
      entries
        .slice(position + 1)
        .some(
          (b) =>
            a.first <= b.last && b.first <= a.last && a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes,
        ),
    );
  }

  #planned(fixed: Fixed, { buffers }: ScratchSet): readonly number[] {
    const tensors = this.#tensors.map((tensor, index): PlannerBuffer => {
      const fixedOffset = fixed.get(index);
      return fixedOffset === undefined ? tensor : { ...tensor, fixedOffset };
    });
    this.#effort.spend(tensors.length + buffers.length);
    return planGreedily([...tensors, ...buffers]);
  }

  #end(offsets: readonly number[], { buffers }: ScratchSet): number {
    const bytesOf = (index: number): number => (this.#tensors[index] ?? buffers[index - this.#tensors.length]).bytes;
    return offsets.reduce((end, offset, index) => Math.max(end, offset + bytesOf(index)), 0);
  }
}
