import { ModelError } from '../model/problem';
import { arrayModelBytes, hasArrayModel, readArrayModel } from './cArray/reader';
import { modelsInText } from './cArray/modelsInText';
import type { Codec } from './codec';
import type { FoundModel, SourceText } from './foundModel';
import { formatKinds, kindOfPath, type FormatId, type FormatKind } from './kinds';
import type { ReadResult } from './readResult';
import { checkFetched, type ModelSource } from './source';
import { isTflite, readTflite } from './tflite/reader';
import { writeTflite } from './tflite/writer';

export interface Format extends FormatKind, Codec {}

/** The formats of microcontrollers. The others are added by what needs them: their readers are most of a start. */
const codecs = new Map<FormatId, Codec>([
  ['tflite', { match: ({ bytes }) => isTflite(bytes), read: ({ bytes }) => readTflite(bytes), write: writeTflite }],
  ['cArray', { match: hasArrayModel, read: readArrayModel, find: modelsInText, bytesOf: arrayModelBytes }],
]);

/** All formats whose readers are loaded, in the order in which they are tried. */
export const formats: Format[] = knownFormats();

/** Makes more formats known to this program (`foreignFormats`). */
export function addCodecs(more: ReadonlyMap<FormatId, Codec>): void {
  for (const [id, codec] of more) codecs.set(id, codec);
  formats.splice(0, formats.length, ...knownFormats());
}

function knownFormats(): Format[] {
  return formatKinds.flatMap((kind) => {
    const codec = codecs.get(kind.id);
    return codec === undefined ? [] : { ...kind, ...codec };
  });
}

/** The format of a file: by its contents first, by the end of its name second; `undefined` when neither says. */
export function formatOf(source: ModelSource, known: readonly Format[] = formats): Format | undefined {
  const named = kindOfPath(source.path, known);
  return known.find((format) => format.match(source)) ?? known.find((format) => format === named);
}

/** False for a file of a name that models share with other files, where its contents are no model's. */
export function mayBeModel(source: ModelSource, known: readonly Format[] = formats): boolean {
  return kindOfPath(source.path, known)?.isNameShared !== true || known.some((format) => format.match(source));
}

/**
 * The bytes of the model that a source names, where it is one of a file's arrays; all bytes of every other file. Throws
 * `ModelError` as `readModel` does.
 */
export function modelBytesOf(source: ModelSource): Uint8Array {
  return formatOf(source)?.bytesOf?.(source) ?? source.bytes;
}

/** The models of a source, in its order; none of a file of another kind. */
export function modelsOfSource(source: SourceText, known: readonly Format[] = formats): readonly FoundModel[] {
  const named = kindOfPath(source.path, known);
  return known.find((format) => format === named)?.find?.(source) ?? [];
}

/** Reads a model of any format. Throws `ModelError` when the format is not known or there is no model at all. */
export function readModel(source: ModelSource, known: readonly Format[] = formats): ReadResult {
  checkFetched(source.bytes, source.path);
  const format = formatOf(source, known);
  if (format !== undefined) return format.read(source);
  const names = known
    .map(({ name, extensions, fileNames = [] }) => `${name} (${[...extensions, ...fileNames].join(', ')})`)
    .join(', ');
  throw new ModelError(
    'unknown-format',
    `The file is in none of the formats that are read: ${names}. Convert it first.`,
  );
}
