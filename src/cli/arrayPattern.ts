import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasArrayModel } from '../core/formats/cArray/reader';
import { sourceModels } from '../core/formats/cArray/sourceModels';
import { firmwareKinds, kindOfPath } from '../core/formats/kinds';
import type { ModelSource } from '../core/formats/source';
import { mostBytesOf } from '../files/limits';
import { namesIn } from '../files/listing';
import { readFileSync } from '../files/reading';

/** Entries of a folder and sources in it that are looked at for an array of the project. */
const mostEntries = 2000;
const mostSources = 40;

/**
 * The array in whose style a new one at `path` is written: the first that holds a model among the sources of that
 * folder, by name. Nothing where there is none.
 */
export function arrayPattern(path: string): ModelSource | undefined {
  const folder = dirname(path);
  const names = namesIn(folder, mostEntries).filter((name) => kindOfPath(name, firmwareKinds) !== undefined);
  for (const name of names.slice(0, mostSources)) {
    const source = sourceAt(join(folder, name));
    if (source !== undefined && hasArrayModel(source)) {
      const [{ id }] = sourceModels(source).models;
      return { ...source, path: `${source.path}#${id}` };
    }
  }
  return undefined;
}

function sourceAt(path: string): ModelSource | undefined {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? Infinity) > mostBytesOf.source) return undefined;
  try {
    return { path, bytes: readFileSync(path, { mostBytes: mostBytesOf.source }) };
  } catch {
    // What cannot be read has no style.
    return undefined;
  }
}
