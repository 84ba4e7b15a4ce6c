import { rescaleOf, roundingShift, splitNumber } from '../fixedPoint';
import { byType, input, inputType, output, type KernelInvocation, type Kernel } from '../kernel';
import { logistic as fixedLogistic, tanh as fixedTanh } from '../transcendental';
import { logisticInt16, scaleInt16, tanhInt16 } from './sigmoidsInt16';
import { roundAway } from '../../model/values/rounding';

/** LOGISTIC and TANH. Their outputs have a fixed scale and zero point. */
export const logistic = byType(inputType, {
  int8: (call) => tableKernel(call, (raw) => roundingShift(fixedLogistic(raw, inputIntegerBits), 23) - 128),
  int16: (call) => wide(call, logisticInt16, [0]),
  float32: (call) => plain(call, logisticFloat),
});

export const tanh = byType(inputType, {
  int8: (call) => tableKernel(call, (raw) => roundingShift(fixedTanh(raw, inputIntegerBits), 24)),
  int16: (call) => wide(call, tanhInt16, [0, 1]),
  float32: (call) => plain(call, (value) => Math.tanh(value)),
});

const inputIntegerBits = 4;

/** An int8 input has 256 values: each is computed once. `compute` takes a number with 4 integer bits. */
function tableKernel(call: KernelInvocation, compute: (raw: number) => number): Kernel {
  const from = input(call, 0);
  const [values, out] = [from.int8, output(call).int8];
  const { fraction, exponent: shift } = splitNumber(from.scale * 2 ** (31 - inputIntegerBits));
  const multiplier = roundAway(fraction * 2 ** 31) | 0;
  const radius = Math.floor(((2 ** inputIntegerBits - 1) * 2 ** (31 - inputIntegerBits)) / 2 ** shift);
  const rescale = rescaleOf(call.rounding);
  const table = Int8Array.from({ length: 256 }, (_none, index) => {
    const value = index - 128 - from.zeroPoint;
    if (value <= -radius) return -128;
    if (value >= radius) return 127;
    return Math.min(Math.max(compute(rescale(value, multiplier, shift)), -128), 127);
  });
  return () => {
    for (let index = 0; index < out.length; index++) out[index] = table[values[index] + 128];
  };
}

function wide(
  call: KernelInvocation,
  compute: (value: number, multiplier: number, shift: number) => number,
  powers: readonly number[],
): Kernel {
  const from = input(call, 0);
  const [values, out] = [from.int16, output(call).int16];
  const { multiplier, shift } = scaleInt16(from.scale, powers);
  return () => {
    for (let index = 0; index < out.length; index++) out[index] = compute(values[index], multiplier, shift);
  };
}

function plain(call: KernelInvocation, compute: (value: number) => number): Kernel {
  const [values, out] = [input(call, 0).float32, output(call).float32];
  return () => {
    for (let index = 0; index < out.length; index++) out[index] = compute(values[index]);
  };
}

/**
 * Beyond these limits the kernel takes the asymptote. Source: tensorflow/lite/kernels/internal/reference/logistic.h.
 */
export function logisticFloat(value: number): number {
  if (value > 16.619047164916992) return 1;
  if (value < -9) return Math.exp(value);
  return 1 / Math.fround(1 + Math.fround(Math.exp(-value)));
}
