import type { KerasLayer, KerasModel } from '../kerasModel';
import type { Hdf5Group } from './hdf5';
import { expectedShapes, isFrozen, withValues, type FileArray } from './weights';

/** A model with the weights of an `.h5` file of a whole model: lists of arrays by the name of the layer. */
export function withListedWeights(model: KerasModel, root: Hdf5Group): KerasModel {
  const layers = model.layers.map((layer): KerasLayer => {
    const group = root.group(layer.name);
    const names = group?.texts('weight_names');
    if (group === undefined || names === undefined || layer.kind === 'op') return layer;
    const arrays = names.map((name) => group.array(name)).filter((array) => array !== undefined);
    if (layer.model === undefined) return withListedArrays(model, layer, arrays);
    return { ...layer, model: withNested(layer.model, arrays, isFrozen(layer)) };
  });
  return { ...model, layers };
}

/** Names of layers with weights in the file that the model has none of. */
export function leftInList(model: KerasModel, root: Hdf5Group): readonly string[] {
  const own = new Set(model.layers.map(({ name }) => name));
  const listed = root.texts('layer_names') ?? [];
  return listed.filter((name) => !own.has(name) && (root.group(name)?.texts('weight_names') ?? []).length > 0);
}

/** A layer with its variables as `layer.weights` lists them. @throws ModelError where they do not fit it. */
export function withListedArrays(model: KerasModel, layer: KerasLayer, arrays: readonly FileArray[]): KerasLayer {
  return withValues(model, layer, ordered(model, layer, arrays));
}

/** Trainable variables come first. */
function ordered(model: KerasModel, layer: KerasLayer, arrays: readonly FileArray[]): readonly FileArray[] {
  const shapes = expectedShapes(model, layer, arrays);
  const order = [
    ...shapes.flatMap(({ isTrainable }, index) => (isTrainable ? [index] : [])),
    ...shapes.flatMap(({ isTrainable }, index) => (isTrainable ? [] : [index])),
  ];
  return shapes.length === arrays.length ? shapes.map((_, index) => arrays[order.indexOf(index)]) : arrays;
}

interface Slot {
  readonly layer: KerasLayer;
  readonly isTrainable: boolean;
  readonly index: number;
}

/** A model inside has one list: what is trained of all its layers, then all the rest. */
function withNested(model: KerasModel, arrays: readonly FileArray[], frozen: boolean): KerasModel {
  const slots = slotsOf(model, frozen);
  const order = [...slots.filter((slot) => slot.isTrainable), ...slots.filter((slot) => !slot.isTrainable)];
  const found = new Map<KerasLayer, FileArray[]>();
  order.forEach(({ layer, index }, place) => {
    const own = found.get(layer) ?? [];
    if (place < arrays.length) own[index] = arrays[place];
    found.set(layer, own);
  });
  return filled(model, found);
}

function slotsOf(model: KerasModel, frozen: boolean): readonly Slot[] {
  return model.layers.flatMap((layer): readonly Slot[] => {
    const isStill = frozen || isFrozen(layer);
    if (layer.model !== undefined) return slotsOf(layer.model, isStill);
    return expectedShapes(model, layer, []).map(({ isTrainable }, index) => ({
      layer,
      index,
      isTrainable: isTrainable && !isStill,
    }));
  });
}

function filled(model: KerasModel, found: ReadonlyMap<KerasLayer, readonly FileArray[]>): KerasModel {
  const layers = model.layers.map((layer): KerasLayer => {
    if (layer.model !== undefined) return { ...layer, model: filled(layer.model, found) };
    return withValues(
      model,
      layer,
      (found.get(layer) ?? []).filter((array) => array !== undefined),
    );
  });
  return { ...model, layers };
}
