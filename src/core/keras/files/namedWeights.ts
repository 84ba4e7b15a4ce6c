import { spendSteps } from '../../model/budget';
import type { KerasLayer, KerasModel } from '../kerasModel';
import { weightShapesOf } from '../parameters';
import { withValues, type FileArray } from './weights';

/** A variable by the names on the way to it, its own last: `["lstm", "lstm_cell", "kernel"]`. */
export interface NamedArray {
  readonly path: readonly string[];
  readonly array: FileArray;
}

/** A model with weights that bear the names of their layers; some writers name the models around these, some do not. */
export function withNamedWeights(model: KerasModel, arrays: readonly NamedArray[]): KerasModel {
  return named(model, arrays, new Set());
}

function named(model: KerasModel, arrays: readonly NamedArray[], taken: Set<NamedArray>): KerasModel {
  const layers = model.layers.map((layer): KerasLayer => {
    if (layer.kind === 'op') return layer;
    spendSteps(arrays.length * 10);
    const own = arrays.filter((each) => !taken.has(each) && placeIn(each, layer) >= 0);
    if (layer.model !== undefined) {
      return { ...layer, model: named(layer.model, own.length === 0 ? arrays : own, taken) };
    }
    if (own.length === 0 && layer.calls.length === 0) return layer;
    const within = own.map((each): NamedArray => ({ ...each, path: each.path.slice(placeIn(each, layer) + 1) }));
    const chosen = inKerasOrder(model, layer, within);
    chosen.forEach((each) => taken.add(own[within.indexOf(each)]));
    return withValues(
      model,
      layer,
      chosen.map(({ array }) => array),
    );
  });
  return { ...model, layers };
}

/**
 * Variables of a layer, with their paths within it, in Keras's order: by their own names, those of its parts by
 * the order in which the file has the parts.
 */
function inKerasOrder(model: KerasModel, layer: KerasLayer, arrays: readonly NamedArray[]): readonly NamedArray[] {
  const shapes = weightShapesOf(model, layer);
  if (shapes === undefined) return arrays;
  const wanted = shapes.map(({ name }) => partAndName(name.split('/')));
  const parts = distinct(wanted.map(({ part }) => part));
  const foundParts = distinct(arrays.map(({ path }) => partAndName(path).part));
  const left = [...arrays];
  const chosen = wanted.flatMap(({ part, name }) => {
    const place = left.findIndex(({ path }) => {
      const found = partAndName(path);
      return found.name === name && (parts.length < 2 || foundParts.indexOf(found.part) === parts.indexOf(part));
    });
    return place < 0 ? [] : left.splice(place, 1);
  });
  // Some variables are called otherwise in a file: then their order has to do.
  return chosen.length === shapes.length || arrays.length !== shapes.length ? [...chosen, ...left] : arrays;
}

/** Where a layer's name stands on the way to a variable. */
function placeIn({ path }: NamedArray, { name }: KerasLayer): number {
  return path.lastIndexOf(name, -2);
}

function partAndName(path: readonly string[]): { readonly part: string; readonly name: string } {
  return { part: path.slice(0, -1).join('/'), name: path.at(-1) ?? '' };
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
