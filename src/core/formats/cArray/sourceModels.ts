import { scanArrays, scanBareNumbers } from '../../firmware/arrays/scan';
import type { ScannedSource, SourceArray } from '../../firmware/arrays/sourceArray';
import type { ModelSource } from '../source';
import { arrayContent, type ArrayContent } from './arrayContent';

/** An array of a source that holds a model, or is meant to. */
export interface SourceModel {
  /** What it is chosen by: its name with its namespaces, and a number where conditions give several the same one. */
  readonly id: string;
  readonly array: SourceArray;
  readonly content: Exclude<ArrayContent, { kind: 'other' }>;
}

/** A scanned source with its models in their order. */
export interface SourceModels extends ScannedSource {
  readonly models: readonly SourceModel[];
}

/** Scans a source once, however often it is asked about. Arrays within `#if 0` are left out. */
export function sourceModels(source: ModelSource): SourceModels {
  const known = kept.get(source.bytes);
  if (known !== undefined) return known;
  const scanned = scanArrays(source.bytes);
  const bare = scanned.arrays.length === 0 ? scanBareNumbers(source.bytes) : undefined;
  const ids = new Map<string, number>();
  const models = [...scanned.arrays, ...(bare === undefined ? [] : [bare])].flatMap((array): SourceModel[] => {
    const content = arrayContent(source, array);
    if (content.kind === 'other' || array.guards.some(({ condition }) => condition.trim() === '0')) return [];
    const name = array.namespace === '' ? array.name : `${array.namespace}::${array.name}`;
    const count = (ids.get(name) ?? 0) + 1;
    ids.set(name, count);
    return [{ id: count === 1 ? name : `${name}~${count}`, array, content }];
  });
  const found = { ...scanned, models };
  // What is taken from other files may change while these bytes stay the same.
  if (!models.some(({ array }) => array.flaw?.kind === 'included')) kept.set(source.bytes, found);
  return found;
}

const kept = new WeakMap<Uint8Array, SourceModels>();
