import type { ActivationRange } from './activationRange';
import { quantizeMultiplier, rescaleDouble, rescaleSingle, rescaleWide } from './fixedPoint';
import type { Rounding } from './executable';

/** How sums become integers of the output: one factor per channel, then zero point and range. */
export interface Requantization {
  readonly multipliers: Int32Array;
  readonly shifts: Int32Array;
  readonly zeroPoint: number;
  readonly range: ActivationRange;
}

/** Where sums go: `sums[0]` … `sums[channels - 1]` to `output[at]` ….  */
type StoreSums = (how: Requantization, sums: Int32Array, output: Int8Array | Int16Array, at: number) => void;

/** One factor per channel from real ones. */
export function multipliersOf(
  factors: readonly number[],
  rounding: Rounding,
): Pick<Requantization, 'multipliers' | 'shifts'> {
  const quantized = factors.map((factor) => quantizeMultiplier(factor, rounding));
  return {
    multipliers: Int32Array.from(quantized, (one) => one.multiplier),
    shifts: Int32Array.from(quantized, (one) => one.shift),
  };
}

export function storeOf(rounding: Rounding): StoreSums {
  return rounding === 'single' ? storeSingle : storeDouble;
}

function storeDouble(how: Requantization, sums: Int32Array, output: Int8Array | Int16Array, at: number): void {
  const { multipliers, shifts, zeroPoint } = how;
  const { least, most } = how.range;
  for (let channel = 0; channel < multipliers.length; channel++) {
    const value = rescaleDouble(sums[channel], multipliers[channel], shifts[channel]) + zeroPoint;
    output[at + channel] = value < least ? least : value > most ? most : value;
  }
}

function storeSingle(how: Requantization, sums: Int32Array, output: Int8Array | Int16Array, at: number): void {
  const { multipliers, shifts, zeroPoint } = how;
  const { least, most } = how.range;
  for (let channel = 0; channel < multipliers.length; channel++) {
    const value = rescaleSingle(sums[channel], multipliers[channel], shifts[channel]) + zeroPoint;
    output[at + channel] = value < least ? least : value > most ? most : value;
  }
}

/** The same for sums of up to 48 bits. */
export function storeWide(how: Requantization, sums: Float64Array, output: Int8Array | Int16Array, at: number): void {
  const { multipliers, shifts, zeroPoint } = how;
  const { least, most } = how.range;
  for (let channel = 0; channel < multipliers.length; channel++) {
    const value = rescaleWide(sums[channel], multipliers[channel], shifts[channel]) + zeroPoint;
    output[at + channel] = value < least ? least : value > most ? most : value;
  }
}
