import { quantizedRange } from '../activationRange';
import { input, output, type KernelInvocation } from '../kernel';
import { multipliersOf, type Requantization } from '../requantize';
import type { Value } from '../value';

/** A bias as int32, zeros where it is absent. */
export function bias32(bias: Value | undefined, channels: number): Int32Array {
  return bias?.int32 ?? new Int32Array(channels);
}

/** A bias of int64 as floating-point numbers, exact up to 53 bits; zeros where it is absent. */
export function bias64(bias: Value | undefined, channels: number): Float64Array {
  return bias === undefined ? new Float64Array(channels) : Float64Array.from(bias.int64, Number);
}

/**
 * What is to be added to each row's sum of weight x stored value: the bias, less the zero point's share, so that the
 * inner loop need not subtract the zero point from each value. `target` receives it; weights are one row of equal
 * length per element of `target`.
 */
export function foldZeroPoint(weights: Int8Array, bias: Int32Array, zeroPoint: number, target: Int32Array): void {
  const depth = weights.length / target.length;
  for (let row = 0; row < target.length; row++) {
    let sum = 0;
    for (let index = row * depth; index < (row + 1) * depth; index++) sum += weights[index];
    target[row] = bias[row] - Math.imul(sum, zeroPoint);
  }
}

/** True where none of these values changes from one inference to the next. Absent ones count as constant. */
export function allConstant(...values: readonly (Value | undefined)[]): boolean {
  return values.every((value) => value === undefined || value.isConstant);
}

/** Real factors from accumulators to the output, one per channel. Source: PopulateConvolutionQuantizationParams(). */
export function channelFactors(image: Value, filter: Value, result: Value, channels: number): readonly number[] {
  const scales = filter.tensor.quantization?.scales ?? [];
  return Array.from(
    { length: channels },
    (_none, channel) => (image.scale * (scales.length > 1 ? scales[channel] : filter.scale)) / result.scale,
  );
}

/** How the sums of a convolution's channels become its output's integers. */
export function requantization(call: KernelInvocation, channels: number): Requantization {
  const [image, filter, result] = [input(call, 0), input(call, 1), output(call)];
  return {
    ...multipliersOf(channelFactors(image, filter, result, channels), call.rounding),
    zeroPoint: result.zeroPoint,
    range: quantizedRange(call, result),
  };
}
