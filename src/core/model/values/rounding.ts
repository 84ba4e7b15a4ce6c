import type { IntegerRange } from './integerRange';

/** To the nearest integer, halves away from zero: C's round. */
export function roundAway(value: number): number {
  const magnitude = Math.abs(value);
  const floor = Math.floor(magnitude);
  const rounded = magnitude - floor >= 0.5 ? floor + 1 : floor;
  return value < 0 ? -rounded : rounded;
}

/**
 * The integer that stands for a real number: divided by the scale in 32-bit floating point, halves rounded away from
 * zero, held within `range`. NaN becomes the zero point, as on Arm. Source: AffineQuantize() in
 * tensorflow/lite/kernels/internal/reference/quantize.h.
 */
export function quantizedValue(
  real: number,
  { scale, zeroPoint }: { readonly scale: number; readonly zeroPoint: number },
  { least, most }: IntegerRange,
): number {
  const value = roundAway(Math.fround(real / scale)) + zeroPoint;
  return Number.isNaN(value) ? zeroPoint : Math.min(Math.max(value, least), most);
}
