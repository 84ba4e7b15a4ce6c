import { enumOption } from '../../model/options';
import { input, type KernelInvocation } from '../kernel';
import type { Value } from '../value';

/**
 * One step of one sequence: reads the input from `from`, updates states that begin at `state`, writes the hidden state
 * to `to`.
 */
export type LstmCell = (from: number, state: number, to: number) => void;

export interface Gate {
  readonly weights: Value;
  readonly recurrent: Value;
  readonly bias: Value | undefined;
}

export interface Gates {
  readonly input: Gate;
  readonly forget: Gate;
  readonly cell: Gate;
  readonly output: Gate;
  readonly isCellLogistic: boolean;
  /** Length of an input vector and of the state. */
  readonly depth: number;
  readonly units: number;
}

/** The gates of a call, by the places of its inputs. */
export function gatesOf(call: KernelInvocation): Gates {
  const gate = (index: number): Gate => ({
    weights: input(call, 1 + index),
    recurrent: input(call, 5 + index),
    bias: call.inputs[12 + index],
  });
  return {
    input: gate(0),
    forget: gate(1),
    cell: gate(2),
    output: gate(3),
    isCellLogistic: enumOption(call.operator, 'fusedActivationFunction', 'TANH') !== 'TANH',
    depth: input(call, 0).shape[2],
    units: input(call, 18).shape.at(-1) ?? 1,
  };
}
