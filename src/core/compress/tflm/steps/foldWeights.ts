import type { Tensor } from '../../../model/model';
import { integerRange } from '../../../model/values/integerRange';
import { realValues, sliceStride } from '../../../model/values/real';
import { quantizedValue } from '../../../model/values/rounding';
import { encode } from '../../../model/values/stored';
import { patternRewrite } from '../patternRewrite';

/**
 * Weights that are made float32 while the model runs, by operators whose kernels do not take them, are float32 in the
 * file.
 */
export const foldWeights = patternRewrite({
  id: 'fold-weights',
  mends: ['dequantize-several-scales'],
  exactWhen: 'The numbers are those that the operators would make of the constant, each by its own scale.',
  kinds: ['DEQUANTIZE', 'QUANTIZE'],
  match: (operator, view) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    if (from?.data === undefined || to === undefined || view.isOutput(operator.outputs[0])) return undefined;
    const data = operator.kind === 'DEQUANTIZE' ? dequantized(from) : quantized(from, to);
    if (data === undefined) return undefined;
    view.set(operator.outputs[0], { ...to, shape: from.shape, data });
    return {
      ...{ removed: [operator], inserted: [] },
      sentence: (name) => `${operator.kind} "${name}" of a constant is computed already.`,
    };
  },
});

/** Of types and scales that TFLM's kernel takes wrongly or not at all. */
function dequantized(from: Tensor): Uint8Array | undefined {
  const { scales = [], zeroPoints = [] } = from.quantization ?? {};
  const isSeveral = [scales, zeroPoints].some((list) => list.some((each) => each !== list[0]));
  const isNeeded = from.type === 'float16' || isSeveral;
  const values = isNeeded ? realValues(from) : undefined;
  return values && encode('float32', values);
}

/** QUANTIZE's division by a scale is one of 32 bits. */
function quantized(from: Tensor, to: Tensor): Uint8Array | undefined {
  const values = from.type === 'float32' ? realValues(from) : undefined;
  const scales = to.quantization?.scales ?? [];
  if (values === undefined || scales.length === 0 || !(to.type === 'int8' || to.type === 'uint8')) return undefined;
  const { axis, zeroPoints } = to.quantization!;
  const stride = scales.length === 1 ? values.length : sliceStride(from.shape, axis);
  if (scales.length > 1 && from.shape[axis] !== scales.length) return undefined;
  const stored = Float64Array.from(values, (value, index) => {
    const slice = Math.floor(index / stride) % scales.length;
    const affine = { scale: scales[slice], zeroPoint: zeroPoints[slice] ?? zeroPoints[0] ?? 0 };
    return quantizedValue(value, affine, integerRange[to.type as 'int8' | 'uint8']);
  });
  return encode(to.type, stored);
}
