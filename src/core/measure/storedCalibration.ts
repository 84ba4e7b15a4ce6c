import type { Calibration } from '../runtimes/calibration';
import type { CalibrationErrors } from './calibrate';

/**
 * A calibration as `measurements.json` keeps it. It holds for the tables that it was fitted against, and for no others.
 */
export interface StoredCalibration extends Calibration {
  /** Name of those tables (`timingTables`). */
  readonly tables: string;
  /** Hashes of the models whose measurements it was fitted to. */
  readonly models: readonly string[];
  /** Errors of these models' totals before it and with it. */
  readonly before: CalibrationErrors;
  readonly after: CalibrationErrors;
  /** ISO 8601. */
  readonly recordedAt: string;
}

/** The list with a calibration in place of that of the same board, runtime and optimization. */
export function withCalibration(
  calibrations: readonly StoredCalibration[],
  calibration: StoredCalibration,
): readonly StoredCalibration[] {
  return [...calibrations.filter((other) => keyOf(other) !== keyOf(calibration)), calibration];
}

function keyOf({ board, runtime, optimization }: Calibration): string {
  return `${board} ${runtime} ${optimization ?? ''}`;
}

/** What is wrong with an entry of the file, as the end of a sentence. */
export function wrongInCalibration(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return 'it is not an object.';
  const values = new Map<string, unknown>(Object.entries(entry));
  const text = ['board', 'runtime', 'source', 'tables', 'recordedAt'].find(
    (key) => typeof values.get(key) !== 'string',
  );
  if (text !== undefined) return `"${text}" must be a text.`;
  const number = ['scale', 'cyclesPerOperator'].find((key) => !Number.isFinite(values.get(key)));
  if (number !== undefined || !(Number(values.get('scale')) > 0)) return `"${number ?? 'scale'}" must be a number.`;
  const band = ['low', 'high'].find((key) => values.get(key) !== undefined && !Number.isFinite(values.get(key)));
  if (band !== undefined) return `"${band}" must be a number.`;
  const waitScale = values.get('waitScale');
  if (waitScale !== undefined && !(Number.isFinite(waitScale) && Number(waitScale) > 0)) {
    return '"waitScale" must be a number above 0.';
  }
  const errors = ['before', 'after'].find((key) => !areErrors(values.get(key)));
  if (errors !== undefined) return `"${errors}" must hold "median" and "worst".`;
  return Array.isArray(values.get('models')) ? undefined : '"models" must be a list.';
}

function areErrors(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'median' in value && 'worst' in value && Number.isFinite(value.median) && Number.isFinite(value.worst);
}

/** The keys that are known, in the order in which they are written. */
export function calibrationText(calibration: StoredCalibration): string {
  const { board, runtime, optimization, scale, waitScale, cyclesPerOperator, low, high } = calibration;
  const { source, tables, models, before, after, recordedAt } = calibration;
  const fit = { board, runtime, optimization, scale, waitScale, cyclesPerOperator, low, high };
  const rows = Object.entries({ ...fit, before, after, source, tables, recordedAt, models })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `      ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `    {\n${rows.join(',\n')}\n    }`;
}
