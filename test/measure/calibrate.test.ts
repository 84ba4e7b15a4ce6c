import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimate } from '../../src/core/estimate/estimate';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import { evidenceWeight, predictiveBand, timingSpread } from '../../src/core/estimate/timing/timingSpread';
import { calibrate } from '../../src/core/measure/calibrate';
import type { CalibrationPair, CalibrationQuality } from '../../src/core/measure/calibrate';
import type { Measurement } from '../../src/core/measure/measurement';
import type { Calibration } from '../../src/core/runtimes/calibration';
import { graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';
import { reportOf } from './reports';

interface Run {
  /** Instead of "nano", of whose timing nothing is known. */
  readonly board?: string;
  readonly modelled: readonly number[];
  /** Measured cycles of each layer. */
  readonly cycles?: readonly number[];
  readonly more?: Partial<Measurement>;
}

function pairOf({ board = 'nano', modelled, cycles = [], more = {} }: Run): CalibrationPair {
  const layers = cycles.map((value, index) => ({ operator: `OP${index}`, cycles: value }));
  const about = { model: 'ab'.repeat(32), board, recordedAt: '2026-01-02T03:04:05Z', source: 'test' };
  const report = reportOf(modelled);
  return { report: { ...report, target: { ...report.target, board } }, measurement: { ...about, layers, ...more } };
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value.toPrecision(6));
}

/** Every figure of the quality to six digits. */
function roundedErrors(quality: CalibrationQuality): unknown {
  return JSON.parse(
    JSON.stringify(quality, (_, value: unknown) => (typeof value === 'number' ? rounded(value) : value)),
  );
}

/** Scale, offset and band of the fit, or why there is none. */
function fitOf(runs: readonly Run[]): unknown {
  const outcome = calibrate(runs.map(pairOf));
  if (!outcome.known) return outcome.reason;
  const { scale, cyclesPerOperator, low, high } = outcome.calibration;
  return [scale, cyclesPerOperator, low, high].map(rounded);
}

const sizes = [1000, 2000, 4000, 8000, 16_000, 32_000];

