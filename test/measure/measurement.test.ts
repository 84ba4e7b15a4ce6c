import type { LayerFacts, Report } from '../../src/core/estimate/report';
import { applyMeasurement, settledMeasurement } from '../../src/core/measure/applyMeasurement';
import { matchLayers } from '../../src/core/measure/matchLayers';
import { measuredTotal, measurementOf, modelHash } from '../../src/core/measure/measurement';
import type { MeasuredLayer, Measurement, ProfileFigures } from '../../src/core/measure/measurement';
import {
  measurementsText,
  noMeasurements,
  readMeasurements,
  withMeasurement,
} from '../../src/core/measure/measurementsFile';
import { check } from '../support/check';
import { reportOf } from './reports';

const hash = 'ab'.repeat(32);
const context = {
  model: hash,
  board: 'nano',
  runtime: 'tflm-cmsis-nn',
  recordedAt: '2026-01-02T03:04:05Z',
  source: 'test',
};
const measured: Measurement = { ...context, layers: [] };

check('the identity of a model', (bytes: readonly number[]) => modelHash(Uint8Array.from(bytes)), [
  {
    name: 'FIPS 180-2, "abc"',
    input: [0x61, 0x62, 0x63],
    expected: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
]);

const profile: ProfileFigures = {
  usable: true,
  operators: [
    { tag: 'CONV_2D', cycles: 640 },
    { tag: 'SOFTMAX', cycles: 64 },
  ],
  facts: {},
};

check(
  'a profile as a measurement',
  (figures: ProfileFigures) => measurementOf(figures, { ...context, clockHz: 64_000 }),
  [
    {
      name: 'cycles become milliseconds at the clock',
      input: profile,
      expected: {
        known: true,
        measurement: {
          ...context,
          clockHz: 64_000,
          layers: [
            { operator: 'CONV_2D', cycles: 640, ms: 10 },
            { operator: 'SOFTMAX', cycles: 64, ms: 1 },
          ],
        },
      },
    },
    {
      name: 'milliseconds become cycles, and what the board says goes first',
      input: {
        usable: true,
        operators: [{ tag: 'ADD', ms: 2 }],
        facts: { modelHash: hash, clockHz: 1_000_000, tflmVersion: 'abc', arenaUsedBytes: 99 },
      },
      expected: {
        known: true,
        measurement: {
          ...context,
          clockHz: 1_000_000,
          tflmVersion: 'abc',
          arenaUsedBytes: 99,
          layers: [{ operator: 'ADD', cycles: 2000, ms: 2 }],
        },
      },
    },
    {
      name: 'another model',
      input: { ...profile, facts: { modelHash: 'cd'.repeat(32) } },
      expected: {
        known: false,
        reason:
          'The firmware was built with another model than this file: the hash that it prints differs. Build it with this model, or open the other.',
      },
    },
    {
      name: 'ticks without meaning',
      input: { ...profile, operators: [{ tag: 'ADD' }] },
      expected: {
        known: false,
        reason:
          'What the ticks of the profile are is not known, so they give neither cycles nor times: choose the unit.',
      },
    },
    {
      name: 'a profile that cannot be used',
      input: { ...profile, usable: false },
      expected: { known: false, reason: 'The profile cannot be used for layers; its remarks say why.' },
    },
  ],
);

check('totals of a measurement', (more: Partial<Measurement>) => measuredTotal({ ...measured, ...more }, 'cycles'), [
  {
    name: 'the sum',
    input: {
      layers: [
        { operator: 'A', cycles: 1 },
        { operator: 'B', cycles: 2 },
      ],
    },
    expected: 3,
  },
  { name: 'the whole goes first', input: { layers: [{ operator: 'A', cycles: 1 }], totalCycles: 5 }, expected: 5 },
  {
    name: 'a layer without',
    input: {
      layers: [
        { operator: 'A', cycles: 1 },
        { operator: 'B', ms: 2 },
      ],
    },
    expected: undefined,
  },
  { name: 'nothing', input: {}, expected: undefined },
]);

function layers(...names: readonly string[]): readonly Pick<LayerFacts, 'graph' | 'operator'>[] {
  return names.map((operator) => ({ graph: 0, operator }));
}

function runs(text: string): readonly MeasuredLayer[] {
  return text.split(' ').map((word) => ({ operator: word.split(':')[0], cycles: Number(word.split(':')[1]) }));
}

check(
  'layers matched by name and order',
  ({ model, log }: { model: ReturnType<typeof layers>; log: string }) => matchLayers(model, runs(log)),
  [
    {
      name: 'one inference',
      input: { model: layers('A', 'B'), log: 'A:1 B:2' },
      expected: {
        matched: true,
        inferences: 1,
        layers: [
          { operator: 'A', cycles: 1 },
          { operator: 'B', cycles: 2 },
        ],
      },
    },
    {
      name: 'several inferences give the median, whatever stands between',
      input: { model: layers('A', 'B'), log: 'Init:9 A:1 B:2 A:3 B:4 Total:9 A:8 A:20 B:30 A:5' },
      expected: {
        matched: true,
        inferences: 3,
        layers: [
          { operator: 'A', cycles: 3 },
          { operator: 'B', cycles: 4 },
        ],
      },
    },
    {
      name: 'an even number of inferences',
      input: { model: layers('A'), log: 'A:1 A:4' },
      expected: { matched: true, inferences: 2, layers: [{ operator: 'A', cycles: 2.5 }] },
    },
    {
      name: 'another operator',
      input: { model: layers('A', 'B'), log: 'A:1 C:2' },
      expected: {
        matched: false,
        reason:
          'Operator 1 is C in the profile and B in the model, so it is of another model. Nothing of it is used. Check that the firmware holds this model.',
      },
    },
    {
      name: 'too few',
      input: { model: layers('A', 'B'), log: 'A:1' },
      expected: {
        matched: false,
        reason:
          'The profile ends after 1 operator, the model has 2. Nothing of it is used. Check that the firmware holds this model.',
      },
    },
    {
      name: 'operators of called graphs among them',
      input: { model: [...layers('WHILE', 'B'), { graph: 1, operator: 'ADD' }], log: 'WHILE:9 ADD:1 ADD:1 B:2' },
      expected: {
        matched: false,
        reason:
          'The model calls other graphs, and the profile has their operators among those of the main graph, so they cannot be told apart. ' +
          'Print it with milliwatt_profiler.h, which counts them in the operator that calls them.',
      },
    },
    {
      name: 'called graphs counted in the caller',
      input: { model: [...layers('WHILE', 'B'), { graph: 1, operator: 'ADD' }], log: 'WHILE:9 B:2' },
      expected: {
        matched: true,
        inferences: 1,
        layers: [
          { operator: 'WHILE', cycles: 9 },
          { operator: 'B', cycles: 2 },
        ],
      },
    },
  ],
);

const report: Report = reportOf([100, 300]);

/** What was put into the report: the measured parts of the layers and of the whole. */
function applied(more: Partial<Measurement>): unknown {
  const outcome = applyMeasurement(report, { ...measured, ...more });
  if (!outcome.applied) return outcome.reason;
  return { layers: outcome.report.layers.map((layer) => layer.measured), whole: outcome.report.measured };
}

const about = { inferences: 1, recordedAt: context.recordedAt, source: 'test' };

check('measured beside estimated', applied, [
  {
    name: 'layers, total and arena, each with the difference',
    input: {
      layers: [
        { operator: 'OP0', cycles: 80 },
        { operator: 'OP1', cycles: 400, ms: 4 },
      ],
      arenaUsedBytes: 1000,
    },
    expected: {
      layers: [
        { cycles: 80, difference: 0.25, basis: 'measured' },
        { cycles: 400, ms: 4, difference: -0.25, basis: 'measured' },
      ],
      whole: {
        cycles: 480,
        difference: -80 / 480,
        basis: 'measured',
        arenaUsedBytes: 1000,
        arenaDifferenceBytes: 24,
        ...about,
      },
    },
  },
  {
    name: 'the whole alone, by time',
    input: { totalMs: 8, clockHz: 100_000 },
    expected: {
      layers: [undefined, undefined],
      whole: { ms: 8, difference: -0.5, basis: 'measured', clockHz: 100_000, ...about },
    },
  },
  {
    name: 'cycles at a known clock are a time too',
    input: { totalCycles: 800, clockHz: 100_000 },
    expected: {
      layers: [undefined, undefined],
      whole: { cycles: 800, ms: 8, difference: -0.5, basis: 'measured', clockHz: 100_000, ...about },
    },
  },
  {
    name: 'another board',
    input: { board: 'other', layers: [] },
    expected: 'The measurement is of the board "other", and the board chosen is "nano". Choose "other" to see it.',
  },
  {
    name: 'another runtime',
    input: { runtime: 'tflm-reference' },
    expected:
      'The measurement is of the runtime "tflm-reference", and the estimate of "tflm-cmsis-nn". Choose "tflm-reference" to see it.',
  },
  {
    name: 'another model',
    input: {
      layers: [
        { operator: 'OP0', cycles: 1 },
        { operator: 'ADD', cycles: 1 },
      ],
    },
    expected:
      'Operator 1 is ADD in the profile and OP1 in the model, so it is of another model. Nothing of it is used. Check that the firmware holds this model.',
  },
]);

const complete: Measurement = {
  model: hash,
  board: 'nano',
  runtime: 'tflm-cmsis-nn',
  clockHz: 64_000_000,
  arenaUsedBytes: 1000,
  recordedAt: '2026-01-02T03:04:05Z',
  source: 'monitor',
  layers: [{ operator: 'CONV_2D', cycles: 10, ms: 0.5 }, { operator: 'SOFTMAX' }],
};

const text = `{
  "version": 1,
  "measurements": [
    {
      "model": "${hash}",
      "board": "nano",
      "runtime": "tflm-cmsis-nn",
      "clockHz": 64000000,
      "arenaUsedBytes": 1000,
      "recordedAt": "2026-01-02T03:04:05Z",
      "source": "monitor",
      "layers": [
        {"operator":"CONV_2D","cycles":10,"ms":0.5},
        {"operator":"SOFTMAX"}
      ]
    }
  ]
}
`;

check('measurements.json written', (list: readonly Measurement[]) => list.reduce(withMeasurement, noMeasurements), [
  { name: 'nothing', input: [], expected: noMeasurements },
  {
    name: 'the later one of the same model, board and runtime stays',
    input: [{ ...complete, source: 'old' }, complete],
    expected: { ...noMeasurements, measurements: [complete] },
  },
]);

check('measurements.json as text', measurementsText, [
  { name: 'one', input: { ...noMeasurements, measurements: [complete] }, expected: text },
  { name: 'none', input: noMeasurements, expected: '{\n  "version": 1,\n  "measurements": []\n}\n' },
  {
    name: 'read and written back',
    input: readMeasurements(text),
    expected: text,
  },
  {
    name: 'what was not understood is kept',
    input: { ...noMeasurements, unreadable: [{ later: [1] }] },
    expected: '{\n  "version": 1,\n  "measurements": [\n    {\n      "later": [\n        1\n      ]\n    }\n  ]\n}\n',
  },
]);

const foreign = {
  version: 1,
  measurements: [
    { ...complete, note: 'second board', layers: [{ operator: 'ADD', cycles: 1, spread: 2 }] },
    { later: 1 },
  ],
  calibrations: [{ board: 'nano', scale: 'wide' }, 7],
  tool: { name: 'other' },
};

check('measurements.json read and written loses nothing', (file: object) => writtenBack(file), [
  { name: 'unknown keys, entries and lists', input: foreign, expected: foreign },
  {
    name: 'calibrations that are no list',
    input: { version: 1, measurements: [], calibrations: { scale: 2 } },
    expected: { version: 1, measurements: [], calibrations: [{ scale: 2 }] },
  },
]);

function writtenBack(file: object): unknown {
  return JSON.parse(measurementsText(readMeasurements(JSON.stringify(file))));
}

check('calibrations that are not used', (entry: unknown) => calibrationProblems(entry), [
  { name: 'no object', input: 7, expected: ['Calibration 0 of measurements.json is not used: it is not an object.'] },
  {
    name: 'no runtime',
    input: { board: 'nano' },
    expected: ['Calibration 0 of measurements.json is not used: "runtime" must be a text.'],
  },
  {
    name: 'waits that would take no time',
    input: {
      board: 'nano',
      runtime: 'r',
      source: 's',
      tables: 't',
      recordedAt: 'd',
      scale: 1,
      cyclesPerOperator: 0,
      waitScale: 0,
    },
    expected: ['Calibration 0 of measurements.json is not used: "waitScale" must be a number above 0.'],
  },
]);

function calibrationProblems(entry: unknown): readonly string[] {
  return readMeasurements(JSON.stringify({ version: 1, measurements: [], calibrations: [entry] })).problems;
}

function problemsWith(change: Readonly<Record<string, unknown>>): readonly string[] {
  return readMeasurements(JSON.stringify({ version: 1, measurements: [{ ...complete, ...change }] })).problems;
}

check('entries of measurements.json that are not used', problemsWith, [
  { name: 'a good one', input: {}, expected: [] },
  { name: 'a key that is not known', input: { later: 1 }, expected: [] },
  {
    name: 'no hash',
    input: { model: 'x' },
    expected: ['Measurement 0 of measurements.json is not used: "model" must be a SHA-256 in hexadecimal.'],
  },
  {
    name: 'no board',
    input: { board: 3 },
    expected: ['Measurement 0 of measurements.json is not used: "board" must be a text.'],
  },
  {
    name: 'a negative clock',
    input: { clockHz: -1 },
    expected: ['Measurement 0 of measurements.json is not used: "clockHz" must be a number that is not negative.'],
  },
  {
    name: 'no layers',
    input: { layers: 'many' },
    expected: ['Measurement 0 of measurements.json is not used: "layers" must be a list.'],
  },
  {
    name: 'a layer without a name',
    input: { layers: [{ operator: 'A' }, { cycles: 1 }] },
    expected: [
      'Measurement 0 of measurements.json is not used: layer 1 needs "operator" and numbers that are not negative.',
    ],
  },
]);

check('measurements.json read', (content: string) => readMeasurements(content).measurements.length, [
  { name: 'empty', input: ' \n', expected: 0 },
  { name: 'one', input: text, expected: 1 },
  {
    name: 'no list',
    input: '[]',
    fails: 'measurements.json has no list "measurements". Restore it, or delete it to start over.',
  },
  {
    name: 'a later version',
    input: '{"version":2,"measurements":[]}',
    fails: 'measurements.json is of version 2; this version of Milliwatt reads up to 1. Update Milliwatt.',
  },
]);

check(
  'what the firmware says it was built with',
  (flags: readonly string[]) => {
    const outcome = measurementOf({ ...profile, facts: { flags } }, context);
    return outcome.known ? [outcome.measurement.runtime, outcome.measurement.optimization] : outcome.reason;
  },
  [
    { name: 'nothing: the choice holds', input: [], expected: ['tflm-cmsis-nn', undefined] },
    { name: 'library and optimization', input: ['reference', 'Os'], expected: ['tflm-reference', 'Os'] },
    { name: 'what is not known is passed over', input: ['turbo', 'O9'], expected: ['tflm-cmsis-nn', undefined] },
  ],
);

check(
  'a measurement as it is kept',
  (log: string) => {
    const { layers: kept, inferences } = settledMeasurement({ ...measured, layers: runs(log) }, report);
    return { kept: kept.map(({ operator, cycles }) => `${operator}:${cycles}`).join(' '), inferences };
  },
  [
    {
      name: 'the median of several inferences',
      input: 'OP0:1 OP1:2 OP0:3 OP1:4 OP0:8 OP1:9',
      expected: { kept: 'OP0:3 OP1:4', inferences: 3 },
    },
    { name: 'of another model, as it is', input: 'A:1', expected: { kept: 'A:1', inferences: undefined } },
  ],
);
