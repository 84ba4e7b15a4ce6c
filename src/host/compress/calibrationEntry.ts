import { isJsonObject } from '../../core/text/json';

/** What `milliwatt.json` says about the data of one model; both paths are relative to the file. */
interface CalibrationEntry {
  readonly path: string;
  readonly calibration: string;
}

/** The list of models with the data of one of them set: an entry of its own is made where there is none. */
export function withCalibration(models: unknown, { path, calibration }: CalibrationEntry): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(models) ? models : [];
  const isIt = (entry: unknown): boolean => isJsonObject(entry) && normal(entry.path) === normal(path);
  if (!list.some(isIt)) return [...list, { path, calibration }];
  return list.map((entry) => (isJsonObject(entry) && isIt(entry) ? { ...entry, calibration } : entry));
}

function normal(path: unknown): unknown {
  return typeof path === 'string' ? path.replace(/^\.\//, '') : path;
}
