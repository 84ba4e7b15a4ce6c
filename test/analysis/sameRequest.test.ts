import type { AnalysisRequest } from '../../src/core/analysis/analysis';
import { isAnsweredBy } from '../../src/core/analysis/sameRequest';
import type { Measurement } from '../../src/core/measure/measurement';
import type { StoredCalibration } from '../../src/core/measure/storedCalibration';
import { reportOf } from '../measure/reports';
import { check } from '../support/check';

const report = reportOf([100, 300]);
const board = 'nano';
const runtime = 'tflm-cmsis-nn' as const;
const [mine, other] = ['a'.repeat(64), 'b'.repeat(64)];

function measurement(model: string, ms: number): Measurement {
  return { model, board, layers: [], totalMs: ms, recordedAt: '2026-01-01T00:00:00.000Z', source: 'by hand' };
}

function calibration(of: string): StoredCalibration {
  const errors = { median: 0, worst: 0 };
  const fit = { board: of, runtime, scale: 2, cyclesPerOperator: 0, source: 'x', tables: 't', models: [mine] };
  return { ...fit, before: errors, after: errors, recordedAt: '2026-01-01T00:00:00.000Z' };
}

type Change = Partial<Omit<AnalysisRequest, 'bytes'>>;

/** Whether an analysis of the model holds after a change of what is asked. */
const holdsAfter = ([before, after]: readonly [Change, Change]): boolean => {
  const request = { path: 'm.tflite', target: { board, runtime } };
  return isAnsweredBy({ ...request, ...after }, { request: { ...request, ...before }, report, contentHash: mine });
};

const measured = (measurements: readonly Measurement[], calibrations: readonly StoredCalibration[] = []): Change => ({
  measured: { measurements, calibrations },
});

check('what an analysis concerns', holdsAfter, [
  { name: 'nothing', input: [{}, {}], expected: true },
  { name: 'its own measurement', input: [{}, measured([measurement(mine, 5)])], expected: false },
  {
    name: 'another figure of its own',
    input: [measured([measurement(mine, 5)]), measured([measurement(mine, 6)])],
    expected: false,
  },
  { name: 'a measurement of another model', input: [{}, measured([measurement(other, 5)])], expected: true },
  { name: 'a calibration of its board', input: [{}, measured([], [calibration(board)])], expected: false },
  { name: 'a calibration of another board', input: [{}, measured([], [calibration('another')])], expected: true },
  { name: 'another board', input: [{}, { target: { board: 'another', runtime } }], expected: false },
  { name: 'a budget', input: [{}, { budget: { latencyMs: 5 } }], expected: false },
]);