check('the fit', fitOf, [
  {
    name: 'a scale alone is measured total over modelled total: (100 + 400) / (100 + 300)',
    input: [{ modelled: [100, 300], cycles: [100, 400] }],
    // Left out: 300 predicts 400 / 300 x 100 = 133.333, 100 predicts 1 x 300. Missed 33.333 + 100 of 500.
    expected: [1.25, 0, rounded(1 - 133.3333333 / 500), rounded(1 + 133.3333333 / 500)],
  },
  {
    name: 'layers that are all twice as slow',
    input: [{ modelled: sizes, cycles: sizes.map((size) => 2 * size) }],
    expected: [2, 0, 1, 1],
  },
  {
    name: 'layers that each take 500 cycles more',
    input: [{ modelled: sizes, cycles: sizes.map((size) => 1.5 * size + 500) }],
    expected: [1.5, 500, 1, 1],
  },
  {
    name: 'too few layers for an offset: (1500 + 500 + 3000 + 500) / 3000',
    input: [{ modelled: [1000, 2000], cycles: [2000, 3500] }],
    expected: [rounded(5500 / 3000), 0, rounded(1 - (250 + 500) / 5500), rounded(1 + (250 + 500) / 5500)],
  },
  {
    name: 'two profiles weigh the same: (2 + 1) / 2',
    input: [
      { modelled: [100], cycles: [200] },
      { modelled: [1_000_000], cycles: [1_000_000] },
    ],
    // Left out, each predicts the other: 1 x 100 for 200, 2 x 1,000,000 for 1,000,000. Missed 1,000,100 of 1,000,200.
    expected: [1.5, 0, 0.1, 1.9],
  },
  {
    name: 'three totals, by time at the clock of 100 kHz: the band is what the others said of each',
    input: [
      { modelled: [1000], more: { totalMs: 10 } },
      { modelled: [2000], more: { totalMs: 24 } },
      { modelled: [3000], more: { totalMs: 42 } },
    ],
    // Left out: 13 for 10, 24 for 24, 33 for 42.
    expected: [1.2, 0, rounded(10 / 13), rounded(14 / 11)],
  },
  {
    name: 'of three builds of models that are alike the newest alone',
    input: [
      { modelled: [1000], more: { totalMs: 20, recordedAt: '2026-01-02T03:04:05Z' } },
      { modelled: [1000], more: { totalMs: 12, recordedAt: '2026-03-02T03:04:05Z' } },
      { modelled: [1000], more: { totalMs: 15, recordedAt: '2026-02-02T03:04:05Z' } },
    ],
    expected: [1.2, 0, undefined, undefined],
  },
  {
    name: 'one of three that took eight times as long as the others say does not count: (1 + 1.2) / 2',
    input: [
      { modelled: [1000], more: { totalMs: 10 } },
      { modelled: [2000], more: { totalMs: 24 } },
      { modelled: [3000], more: { totalMs: 240 } },
    ],
    // Left out: 12 for 10, 20 for 24: 6 of 34 missed.
    expected: [1.1, 0, rounded(1 - 600 / 3400), rounded(1 + 600 / 3400)],
  },
  {
    name: 'one total leaves nothing out',
    input: [{ modelled: [1000], more: { totalCycles: 800 } }],
    expected: [0.8, 0, undefined, undefined],
  },
  { name: 'nothing', input: [], expected: 'There is no measurement of this board yet: profile a model on it first.' },
  {
    name: 'two boards',
    input: [
      { modelled: [1], cycles: [1] },
      { modelled: [1], cycles: [1], more: { board: 'other' } },
    ],
    expected:
      'The measurements are of different boards or runtimes ("nano" and "other"): calibrate each of them by itself.',
  },
  {
    name: 'zero ticks',
    input: [{ modelled: [1, 2], cycles: [0, 0] }],
    expected: 'The measured times are all zero, so there is nothing to correct the estimates by. Measure again.',
  },
  {
    name: 'another model',
    input: [{ modelled: [1, 2], cycles: [1] }],
    expected:
      'The profile ends after 1 operator, the model has 2. Nothing of it is used. Check that the firmware holds this model.',
  },
]);

check(
  'what the fit is worth',
  (runs: readonly Run[]) => {
    const outcome = calibrate(runs.map(pairOf));
    return outcome.known ? roundedErrors(outcome.quality) : outcome.reason;
  },
  [
    {
      name: 'layers before, after and left out; totals before and after',
      input: [{ modelled: [100, 300], cycles: [200, 600] }],
      expected: {
        layers: {
          before: { median: 0.5, worst: 0.5 },
          after: { median: 0, worst: 0 },
          leftOut: { median: 0, worst: 0 },
        },
        totals: { before: { median: 0.5, worst: 0.5 }, after: { median: 0, worst: 0 } },
      },
    },
    {
      name: 'models left out: 2 x 100 for 100, 1 x 10 for 20',
      input: [
        { modelled: [100], more: { totalCycles: 100 } },
        { modelled: [10], more: { totalCycles: 20 } },
      ],
      expected: {
        totals: {
          before: { median: 0.25, worst: 0.5 },
          after: { median: 0.375, worst: 0.5 },
          leftOut: { median: 0.75, worst: 1 },
        },
      },
    },
    {
      name: 'layers are left out of a fit that totals of other models are part of, as they are of the one applied',
      input: [
        { modelled: [100, 300], cycles: [200, 600] },
        { modelled: [100], more: { totalCycles: 100 } },
      ],
      expected: {
        layers: {
          before: { median: 0.5, worst: 0.5 },
          // (2 + 1) / 2 x 100 for 200, x 300 for 600.
          after: { median: 0.25, worst: 0.25 },
          // Weights are 1/4, 3/4 and 1. Without the first: (3/4 x 2 + 1) / (3/4 + 1) = 10/7, 2/7 missed; without the
          // second 6/5, 2/5 missed.
          leftOut: { median: 0.342857, worst: 0.4 },
        },
        totals: {
          before: { median: 0.25, worst: 0.5 },
          after: { median: 0.375, worst: 0.5 },
          leftOut: { median: 0.75, worst: 1 },
        },
      },
    },
  ],
);

