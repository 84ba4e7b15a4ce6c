import type { DataType } from '../model/dataType';
import { operatorName, type Operator } from '../model/model';
import { HumanError } from '../model/problem';
import type { Rounding } from './executable';
import type { Value } from './value';

/** Computes an operator's outputs from its inputs, in their memory. */
export type Kernel = () => void;

/** Makes an operator ready: everything that does not depend on values happens here, once. */
export type KernelMaker = (call: KernelInvocation) => Kernel;

/** An operator with the values of its tensors. */
export interface KernelInvocation {
  readonly operator: Operator;
  readonly rounding: Rounding;
  /** `undefined` for an optional input that is absent. */
  readonly inputs: readonly (Value | undefined)[];
  readonly outputs: readonly Value[];
  readonly intermediates: readonly Value[];
  readonly machine: Machine;
}

/** What control flow and variables need from the model that an operator is part of. */
export interface Machine {
  /** The inputs' and outputs' values of another graph. */
  graph(index: number): { readonly inputs: readonly Value[]; readonly outputs: readonly Value[] };
  /** Runs another graph on what its inputs hold. */
  run(index: number): void;
  /** The number of the variable with this name, the same number each time. */
  variable(container: string, name: string): number;
  /** Memory of a variable; made of `bytes` bytes of `initial` when it has none yet. */
  variableMemory(variable: number, bytes: number, initial: number): Uint8Array;
  /** Registers what has to be done before a first inference. */
  onReset(reset: () => void): void;
}

/** Thrown by a kernel that ends an inference early: what comes after it does not run, outputs stay as they are. */
export class InferenceEnds extends Error {}

/** Input `position`, which must be there. */
export function input(call: KernelInvocation, position: number): Value {
  const value = call.inputs[position];
  if (value === undefined) throw notExecuted(call, `input ${position} is absent`);
  return value;
}

export function output(call: KernelInvocation, position = 0): Value {
  const value = call.outputs[position];
  if (value === undefined) throw notExecuted(call, `output ${position} is absent`);
  return value;
}

/** One kernel maker for each type that `typeOf` may find; a complete sentence for any other. */
export function byType(
  typeOf: (call: KernelInvocation) => DataType,
  makers: Partial<Readonly<Record<DataType, KernelMaker>>>,
): KernelMaker {
  return (call) => {
    const type = typeOf(call);
    const maker = makers[type];
    if (maker === undefined) throw notExecuted(call, `there is no kernel for ${type}`);
    return maker(call);
  };
}

export const inputType = (call: KernelInvocation): DataType => input(call, 0).type;

/** The failure of a model that has an operator which cannot be executed. `reason` is a clause without a full stop. */
export function notExecuted(call: { readonly operator: Operator }, reason: string): HumanError {
  return new HumanError(
    'operator-not-executed',
    `Operator ${call.operator.index} (${operatorName(call.operator)}) cannot be executed: ${reason}. Remove it or replace it to run this model.`,
  );
}

/**
 * A kernel that leaves its tensors has been given shapes that contradict each other or its options: a board would write
 * over its memory there. Kernels believe shapes, as TFLM's do.
 */
export function withinTensors<Result>(operator: Operator, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw notExecuted({ operator }, 'it would read or write beyond its tensors, whose shapes contradict each other');
  }
}
