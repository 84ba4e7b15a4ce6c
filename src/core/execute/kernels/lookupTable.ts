import { roundAway } from '../../model/values/rounding';

interface Affine {
  readonly scale: number;
  readonly zeroPoint: number;
}

const steps = 512;

/**
 * A function of int16 as a table of 512 steps and the end, in 32-bit floating point throughout; `transform` rounds its
 * own result. Each entry is moved by half the error in the middle of its step.
 * Source: LUTPopulateInt16() in tensorflow/lite/kernels/internal/common.h.
 */
export function tableInt16(from: Affine, to: Affine, transform: (value: number) => number): Int16Array {
  const f = Math.fround;
  const inputLeast = f(from.scale * (-32768 - from.zeroPoint));
  const inputMost = f(from.scale * (32767 - from.zeroPoint));
  const outputLeast = f(to.scale * (-32768 - to.zeroPoint));
  const outputMost = f(to.scale * (32767 - to.zeroPoint));
  const step = f(f(inputMost - inputLeast) / steps);
  const inverse = f(65536 / f(outputMost - outputLeast));
  const scaled = (value: number): number => f(transform(f(value)) * inverse);
  const table = new Int16Array(steps + 1);
  for (let index = 0; index < steps; index++) {
    const at = f(inputLeast + f(index * step));
    const here = roundAway(scaled(at));
    const middle = roundAway(scaled(f(at + f(step / 2))));
    const next = scaled(f(inputLeast + f((index + 1) * step)));
    const interpolated = roundAway(f(f(next + here) / 2));
    const bias = roundAway(f(f(interpolated - middle) / 2));
    table[index] = clampInt16(here - bias);
  }
  table[steps] = clampInt16(roundAway(scaled(inputMost)));
  return table;
}

/** Looks an int16 up, between two entries by a straight line. */
export function interpolate(value: number, table: Int16Array): number {
  const index = 256 + (value >> 7);
  const base = table[index];
  const slope = ((table[index + 1] - base) << 16) >> 16;
  return ((base + ((slope * (value & 0x7f) + 64) >> 7)) << 16) >> 16;
}

function clampInt16(value: number): number {
  return Math.min(Math.max(value, -32768), 32767);
}
