import { isJsonObject } from '../text/json';
import { HumanError } from '../model/problem';
import type { MeasuredLayer, Measurement } from './measurement';
import { calibrationText, wrongInCalibration } from './storedCalibration';
import type { StoredCalibration } from './storedCalibration';

/**
 * What a `measurements.json` holds, and what in it was not understood: whole sentences. Unreadable entries are kept as
 * they are.
 */
export interface MeasurementsFile {
  readonly measurements: readonly Measurement[];
  /** What the estimates of these boards are corrected by, at the user's wish. */
  readonly calibrations: readonly StoredCalibration[];
  readonly unreadable: readonly unknown[];
  readonly unreadableCalibrations: readonly unknown[];
  /** What else stands beside the two lists: of a tool or a version that is not known here. */
  readonly others: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
}

const fileVersion = 1;
const mostLayers = 8192;
const ownKeys: ReadonlySet<string> = new Set(['version', 'measurements', 'calibrations']);

export const noMeasurements: MeasurementsFile = {
  measurements: [],
  calibrations: [],
  unreadable: [],
  unreadableCalibrations: [],
  others: {},
  problems: [],
};

/**
 * Reads `.milliwatt/measurements.json` (DESIGN: beside `milliwatt.json`). Throws `HumanError` where it is no JSON or of
 * a later version, since writing would lose what is in it; an entry that is not understood gives a problem and is kept.
 */
export function readMeasurements(text: string): MeasurementsFile {
  if (text.trim() === '') return noMeasurements;
  const value = parse(text);
  if (!isJsonObject(value) || !Array.isArray(value.measurements)) {
    throw new HumanError(
      'measurements-invalid',
      'measurements.json has no list "measurements". Restore it, or delete it to start over.',
    );
  }
  if (typeof value.version === 'number' && value.version > fileVersion) {
    throw new HumanError(
      'measurements-newer',
      `measurements.json is of version ${value.version}; this version of Milliwatt reads up to ${fileVersion}. Update Milliwatt.`,
    );
  }
  const { calibrations: corrections = [] } = value;
  const measured = siftEntries(value.measurements, wrongIn, 'Measurement');
  // Anything but a list is kept as its one entry.
  const fits = siftEntries(Array.isArray(corrections) ? corrections : [corrections], wrongInCalibration, 'Calibration');
  return {
    measurements: measured.used as readonly Measurement[],
    calibrations: fits.used as readonly StoredCalibration[],
    unreadable: measured.unreadable,
    unreadableCalibrations: fits.unreadable,
    others: Object.fromEntries(Object.entries(value).filter(([key]) => !ownKeys.has(key))),
    problems: [...measured.problems, ...fits.problems],
  };
}

interface SiftedEntries {
  readonly used: readonly unknown[];
  readonly unreadable: readonly unknown[];
  readonly problems: readonly string[];
}

/** Entries that are understood and those that are not, with the reasons. `kind` begins the sentences. */
function siftEntries(
  entries: readonly unknown[],
  wrong: (entry: unknown) => string | undefined,
  kind: string,
): SiftedEntries {
  const reasons = entries.map(wrong);
  return {
    used: entries.filter((_, index) => reasons[index] === undefined),
    unreadable: entries.filter((_, index) => reasons[index] !== undefined),
    problems: reasons.flatMap((reason, index) =>
      reason === undefined ? [] : [`${kind} ${index} of measurements.json is not used: ${reason}`],
    ),
  };
}

