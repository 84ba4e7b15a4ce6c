import type { Effort } from './effort';
import { OrderedPlacement } from './inOrder';
import type { OrderProblem } from './problem';

/** Offsets of buffers, and how far the furthest is beyond its limit: where the limits are 0, the bytes of all. */
export interface Placement {
  readonly offsets: Float64Array;
  readonly excess: number;
}

/** One in this many changes that make the placement longer is kept, so that the search leaves a dead end. */
const worseningShare = 40;

/**
 * Looks for a short placement by changing the order in which buffers are placed: a buffer at the end of the memory
 * changes places with one that lies below it and lives with it, or with any other now and then. Begins with the best of
 * five plain orders. Stops at the goal, when the effort is spent or when it is called off.
 */
export function climb(problem: OrderProblem, effort: Effort): Placement {
  const search = new Climb(problem, effort);
  search.begin();
  while (!search.isDone() && search.change());
  return search.best();
}

class Climb {
  readonly #problem: OrderProblem;
  readonly #effort: Effort;
  readonly #placement: OrderedPlacement;
  readonly #isMovable: Uint8Array;
  #order: Int32Array;
  #excess = Infinity;
  #offsets: Float64Array;
  #bestOffsets: Float64Array;
  #bestExcess = Infinity;

  constructor(problem: OrderProblem, effort: Effort) {
    this.#problem = problem;
    this.#effort = effort;
    this.#placement = new OrderedPlacement(problem);
    this.#isMovable = new Uint8Array(problem.count);
    for (const index of problem.movable) this.#isMovable[index] = 1;
    this.#order = problem.movable;
    this.#offsets = new Float64Array(problem.count);
    this.#bestOffsets = new Float64Array(problem.count);
  }

  begin(): void {
    for (const order of plainOrders(this.#problem)) {
      const excess = this.#placement.place(order, Infinity);
      if (excess < this.#excess) this.#accept(order, excess);
    }
  }

  isDone(): boolean {
    return this.#bestExcess <= this.#problem.goal || this.#problem.movable.length < 2 || this.#effort.isSpent();
  }

  best(): Placement {
    return { offsets: this.#bestOffsets, excess: this.#bestExcess };
  }

  /** One change of the order; false where nothing can be changed. */
  change(): boolean {
    const top = this.#movableAtEnd();
    const other = top === undefined ? undefined : this.#partnerOf(top);
    if (top === undefined || other === undefined) return false;
    const order = exchanged(this.#order, top, other);
    const keepsWorse = this.#effort.random() * worseningShare < 1;
    const excess = this.#placement.place(order, keepsWorse ? Infinity : this.#excess);
    this.#effort.spend(this.#problem.count);
    if (excess <= this.#excess || (keepsWorse && excess < Infinity)) this.#accept(order, excess);
    return true;
  }

  #accept(order: Int32Array, excess: number): void {
    this.#order = Int32Array.from(order);
    this.#excess = excess;
    this.#offsets = Float64Array.from(this.#placement.offsets);
    if (excess >= this.#bestExcess) return;
    this.#bestExcess = excess;
    this.#bestOffsets = this.#offsets;
  }

  /** A buffer that is furthest beyond its limit, or one that lives with it where its own place is not searched. */
  #movableAtEnd(): number | undefined {
    const { bytes, count, limits, neighbours } = this.#problem;
    const furthest: number[] = [];
    for (let index = 0; index < count; index++) {
      if (this.#offsets[index] + bytes[index] - limits[index] === this.#excess) furthest.push(index);
    }
    const top = this.#oneOf(furthest);
    if (top === undefined || this.#isMovable[top] === 1) return top;
    return this.#oneOf(this.#movableOf(neighbours[top]));
  }

  /** Mostly a neighbour, or a neighbour's neighbour, of the buffer at the end. */
  #partnerOf(top: number): number | undefined {
    const { neighbours, movable } = this.#problem;
    const draw = this.#effort.random();
    const neighbour = this.#oneOf(this.#movableOf(neighbours[top]));
    if (draw < 0.1 || neighbour === undefined) return this.#oneOf(movable);
    return draw < 0.6 ? neighbour : this.#oneOf(this.#movableOf(neighbours[neighbour]));
  }

  #movableOf(list: Int32Array): Int32Array {
    return this.#problem.following.length === 0 ? list : list.filter((index) => this.#isMovable[index] === 1);
  }

  #oneOf(list: ArrayLike<number>): number | undefined {
    return list.length === 0 ? undefined : list[Math.floor(this.#effort.random() * list.length)];
  }
}

function exchanged(order: Int32Array, left: number, right: number): Int32Array {
  const next = Int32Array.from(order);
  const [a, b] = [next.indexOf(left), next.indexOf(right)];
  next[a] = right;
  next[b] = left;
  return next;
}

/** By size, by bytes alive beside it, by length of life, by bytes times steps, in their own order. */
function plainOrders({ bytes, contention, life, movable }: OrderProblem): readonly Int32Array[] {
  const keys: readonly ((index: number) => number)[] = [
    (index) => bytes[index],
    (index) => contention[index],
    (index) => life[index],
    (index) => bytes[index] * life[index],
    (index) => -index,
  ];
  return keys.map((key) => Int32Array.from(movable).sort((a, b) => key(b) - key(a) || bytes[b] - bytes[a] || a - b));
}
