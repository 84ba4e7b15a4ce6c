import type { PlacementProblem } from './problem';

/**
 * Places buffers one after the other in a given order, each into the lowest gap between those that live with it and are
 * placed already. One object serves many orders: what it works with is made once.
 */
export class OrderedPlacement {
  readonly #problem: PlacementProblem;
  readonly offsets: Float64Array;
  readonly #isPlaced: Uint8Array;
  /** Neighbours that are placed, by offset. */
  readonly #sorted: Int32Array;

  constructor(problem: PlacementProblem) {
    this.#problem = problem;
    this.offsets = new Float64Array(problem.count);
    this.#isPlaced = new Uint8Array(problem.count);
    this.#sorted = new Int32Array(problem.neighbours.reduce((most, list) => Math.max(most, list.length), 0));
  }

  /** Fills `offsets` and gives the end of the placement; gives up with `Infinity` as soon as it passes `most`. */
  place(order: Int32Array, most: number): number {
    const { bytes } = this.#problem;
    this.#isPlaced.fill(0);
    let end = 0;
    for (const index of order) {
      const offset = this.#lowestGap(index);
      this.offsets[index] = offset;
      this.#isPlaced[index] = 1;
      end = Math.max(end, offset + bytes[index]);
      if (end > most) return Infinity;
    }
    return end;
  }

  #lowestGap(index: number): number {
    const { bytes } = this.#problem;
    const count = this.#sortNeighbours(index);
    let candidate = 0;
    for (let position = 0; position < count; position++) {
      const other = this.#sorted[position];
      if (this.offsets[other] - candidate >= bytes[index]) return candidate;
      candidate = Math.max(candidate, this.offsets[other] + bytes[other]);
    }
    return candidate;
  }

  /** Sorts by insertion: lists are short, and mostly in order. */
  #sortNeighbours(index: number): number {
    let count = 0;
    for (const other of this.#problem.neighbours[index]) {
      if (this.#isPlaced[other] === 0) continue;
      let position = count++;
      while (position > 0 && this.offsets[this.#sorted[position - 1]] > this.offsets[other]) {
        this.#sorted[position] = this.#sorted[position - 1];
        position--;
      }
      this.#sorted[position] = other;
    }
    return count;
  }
}
