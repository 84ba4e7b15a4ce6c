import type { KernelIsa } from '../../boards/board';
import type { Graph, Operator, Tensor } from '../../model/model';
import { inputOf, outputOf } from '../operands';

/** One operator as its kernel sees it while the interpreter sets it up. */
export interface PreparedOperator {
  readonly operator: Operator;
  readonly graph: Graph;
  readonly isa: KernelIsa;
  /** Bytes of a structure of this version of the runtime on this target. */
  readonly bytesOf: (structure: string) => number;
}

/** What a kernel asks for in Prepare, in bytes, in the order in which it asks. */
export interface PrepareRequests {
  /** Kept to the end; each is aligned to 16. */
  readonly persistent?: readonly number[];
  /** Planned into the head for the time that the operator runs. At most 12 for one operator. */
  readonly scratch?: readonly number[];
}

/**
 * What one kernel takes of the arena. A function gives `undefined` where the operator lacks what the kernel relies on
 * (a shape, an input): the interpreter would refuse such a model.
 */
export interface KernelMemory {
  /** Structure that Init allocates, aligned to 16; absent for a kernel without state. */
  readonly state?: string;
  /** Further buffers that Init allocates after the state, each aligned to 16. */
  readonly initBuffers?: (call: PreparedOperator) => readonly number[] | undefined;
  /**
   * Tensors that Prepare takes as temporary structures, one entry for each time; they are given back only when Prepare
   * has ended.
   */
  readonly temporaries: (call: PreparedOperator) => readonly (Tensor | undefined)[];
  readonly prepare?: (call: PreparedOperator) => PrepareRequests | undefined;
}

/** Kernels of one library by the operator's name (the code of a custom operator). */
export type KernelTable = ReadonlyMap<string, KernelMemory>;

/** Takes every input that is present once and every output once: what most kernels do. */
export function everyTensor(call: PreparedOperator): readonly (Tensor | undefined)[] {
  return [...call.operator.inputs, ...call.operator.outputs].map((index) => call.graph.tensors[index]);
}

/** Takes no temporary tensor. */
export function noTensor(): readonly Tensor[] {
  return [];
}

/** Takes these inputs and outputs, by position, as often as they are named. */
export function tensorsAt(
  inputs: readonly number[],
  outputs: readonly number[],
): (call: PreparedOperator) => readonly (Tensor | undefined)[] {
  return (call) => [
    ...inputs.map((position) => inputOf(call, position)),
    ...outputs.map((position) => outputOf(call, position)),
  ];
}

/** A table of kernels that differ in their state alone: `[operator, state]`. */
export function kernelsByState(
  rows: readonly (readonly [kind: string, state: string | undefined])[],
  temporaries: KernelMemory['temporaries'],
): readonly (readonly [string, KernelMemory])[] {
  return rows.map(([kind, state]) => [kind, state === undefined ? { temporaries } : { state, temporaries }]);
}
