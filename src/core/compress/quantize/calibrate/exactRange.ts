import type { Range } from '../affine';

/** What int8 tells apart: from one end to the other. */
const mostSteps = 255;

/** More different values than int8 has cannot all be steps of it. */
const mostDistinct = mostSteps + 1;

/** How far a multiple may lie from a value, as a part of the step: what float32 leaves of so many steps. */
const tolerance = 1e-3;

/**
 * A range with which int8 holds all of `values` exactly, 0 among them, and which holds them all: inputs of counters,
 * converters and pictures are whole steps, of 1/16 or 1/255, and rounding them to steps of another size is most of what
 * is lost. `undefined` where they are none.
 */
export function exactRange(values: Float32Array): Range | undefined {
  const distinct = distinctOf(values);
  if (distinct === undefined || distinct.length < 2) return undefined;
  const [min, max] = [distinct[0], distinct[distinct.length - 1]];
  const step = stepOf(distinct, (max - min) / mostSteps);
  if (step === undefined) return undefined;
  const scale = step / Math.floor(mostSteps / Math.round((max - min) / step));
  const first = Math.round(min / scale);
  return { min: first * scale, max: (first + mostSteps) * scale };
}

/** All different values and 0, in rising order. */
function distinctOf(values: Float32Array): readonly number[] | undefined {
  const distinct = new Set<number>([0]);
  for (const value of values) {
    distinct.add(value);
    if (distinct.size > mostDistinct) return undefined;
  }
  return [...distinct].sort((left, right) => left - right);
}

/** The step of which all values are whole multiples; none is finer than `least`. */
function stepOf(sorted: readonly number[], least: number): number | undefined {
  const [min, max] = [sorted[0], sorted[sorted.length - 1]];
  let gap = Infinity;
  for (let place = 1; place < sorted.length; place++) gap = Math.min(gap, sorted[place] - sorted[place - 1]);
  if (gap < least * (1 - tolerance)) return undefined;
  // Of the whole span: neighbours alone would lose as many digits as there are steps.
  const step = (max - min) / Math.round((max - min) / gap);
  const isWhole = sorted.every((value) => Math.abs(value / step - Math.round(value / step)) <= tolerance);
  return isWhole ? step : undefined;
}
