import type { Report } from '../estimate/report';
import type { Profile } from '../serial/profile';
import { applyMeasurement, settledMeasurement } from './applyMeasurement';
import type { Measurement, ProfileFigures } from './measurement';
import { measuredTotal, measurementOf } from './measurement';

/** What a board printed of one run of a model. */
export interface BoardFigures extends ProfileFigures {
  /** Form of the profile, or of a time of the whole. */
  readonly dialect: Profile['dialect'] | 'inference-time';
}

/** What a board's profile is measured against. */
interface ProfiledModel {
  /** The model's analysis on the board that printed the profile. */
  readonly report: Report;
  /** Hash of the model's file (`modelHash`). */
  readonly model: string;
  /** What the firmware said of its arena apart from the profile. */
  readonly arenaUsedBytes?: number;
  /** ISO 8601. */
  readonly recordedAt: string;
}

/**
 * A profile as the measurement that is kept, and the report with it beside the estimates; or the whole sentence why
 * there is none.
 */
type MeasuredProfile =
  | { readonly known: true; readonly measurement: Measurement; readonly report: Report }
  | { readonly known: false; readonly reason: string };

/** Makes a measurement of a profile that a board printed: the same for the editor and for the command line. */
export function measuredProfile(profile: BoardFigures, about: ProfiledModel): MeasuredProfile {
  const { report, model, arenaUsedBytes, recordedAt } = about;
  const { board, runtime, clockHz } = report.target;
  if (board === undefined) return { known: false, reason: noBoard };
  const source = `monitor, ${profile.dialect}`;
  const outcome = measurementOf(profile, { model, board, runtime, clockHz, arenaUsedBytes, recordedAt, source });
  if (!outcome.known) return outcome;
  const applied = applyMeasurement(report, outcome.measurement);
  if (!applied.applied) return { known: false, reason: applied.reason };
  return { known: true, measurement: settledMeasurement(outcome.measurement, report), report: applied.report };
}

const noBoard = 'A profile was heard, and no board is chosen that it could be measured on: choose one.';

/**
 * A measurement that differs from the one that is shown by less than this says nothing new: boards print one a second.
 */
const sameShare = 0.02;

/** True where a measurement says more than what a report shows already. */
export function isNews(measurement: Measurement, { measured, layers }: Pick<Report, 'measured' | 'layers'>): boolean {
  // A time of the whole never takes the place of layers that were measured.
  if (measurement.layers.length === 0 && layers.some((layer) => layer.measured !== undefined)) return false;
  const before = measured?.cycles ?? measured?.ms;
  const now = measuredTotal(measurement, measured?.cycles === undefined ? 'ms' : 'cycles');
  const isSame = before !== undefined && now !== undefined && Math.abs(now - before) <= sameShare * before;
  return !isSame || (measurement.arenaUsedBytes !== undefined && measured?.arenaUsedBytes === undefined);
}
