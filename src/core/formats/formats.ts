import type { Model } from '../model/model';
import { ModelError, type Problem } from '../model/problem';
import { isTflite, readTflite } from './tflite/reader';

/** What every format gives: a model, and what is wrong with it. */
export interface ReadResult {
  readonly model: Model;
  readonly problems: readonly Problem[];
}

/** A file format that models are read from. One folder each, one line in `formats`. */
export interface Format {
  readonly id: Model['format'];
  /** For people: `TensorFlow Lite`. */
  readonly name: string;
  /** In lower case, with the dot. */
  readonly extensions: readonly string[];
  /** True when the bytes themselves say that they are of this format. Cheap; `path` is there for formats that have no mark. */
  readonly match: (bytes: Uint8Array, path: string) => boolean;
  /** Throws `ModelError` when there is no model at all. */
  readonly read: (bytes: Uint8Array) => ReadResult;
}

/** All formats, in the order in which they are tried. */
export const formats: readonly Format[] = [
  { id: 'tflite', name: 'TensorFlow Lite', extensions: ['.tflite'], match: isTflite, read: readTflite },
];

/** The format of a file: by its contents first, by the end of its name second; `undefined` when neither says. */
export function formatOf(bytes: Uint8Array, path: string): Format | undefined {
  const lowerPath = path.toLowerCase();
  return (
    formats.find((format) => format.match(bytes, path)) ??
    formats.find((format) => format.extensions.some((extension) => lowerPath.endsWith(extension)))
  );
}

/** Reads a model of any format. Throws `ModelError` when the format is not known or there is no model at all. */
export function readModel(bytes: Uint8Array, path: string): ReadResult {
  const format = formatOf(bytes, path);
  if (format !== undefined) return format.read(bytes);
  const known = formats.map((entry) => `${entry.name} (${entry.extensions.join(', ')})`).join(', ');
  throw new ModelError(
    'unknown-format',
    `The file is in none of the formats that are read: ${known}. Convert it first.`,
  );
}
