import type * as Core from '@tensorflow/tfjs-core';
import type { Graph, Operator } from '../../model/model';
import { HumanError } from '../../model/problem';
import { integerValues } from '../../model/values/stored';

/** The library as the caller has loaded it: tfjs-node brings a copy of its own. */
export type Tf = typeof Core;

export type TfTensor = Core.Tensor;

/** One execution of one operator: what its translation into TensorFlow.js may ask for. */
export interface TfjsCall {
  readonly tf: Tf;
  readonly graph: Graph;
  readonly operator: Operator;
  /** Samples computed at once: they lie along dimension 0, where the file has 1. */
  readonly batch: number;
  /** Input `position`. @throws HumanError where it is absent. */
  readonly input: (position: number) => TfTensor;
  /** Input `position`, or `undefined` where it is absent. */
  readonly optional: (position: number) => TfTensor | undefined;
  /** Replaces the value of variable tensor `position` of the inputs for the next inference. */
  readonly remember: (position: number, value: TfTensor) => void;
}

/** How one kind of operator is computed by TensorFlow.js: one object each, one line in `tfjsOperators.ts`. */
export interface TfjsOperator {
  readonly kind: string;
  /**
   * Inputs that `compute` takes as tensors; absent: all. Others are read from the file as integers, and what computes
   * them need not run.
   */
  readonly values?: readonly number[];
  /** True where samples along dimension 0 would touch each other, so that they must run one by one; absent: never. */
  readonly mixesSamples?: (operator: Operator, graph: Graph) => boolean;
  readonly compute: (call: TfjsCall) => TfTensor | readonly TfTensor[];
}

/** The integers of constant input `position`. @throws HumanError where it is none. */
export function constantIntegers(operator: Operator, graph: Graph, position: number): number[] {
  const tensor = graph.tensors[operator.inputs[position] ?? -1];
  const values = tensor === undefined ? undefined : integerValues(tensor);
  if (values !== undefined) return [...values];
  throw new HumanError(
    'float-operator-unsupported',
    `Input ${position} of ${operator.kind} (operator ${operator.index}) is computed while the model runs, but TensorFlow.js needs it as a constant; convert the model again with fixed shapes.`,
  );
}

/** The shape of output `position` in the file, with as many samples along dimension 0 as run at once. */
export function outputShape({ graph, operator, batch }: TfjsCall, position = 0): number[] {
  const { shape } = graph.tensors[operator.outputs[position]];
  return batch === 1 || shape.length === 0 ? [...shape] : [batch, ...shape.slice(1)];
}

/** An axis counted from the front. */
export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** Rank of input `position` as in the file. */
export function inputRank(operator: Operator, graph: Graph, position = 0): number {
  return graph.tensors[operator.inputs[position] ?? -1]?.shape.length ?? 0;
}
