import type { Graph, Operator, Tensor } from '../../model/model';
import type { Atoms } from './atoms';

/**
 * How an operator ties the indices of its inputs to those of its outputs. One per kind or family, one line in
 * `relations.ts`.
 */
export interface ChannelRelation {
  readonly kinds: readonly string[];
  readonly relate: (view: RelationView) => void;
  /**
   * Brings constants and options that name sizes into line after channels have gone: options and a constant to put in
   * place.
   */
  readonly refit?: (operator: Operator, tensors: readonly Tensor[]) => Refit;
}

export interface Refit {
  readonly options?: Operator['options'];
  /** A constant input by its position, with the values that it must have now. */
  readonly constant?: readonly [position: number, tensor: Tensor];
}

/** An operator with what a relation says about it. */
export class RelationView {
  readonly operator: Operator;
  /** The operator as sentences name it: `CONV_2D "conv2d_3"`. */
  readonly name: string;
  readonly #graph: Graph;
  readonly #atoms: Atoms;

  constructor(graph: Graph, operator: Operator, name: string, atoms: Atoms) {
    this.#graph = graph;
    this.operator = operator;
    this.name = name;
    this.#atoms = atoms;
  }

  input(position: number): Tensor | undefined {
    return this.#graph.tensors[this.operator.inputs[position] ?? -1];
  }

  output(position: number): Tensor | undefined {
    return this.#graph.tensors[this.operator.outputs[position] ?? -1];
  }

  inputs(): readonly Tensor[] {
    return this.operator.inputs.flatMap((index) => this.#graph.tensors[index] ?? []);
  }

  outputs(): readonly Tensor[] {
    return this.operator.outputs.flatMap((index) => this.#graph.tensors[index] ?? []);
  }

  joinIndex(a: Tensor, axisA: number, indexA: number, [b, axisB, indexB]: readonly [Tensor, number, number]): void {
    this.#atoms.join(this.#atoms.classOf(a, axisA, indexA), this.#atoms.classOf(b, axisB, indexB));
  }

  /** Joins two axes index by index; axes of different sizes are fixed, since what ties them is not known. */
  join(a: Tensor, axisA: number, b: Tensor, axisB: number): void {
    if (a.shape[axisA] !== b.shape[axisB]) {
      this.fix(a, axisA, `${this.name} ties dimensions of different sizes.`);
      this.fix(b, axisB, `${this.name} ties dimensions of different sizes.`);
      return;
    }
    for (let index = 0; index < a.shape[axisA]; index++) this.joinIndex(a, axisA, index, [b, axisB, index]);
  }

  /** Every index of the axis stays. */
  fix(tensor: Tensor, axis: number, reason: string): void {
    for (let index = 0; index < tensor.shape[axis]; index++)
      this.#atoms.fix(this.#atoms.classOf(tensor, axis, index), reason);
  }

  /** Every index of every axis but `except` stays. */
  fixOthers(tensor: Tensor, except: readonly number[], reason: string): void {
    tensor.shape.forEach((_, axis) => {
      if (!except.includes(axis)) this.fix(tensor, axis, reason);
    });
  }

  /** Every index of every tensor of the operator stays. */
  fixAll(reason: string): void {
    for (const tensor of [...this.inputs(), ...this.outputs()]) this.fixOthers(tensor, [], reason);
  }
}

/** An axis counted from the front; negative ones count from the end. */
export function axisFromFront(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