/** The file's text: sorted, one layer a line, so that a new measurement changes few lines of a commit. */
export function measurementsText(file: MeasurementsFile): string {
  const inOrder = [...file.measurements].sort((a, b) => compare(keyOf(a), keyOf(b)));
  const entries = [...inOrder.map(entryText), ...file.unreadable.map(keptText)];
  const fits = [...file.calibrations.map(calibrationText), ...file.unreadableCalibrations.map(keptText)];
  const parts = [
    `"version": ${fileVersion}`,
    `"measurements": ${listText(entries)}`,
    ...(fits.length === 0 ? [] : [`"calibrations": ${listText(fits)}`]),
    ...Object.entries(file.others).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`),
  ];
  return `{\n  ${parts.join(',\n  ')}\n}\n`;
}

function listText(entries: readonly string[]): string {
  return entries.length === 0 ? '[]' : `[\n${entries.join(',\n')}\n  ]`;
}

/**
 * The list that a file or a request has, with a measurement in place of the one of the same model, board and runtime.
 */
export function withMeasurement<File extends Pick<MeasurementsFile, 'measurements'>>(
  file: File,
  measurement: Measurement,
): File {
  const others = file.measurements.filter((other) => keyOf(other) !== keyOf(measurement));
  return { ...file, measurements: [...others, measurement] };
}

function keyOf({ model, board, runtime = '' }: Measurement): string {
  return `${board} ${runtime} ${model}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HumanError(
      'measurements-invalid',
      `measurements.json is not JSON: ${reason}. Correct it, or delete it to start over.`,
    );
  }
}

const texts = ['runtime', 'tflmVersion', 'optimization'] as const;
const numbers = ['clockHz', 'arenaUsedBytes', 'totalCycles', 'totalMs', 'inferences'] as const;

/** What is wrong with an entry, as the end of a sentence. */
function wrongIn(entry: unknown): string | undefined {
  if (!isJsonObject(entry)) return 'it is not an object.';
  const required = ['board', 'recordedAt', 'source'].find((key) => typeof entry[key] !== 'string' || entry[key] === '');
  if (required !== undefined) return `"${required}" must be a text.`;
  if (typeof entry.model !== 'string' || !/^[0-9a-f]{64}$/.test(entry.model))
    return '"model" must be a SHA-256 in hexadecimal.';
  const text = texts.find((key) => entry[key] !== undefined && typeof entry[key] !== 'string');
  if (text !== undefined) return `"${text}" must be a text.`;
  const number = numbers.find((key) => entry[key] !== undefined && !isAmount(entry[key]));
  if (number !== undefined) return `"${number}" must be a number that is not negative.`;
  if (!Array.isArray(entry.layers) || entry.layers.length > mostLayers) return '"layers" must be a list.';
  const layer = entry.layers.findIndex((each) => !isLayer(each));
  return layer < 0 ? undefined : `layer ${layer} needs "operator" and numbers that are not negative.`;
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isLayer(value: unknown): boolean {
  if (!isJsonObject(value) || typeof value.operator !== 'string') return false;
  return [value.cycles, value.ms].every((figure) => figure === undefined || isAmount(figure));
}

/** The known keys in the order in which they are written, then those that are not known; the layers last. */
function orderKeys(entry: Measurement): Measurement {
  const { model, board, runtime, tflmVersion, optimization, clockHz, arenaUsedBytes, ...later } = entry;
  const { totalCycles, totalMs, inferences, recordedAt, source, layers, ...others } = later;
  const figures = { clockHz, arenaUsedBytes, totalCycles, totalMs, inferences };
  return { model, board, runtime, tflmVersion, optimization, ...figures, recordedAt, source, ...others, layers };
}

function layerText({ operator, cycles, ms, ...others }: MeasuredLayer): string {
  return `        ${JSON.stringify({ operator, cycles, ms, ...others })}`;
}

function entryText(measurement: Measurement): string {
  const { layers, ...head } = orderKeys(measurement);
  const known = Object.entries(head).filter(([, value]) => value !== undefined);
  const keys = known.map(([key, value]) => `      ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  const rows = layers.map(layerText);
  const list = rows.length === 0 ? '[]' : `[\n${rows.join(',\n')}\n      ]`;
  return `    {\n${keys.join('')}      "layers": ${list}\n    }`;
}

/** An entry that is not understood, as it was. */
function keptText(entry: unknown): string {
  return indentText(JSON.stringify(entry, null, 2));
}

function indentText(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
