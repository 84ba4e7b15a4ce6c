import { booleanOption, enumOption } from '../../model/options';
import { byType, input, inputType, output, type Call, type Kernel } from '../kernel';
import type { Value } from '../value';
import { floatCell } from './lstmFloat';
import { integerCell } from './lstmInteger';

/**
 * UNIDIRECTIONAL_SEQUENCE_LSTM without peepholes, projection and layer normalisation, as TFLM has it. Inputs: 0 sequence, 1 to 4 weights of
 * the input for input, forget, cell and output gate, 5 to 8 weights of the state for the same, 12 to 15 biases, 18 hidden, 19 cell state.
 */
export const unidirectionalSequenceLstm = byType(inputType, { int8: lstm, int16: lstm, float32: lstm });

/** One step of one sequence: reads the input from `from`, updates states that begin at `state`, writes the hidden state to `to`. */
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

function gatesOf(call: Call): Gates {
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

function lstm(call: Call): Kernel {
  const [first, second] = input(call, 0).shape;
  const isTimeMajor = booleanOption(call.operator, 'timeMajor', false);
  const [batches, steps] = isTimeMajor ? [second, first] : [first, second];
  const gates = gatesOf(call);
  const { depth, units } = gates;
  const cell = output(call).type === 'float32' ? floatCell(call, gates) : integerCell(call, gates);
  return () => {
    for (let batch = 0; batch < batches; batch++) {
      for (let step = 0; step < steps; step++) {
        const place = isTimeMajor ? step * batches + batch : batch * steps + step;
        cell(place * depth, batch * units, place * units);
      }
    }
  };
}
