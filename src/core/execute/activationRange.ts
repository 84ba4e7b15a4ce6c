import { integerRange } from '../model/values/integerRange';
import { notExecuted, type KernelInvocation } from './kernel';
import { enumOption } from '../model/options';
import type { Value } from './value';
import { roundAway } from '../model/values/rounding';
import { lookup } from '../text/lookup';

export interface ActivationRange {
  readonly least: number;
  readonly most: number;
}

/** The largest finite float32: kernels clamp infinities to it. */
const largestFloat = 3.4028234663852886e38;

/** What fused activation functions leave of finite float32 numbers; kernels of TFLM know no others. */
export const activationRanges: Readonly<Record<string, ActivationRange>> = lookup({
  NONE: { least: -largestFloat, most: largestFloat },
  RELU: { least: 0, most: largestFloat },
  RELU6: { least: 0, most: 6 },
  RELU_N1_TO_1: { least: -1, most: 1 },
});

/** What the fused activation leaves of real numbers. TFLM has no kernels for the others (TANH, SIGN_BIT). */
export function floatRange(call: KernelInvocation): ActivationRange {
  const name = enumOption(call.operator, 'fusedActivationFunction', 'NONE');
  const range = activationRanges[name];
  if (range === undefined) throw notExecuted(call, `the fused activation ${name} is not supported`);
  return range;
}

/**
 * What the fused activation leaves of the integers of `output`.
 * Source: CalculateActivationRangeQuantized() in tensorflow/lite/kernels/kernel_util.cc, whose division is in 32-bit
 * floating point.
 */
export function quantizedRange(call: KernelInvocation, output: Value): ActivationRange {
  const { least, most } = floatRange(call);
  const range = integerRange[output.type === 'int16' ? 'int16' : 'int8'];
  return {
    least: least > -largestFloat ? Math.max(range.least, quantizeBound(least, output)) : range.least,
    most: most < largestFloat ? Math.min(range.most, quantizeBound(most, output)) : range.most,
  };
}

function quantizeBound(real: number, output: Value): number {
  return output.zeroPoint + roundAway(Math.fround(real / output.scale));
}
