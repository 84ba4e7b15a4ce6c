import type { Operator } from '../../../model/model';
import { patternRewrite } from '../patternRewrite';

/** CAST of uint8 to float32 as DEQUANTIZE, whose kernel takes uint8. */
export const unsignedCast = patternRewrite({
  id: 'unsigned-cast',
  exactWhen: 'The integers have no scale: with a scale of 1 and a zero point of 0 they stand for themselves.',
  kinds: ['CAST'],
  match: (operator, view) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    if (from?.type !== 'uint8' || to?.type !== 'float32' || (from.quantization?.scales.length ?? 0) > 0)
      return undefined;
    view.set(operator.inputs[0], { ...from, quantization: { scales: [1], zeroPoints: [0], axis: 0 } });
    const dequantize: Operator = { ...operator, kind: 'DEQUANTIZE', version: 1, options: undefined };
    return {
      ...{ removed: [operator], inserted: [dequantize] },
      sentence: (name) => `CAST "${name}" of uint8 is a DEQUANTIZE with scale 1 now.`,
    };
  },
});
