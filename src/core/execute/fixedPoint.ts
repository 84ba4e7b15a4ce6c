import { roundAway } from '../model/values/rounding';
import type { Rounding } from './executable';

/**
 * A positive or negative real factor as TFLite holds it: `multiplier` x 2^(`shift` - 31), |multiplier| in [2^30, 2^31)
 * or 0.
 */
export interface QuantizedMultiplier {
  readonly multiplier: number;
  readonly shift: number;
}

/**
 * Multiplies an int32 by a fixed-point factor and rounds: `multiplier` and `shift` as in `QuantizedMultiplier`. The
 * result wraps to int32.
 */
type Rescale = (value: number, multiplier: number, shift: number) => number;

const two16 = 2 ** -16;
const two31 = 2 ** -31;

/**
 * Source: QuantizeMultiplier() in tensorflow/lite/kernels/internal/quantization_util.cc. Factors below 2^-32 become 0;
 * with single rounding, factors that need a shift above 30 become the largest there is.
 */
export function quantizeMultiplier(real: number, rounding: Rounding): QuantizedMultiplier {
  const { fraction, exponent } = splitNumber(real);
  let multiplier = roundAway(fraction * 2 ** 31);
  let shift = exponent;
  if (multiplier === 2 ** 31) {
    multiplier = 2 ** 30;
    shift++;
  }
  if (shift < -31) return { multiplier: 0, shift: 0 };
  if (rounding === 'single' && shift > 30) return { multiplier: 2 ** 31 - 1, shift: 30 };
  return { multiplier, shift };
}

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);

/** `value` = `fraction` x 2^`exponent` with 0.5 <= |fraction| < 1, or both 0: C's frexp. */
export function splitNumber(value: number): { readonly fraction: number; readonly exponent: number } {
  if (value === 0 || !Number.isFinite(value)) return { fraction: value, exponent: 0 };
  const isTiny = Math.abs(value) < 2 ** -1022;
  double[0] = isTiny ? value * 2 ** 54 : value;
  const exponent = ((halves[1] >>> 20) & 0x7ff) - 1022;
  halves[1] = ((halves[1] & 0x800fffff) | (1022 << 20)) >>> 0;
  return { fraction: double[0], exponent: isTiny ? exponent - 54 : exponent };
}

/**
 * The upper 32 bits of twice the product of two int32, rounded to nearest, halves upwards; the one overflow saturates.
 * The product has up to 62 bits, so it is formed in two parts that are exact as floating-point numbers. Source:
 * gemmlowp, SaturatingRoundingDoublingHighMul.
 */
export function doublingHighMultiply(a: number, b: number): number {
  if (a < 2097152 && a >= -2097152) return Math.floor((a * b + 1073741824) * two31);
  if (a === -2147483648 && b === -2147483648) return 2147483647;
  const low = a * (b & 0xffff) + 1073741824;
  return Math.floor((a * (b >> 16) + Math.floor(low * two16)) * 2 ** -15);
}

/**
 * `value` / 2^`exponent`, rounded to nearest, halves away from zero. `exponent` is 0 … 31. Source: gemmlowp,
 * RoundingDivideByPOT.
 */
export function roundingShift(value: number, exponent: number): number {
  const mask = 0x7fffffff >> (31 - exponent);
  const threshold = (mask >> 1) + (value < 0 ? 1 : 0);
  return (value >> exponent) + ((value & mask) > threshold ? 1 : 0);
}

/** TFLM's default: a rounding doubling high multiply, then a rounding shift. */
export function rescaleDouble(value: number, multiplier: number, shift: number): number {
  if (shift > 0) return doublingHighMultiply(value << shift, multiplier);
  return roundingShift(doublingHighMultiply(value, multiplier), -shift);
}

/** With TFLITE_SINGLE_ROUNDING: the 64-bit product is rounded once, halves upwards. */
export function rescaleSingle(value: number, multiplier: number, shift: number): number {
  const total = 31 - shift;
  if (total < 17) return rescaleExactly(BigInt(value), multiplier, total);
  const low = Math.floor(value * (multiplier & 0xffff) * two16);
  const high = value * (multiplier >> 16) + low + 2 ** (total - 17);
  return Math.floor(high * 2 ** (16 - total)) | 0;
}

export function rescaleOf(rounding: Rounding): Rescale {
  return rounding === 'single' ? rescaleSingle : rescaleDouble;
}

/** The upper 16 bits of a multiplier, rounded, as the rescaling of 48-bit sums uses them. */
export function reducedMultiplier(multiplier: number): number {
  return multiplier < 0x7fff0000 ? (multiplier + 0x8000) >> 16 : 0x7fff;
}

/**
 * The rescaling of sums of up to 48 bits (int16 activations), the same in both rounding modes: one rounding with a
 * multiplier of 16 bits. Source: MultiplyByQuantizedMultiplier(int64_t, …) in
 * tensorflow/lite/kernels/internal/common.cc.
 */
export function rescaleWide(value: number, multiplier: number, shift: number): number {
  const reduced = reducedMultiplier(multiplier);
  const total = 15 - shift;
  if (value > 2 ** 36 || value < -(2 ** 36)) return rescaleExactly(BigInt(value), reduced, total);
  return Math.floor((value * reduced + 2 ** (total - 1)) * 2 ** -total) | 0;
}

function rescaleExactly(value: bigint, multiplier: number, total: number): number {
  // Shifted to the right, where nothing is to be rounded, the half is 0.
  const sum = value * BigInt(multiplier) + (1n << BigInt(total - 1));
  return Number(BigInt.asIntN(32, sum >> BigInt(total)));
}
