import type { TargetChoice } from '../estimate/choice';
import type { TargetFacts } from '../estimate/report';
import type { CalibrationOutcome, CalibrationPair } from './calibrate';
import type { Measurement } from './measurement';
import type { StoredCalibration } from './storedCalibration';

/** What measurements and calibrations of one board are known by. */
export type BoardAndRuntime = Pick<TargetFacts, 'board' | 'runtime'>;

/** The measurements that a board is calibrated by; those that do not name their runtime count for each. */
export function measurementsOn(
  measurements: readonly Measurement[],
  { board, runtime }: BoardAndRuntime,
): readonly Measurement[] {
  return measurements.filter((each) => each.board === board && (each.runtime ?? runtime) === runtime);
}

/**
 * The target that a measured firmware was built for: the chosen one, with the optimization that the measurement tells.
 */
export function measuredTarget(choice: TargetChoice, { optimization }: Measurement): TargetChoice {
  if (optimization === undefined) return choice;
  return { ...choice, settings: { ...choice.settings, optimization } };
}

/** A fit as it is kept. `tables`: the name of those that the pairs' estimates were made with. */
export function keptCalibration(
  { calibration, quality }: Extract<CalibrationOutcome, { readonly known: true }>,
  pairs: readonly CalibrationPair[],
  { tables, recordedAt }: Pick<StoredCalibration, 'tables' | 'recordedAt'>,
): StoredCalibration {
  const { before, after } = quality.totals;
  const models = pairs.map(({ measurement }) => measurement.model);
  return { ...calibration, tables, models, before, after, recordedAt };
}

/** The list without those of a board and runtime. */
export function withoutCalibration(
  calibrations: readonly StoredCalibration[],
  { board, runtime }: BoardAndRuntime,
): readonly StoredCalibration[] {
  return calibrations.filter((each) => each.board !== board || each.runtime !== runtime);
}
