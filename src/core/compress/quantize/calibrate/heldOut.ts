import type { Samples } from '../../../samples/samples';
import { pickSamples } from '../../../samples/samples';
import { spread } from '../../../samples/spread';

/** Calibration samples in two parts: what ranges are taken from, and what choices are judged by. */
export interface HeldOut {
  readonly ranging: Samples;
  readonly judging: Samples;
  /** False where there are so few samples that one part has to do both. */
  readonly isApart: boolean;
}

/** One sample in so many is held out, up to a number that keeps choosing quick. */
const period = 4;
const mostJudging = 40;

/** With fewer samples none can be spared. */
const leastSamples = 8;

/**
 * Holds out samples, so that a choice is judged by values that no range was fitted to. Spread evenly; of a model with
 * memory, whose samples follow one another, the last ones.
 */
export function holdOut(samples: Samples, hasMemory: boolean): HeldOut {
  const { count } = samples;
  if (count < leastSamples) return { ranging: samples, judging: samples, isApart: false };
  const judged = new Set(hasMemory ? lastOf(count) : spread(count, judgingCount(count), 0.5));
  const all = Array.from({ length: count }, (_, index) => index);
  return {
    ranging: pickSamples(
      samples,
      all.filter((index) => !judged.has(index)),
    ),
    judging: pickSamples(
      samples,
      all.filter((index) => judged.has(index)),
    ),
    isApart: true,
  };
}

function judgingCount(count: number): number {
  return Math.min(mostJudging, Math.floor(count / period));
}

function lastOf(count: number): readonly number[] {
  const judged = judgingCount(count);
  return Array.from({ length: judged }, (_, index) => count - judged + index);
}
