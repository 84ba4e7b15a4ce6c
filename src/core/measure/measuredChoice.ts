import type { Measurement } from './measurement';
import type { StoredCalibration } from './storedCalibration';

/** What was measured before, of whatever model on whatever board. */
export interface MeasuredChoice {
  readonly measurements: readonly Measurement[];
  readonly calibrations: readonly StoredCalibration[];
}

/** What of all that was measured counts in the report of one model, by its hash, on one target. */
export function concerning(
  { measurements, calibrations }: MeasuredChoice,
  model: string,
  { board, runtime }: { readonly board?: string; readonly runtime: string },
): MeasuredChoice {
  return {
    measurements: measurements.filter((each) => each.model === model),
    calibrations: calibrations.filter((each) => each.board === board && each.runtime === runtime),
  };
}
