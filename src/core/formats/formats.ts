import type { Model } from '../model/model';
import { ModelError } from '../model/problem';
import { arrayModelBytes, hasArrayModel, readArrayModel } from './cArray/reader';
import { modelsInText } from './cArray/modelsInText';
import { isKerasFile } from '../keras/files/kerasFile';
import { isOnnx } from '../onnx/onnxModel';
import { readOnnx } from '../onnx/reader';
import { readKerasModel } from './keras/reader';
import type { FoundModel, SourceText } from './foundModel';
import { modelsInProgram, readProgramModel } from './kerasSource/reader';
import { formatKinds, kindOfPath, type FormatId, type FormatKind } from './kinds';
import type { ReadResult } from './readResult';
import { checkFetched, type ModelSource } from './source';
import { isTflite, readTflite } from './tflite/reader';
import { writeTflite } from './tflite/writer';

/** How the files of a format are read and written. */
interface Codec {
  /** True when the bytes themselves say that they are of this format. Cheap. */
  readonly match: (source: ModelSource) => boolean;
  /** Throws `ModelError` when there is no model at all. */
  readonly read: (source: ModelSource) => ReadResult;
  /** Of sources: the models that stand in one, in its order. */
  readonly find?: (source: SourceText) => readonly FoundModel[];
  /** Where a model is a part of its file: its own bytes. Throws `ModelError` when there is no model at all. */
  readonly bytesOf?: (source: ModelSource) => Uint8Array;
  /** Absent where nothing is written in this format. */
  readonly write?: (model: Model) => Uint8Array;
}

export interface Format extends FormatKind, Codec {}

/** One folder for each format, one line here, one entry in `formatKinds`. */
const codecs: Readonly<Record<FormatId, Codec>> = {
  tflite: { match: ({ bytes }) => isTflite(bytes), read: ({ bytes }) => readTflite(bytes), write: writeTflite },
  kerasSource: { match: () => false, read: readProgramModel, find: modelsInProgram },
  cArray: { match: hasArrayModel, read: readArrayModel, find: modelsInText, bytesOf: arrayModelBytes },
  keras: { match: ({ bytes }) => isKerasFile(bytes), read: ({ bytes }) => readKerasModel(bytes) },
  onnx: { match: ({ bytes }) => isOnnx(bytes), read: ({ bytes }) => ({ model: readOnnx(bytes), problems: [] }) },
};

/** All formats, in the order in which they are tried. */
export const formats: readonly Format[] = formatKinds.map((kind) => ({ ...kind, ...codecs[kind.id] }));

/** The format of a file: by its contents first, by the end of its name second; `undefined` when neither says. */
export function formatOf(source: ModelSource, known = formats): Format | undefined {
  const named = kindOfPath(source.path, known);
  return known.find((format) => format.match(source)) ?? known.find((format) => format === named);
}

/**
 * The bytes of the model that a source names, where it is one of a file's arrays; all bytes of every other file. Throws
 * `ModelError` as `readModel` does.
 */
export function modelBytesOf(source: ModelSource): Uint8Array {
  return formatOf(source)?.bytesOf?.(source) ?? source.bytes;
}

/** The models of a source, in its order; none of a file of another kind. */
export function modelsOfSource(source: SourceText, known = formats): readonly FoundModel[] {
  const named = kindOfPath(source.path, known);
  return known.find((format) => format === named)?.find?.(source) ?? [];
}

/** Reads a model of any format. Throws `ModelError` when the format is not known or there is no model at all. */
export function readModel(source: ModelSource, known = formats): ReadResult {
  checkFetched(source.bytes, source.path);
  const format = formatOf(source, known);
  if (format !== undefined) return format.read(source);
  const names = known.map((entry) => `${entry.name} (${entry.extensions.join(', ')})`).join(', ');
  throw new ModelError(
    'unknown-format',
    `The file is in none of the formats that are read: ${names}. Convert it first.`,
  );
}
