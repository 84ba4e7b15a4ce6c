import type { Effort } from './effort';
import type { PlacementProblem } from './problem';

/** Whether a memory is large enough: offsets; a proof that it is not; or unknown, as the effort was spent before. */
type CapacityAnswer = Float64Array | 'impossible' | 'unknown';

/**
 * Looks for a placement within `capacity` bytes, wholly: buffers are placed by ascending offset, each as low as those
 * below it let it lie, which loses no solution (a solution can always be let fall, and its buffers be sorted). A branch
 * ends where the bytes still to be placed in a section do not fit above what must lie below them.
 *
 * The idea of canonical solutions is that of Moffitt, "MiniMalloc: A Lightweight Memory Allocator for Hardware-
 * Accelerated Machine Learning" (ASPLOS 2023).
 */
export function placeWithin(problem: PlacementProblem, capacity: number, effort: Effort): CapacityAnswer {
  if (problem.lowerBound > capacity) return 'impossible';
  const search = new CapacitySearch(problem, capacity, effort);
  const isFound = search.run(0, { offset: 0, rank: -1 });
  if (isFound) return search.offsets;
  return search.isCutShort ? 'unknown' : 'impossible';
}

/** The buffer that was placed last, by its place in the order of trying, and its offset. */
interface LastPlaced {
  readonly offset: number;
  readonly rank: number;
}

class CapacitySearch {
  readonly offsets: Float64Array;
  isCutShort = false;
  readonly #problem: PlacementProblem;
  readonly #capacity: number;
  readonly #effort: Effort;
  readonly #isPlaced: Uint8Array;
  /** End of what is placed in each section, and bytes still to be placed there. */
  readonly #floor: Float64Array;
  readonly #left: Float64Array;
  /** Order in which equally low buffers are tried: those that live where most is alive first. */
  readonly #order: Int32Array;
  readonly #reach: Float64Array;

  constructor(problem: PlacementProblem, capacity: number, effort: Effort) {
    this.#problem = problem;
    this.#capacity = capacity;
    this.#effort = effort;
    this.offsets = new Float64Array(problem.count);
    this.#isPlaced = new Uint8Array(problem.count);
    this.#floor = new Float64Array(problem.sectionCount);
    this.#left = Float64Array.from(problem.sectionBytes);
    this.#order = triedOrder(problem);
    this.#reach = new Float64Array(problem.sectionCount);
  }

  /** Places what is left, no buffer below `last`, and of those beside it only later ones in the order. */
  run(placed: number, last: LastPlaced): boolean {
    const { count } = this.#problem;
    if (placed === count) return true;
    if (this.#effort.isSpent()) {
      this.isCutShort = true;
      return false;
    }
    this.#effort.spend(count);
    for (const next of this.#candidates(last) ?? []) {
      const undo = this.#put(this.#order[next.rank], next.offset);
      if (this.run(placed + 1, next)) return true;
      undo();
      if (this.isCutShort) return false;
    }
    return false;
  }

  /**
   * Buffers that may come next with their offsets: those that rest on what is placed and begin below the end of every
   * other one that could come. Absent where a section cannot hold what is left.
   */
  #candidates(last: LastPlaced): readonly LastPlaced[] | undefined {
    const open: LastPlaced[] = [];
    let leastEnd = Infinity;
    this.#reach.fill(Infinity);
    for (let rank = 0; rank < this.#order.length; rank++) {
      const index = this.#order[rank];
      if (this.#isPlaced[index] === 1) continue;
      const resting = this.#restingOffset(index);
      const offset = Math.max(resting, last.offset);
      const end = offset + this.#problem.bytes[index];
      if (end > this.#capacity) return undefined;
      this.#reachAt(index, offset);
      leastEnd = Math.min(leastEnd, end);
      if (resting > last.offset || (resting === last.offset && rank > last.rank)) open.push({ rank, offset });
    }
    if (!this.#fits()) return undefined;
    return open.filter(({ offset }) => offset < leastEnd).sort((a, b) => a.offset - b.offset);
  }

  /** As low as a buffer can lie above what is placed. */
  #restingOffset(index: number): number {
    const { firstSection, lastSection } = this.#problem;
    let offset = 0;
    for (let section = firstSection[index]; section <= lastSection[index]; section++) {
      if (this.#floor[section] > offset) offset = this.#floor[section];
    }
    return offset;
  }

  #reachAt(index: number, offset: number): void {
    const { firstSection, lastSection } = this.#problem;
    for (let section = firstSection[index]; section <= lastSection[index]; section++) {
      if (offset < this.#reach[section]) this.#reach[section] = offset;
    }
  }

  /** In each section everything that is left lies above the lowest offset that one of them can have. */
  #fits(): boolean {
    for (let section = 0; section < this.#left.length; section++) {
      if (this.#left[section] > 0 && this.#reach[section] + this.#left[section] > this.#capacity) return false;
    }
    return true;
  }

  #put(index: number, offset: number): () => void {
    const { bytes, firstSection, lastSection } = this.#problem;
    const [from, to] = [firstSection[index], lastSection[index] + 1];
    const floors = this.#floor.slice(from, to);
    this.offsets[index] = offset;
    this.#isPlaced[index] = 1;
    this.#floor.fill(offset + bytes[index], from, to);
    for (let section = from; section < to; section++) this.#left[section] -= bytes[index];
    return () => {
      this.#isPlaced[index] = 0;
      this.#floor.set(floors, from);
      for (let section = from; section < to; section++) this.#left[section] += bytes[index];
    };
  }
}

function triedOrder({ bytes, contention, count, life }: PlacementProblem): Int32Array {
  const area = (index: number): number => bytes[index] * life[index];
  return Int32Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => contention[b] - contention[a] || area(b) - area(a) || a - b,
  );
}
