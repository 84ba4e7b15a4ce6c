import type { Graph, Tensor } from '../../model/model';
import { HumanError } from '../../model/problem';

/** Every index along every axis of every tensor of a graph is an atom. More of them than this is no model for a microcontroller. */
const mostAtoms = 4_000_000;

/**
 * Which indices of which tensors belong together: a union-find over atoms. Two atoms are joined where an operator reads or writes the
 * one by the other, so that one cannot go without the other; a class is fixed where one of its atoms cannot go at all.
 */
export class Atoms {
  readonly #first: readonly (readonly number[])[];
  readonly #parent: Int32Array;
  readonly #reasons = new Map<number, string>();

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
    const reason = this.#reasons.get(into) ?? this.#reasons.get(from);
    if (reason !== undefined) this.#reasons.set(into, reason);
    this.#reasons.delete(from);
  }

  /** The class of this atom stays whole, for this reason (a whole sentence); the first reason is kept. */
  fix(atom: number, reason: string): void {
    const root = this.#root(atom);
    if (!this.#reasons.has(root)) this.#reasons.set(root, reason);
  }

  /** Why a class stays; `undefined` where it may go. */
  reasonOf(classNumber: number): string | undefined {
    return this.#reasons.get(this.#root(classNumber));
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
