import { spendSteps } from '../../model/budget';
import type { KerasLayer, KerasModel } from '../kerasModel';
import { nameCounter, snakeCase } from '../names';
import type { Hdf5Group } from './hdf5';
import { withValues, type FileArray } from './weights';

/**
 * A model with the weights of `.keras` and `.weights.h5` files: groups named by the class of the layers, in the order
 * of the model's list.
 */
export function withArchiveWeights(model: KerasModel, root: Hdf5Group): KerasModel {
  const container = containerIn(root);
  const names = groupNames(model, container);
  const layers = model.layers.map((layer, index): KerasLayer => {
    if (layer.kind === 'op') return layer;
    const name = names[index];
    const group = name === undefined ? undefined : container.group(name);
    if (layer.model !== undefined) {
      return group === undefined ? layer : { ...layer, model: withArchiveWeights(layer.model, group) };
    }
    if (layer.calls.length === 0 && group === undefined) return layer;
    return withValues(model, layer, group === undefined ? [] : variablesOf(layer, group));
  });
  return { ...model, layers };
}

/** Names of groups with weights that no layer of the model takes; in a model within, behind the name of its group. */
export function leftInArchive(model: KerasModel, root: Hdf5Group): readonly string[] {
  const container = containerIn(root);
  const names = groupNames(model, container);
  // Beside the layers of a file without a container, the file has what trained them.
  const others = container === root ? ['optimizer', 'vars', 'metrics', 'compile_metrics', 'loss'] : [];
  const taken = new Set([...names, ...others]);
  const inner = model.layers.flatMap(({ model: part }, index) => {
    const name = names[index];
    const group = part === undefined || name === undefined ? undefined : container.group(name);
    if (part === undefined || group === undefined) return [];
    return leftInArchive(part, group).map((left) => `${name}/${left}`);
  });
  const own = container.names.filter((name) => {
    const group = taken.has(name) ? undefined : container.group(name);
    return group !== undefined && variablesWithin(group);
  });
  return [...own, ...inner];
}

function containerIn(root: Hdf5Group): Hdf5Group {
  return root.group('layers') ?? root.group('_layer_checkpoint_dependencies') ?? root;
}

/** Of each layer the name of its group, where the file has one. */
function groupNames(model: KerasModel, container: Hdf5Group): readonly (string | undefined)[] {
  const named = nameCounter();
  const present = new Set(container.names);
  return model.layers.map((layer) => {
    if (layer.kind === 'op') return undefined;
    const byClass = named(snakeCase(layer.model === undefined ? layer.className : modelClass(layer.model)));
    return [byClass, layer.name].find((name) => present.has(name));
  });
}

/** Whether a group has any weights, at whatever depth. */
function variablesWithin(group: Hdf5Group, depth = 0): boolean {
  spendSteps(1000);
  if (depth > deepest) return false;
  if ((group.group('vars')?.names.length ?? 0) > 0) return true;
  return group.names.some((name) => {
    const part = name === 'vars' ? undefined : group.group(name);
    return part !== undefined && variablesWithin(part, depth + 1);
  });
}

function modelClass({ kind }: KerasModel): string {
  return kind === 'sequential' ? 'Sequential' : 'Functional';
}

/** Cells that follow each other are named as layers are; what else a layer holds has names of its own. */
function variablesOf({ wraps = [] }: KerasLayer, group: Hdf5Group): readonly FileArray[] {
  const cells = wraps.length > 1 ? group.group('cell/cells') : undefined;
  if (cells === undefined) return variablesIn(group);
  const named = nameCounter();
  return wraps.flatMap(({ className }) => {
    const cell = cells.group(named(snakeCase(className)));
    return cell === undefined ? [] : variablesIn(cell);
  });
}

/** Parts of layers in Keras's order of their variables; others by name. */
const partsInOrder = [
  'vars',
  'layer',
  'cell',
  'forward_layer',
  'backward_layer',
  'query_dense',
  '_query_dense',
  'key_dense',
  '_key_dense',
  'value_dense',
  '_value_dense',
  'output_dense',
  '_output_dense',
];

/** Layers nest cells in cells, and never this deep. */
const deepest = 12;

function variablesIn(group: Hdf5Group, depth = 0): readonly FileArray[] {
  spendSteps(1000);
  if (depth > deepest) return [];
  const own = group.group('vars');
  const arrays = (own?.names ?? [])
    .slice()
    .sort((one, other) => Number(one) - Number(other))
    .map((name) => own?.array(name))
    .filter((array) => array !== undefined);
  const rank = (name: string): number => {
    const place = partsInOrder.indexOf(name);
    return place < 0 ? partsInOrder.length : place;
  };
  const parts = group.names
    .filter((name) => name !== 'vars')
    .slice()
    .sort((one, other) => rank(one) - rank(other));
  return [
    ...arrays,
    ...parts.flatMap((name) => {
      const part = group.group(name);
      return part === undefined ? [] : variablesIn(part, depth + 1);
    }),
  ];
}
