import { roundAway } from '../../model/values/rounding';

/**
 * Where the table of the kernels is one above the nearest integer. Source: sigmoid_table_uint16 in internal/common.h.
 */
const oneAbove = new Set([
  4, 8, 12, 14, 15, 16, 17, 19, 20, 21, 22, 25, 27, 28, 29, 30, 31, 33, 34, 35, 37, 39, 40, 41, 43, 44, 45, 46, 49, 50,
  54, 62, 63, 64, 66, 82, 86, 93, 100, 103, 112, 116, 135, 255,
]);

/** 65536 x logistic(i / 24). */
const table = Uint16Array.from(
  { length: 256 },
  (_none, index) => Math.round(65536 / (1 + Math.exp(-index / 24))) + (oneAbove.has(index) ? 1 : 0),
);

/**
 * Factor `multiplier` / 2^`shift` that brings an input of this scale to 1 / (3 x 4096). Scales of 2^(-12 + p) with p
 * among `powers` are exact. Source: CalculateArithmeticOpDataLogistic() in logistic_common.cc and
 * CalculateArithmeticOpData() in tanh.cc of TFLM.
 */
export function scaleInt16(scale: number, powers: readonly number[]): { multiplier: number; shift: number } {
  const logarithm = Math.fround(Math.fround(Math.log(scale)) * Math.fround(1 / Math.fround(Math.log(2))));
  const rounded = roundAway(logarithm);
  const power = 12 + rounded;
  const isPowerOfTwo = Math.abs(Math.fround(logarithm - rounded)) < Math.fround(1e-3);
  if (isPowerOfTwo && powers.includes(power)) return { multiplier: 3 << power, shift: 0 };
  let multiplier = scale * 4096 * 3;
  let shift = 0;
  while (multiplier <= 32767 / 2 && shift <= 30) {
    shift++;
    multiplier *= 2;
  }
  return { multiplier: Math.trunc(multiplier), shift };
}

function scaleInput(value: number, multiplier: number, shift: number): number {
  return (Math.imul(value, multiplier) + (shift > 0 ? 1 << (shift - 1) : 0)) >> shift;
}

/**
 * Logistic function of an int16; the result has the scale 2^-15. Source:
 * tensorflow/lite/kernels/internal/reference/integer_ops/logistic.h.
 */
export function logisticInt16(value: number, multiplier: number, shift: number): number {
  const argument = scaleInput(value, multiplier, shift);
  const magnitude = Math.abs(argument);
  const index = magnitude >> 9;
  const result =
    index >= 255 ? 0x7fff << 10 : (table[index] << 9) + (magnitude & 0x1ff) * (table[index + 1] - table[index]);
  return (argument >= 0 ? result + (1 << 9) : (1 << 25) - result + (1 << 9) - 1) >>> 10;
}

/**
 * Hyperbolic tangent of an int16: 2 logistic(2x) - 1. Source:
 * tensorflow/lite/kernels/internal/reference/integer_ops/tanh.h.
 */
export function tanhInt16(value: number, multiplier: number, shift: number): number {
  const argument = scaleInput(value, multiplier, shift);
  const magnitude = Math.abs(argument);
  const index = magnitude >> 8;
  const result =
    index >= 255 ? 0xffff << 8 : (table[index] << 8) + (magnitude & 0xff) * (table[index + 1] - table[index]);
  return (argument >= 0 ? result - (1 << 23) + (1 << 7) : -result + (1 << 23) + (1 << 7) - 1) >> 8;
}
