import type { Graph, Tensor } from '../../model/model';
import { HumanError } from '../../model/problem';

/**
 * Every index along every axis of every tensor of a graph is an atom. More of them than this is no model for a
 * microcontroller.
 */
const mostAtoms = 4_000_000;

/**
 * Which indices of which tensors belong together: a union-find over atoms. Two atoms are joined where an operator reads
 * or writes the one by the other, so that one cannot go without the other; a class is fixed where one of its atoms
 * cannot go at all.
 */
export class Atoms {
  readonly #first: readonly (readonly number[])[];
  readonly #parent: Int32Array;
  readonly #reasons = new Map<number, { readonly reason: string; readonly order: number }>();
  #order = 0;
  #lastReason = '';

  /** @throws HumanError `prune-too-large` for a graph whose shapes are beyond any microcontroller. */
  constructor(graph: Graph) {
    let count = 0;
    this.#first = graph.tensors.map((tensor) =>
      tensor.shape.map((size) => {
        const first = count;
        count += Math.max(0, size);
        return first;
      }),
    );
    if (!(count <= mostAtoms)) {
      throw new HumanError(
        'prune-too-large',
        `The dimensions of the model's tensors come to more than ${mostAtoms}: too many to follow its channels. Prune a smaller model.`,
      );
    }
    this.#parent = Int32Array.from({ length: count }, (_, index) => index);
  }

  /** The class of an index along an axis: equal numbers belong together. Changes while atoms are joined. */
  classOf(tensor: Tensor, axis: number, index: number): number {
    return this.#root(this.#first[tensor.index][axis] + index);
  }

  join(first: number, second: number): void {
    const [a, b] = [this.#root(first), this.#root(second)];
    if (a === b) return;
    const [into, from] = a < b ? [a, b] : [b, a];
    this.#parent[from] = into;
    const [mine, other] = [this.#reasons.get(into), this.#reasons.get(from)];
    this.#reasons.delete(from);
    if (other !== undefined && (mine === undefined || other.order < mine.order)) this.#reasons.set(into, other);
  }

  /**
   * The class of this atom stays whole, for this reason (a complete sentence). Of several, the one given first is kept,
   * also when classes join.
   */
  fix(atom: number, reason: string): void {
    const root = this.#root(atom);
    if (this.#reasons.has(root)) return;
    if (reason !== this.#lastReason) this.#order += 1;
    this.#lastReason = reason;
    this.#reasons.set(root, { reason, order: this.#order });
  }

  /** Why a class stays; `undefined` where it may go. */
  reasonOf(classNumber: number): string | undefined {
    return this.#reasons.get(this.#root(classNumber))?.reason;
  }

  #root(atom: number): number {
    const parent = this.#parent;
    let root = atom;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }
}
