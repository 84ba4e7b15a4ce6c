import { basename } from 'node:path';
import { analyse } from '../../core/analysis/analyse';
import { HumanError } from '../../core/model/problem';
import type { Report } from '../../core/estimate/report';
import type { BoardFigures } from '../../core/measure/measuredProfile';
import { measuredProfile } from '../../core/measure/measuredProfile';
import type { Measurement } from '../../core/measure/measurement';
import { modelHash } from '../../core/measure/measurement';
import { withMeasurement } from '../../core/measure/measurementsFile';
import { reasonOf } from '../../files/reasons';
import { changeMeasurements, measurementsPath } from '../measurements';
import { requestFor } from '../modelRequest';
import type { TargetFlags } from '../targetOptions';

/**
 * A profile laid beside the estimates, or the whole sentence why it cannot be. `savedIn`: the file that it was kept in;
 * `notSaved`: the sentence why it could not be kept.
 */
export type Measured =
  | { readonly known: true; readonly report: Report; readonly savedIn?: string; readonly notSaved?: string }
  | { readonly known: false; readonly reason: string };

/** The model that the firmware holds, with its estimates. */
export interface MeasuredModel {
  readonly report: Report;
  measure(figures: BoardFigures, arenaUsedBytes: number | undefined): Measured;
}

/** @throws {HumanError} where the model cannot be read. */
export function measuredModel(path: string, flags: TargetFlags & { readonly save?: boolean }): MeasuredModel {
  const request = requestFor(path, flags);
  const { report } = analyse(request);
  const model = modelHash(request.bytes);
  return {
    report,
    measure: (figures, arenaUsedBytes) => {
      const recordedAt = new Date().toISOString();
      const outcome = measuredProfile(figures, { report, model, arenaUsedBytes, recordedAt });
      if (!outcome.known || !flags.save) return outcome;
      return { ...outcome, ...keptText(path, outcome.measurement) };
    },
  };
}

/** A file that cannot be written is said, and ends nothing. */
function keptText(
  path: string,
  measurement: Measurement,
): { readonly savedIn: string } | { readonly notSaved: string } {
  const file = measurementsPath(path);
  try {
    changeMeasurements(file, (before) => withMeasurement(before, measurement));
    return { savedIn: `${file} as a measurement of ${basename(path)}` };
  } catch (error) {
    return { notSaved: error instanceof HumanError ? error.message : `${file} cannot be written: ${reasonOf(error)}.` };
  }
}
