import type { KerasValue } from '../kerasModel';
import type { LayerKind } from '../layers/layerKind';
import { layerKinds, operationKinds } from '../layers/layers';

/** Functions that make a layer or an operation, by their names in `keras.layers` and `keras.ops`. */
export const layerFunctions = byFunction(layerKinds);
export const operationFunctions = byFunction(operationKinds);

function byFunction(kinds: readonly LayerKind[]): ReadonlyMap<string, LayerKind> {
  return new Map(kinds.flatMap((kind) => (kind.functions ?? []).map((name) => [name, kind])));
}

/** A function of TensorFlow or of Keras's backend as one of `keras.ops`. */
interface Alike {
  readonly name: string;
  /** Names of parameters there, by their names here. */
  readonly names?: ReadonlyMap<string, string>;
  /** The path by which Keras 2 names it. */
  readonly path?: string;
  /** TensorFlow's own defaults, where they differ. */
  readonly defaults?: ReadonlyMap<string, KerasValue>;
  /** A list that says lengths of parts, where `keras.ops` takes the places of cuts. */
  readonly lengths?: string;
}

const axisNames = new Map([
  ['reduction_indices', 'axis'],
  ['keep_dims', 'keepdims'],
  ['dim', 'axis'],
]);

/** By the last part of the path; functions with the same name as in `keras.ops` are not here. */
const renamed: ReadonlyMap<string, Alike> = new Map<string, Alike>([
  ['reduce_mean', { name: 'mean', names: axisNames, path: 'tf.math.reduce_mean' }],
  ['reduce_max', { name: 'max', names: axisNames, path: 'tf.math.reduce_max' }],
  ['reduce_min', { name: 'min', names: axisNames, path: 'tf.math.reduce_min' }],
  ['reduce_sum', { name: 'sum', names: axisNames, path: 'tf.math.reduce_sum' }],
  ['reduce_prod', { name: 'prod', names: axisNames, path: 'tf.math.reduce_prod' }],
  ['reduce_variance', { name: 'var', names: axisNames, path: 'tf.math.reduce_variance' }],
  ['reduce_std', { name: 'std', names: axisNames, path: 'tf.math.reduce_std' }],
  ['permute_dimensions', { name: 'transpose', names: new Map([['pattern', 'axes']]), path: 'tf.compat.v1.transpose' }],
  ['transpose', { name: 'transpose', names: new Map([['perm', 'axes']]), path: 'tf.compat.v1.transpose' }],
  ['reshape', { name: 'reshape', names: new Map([['shape', 'newshape']]) }],
  ['pad', { name: 'pad', names: new Map([['paddings', 'pad_width']]), path: 'tf.compat.v1.pad' }],
  ['squeeze', { name: 'squeeze', names: axisNames, path: 'tf.compat.v1.squeeze' }],
  [
    'split',
    { name: 'split', names: new Map([['num_or_size_splits', 'indices_or_sections']]), lengths: 'indices_or_sections' },
  ],
  ['tile', { name: 'tile', names: new Map([['multiples', 'repeats']]) }],
  ['leaky_relu', { name: 'leaky_relu', names: new Map([['alpha', 'negative_slope']]) }],
  ['clip_by_value', { name: 'clip', names: clipNames() }],
  ['clip', { name: 'clip', names: clipNames() }],
  ['pow', { name: 'power', path: 'tf.math.pow' }],
  ['truediv', { name: 'true_divide', path: 'tf.math.truediv' }],
  ['multiply', { name: 'multiply', path: 'tf.math.multiply' }],
  ['subtract', { name: 'subtract', path: 'tf.math.subtract' }],
  ['add', { name: 'add', path: 'tf.math.add' }],
  ['abs', { name: 'abs', path: 'tf.math.abs' }],
  ['swish', { name: 'silu' }],
  ['gelu', { name: 'gelu', defaults: new Map([['approximate', false]]) }],
  ['cumsum', { name: 'cumsum', names: axisNames, defaults: firstAxis() }],
  ['argmax', { name: 'argmax', names: axisNames, defaults: firstAxis() }],
  ['argmin', { name: 'argmin', names: axisNames, defaults: firstAxis() }],
]);

function firstAxis(): ReadonlyMap<string, KerasValue> {
  return new Map([['axis', 0]]);
}

function clipNames(): ReadonlyMap<string, string> {
  return new Map([
    ['clip_value_min', 'x_min'],
    ['clip_value_max', 'x_max'],
    ['min_value', 'x_min'],
    ['max_value', 'x_max'],
  ]);
}

/** Places of the cuts between parts of these lengths, of which one may be -1: what is left. */
export function cutsBetween(lengths: readonly number[]): readonly number[] | undefined {
  const cuts: number[] = [];
  let place = 0;
  for (const length of lengths.slice(0, -1)) {
    // From an open one on, cuts are counted from the end.
    if (length < 0) return cutsFromEnd(cuts, lengths);
    place += length;
    cuts.push(place);
  }
  return cuts;
}

function cutsFromEnd(before: readonly number[], lengths: readonly number[]): readonly number[] | undefined {
  const behind = lengths.slice(before.length + 1);
  if (behind.some((length) => length < 0)) return undefined;
  return [...before, ...behind.map((_, at) => -behind.slice(at).reduce((sum, length) => sum + length, 0))];
}

/** The operation that a function of some library does, by the last part of its path. */
export function alikeOf(name: string): (Alike & { readonly table: LayerKind }) | undefined {
  const alike = renamed.get(name) ?? { name };
  const table = operationFunctions.get(alike.name);
  return table && { ...alike, table };
}