check(
  'the words of a calibration',
  (runs: readonly Run[]) => {
    const outcome = calibrate(runs.map(pairOf));
    return outcome.known ? outcome.calibration.source : outcome.reason;
  },
  [
    {
      name: 'with an offset',
      input: [{ modelled: sizes, cycles: sizes.map((size) => 1.5 * size + 500) }],
      expected:
        'Calibrated on this board with 1 profile (6 figures): modelled cycles x 1.5 and +500 cycles for each operator.',
    },
    {
      name: 'of three totals, one of them odd',
      input: [
        { modelled: [3], more: { totalCycles: 1 } },
        { modelled: [6], more: { totalCycles: 2 } },
        { modelled: [9], more: { totalCycles: 30 } },
      ],
      expected:
        'Calibrated on this board with 2 profiles (2 figures): modelled cycles x 0.3333. One more profile is left out: its total lies three times or more from what the others agree on. Measure that model again.',
    },
    {
      name: 'of two totals',
      input: [
        { modelled: [3], more: { totalCycles: 1 } },
        { modelled: [6], more: { totalCycles: 2 } },
      ],
      expected: 'Calibrated on this board with 2 profiles (2 figures): modelled cycles x 0.3333.',
    },
  ],
);

/**
 * The board of the measurements is known as well as one model shows it, so that n profiles near the estimates weigh n /
 * (n + 1): with model and board both m, m^2 / (m^2 + m^2 / n).
 */
check(
  'what the fit is worth on a board that was known before',
  (runs: readonly Run[]) => {
    const outcome = calibrate(runs.map((run) => pairOf({ ...run, board: 'nucleo_l4r5zi' })));
    return outcome.known ? roundedErrors(outcome.quality) : outcome.reason;
  },
  [
    {
      name: 'layers of one profile, left out and not: 1.02^(1/2) = 1.009950 for 1.02',
      input: [{ modelled: [1000, 3000], cycles: [1020, 3060] }],
      expected: {
        layers: {
          before: { median: 0.0196078, worst: 0.0196078 },
          after: { median: 0.00985246, worst: 0.00985246 },
          leftOut: { median: 0.00985246, worst: 0.00985246 },
        },
        totals: {
          before: { median: 0.0196078, worst: 0.0196078 },
          after: { median: 0.00985246, worst: 0.00985246 },
        },
      },
    },
    {
      name: 'models left out: 1.02^(1/2) = 1.009950 for 1.01, 1.01^(1/2) = 1.004988 for 1.02; else 1.015^(2/3) = 1.009975',
      input: [
        { modelled: [1000], more: { totalCycles: 1010 } },
        { modelled: [2000], more: { totalCycles: 2040 } },
      ],
      expected: {
        totals: {
          before: { median: 0.0147544, worst: 0.0196078 },
          after: { median: 0.00492643, worst: 0.00982827 },
          leftOut: { median: 0.00738355, worst: 0.0147181 },
        },
      },
    },
  ],
);

