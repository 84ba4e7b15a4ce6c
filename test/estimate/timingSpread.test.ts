import { evidenceWeight, predictiveBand, timingSpread } from '../../src/core/estimate/timing/timingSpread';
import type { TimingSpread } from '../../src/core/estimate/timing/timingSpread';
import { check } from '../support/check';

interface Case {
  readonly spread: TimingSpread;
  readonly profiles: number;
  readonly logRatio: number;
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}

check(
  'what measured models weigh',
  ({ spread, profiles, logRatio }: Case) => rounded(evidenceWeight(spread, profiles, logRatio)),
  [
    {
      name: 'one profile that says what was known: 0.04 / (0.04 + 0.01)',
      input: { spread: { board: 0.2, model: 0.1 }, profiles: 1, logRatio: 0 },
      expected: 0.8,
    },
    {
      name: 'four profiles: 0.04 / (0.04 + 0.01 / 4)',
      input: { spread: { board: 0.2, model: 0.1 }, profiles: 4, logRatio: 0.1 },
      expected: 0.9412,
    },
    {
      name: 'a board that nobody measured: 0.25 / (0.25 + 0.0025)',
      input: { spread: { board: 0.5, model: 0.05 }, profiles: 1, logRatio: 0 },
      expected: 0.9901,
    },
    {
      name: 'three times as slow as known, e to the 1: (1 - 0.01) / 1',
      input: { spread: { board: 0.2, model: 0.1 }, profiles: 1, logRatio: 1 },
      expected: 0.99,
    },
    {
      name: 'three times as fast weighs the same',
      input: { spread: { board: 0.2, model: 0.1 }, profiles: 1, logRatio: -1 },
      expected: 0.99,
    },
    {
      name: 'just as far as board and model explain: 0.2^2 + 0.1^2 = 0.05 is still 0.8',
      input: { spread: { board: 0.2, model: 0.1 }, profiles: 1, logRatio: Math.sqrt(0.05) },
      expected: 0.8,
    },
  ],
);

check(
  'the band of another model',
  ({ profiles, weight }: { readonly profiles: number; readonly weight: number }) => {
    const { low, high } = predictiveBand({ board: 0.2, model: 0.1 }, profiles, weight);
    return [rounded(low), rounded(high)];
  },
  [
    {
      name: 'one profile: 1.645 x sqrt(0.01 + 0.8 x 0.01) = 0.2207',
      input: { profiles: 1, weight: 0.8 },
      expected: [0.802, 1.2469],
    },
    {
      name: 'many profiles leave the spread of models: 1.645 x 0.1',
      input: { profiles: 1e9, weight: 1 },
      expected: [0.8483, 1.1788],
    },
  ],
);

check('a target whose timing is not known', timingSpread, [
  {
    name: 'a core nobody timed',
    input: { core: 'avr', runtime: 'tflm-cmsis-nn', optimization: 'O2' },
    expected: undefined,
  },
  {
    name: 'a kernel library nobody timed there',
    input: { board: 'nucleo_l4r5zi', runtime: 'tflm-esp-nn', optimization: 'O2' },
    expected: undefined,
  },
]);

check(
  'how far a target was known before: ln(high / low) / 3.29 of each fit of its level, as a root mean square',
  (optimization: string) => {
    const { board, model } = timingSpread({ board: 'nucleo_l4r5zi', runtime: 'tflm-cmsis-nn', optimization }) ?? {};
    return [board, model].map((value) => Number(value?.toFixed(3)));
  },
  [
    { name: 'three types with -O2, as with -O3: 0.0155, 0.0296 and 0.0092', input: 'O2', expected: [0.02, 0.02] },
    {
      name: 'two types with -Os, 0.0219 and 0.0055: nobody measured int16, whose fit of -O3 says nothing of -Os',
      input: 'Os',
      expected: [0.016, 0.016],
    },
  ],
);

check(
  'how far models lie about the ratio of another board, whose formula was not fitted there',
  (board: string) => timingSpread({ board, runtime: 'tflm-cmsis-nn', optimization: 'O2' })?.model,
  [{ name: 'at least 7 %', input: 'nucleo_h7a3zi_q', expected: 0.07 }],
);
