import { newSource } from './cArray/newSource';
import { besideModel, withModel } from './cArray/writer';
import { kindOfPath, modelPlaceOf } from './kinds';
import type { ModelSource } from './source';

/**
 * What is written at `path` for a result, whose TFLite file is `bytes`: the file itself, or, where the path is that of
 * a source, an array. `source` is what the result was made from: at its own path, the array takes the place of the old
 * one; beside it, it has its name and style. Of a file that is no source, an array is new: written as `pattern` is, an
 * array that the project has already, where there is one.
 */
export function resultContent(path: string, bytes: Uint8Array, source: ModelSource, pattern?: ModelSource): Uint8Array {
  if (kindOfPath(path)?.isFirmware !== true) return bytes;
  const { file } = modelPlaceOf(source.path);
  if (file === path) return withModel(source, bytes);
  if (kindOfPath(file)?.isFirmware === true) return besideModel(source, bytes, path);
  return newSource(identifierOf(path), bytes, path, pattern);
}

/** A name for an array from that of its file: `kws.int8.h` is `kws_int8`. */
function identifierOf(path: string): string {
  const stem = (path.split(/[\\/]/).at(-1) ?? path).replace(/\.\w+$/, '');
  const name = stem.replace(/\W/g, '_');
  return /^\d/.test(name) ? `_${name}` : name;
}