describe('what was known of a board before', () => {
  const board = 'nucleo_l4r5zi';
  const spread = timingSpread({ board, runtime: 'tflm-cmsis-nn', optimization: 'O2' });
  const of = (runs: readonly Run[]): Calibration => {
    const outcome = calibrate(runs.map((run) => pairOf({ ...run, board })));
    assert.ok(outcome.known && spread !== undefined);
    return outcome.calibration;
  };

  it('makes the measured ratio r of one profile r^weight, by as much', () => {
    assert.ok(spread !== undefined);
    const { scale, low, high, source } = of([{ modelled: [100, 300], cycles: [103, 309] }]);
    const weight = evidenceWeight(spread, 1, Math.log(1.03));
    assert.ok(weight >= 0.5 && weight < 0.9, `${weight}`);
    assert.equal(rounded(scale), rounded(1.03 ** weight));
    assert.deepStrictEqual({ low, high }, predictiveBand(spread, 1, weight));
    const share = Math.round(100 * weight);
    assert.ok(
      source.endsWith(
        ` The measured ratio counts ${share} %, what was known of the board before ${100 - share} %, since models differ.`,
      ),
      source,
    );
  });

  it('counts less with every further profile', () => {
    const runs = (count: number): Run[] =>
      Array.from({ length: count }, (_, index) => ({ modelled: [1000 + index], cycles: [1.1 * (1000 + index)] }));
    const [one, two, four] = [1, 2, 4].map((count) => of(runs(count)).scale);
    assert.ok(1 < one && one < two && two < four && four < 1.1, `${one} ${two} ${four}`);
  });

  const ofTotals = (totals: readonly number[]): Calibration =>
    of(totals.map((total, index) => ofModel(total, index + 1)));
  const ofModel = (total: number, size: number): Run => ({
    modelled: [1000 * size],
    more: { totalCycles: total * size },
  });

  it('leaves the spread of models open where three profiles agree', () => {
    assert.ok(spread !== undefined);
    const { scale, low, high } = ofTotals([1020, 1020, 1020]);
    assert.equal(rounded(scale), rounded(1.02 ** 0.75));
    assert.deepStrictEqual([low, high].map(rounded), Object.values(predictiveBand(spread, 3, 0.75)).map(rounded));
  });

  it('takes in the one of three profiles that is further from the others', () => {
    assert.ok(spread !== undefined);
    const { scale, low, high } = ofTotals([1000, 1000, 1060]);
    const known = predictiveBand(spread, 3, 0.75);
    assert.ok(known.high < 1.06, `${known.high}`);
    assert.equal(rounded(scale), rounded(1.02 ** 0.75));
    assert.deepStrictEqual([low, high].map(rounded), [known.low, 1.06].map(rounded));
  });

  it('gives way to a profile that is far from all that was seen', () => {
    const { scale } = of([{ modelled: [1000], cycles: [5000] }]);
    assert.ok(scale > 4.9 && scale < 5, `${scale}`);
  });
});

/** One fully connected layer on a board, with and without a calibration. */
function estimated(calibration?: Calibration): ReturnType<typeof estimate>['report'] {
  const { target } = resolveTarget({
    board: 'arduino_nano33ble_sense_rev2',
    runtime: 'tflm-cmsis-nn',
    settings: { optimization: 'O3' },
  });
  const dense = graph(
    [
      tensor('in', 'int8', [1, 16], { quantization: quantized(1) }),
      tensor('weights', 'int8', [8, 16], { quantization: quantized(1), data: new Uint8Array(128) }),
      tensor('out', 'int8', [1, 8], { quantization: quantized(1) }),
    ],
    [operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: options('FullyConnectedOptions') })],
    { inputs: [0], outputs: [2] },
  );
  return estimate(model(dense), 'dense.tflite', { ...target, calibration }, {}).report;
}

describe('a calibration in the estimate', () => {
  const calibration: Calibration = {
    board: 'arduino_nano33ble_sense_rev2',
    runtime: 'tflm-cmsis-nn',
    scale: 2,
    cyclesPerOperator: 100,
    low: 0.9,
    high: 1.2,
    source: 'Calibrated.',
  };
  const before = estimated();
  const cycles = before.layers[0].cycles ?? 0;

  it('has something to correct', () => assert.ok(cycles > 0));

  it('scales each operator, adds to it, and brings its band and its words', () => {
    const { layers, latency } = estimated(calibration);
    assert.equal(layers[0].cycles, 2 * cycles + 100);
    assert.equal(latency?.cycles, 2 * cycles + 100);
    const share = (value: number | undefined): number => Number(((value ?? 0) / (latency?.ms ?? 1)).toFixed(9));
    assert.deepStrictEqual([share(latency?.lowMs), share(latency?.highMs)], [0.9, 1.2]);
    assert.ok(latency?.source?.startsWith('Calibrated. '), latency?.source);
  });

  it('changes nothing for another board, runtime or optimization', () => {
    for (const other of [{ board: 'x' }, { runtime: 'tflm-reference' }, { optimization: 'Os' }] as const) {
      assert.deepStrictEqual(estimated({ ...calibration, ...other }).latency, before.latency);
    }
  });
});
