import { isOn, numberOf } from '../configValues';
import { add, type LayerContext } from './context';
import { integer, integers, real, type DraftDimension, type DraftValue } from './draft';
import { reshapeTo } from './kinds/shapes';
import { unknownLayer } from './unknownLayer';
import { binary, withNumber } from './kinds/elementwise';
import { reduce } from './kinds/reduction';

/**
 * Masks: which steps of a sequence count, as truths of `[batch, steps]`. Keras 3 writes some of them into the file as
 * arguments; the others go with what a layer gives from `Embedding` and `Masking` on, through layers that keep steps.
 */

/** A mask that is computed when something reads it; `undefined` where several would have to be joined. */
type Mask = (() => DraftValue) | 'unclear';

/** Layers that give out the mask of what goes in. */
const passing: ReadonlySet<string> = new Set([
  ...['Dense', 'Activation', 'ReLU', 'LeakyReLU', 'PReLU', 'ELU', 'ThresholdedReLU', 'Softmax', 'Identity'],
  ...['Dropout', 'AlphaDropout', 'GaussianDropout', 'GaussianNoise', 'ActivityRegularization'],
  ...['SpatialDropout1D', 'SpatialDropout2D', 'SpatialDropout3D'],
  ...['BatchNormalization', 'LayerNormalization', 'GroupNormalization', 'UnitNormalization'],
  ...['Normalization', 'Rescaling', 'TimeDistributed', 'Attention', 'AdditiveAttention'],
  ...['MultiHeadAttention', 'GroupQueryAttention'],
]);

const merging: ReadonlySet<string> = new Set([
  ...['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Concatenate'],
]);

const recurrent: ReadonlySet<string> = new Set(['LSTM', 'GRU', 'SimpleRNN', 'RNN', 'Bidirectional']);

/** Notes the mask of what a layer gives. */
export function noteMask(context: LayerContext, outputs: readonly DraftValue[]): void {
  const mask = maskBehind(context);
  const masks = context.draft.masks;
  if (mask !== undefined && outputs.length > 0 && !masks.has(outputs[0])) masks.set(outputs[0], mask);
}

function maskBehind(context: LayerContext): Mask | undefined {
  const { layer, config, inputs, draft } = context;
  const { className } = layer;
  if (layer.kind === 'op' || inputs.length === 0) return undefined;
  if (className === 'Embedding') {
    return isOn(config, 'mask_zero') === true ? once(() => differing(context, inputs[0], integer(0))) : undefined;
  }
  if (className === 'Masking') return once(() => stepsThatCount(context));
  const own = draft.masks.get(inputs[0]);
  if (passing.has(className)) return own;
  if (recurrent.has(className)) {
    const asked = className === 'Bidirectional' ? (layer.wraps?.at(0)?.config ?? config) : config;
    return isOn(asked, 'return_sequences') === true ? own : undefined;
  }
  if (!merging.has(className)) return undefined;
  const all = inputs.map((input) => draft.masks.get(input));
  if (all.every((each) => each === own)) return own;
  return 'unclear';
}

function once(make: () => DraftValue): () => DraftValue {
  let made: DraftValue | undefined;
  return () => (made ??= make());
}

/** The mask that a layer is called with by `name`, or that its input `index` carries. */
export function maskOf(context: LayerContext, index = 0, name = 'mask'): DraftValue | undefined {
  const { arguments: given, draft, inputs, layer } = context;
  const argument = given.named.get(name);
  if (argument !== undefined && 'shape' in argument) return argument;
  const list = argument !== undefined && 'list' in argument ? argument.list.at(index) : undefined;
  if (list !== undefined && 'shape' in list) return list;
  const mask = index < inputs.length ? draft.masks.get(inputs[index]) : undefined;
  if (mask === undefined) return undefined;
  if (mask === 'unclear') throw unknownLayer(layer.className, layer.name, 'masks of several inputs');
  draft.doubts.add(draft.origin);
  return mask();
}

function differing(context: LayerContext, input: DraftValue, from: DraftValue): DraftValue {
  const value = input.type === 'float32' && from.type !== 'float32' ? real(0) : from;
  return binary(context, 'NOT_EQUAL', [input, value], 'NotEqual');
}

/** Steps of which an element differs from the value that is masked. */
function stepsThatCount(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const other = differing(context, input, real(numberOf(context.config, 'mask_value') ?? 0));
  return anyOf(context, other, { axes: [input.shape.length - 1], keeps: false });
}

interface Over {
  readonly axes: readonly number[];
  readonly keeps: boolean;
}

/** Whether one of the truths along axes is true: TFLM has no operator for it, but for numbers. */
export function anyOf(context: LayerContext, truths: DraftValue, { axes, keeps }: Over): DraftValue {
  const kept = truths.shape.map((length, axis): DraftDimension => (axes.includes(axis) ? 1 : length));
  const shape = keeps ? kept : truths.shape.filter((_, axis) => !axes.includes(axis));
  if (axes.every((axis) => truths.shape[axis] === 1)) return reshapeTo(context, truths, shape, 'Any');
  const numbers = add(context, 'CAST', [truths], { shape: truths.shape, name: 'Cast' });
  const most = reduce(context, numbers, { kind: 'REDUCE_MAX', axes, keeps, name: 'Any' });
  return withNumber(context, 'GREATER', [most, 0.5], 'Any/Greater');
}

/** A mask with an axis more, or as `shape` says. */
export function shapedMask(
  context: LayerContext,
  mask: DraftValue,
  shape: readonly DraftDimension[],
  name = 'mask/ExpandDims',
): DraftValue {
  return reshapeTo(context, mask, shape, name);
}

/** `value` where the mask is on, else `other`. */
export function chosen(
  context: LayerContext,
  mask: DraftValue,
  [value, other]: readonly [DraftValue, DraftValue],
  name: string,
): DraftValue {
  return add(context, 'SELECT_V2', [mask, value, other], { shape: value.shape, name });
}

/** What is masked is 0. */
export function masking(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const rank = input.shape.length;
  const own = stepsThatCount(context);
  context.draft.doubts.add(context.draft.origin);
  const column = reshapeTo(context, own, [...input.shape.slice(0, rank - 1), 1], 'Any');
  if (context.options.flavour === 'keras3') return chosen(context, column, [input, real(0)], 'SelectV2');
  const numbers = add(context, 'CAST', [column], { shape: column.shape, name: 'Cast' });
  return binary(context, 'MUL', [input, numbers], 'mul');
}

/** The step of a mask: `[batch, 1]`. */
export function maskOfStep(context: LayerContext, mask: DraftValue, step: number): DraftValue {
  const [batch] = mask.shape;
  return add(context, 'STRIDED_SLICE', [mask, integers([0, step]), integers([0, step + 1]), integers([1, 1])], {
    shape: [batch, 1],
    type: 'bool',
    name: `mask/strided_slice_${step}`,
    options: { beginMask: 1, endMask: 1, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0, offset: false },
  });
}
