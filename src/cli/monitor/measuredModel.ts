import { basename } from 'node:path';
import { analyse } from '../../core/analysis/analyse';
import type { Report } from '../../core/estimate/report';
import { applyMeasurement, settledMeasurement } from '../../core/measure/applyMeasurement';
import type { Measurement } from '../../core/measure/measurement';
import { measurementOf, modelHash } from '../../core/measure/measurement';
import { withMeasurement } from '../../core/measure/measurementsFile';
import type { Profile } from '../../core/serial/profile';
import { changeMeasurements, measurementsPath } from '../measurements';
import { requestFor } from '../modelRequest';
import type { TargetFlags } from '../targetOptions';

/** A profile laid beside the estimates, or the whole sentence why it cannot be. `savedIn`: the file that it was kept in. */
export type Measured =
  | { readonly known: true; readonly report: Report; readonly savedIn?: string }
  | { readonly known: false; readonly reason: string };

/** The model that the firmware holds, with its estimates. */
export interface MeasuredModel {
  readonly report: Report;
  measure(profile: Profile, arenaUsedBytes: number | undefined): Measured;
}

/** @throws {HumanError} where the model cannot be read. */
export function measuredModel(path: string, flags: TargetFlags & { readonly save?: boolean }): MeasuredModel {
  const request = requestFor(path, flags);
  const { report } = analyse(request);
  const hash = modelHash(request.bytes);
  return {
    report,
    measure: (profile, arenaUsedBytes) => {
      const { board, runtime, clockHz } = report.target;
      if (board === undefined) return { known: false, reason: 'Choose a board (--board) to compare with estimates.' };
      const about = { model: hash, board, runtime, clockHz, recordedAt: new Date().toISOString() };
      const outcome = measurementOf(profile, { ...about, arenaUsedBytes, source: `monitor, ${profile.dialect}` });
      if (!outcome.known) return outcome;
      const applied = applyMeasurement(report, outcome.measurement);
      if (!applied.applied) return { known: false, reason: applied.reason };
      const savedIn = flags.save ? kept(path, settledMeasurement(outcome.measurement, report)) : undefined;
      return { known: true, report: applied.report, ...(savedIn === undefined ? {} : { savedIn }) };
    },
  };
}

function kept(path: string, measurement: Measurement): string {
  const file = measurementsPath(path);
  changeMeasurements(file, (before) => withMeasurement(before, measurement));
  return `${file} as a measurement of ${basename(path)}`;
}
