import { analyse, listingWithCosts } from '../../src/core/analysis/analyse';
import type { AnalysisRequest } from '../../src/core/analysis/analysis';
import { timingTables } from '../../src/core/estimate/timing/timingTables';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { gaugesOf } from '../../src/core/estimate/gauges';
import { listingText } from '../../src/core/listing/listingText';
import type { Measurement } from '../../src/core/measure/measurement';
import { modelHash } from '../../src/core/measure/measurement';
import { readMeasurements, measurementsText, noMeasurements } from '../../src/core/measure/measurementsFile';
import type { StoredCalibration } from '../../src/core/measure/storedCalibration';
import { withCalibration } from '../../src/core/measure/storedCalibration';
import { compactDifference } from '../../src/core/text/compact';
import { differenceText } from '../../src/core/text/units';
import { graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

const dense = graph(
  [
    tensor('in', 'int8', [1, 16], { quantization: quantized(1) }),
    tensor('weights', 'int8', [8, 16], { quantization: quantized(1), data: new Uint8Array(128) }),
    tensor('mid', 'int8', [1, 8], { quantization: quantized(1) }),
    tensor('out', 'int8', [1, 8], { quantization: quantized(1 / 256, -128) }),
  ],
  [
    operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: options('FullyConnectedOptions') }),
    operator('SOFTMAX', [2], [3], { options: options('SoftmaxOptions', { beta: 1 }) }),
  ],
  { inputs: [0], outputs: [3] },
);
const bytes = writeTflite(model(dense));
const board = 'arduino_nano33ble_sense_rev2';
const request: AnalysisRequest = { path: 'dense.tflite', bytes, target: { board, runtime: 'tflm-cmsis-nn' } };
const plain = analyse(request).report;
const [denseCycles, softmaxCycles] = plain.layers.map(({ cycles }) => cycles ?? 0);

const measurement: Measurement = {
  model: modelHash(bytes),
  board,
  runtime: 'tflm-cmsis-nn',
  clockHz: 64e6,
  layers: [
    { operator: 'FULLY_CONNECTED', cycles: denseCycles / 2, ms: denseCycles / 2 / 64e3 },
    { operator: 'SOFTMAX', cycles: softmaxCycles, ms: softmaxCycles / 64e3 },
  ],
  recordedAt: '2026-01-02T03:04:05Z',
  source: 'test',
};
const calibration: StoredCalibration = {
  board,
  runtime: 'tflm-cmsis-nn',
  scale: 2,
  cyclesPerOperator: 0,
  source: 'Calibrated.',
  tables: timingTables(),
  models: [modelHash(bytes)],
  before: { median: 0.5, worst: 0.5 },
  after: { median: 0, worst: 0 },
  recordedAt: '2026-01-02T03:04:05Z',
};

interface Stored {
  readonly measurements?: readonly Measurement[];
  readonly calibrations?: readonly StoredCalibration[];
}

/** What an analysis makes of what was stored: error of each layer and the whole, factor of the estimate, findings. */
function seen({ measurements = [], calibrations = [] }: Stored): unknown {
  const { report } = analyse({ ...request, measured: { measurements, calibrations } });
  return {
    // Sums of many parts differ in their last digit with the order of adding.
    errors: [...report.layers, report].map(({ measured }) => measured && Number(measured.difference?.toPrecision(12))),
    factor: (report.latency?.cycles ?? 0) / (plain.latency?.cycles ?? 1),
    findings: report.findings.map(({ code }) => code),
  };
}

const total = denseCycles + softmaxCycles;
const halved = Number((total / (denseCycles / 2 + softmaxCycles) - 1).toPrecision(12));
const untouched = { errors: [undefined, undefined, undefined], factor: 1, findings: [] };

check('what was measured in an analysis', seen, [
  { name: 'nothing stored', input: {}, expected: untouched },
  {
    name: 'this model on this board',
    input: { measurements: [measurement] },
    expected: { errors: [1, 0, halved], factor: 1, findings: [] },
  },
  {
    name: 'another model, board, runtime or optimization',
    input: {
      measurements: [
        { ...measurement, model: 'ab'.repeat(32) },
        { ...measurement, board: 'raspberry_pi_pico' },
        { ...measurement, runtime: 'tflm-reference' },
        { ...measurement, optimization: 'O3' },
      ],
    },
    expected: untouched,
  },
  {
    name: 'the newest of several',
    input: { measurements: [{ ...measurement, layers: [], totalCycles: 1, recordedAt: '2025' }, measurement] },
    expected: { errors: [1, 0, halved], factor: 1, findings: [] },
  },
  {
    name: 'operators that are not this model’s',
    input: { measurements: [{ ...measurement, layers: measurement.layers.slice(1) }] },
    expected: { ...untouched, findings: ['measurement-unusable'] },
  },
  {
    name: 'a calibration of this board corrects the estimates',
    input: { calibrations: [calibration] },
    expected: { ...untouched, factor: 2 },
  },
  {
    name: 'one that was made with other tables does not, and says so',
    input: { calibrations: [{ ...calibration, tables: 'older' }] },
    expected: { ...untouched, findings: ['calibration-outdated'] },
  },
  {
    name: 'one of another board changes nothing',
    input: { calibrations: [{ ...calibration, board: 'raspberry_pi_pico' }] },
    expected: untouched,
  },
]);

