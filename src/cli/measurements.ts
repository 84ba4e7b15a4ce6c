import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { MeasurementsFile } from '../core/measure/measurementsFile';
import { measurementsText, noMeasurements, readMeasurements } from '../core/measure/measurementsFile';
import { readFile, writeFile } from './files';
import { nearestAbove } from './nearestProject';
import { writeError } from './output';

const fileName = join('.milliwatt', 'measurements.json');

/**
 * Where the measurements of a model are kept: beside the nearest `milliwatt.json`; without one, in the nearest file
 * there is above the model, else beside the model.
 */
export function measurementsPath(modelPath: string): string {
  const project = nearestAbove(modelPath, 'milliwatt.json');
  if (project !== undefined) return join(dirname(project), fileName);
  return nearestAbove(modelPath, fileName) ?? join(dirname(resolve(modelPath)), fileName);
}

/** What was measured before; nothing where there is no file. What cannot be understood is told on the error output. */
export function storedMeasurements(path: string): MeasurementsFile {
  if (!existsSync(path)) return noMeasurements;
  const file = readMeasurements(new TextDecoder().decode(readFile(path, 'measurements')));
  for (const problem of file.problems) writeError(`${path}: ${problem}\n`);
  return file;
}

/** Changes the file: read, changed and written at once, so that what others wrote before is kept. */
export function changeMeasurements(path: string, change: (file: MeasurementsFile) => MeasurementsFile): void {
  const changed = change(storedMeasurements(path));
  mkdirSync(dirname(path), { recursive: true });
  writeFile(path, measurementsText(changed));
}
