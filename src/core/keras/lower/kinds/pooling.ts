import { isOn, numbersOf, textOf } from '../../configValues';
import { add, type LayerContext } from '../context';
import { type DraftDimension, type DraftValue } from '../draft';
import { maskOf, shapedMask } from '../masks';
import { expandDims, squeeze } from './shapes';
import { binary } from './elementwise';
import { reduce } from './reduction';

export type PoolKind = 'MAX_POOL_2D' | 'AVERAGE_POOL_2D';

function pool(context: LayerContext, input: DraftValue, kind: PoolKind, isSecondAxis: boolean): DraftValue {
  const { config } = context;
  const wide = (values: readonly number[]): readonly number[] =>
    values.length === 1 ? (isSecondAxis ? [1, values[0]] : [values[0], 1]) : values;
  const size = wide(numbersOf(config, 'pool_size') ?? [1, 1]);
  const strides = wide(numbersOf(config, 'strides') ?? size);
  const padding = textOf(config, 'padding') === 'same' ? 'SAME' : 'VALID';
  const length = (axis: number): DraftDimension => {
    const known = input.shape[axis + 1];
    if (known === null) return null;
    return padding === 'SAME' ? Math.ceil(known / strides[axis]) : Math.floor((known - size[axis]) / strides[axis]) + 1;
  };
  return add(context, kind, [input], {
    shape: [input.shape[0], length(0), length(1), input.shape[3]],
    name: kind === 'MAX_POOL_2D' ? 'MaxPool2d' : 'AvgPool',
    options: {
      padding,
      strideW: strides[1],
      strideH: strides[0],
      filterWidth: size[1],
      filterHeight: size[0],
      fusedActivationFunction: 'NONE',
    },
  });
}

export const pool2d =
  (kind: PoolKind) =>
  (context: LayerContext): DraftValue =>
    pool(context, context.inputs[0], kind, true);

/** Keras 3 takes the sequence for the width, Keras 2 for the height. */
export const pool1d =
  (kind: PoolKind) =>
  (context: LayerContext): DraftValue => {
    const [input] = context.inputs;
    const isWidth = context.options.flavour === 'keras3' || context.options.manner === 'ours';
    const axis = isWidth ? 1 : 2;
    const name = kind === 'MAX_POOL_2D' ? 'MaxPool1d' : 'AvgPool1D';
    const tall = expandDims(context, input, [axis, axis], `${name}/ExpandDims`);
    return squeeze(context, pool(context, tall, kind, isWidth), axis, `${name}/Squeeze`);
  };

/** One value for each channel; a single axis is a number without dimensions. */
export const globalPool =
  (kind: 'MEAN' | 'REDUCE_MAX', axes: number) =>
  (context: LayerContext): DraftValue => {
    if (axes > 2) context.draft.doubts.add(context.draft.origin);
    const keeps = isOn(context.config, 'keepdims') === true;
    const over = Array.from({ length: axes }, (_, axis) => axis + 1);
    const mask = kind === 'MEAN' && axes === 1 ? maskOf(context) : undefined;
    if (mask !== undefined) return maskedMean(context, mask, keeps);
    return reduce(context, context.inputs[0], { kind, axes: over, keeps, isPlain: axes === 1, name: 'Reduce' });
  };

/** The mean of the steps that count. */
function maskedMean(context: LayerContext, mask: DraftValue, keeps: boolean): DraftValue {
  const [input] = context.inputs;
  const column = shapedMask(context, mask, [...mask.shape, 1]);
  const counted = add(context, 'CAST', [column], { shape: column.shape, name: 'Cast' });
  const over = { kind: 'SUM', axes: [1], keeps };
  const sum = reduce(context, binary(context, 'MUL', [input, counted], 'mul'), { ...over, name: 'Sum' });
  return binary(context, 'DIV', [sum, reduce(context, counted, { ...over, name: 'Sum_1' })], 'truediv');
}
