import type { Report } from '../estimate/report';
import { applies } from '../estimate/timing/calibratedTiming';
import { timingTables } from '../estimate/timing/timingTables';
import type { Problem } from '../model/problem';
import type { Target } from '../runtimes/target';
import { applyMeasurement } from './applyMeasurement';
import type { MeasuredChoice } from './measuredChoice';
import type { Measurement } from './measurement';
import type { StoredCalibration } from './storedCalibration';

/** The target with the calibration of its board, and what to know about it. */
export function calibratedTarget(
  target: Target,
  calibrations: MeasuredChoice['calibrations'],
): { readonly target: Target; readonly problems: readonly Problem[] } {
  const found = calibrationFor(calibrations, target);
  if (found === undefined) return { target, problems: [] };
  if (!found.isOutdated) return { target: { ...target, calibration: found.calibration }, problems: [] };
  const message =
    'The calibration of this board was made with other tables of cycles than this version has, so it is not used. ' +
    'Calibrate again: the measurements are still there.';
  return { target, problems: [{ code: 'calibration-outdated', severity: 'information', message }] };
}

/**
 * The report with the newest measurement that is of this model (`model`: its hash), board, runtime and optimization. A
 * measurement that says it is of this model but does not match its operators gives a problem.
 */
export function measuredReport<Estimated extends Omit<Report, 'findings'>>(
  report: Estimated,
  { measurements }: MeasuredChoice,
  model: string,
): { readonly report: Estimated; readonly problems: readonly Problem[] } {
  const ofModel = measurements.filter((each) => each.model === model && isOfTarget(each, report));
  const newest = ofModel.reduce<Measurement | undefined>(
    (best, each) => (best === undefined || each.recordedAt > best.recordedAt ? each : best),
    undefined,
  );
  if (newest === undefined) return { report, problems: [] };
  const outcome = applyMeasurement(report, newest);
  if (outcome.applied) return { report: outcome.report, problems: [] };
  return { report, problems: [{ code: 'measurement-unusable', severity: 'information', message: outcome.reason }] };
}

/** The stored calibration for a target; `isOutdated` where it was fitted against other tables than this version's. */
function calibrationFor(
  calibrations: readonly StoredCalibration[],
  target: Target,
): { readonly calibration: StoredCalibration; readonly isOutdated: boolean } | undefined {
  const calibration = calibrations.find((each) => applies(each, target));
  return calibration && { calibration, isOutdated: calibration.tables !== timingTables() };
}

function isOfTarget({ board, runtime, optimization }: Measurement, { target }: Omit<Report, 'findings'>): boolean {
  if (board !== target.board || (runtime !== undefined && runtime !== target.runtime)) return false;
  return optimization === undefined || optimization === target.optimization;
}
