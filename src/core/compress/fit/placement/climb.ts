import type { Effort } from './effort';
import { OrderedPlacement } from './inOrder';
import type { PlacementProblem } from './problem';

/** Offsets of buffers, and the end of the last. */
export interface Placement {
  readonly offsets: Float64Array;
  readonly endBytes: number;
}

/** One in this many changes that make the placement longer is kept, so that the search leaves a dead end. */
const worseningShare = 40;

/**
 * Looks for a short placement by changing the order in which buffers are placed: a buffer at the end of the memory
 * changes places with one that lies below it and lives with it, or with any other now and then. Begins with the best of
 * five plain orders. Stops at the lower bound, when the effort is spent or when it is called off.
 */
export function climb(problem: PlacementProblem, effort: Effort): Placement {
  const search = new Climb(problem, effort);
  search.begin();
  while (!search.isDone() && search.change());
  return search.best();
}

class Climb {
  readonly #problem: PlacementProblem;
  readonly #effort: Effort;
  readonly #placement: OrderedPlacement;
  #order: Int32Array;
  #end = Infinity;
  #offsets: Float64Array;
  #bestOffsets: Float64Array;
  #bestEnd = Infinity;

  constructor(problem: PlacementProblem, effort: Effort) {
    this.#problem = problem;
    this.#effort = effort;
    this.#placement = new OrderedPlacement(problem);
    this.#order = ownOrder(problem);
    this.#offsets = new Float64Array(problem.count);
    this.#bestOffsets = new Float64Array(problem.count);
  }

  begin(): void {
    for (const order of plainOrders(this.#problem)) {
      const endBytes = this.#placement.place(order, Infinity);
      if (endBytes < this.#end) this.#accept(order, endBytes);
    }
  }

  isDone(): boolean {
    return this.#bestEnd <= this.#problem.lowerBound || this.#problem.count < 2 || this.#effort.isSpent();
  }

  best(): Placement {
    return { offsets: this.#bestOffsets, endBytes: this.#bestEnd };
  }

  /** One change of the order; false where nothing can be changed. */
  change(): boolean {
    const top = this.#bufferAtEnd();
    const other = top === undefined ? undefined : this.#partnerOf(top);
    if (top === undefined || other === undefined) return false;
    const order = exchanged(this.#order, top, other);
    const keepsWorse = this.#effort.random() * worseningShare < 1;
    const endBytes = this.#placement.place(order, keepsWorse ? Infinity : this.#end);
    this.#effort.spend(this.#problem.count);
    if (endBytes <= this.#end || (keepsWorse && endBytes < Infinity)) this.#accept(order, endBytes);
    return true;
  }

  #accept(order: Int32Array, endBytes: number): void {
    this.#order = Int32Array.from(order);
    this.#end = endBytes;
    this.#offsets = Float64Array.from(this.#placement.offsets);
    if (endBytes >= this.#bestEnd) return;
    this.#bestEnd = endBytes;
    this.#bestOffsets = this.#offsets;
  }

  #bufferAtEnd(): number | undefined {
    const { bytes, count } = this.#problem;
    const atEnd: number[] = [];
    for (let index = 0; index < count; index++) {
      if (this.#offsets[index] + bytes[index] === this.#end) atEnd.push(index);
    }
    return this.#oneOf(atEnd);
  }

  /** Mostly a neighbour, or a neighbour's neighbour, of the buffer at the end. */
  #partnerOf(top: number): number | undefined {
    const { neighbours } = this.#problem;
    const draw = this.#effort.random();
    const neighbour = this.#oneOf(neighbours[top]);
    if (draw < 0.1 || neighbour === undefined) return this.#oneOf(this.#order);
    return draw < 0.6 ? neighbour : this.#oneOf(neighbours[neighbour]);
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
function plainOrders(problem: PlacementProblem): readonly Int32Array[] {
  const { bytes, contention, life } = problem;
  const keys: readonly ((index: number) => number)[] = [
    (index) => bytes[index],
    (index) => contention[index],
    (index) => life[index],
    (index) => bytes[index] * life[index],
    (index) => -index,
  ];
  return keys.map((key) => ownOrder(problem).sort((a, b) => key(b) - key(a) || bytes[b] - bytes[a] || a - b));
}

function ownOrder({ count }: PlacementProblem): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => index);
}