/** The same with round figures, whatever the tables say. */
const round: Measurement = {
  ...measurement,
  layers: [
    { operator: 'FULLY_CONNECTED', cycles: 64_000, ms: 1 },
    { operator: 'SOFTMAX', cycles: 32_000, ms: 0.5 },
  ],
};

check(
  'the columns of a listing',
  (measurements: readonly Measurement[]) => {
    const { listing, analysis } = listingWithCosts({ ...request, measured: { measurements, calibrations: [] } });
    const lines = listingText(listing, analysis.report).split('\n');
    return lines
      .filter((line) => /measured|FULLY|SOFTMAX/.test(line))
      .map((line) => line.trim().split(/ +/).slice(5, 7));
  },
  [
    {
      name: 'measured and error',
      input: [round],
      expected: [
        ['measured', 'error'],
        ['64.0k', compactDifference(denseCycles / 64_000 - 1)],
        ['32.0k', compactDifference(softmaxCycles / 32_000 - 1)],
      ],
    },
  ],
);

check(
  'the gauge of what was measured',
  (measurements: readonly Measurement[]) => {
    const { report } = analyse({ ...request, budget: { latencyMs: 3 }, measured: { measurements, calibrations: [] } });
    return gaugesOf(report)
      .filter(({ name }) => name === 'Measured')
      .map(({ text, explanation }) => [text, explanation]);
  },
  [
    { name: 'none', input: [], expected: [] },
    {
      name: 'against the budget, with the error of the estimate',
      input: [round],
      expected: [
        [
          '1.50 ms of 3.00 ms',
          `One inference on the board, 2026-01-02 (test). The estimate is ${differenceText(total / 96_000 - 1)}.`,
        ],
      ],
    },
  ],
);

check('how far an estimate is from what was measured', compactDifference, [
  { name: 'too high', input: 0.042, expected: '+4%' },
  { name: 'too low', input: -0.123, expected: '-12%' },
  { name: 'right', input: 0.004, expected: '0%' },
  { name: 'a multiple', input: 2.13, expected: 'x3.1' },
]);

check('the same in words', differenceText, [
  { name: 'too high', input: 0.042, expected: '4 % too high' },
  { name: 'too low', input: -0.123, expected: '12 % too low' },
  { name: 'right', input: -0.004, expected: 'right to 1 %' },
]);

check(
  'the budget of time where the board was measured',
  (latencyMs: number) =>
    analyse({
      ...request,
      budget: { latencyMs },
      measured: { measurements: [{ ...measurement, layers: [], totalMs: 5 }], calibrations: [] },
    }).report.findings.map(({ message }) => message),
  [
    { name: 'within', input: 5, expected: [] },
    {
      name: 'over, though the estimate is within',
      input: 4,
      expected: [
        'One inference took 5.00 ms on the board, the budget is 4.00 ms. Make the model smaller, or raise latencyMs in milliwatt.json.',
      ],
    },
  ],
);

check(
  'calibrations in measurements.json',
  (calibrations: readonly unknown[]) => {
    const file = readMeasurements(JSON.stringify({ version: 1, measurements: [], calibrations }));
    return { problems: file.problems, back: readMeasurements(measurementsText(file)).calibrations };
  },
  [
    { name: 'read and written back', input: [calibration], expected: { problems: [], back: [calibration] } },
    {
      name: 'without a scale',
      input: [{ ...calibration, scale: 0 }],
      expected: {
        problems: ['Calibration 0 of measurements.json is not used: "scale" must be a number.'],
        back: [],
      },
    },
  ],
);

check(
  'one calibration for each board, runtime and optimization',
  (more: readonly Partial<StoredCalibration>[]) =>
    more
      .reduce<readonly StoredCalibration[]>(
        (list, each) => withCalibration(list, { ...calibration, ...each }),
        noMeasurements.calibrations,
      )
      .map(({ scale }) => scale),
  [
    { name: 'the later one stays', input: [{ scale: 2 }, { scale: 3 }], expected: [3] },
    { name: 'beside that of another board', input: [{ scale: 2 }, { scale: 3, board: 'x' }], expected: [2, 3] },
  ],
);
