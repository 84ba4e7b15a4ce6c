import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { MeasurementsFile } from '../core/measure/measurementsFile';
import { measurementsText, noMeasurements, readMeasurements } from '../core/measure/measurementsFile';
import { changeFileSync } from '../files/changing';
import { mostBytesOf } from '../files/limits';
import { readFoundFile } from './files';
import { nearestAbove } from './nearestProject';
import { writeErrorLine } from './output';

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
  return existsSync(path) ? fileFrom(path, readFoundFile(path, 'measurements')) : noMeasurements;
}

/**
 * Changes the file while no other program does, so that what others wrote before is kept. A folder `.milliwatt` that is
 * a link to elsewhere is not followed.
 */
export function changeMeasurements(path: string, change: (file: MeasurementsFile) => MeasurementsFile): void {
  const within = [dirname(dirname(path))];
  changeFileSync(path, { mostBytes: mostBytesOf.measurements, within }, (bytes) =>
    Buffer.from(measurementsText(change(bytes === undefined ? noMeasurements : fileFrom(path, bytes)))),
  );
}

function fileFrom(path: string, bytes: Uint8Array): MeasurementsFile {
  const file = readMeasurements(new TextDecoder().decode(bytes));
  for (const problem of file.problems) writeErrorLine(`${path}: ${problem}`);
  return file;
}
