import type { Quantization } from '../../model/model';
import { integerRange } from '../../model/values/integerRange';
import { roundAway } from '../../model/values/rounding';

/** Smallest and largest value of a tensor, as seen or as chosen. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** real = scale x (stored - zeroPoint); `scale` is a float32, as it will lie in the file. */
export interface Affine {
  readonly scale: number;
  readonly zeroPoint: number;
}

export type ActivationType = 'int8' | 'int16';

/**
 * Scale and zero point that hold `range`, which is widened to contain 0, so that 0 is exact: asymmetric for int8,
 * symmetric for int16. A tensor that is always 0 gets the scale 1. Source: TFLite 8-bit quantization specification.
 */
export function affineOf(range: Range, type: ActivationType): Affine {
  const [min, max] = [Math.min(range.min, 0), Math.max(range.max, 0)];
  if (min === 0 && max === 0) return { scale: 1, zeroPoint: 0 };
  if (type === 'int16') return { scale: positive(Math.max(-min, max) / 32767), zeroPoint: 0 };
  const scale = positive((max - min) / 255);
  return { scale, zeroPoint: clamp(roundAway(-128 - min / scale), type) };
}

/** What `affine` can hold: the range that its type spans. */
export function rangeOf({ scale, zeroPoint }: Affine, type: ActivationType): Range {
  const { least, most } = integerRange[type];
  return { min: scale * (least - zeroPoint), max: scale * (most - zeroPoint) };
}

export function quantizationOf({ scale, zeroPoint }: Affine): Quantization {
  return { scales: [scale], zeroPoints: [zeroPoint], axis: 0 };
}

export function hull(ranges: readonly Range[]): Range {
  return { min: Math.min(...ranges.map(({ min }) => min)), max: Math.max(...ranges.map(({ max }) => max)) };
}

export function isSameAffine(left: Affine, right: Affine): boolean {
  return left.scale === right.scale && left.zeroPoint === right.zeroPoint;
}

function clamp(value: number, type: ActivationType): number {
  const { least, most } = integerRange[type];
  return Math.min(most, Math.max(least, value));
}

/** As float32, and never 0: ranges of denormal width would divide by it. */
function positive(scale: number): number {
  return Math.max(Math.fround(scale), 2 ** -126);
}
