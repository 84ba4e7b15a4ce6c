import type { ActivationType, Range } from '../affine';
import { affineOf, rangeOf } from '../affine';
import type { CalibrationMethod } from '../request';
import type { GrowingHistogram } from './histogram';

/**
 * The range that a method chooses for a tensor of which `histogram` was seen; always within what was seen, and with 0
 * in it.
 */
export function chooseRange(histogram: GrowingHistogram, method: CalibrationMethod, type: ActivationType): Range {
  const { min, max } = histogram.range;
  const seen = { min: Math.min(min, 0), max: Math.max(max, 0) };
  return methods[method](histogram, seen, type);
}

type Chooser = (histogram: GrowingHistogram, seen: Range, type: ActivationType) => Range;

const methods: Readonly<Record<CalibrationMethod, Chooser>> = {
  'min-max': (_, seen) => seen,
  percentile,
  mse: (histogram, seen, type) => best(seen, (range) => squaredError(histogram, range, type)),
  entropy: (histogram, seen, type) => best(seen, (range) => divergence(histogram, range, type)),
};

/** Part of the values that may lie outside, on both sides together. */
const cutShare = 1e-4;

function percentile(histogram: GrowingHistogram, seen: Range): Range {
  const cut = (histogram.count * cutShare) / 2;
  const bins: (readonly [middle: number, count: number])[] = [];
  histogram.visit((middle, count) => bins.push([middle, count]));
  const half = histogram.width / 2;
  return {
    min: Math.min(0, Math.max(seen.min, edge(bins, cut) - half)),
    max: Math.max(0, Math.min(seen.max, edge([...bins].reverse(), cut) + half)),
  };
}

/** The middle of the first bin within which more than `cut` values have passed. */
function edge(bins: readonly (readonly [middle: number, count: number])[], cut: number): number {
  let passed = 0;
  for (const [middle, count] of bins) {
    passed += count;
    if (passed > cut) return middle;
  }
  return 0;
}

/** Shares of the seen range that are tried for each end. */
const shares = Array.from({ length: 36 }, (_, step) => 1 - step * 0.02);

/** First both ends together, then the upper and the lower end alone. */
function best(seen: Range, error: (range: Range) => number): Range {
  const rounds: ((share: number, range: Range) => Range)[] = [
    (share) => ({ min: seen.min * share, max: seen.max * share }),
    (share, range) => ({ min: range.min, max: seen.max * share }),
    (share, range) => ({ min: seen.min * share, max: range.max }),
  ];
  let [chosen, least] = [seen, error(seen)];
  for (const vary of rounds) {
    const from = chosen;
    for (const share of shares) {
      const range = vary(share, from);
      const cost = error(range);
      if (cost < least) [chosen, least] = [range, cost];
    }
  }
  return chosen;
}

/** Sum of the squared errors of clipping and of rounding, the latter taken as even over a step. */
function squaredError(histogram: GrowingHistogram, range: Range, type: ActivationType): number {
  const affine = affineOf(range, type);
  const { min, max } = rangeOf(affine, type);
  const rounding = affine.scale ** 2 / 12;
  let sum = 0;
  histogram.visit((middle, count) => {
    const clipped = middle > max ? middle - max : middle < min ? min - middle : 0;
    sum += count * (rounding + clipped * clipped);
  });
  return sum;
}

/** Share of a bin that nothing is left of: the logarithm needs one above 0. */
const smoothing = 1e-9;

/**
 * Kullback-Leibler divergence of the clipped values, what lies outside counted at the ends, from what rounding leaves
 * of the values within: those of one level spread evenly over its bins. After S. Migacz, 8-bit inference with TensorRT
 * (GTC 2017); here with both signs.
 */
function divergence(histogram: GrowingHistogram, range: Range, type: ActivationType): number {
  const affine = affineOf(range, type);
  const { min, max } = rangeOf(affine, type);
  const inside: (readonly [level: number, count: number])[] = [];
  let [below, above, within] = [0, 0, 0];
  histogram.visit((middle, count) => {
    if (middle < min) below += count;
    else if (middle > max) above += count;
    else {
      inside.push([Math.round(middle / affine.scale), count]);
      within += count;
    }
  });
  if (inside.length === 0) return Infinity;
  const levels = new Map<number, { count: number; bins: number }>();
  for (const [level, count] of inside) {
    const sum = levels.get(level) ?? { count: 0, bins: 0 };
    levels.set(level, { count: sum.count + count, bins: sum.bins + 1 });
  }
  return inside.reduce((sum, [level, count], place) => {
    const outside = (place === 0 ? below : 0) + (place === inside.length - 1 ? above : 0);
    const p = (count + outside) / histogram.count;
    const { count: inLevel, bins } = levels.get(level)!;
    const q = Math.max(smoothing, inLevel / bins / within);
    return sum + p * Math.log(p / q);
  }, 0);
}
