import { floatRange, quantizedRange } from '../activationRange';
import { binaryKernel } from '../binary';
import { quantizeMultiplier, rescaleOf } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { oneOverOnePlus } from '../transcendental';
import { integerRange } from '../../model/values/integerRange';

export const div = byType(inputType, { int8: quantizedQuotient, float32: floatQuotient, int32: integerQuotient });

function floatQuotient(call: KernelInvocation): Kernel {
  const operands = { first: input(call, 0).float32, second: input(call, 1).float32, out: output(call).float32 };
  const { least, most } = floatRange(call);
  return binaryKernel(call, operands, (a, b) => Math.min(Math.max(Math.fround(a / b), least), most));
}

/** Towards zero. Division by 0 has no result on a device; here it is 0. */
function integerQuotient(call: KernelInvocation): Kernel {
  const operands = { first: input(call, 0).int32, second: input(call, 1).int32, out: output(call).int32 };
  const activation = floatRange(call);
  const least = Math.max(activation.least, integerRange.int32.least);
  const most = Math.min(activation.most, integerRange.int32.most);
  return binaryKernel(call, operands, (a, b) => Math.min(Math.max(b === 0 ? 0 : Math.trunc(a / b) | 0, least), most));
}

/** By the divisor's reciprocal. Source: DivElementwise() in tensorflow/lite/kernels/internal/reference/div.h. */
function quantizedQuotient(call: KernelInvocation): Kernel {
  const [a, b, result] = [input(call, 0), input(call, 1), output(call)];
  const real = Math.fround(a.scale / Math.fround(b.scale * result.scale));
  const { multiplier, shift } = quantizeMultiplier(real, call.rounding);
  const { least, most } = quantizedRange(call, result);
  const rescale = rescaleOf(call.rounding);
  const operands = { first: a.int8, second: b.int8, out: result.int8 };
  return binaryKernel(call, operands, (stored, storedDivisor) => {
    const divisor = storedDivisor - b.zeroPoint;
    const dividend = divisor < 0 ? a.zeroPoint - stored : stored - a.zeroPoint;
    const { inverse, bits } = reciprocal(Math.abs(divisor));
    const headroom = leadingSignBits(dividend);
    const quotient = rescale(dividend, inverse, headroom);
    const value = rescale(quotient, multiplier, shift - bits - headroom) + result.zeroPoint;
    return Math.min(Math.max(value, least), most);
  });
}

/**
 * 1 / `value` as a number with 0 integer bits and what it has to be shifted by. Source: GetReciprocal() in
 * internal/common.h.
 */
function reciprocal(value: number, integerBits = 31): { readonly inverse: number; readonly bits: number } {
  const headroom = Math.clz32(value);
  return {
    inverse: oneOverOnePlus(((value << headroom) >>> 0) - 2147483648),
    bits: integerBits - headroom,
  };
}

/**
 * Copies of the sign that a number of 32 bits has below its sign. Source: CountLeadingSignBits() in
 * tensorflow/lite/kernels/internal/common.h.
 */
export function leadingSignBits(value: number): number {
  if (value === -2147483648) return 0;
  return value >= 0 ? Math.clz32(value) - 1 : Math.clz32(2 * -value - 1);
}
