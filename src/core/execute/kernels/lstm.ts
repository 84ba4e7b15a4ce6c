import { booleanOption } from '../../model/options';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import type { Value } from '../value';
import { floatCell } from './lstmFloat';
import { gatesOf } from './lstmGates';
import { integerCell } from './lstmInteger';

/**
 * UNIDIRECTIONAL_SEQUENCE_LSTM without peepholes, projection and layer normalisation, as TFLM has it. Inputs: 0
 * sequence, 1 to 4 weights of the input for input, forget, cell and output gate, 5 to 8 weights of the state for the
 * same, 12 to 15 biases, 18 hidden, 19 cell state.
 */
export const unidirectionalSequenceLstm = byType(inputType, { int8: lstm, int16: lstm, float32: lstm });

/** The same with the output at the scale of the fifth intermediate tensor, as TF Lite computes it. */
export const lstmMeant = (call: KernelInvocation): Kernel => lstm(call, call.intermediates[4] ?? output(call));

function lstm(call: KernelInvocation, shownAs?: Value): Kernel {
  const [first, second] = input(call, 0).shape;
  const isTimeMajor = booleanOption(call.operator, 'timeMajor', false);
  const [batches, steps] = isTimeMajor ? [second, first] : [first, second];
  const gates = gatesOf(call);
  const { depth, units } = gates;
  const cell = output(call).type === 'float32' ? floatCell(call, gates) : integerCell(call, gates, shownAs);
  return () => {
    for (let batch = 0; batch < batches; batch++) {
      for (let step = 0; step < steps; step++) {
        const place = isTimeMajor ? step * batches + batch : batch * steps + step;
        cell(place * depth, batch * units, place * units);
      }
    }
  };
}
