import { multipliersOf, storeOf, storeWide, type Requantization } from '../../src/core/execute/requantize';
import type { Rounding } from '../../src/core/execute/executable';
import { check } from '../support/check';

interface Input {
  readonly sums: readonly number[];
  /** Shifts of a multiplier that is a half: the factor is 2^(shift - 1). */
  readonly shifts: readonly number[];
  readonly zeroPoint?: number;
  readonly range?: Requantization['range'];
  readonly rounding?: Rounding | 'wide';
}

/** What lies in eight elements of 99 after the sums were stored from the third on. */
function stored({ sums, shifts, zeroPoint = 0, range, rounding = 'double' }: Input): readonly number[] {
  const output = new Int8Array(8).fill(99);
  const how: Requantization = {
    multipliers: new Int32Array(shifts.length).fill(2 ** 30),
    shifts: Int32Array.from(shifts),
    zeroPoint,
    range: range ?? { least: -128, most: 127 },
  };
  if (rounding === 'wide') storeWide(how, Float64Array.from(sums), output, 2);
  else storeOf(rounding)(how, Int32Array.from(sums), output, 2);
  return [...output];
}

check('sums become stored integers', stored, [
  {
    name: 'a factor for each channel, and only as many as there are',
    input: { sums: [40, 40, 40], shifts: [1, 0, 2] },
    expected: [99, 99, 40, 20, 80, 99, 99, 99],
  },
  {
    name: 'once rounded, the same',
    input: { sums: [40, 40, 40], shifts: [1, 0, 2], rounding: 'single' },
    expected: [99, 99, 40, 20, 80, 99, 99, 99],
  },
  {
    name: 'sums of 48 bits, the same',
    input: { sums: [40, 40, 40], shifts: [1, 0, 2], rounding: 'wide' },
    expected: [99, 99, 40, 20, 80, 99, 99, 99],
  },
  // -10 / 4 = -2.5.
  {
    name: 'a tie rounded twice goes away from zero',
    input: { sums: [-10, 10], shifts: [-1, -1] },
    expected: [99, 99, -3, 3, 99, 99, 99, 99],
  },
  {
    name: 'a tie rounded once goes upwards',
    input: { sums: [-10, 10], shifts: [-1, -1], rounding: 'single' },
    expected: [99, 99, -2, 3, 99, 99, 99, 99],
  },
  {
    name: 'a tie of 48 bits goes upwards',
    input: { sums: [-10, 10], shifts: [-1, -1], rounding: 'wide' },
    expected: [99, 99, -2, 3, 99, 99, 99, 99],
  },
  {
    name: 'the zero point is added',
    input: { sums: [10, -10], shifts: [1, 1], zeroPoint: -5 },
    expected: [99, 99, 5, -15, 99, 99, 99, 99],
  },
  {
    name: 'the zero point is added, rounded once',
    input: { sums: [10, -10], shifts: [1, 1], zeroPoint: -5, rounding: 'single' },
    expected: [99, 99, 5, -15, 99, 99, 99, 99],
  },
  {
    name: 'the zero point is added, 48 bits',
    input: { sums: [10, -10], shifts: [1, 1], zeroPoint: -5, rounding: 'wide' },
    expected: [99, 99, 5, -15, 99, 99, 99, 99],
  },
  {
    name: 'what lies outside of the range is clamped after the zero point',
    input: { sums: [100, -100, 9], shifts: [1, 1, 1], zeroPoint: 3, range: { least: 3, most: 12 } },
    expected: [99, 99, 12, 3, 12, 99, 99, 99],
  },
  {
    name: 'rounded once, clamped',
    input: { sums: [100, -100, 9], shifts: [1, 1, 1], zeroPoint: 3, range: { least: 3, most: 12 }, rounding: 'single' },
    expected: [99, 99, 12, 3, 12, 99, 99, 99],
  },
  {
    name: '48 bits, clamped: 2^40 and its negative',
    input: {
      sums: [2 ** 40, -(2 ** 40), 9],
      shifts: [-10, -10, 1],
      zeroPoint: 3,
      range: { least: 3, most: 12 },
      rounding: 'wide',
    },
    expected: [99, 99, 12, 3, 12, 99, 99, 99],
  },
]);

check(
  'one factor per channel',
  ([factors, rounding]: readonly [readonly number[], Rounding]) => {
    const { multipliers, shifts } = multipliersOf(factors, rounding);
    return { multipliers: [...multipliers], shifts: [...shifts] };
  },
  [
    {
      name: 'in order',
      input: [[0.5, 0.75, 2], 'double'],
      expected: { multipliers: [2 ** 30, 3 * 2 ** 29, 2 ** 30], shifts: [0, 0, 2] },
    },
    {
      name: 'with single rounding too large a one saturates',
      input: [[2 ** 31], 'single'],
      expected: { multipliers: [2 ** 31 - 1], shifts: [30] },
    },
    { name: 'none', input: [[], 'double'], expected: { multipliers: [], shifts: [] } },
  ],
);
