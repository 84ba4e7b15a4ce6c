import type { TargetChoice } from '../../src/core/estimate/choice';
import {
  keptCalibration,
  measuredTarget,
  measurementsOn,
  withoutCalibration,
} from '../../src/core/measure/boardCalibration';
import type { BoardAndRuntime } from '../../src/core/measure/boardCalibration';
import type { CalibrationPair } from '../../src/core/measure/calibrate';
import type { Measurement } from '../../src/core/measure/measurement';
import type { StoredCalibration } from '../../src/core/measure/storedCalibration';
import { check } from '../support/check';

const measurement: Measurement = {
  model: 'ab'.repeat(32),
  board: 'nano',
  layers: [],
  totalMs: 5,
  recordedAt: '2026-01-02T03:04:05Z',
  source: 'any runtime',
};
const calibration: StoredCalibration = {
  board: 'nano',
  runtime: 'tflm-cmsis-nn',
  scale: 2,
  cyclesPerOperator: 0,
  source: 'Calibrated.',
  tables: 'these',
  models: [measurement.model],
  before: { median: 0.5, worst: 0.75 },
  after: { median: 0, worst: 0.25 },
  recordedAt: '2026-01-02T03:04:05Z',
};

check(
  'measurements that a board is calibrated by',
  (of: BoardAndRuntime) =>
    measurementsOn(
      [
        measurement,
        { ...measurement, source: 'reference', runtime: 'tflm-reference' },
        { ...measurement, source: 'other board', board: 'pico' },
      ],
      of,
    ).map(({ source }) => source),
  [
    {
      name: 'of its runtime or none',
      input: { board: 'nano', runtime: 'tflm-reference' },
      expected: ['any runtime', 'reference'],
    },
    { name: 'not of another', input: { board: 'nano', runtime: 'tflm-cmsis-nn' }, expected: ['any runtime'] },
    { name: 'none without a board', input: { runtime: 'tflm-cmsis-nn' }, expected: [] },
  ],
);

const choice: TargetChoice = { board: 'nano', settings: { optimization: 'Os', clockHz: 64e6 } };
check(
  'the target of a measured firmware',
  (optimization?: string) => measuredTarget(choice, { ...measurement, optimization }),
  [
    { name: 'as chosen', input: undefined, expected: choice },
    {
      name: 'as it was built',
      input: 'O3',
      expected: { board: 'nano', settings: { optimization: 'O3', clockHz: 64e6 } },
    },
  ],
);

check(
  'calibrations when one is forgotten',
  (of: BoardAndRuntime) =>
    withoutCalibration([calibration, { ...calibration, board: 'pico' }], of).map(({ board }) => board),
  [
    { name: 'this board and runtime', input: { board: 'nano', runtime: 'tflm-cmsis-nn' }, expected: ['pico'] },
    { name: 'another runtime', input: { board: 'nano', runtime: 'tflm-reference' }, expected: ['nano', 'pico'] },
  ],
);

check(
  'a fit as it is kept',
  ({ models, ...fit }: StoredCalibration) => {
    const { tables, recordedAt, before, after, ...line } = fit;
    const pairs = models.map((model) => ({ measurement: { ...measurement, model } }) as CalibrationPair);
    const quality = { totals: { before, after } };
    return keptCalibration({ known: true, calibration: line, quality }, pairs, { tables, recordedAt });
  },
  [{ name: 'with its errors, models and tables', input: calibration, expected: calibration }],
);
