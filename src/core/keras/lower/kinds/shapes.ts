import { add, type LayerContext } from '../context';
import { elements, integer, integers, isStatic, type DraftDimension, type DraftValue } from '../draft';

/** Ways to another shape, as TensorFlow's layers go them. */

/**
 * A RESHAPE to `shape`, whose open dimensions are read from the input at run time as the official converter leaves it:
 * SHAPE, STRIDED_SLICE and PACK in front.
 */
export function reshapeAtRunTime(
  context: LayerContext,
  input: DraftValue,
  shape: readonly DraftDimension[],
  name = 'Reshape',
): DraftValue {
  if (isStatic(shape)) return add(context, 'RESHAPE', [input, integers(shape)], { shape, name, type: input.type });
  const target = shapeAtRunTime(context, input, shape, `${name}/shape`);
  return add(context, 'RESHAPE', [input, target], { shape, name, type: input.type });
}

/** The batch of `input` and known lengths, as a value. */
export function shapeAtRunTime(
  context: LayerContext,
  input: DraftValue,
  shape: readonly DraftDimension[],
  name: string,
): DraftValue {
  const batch = batchOf(context, input);
  const parts = shape.map((length) => (length === null ? batch : integer(length)));
  return add(context, 'PACK', parts, {
    shape: [shape.length],
    type: 'int32',
    name,
    options: { valuesCount: shape.length, axis: 0 },
  });
}

/** The first dimension of `input` at run time. */
export function batchOf(context: LayerContext, input: DraftValue): DraftValue {
  const whole = shapeOperator(context, input, 'Shape');
  return add(context, 'STRIDED_SLICE', [whole, integers([0]), integers([1]), integers([1])], {
    shape: [],
    type: 'int32',
    name: 'strided_slice',
    options: { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 1, offset: false },
  });
}

export function shapeOperator(context: LayerContext, input: DraftValue, name: string): DraftValue {
  return add(context, 'SHAPE', [input], {
    shape: [input.shape.length],
    type: 'int32',
    name,
    options: { outType: 'INT32' },
  });
}

/** A RESHAPE to a constant shape, in which the open batch is -1. */
export function reshapeTo(
  context: LayerContext,
  input: DraftValue,
  shape: readonly DraftDimension[],
  name: string,
): DraftValue {
  return add(context, 'RESHAPE', [input, integers(shape.map((length) => length ?? -1))], {
    shape,
    name,
    type: input.type,
  });
}

/** A dimension of length 1 more: `written` is the axis as the layer's code has it. */
export function expandDims(
  context: LayerContext,
  input: DraftValue,
  [axis, written]: readonly [axis: number, written: number],
  name: string,
): DraftValue {
  const shape = [...input.shape.slice(0, axis), 1, ...input.shape.slice(axis)];
  return add(context, 'EXPAND_DIMS', [input, integer(written)], { shape, name, type: input.type });
}

/** Without the dimension `axis`, of length 1. */
export function squeeze(context: LayerContext, input: DraftValue, axis: number, name: string): DraftValue {
  return reshapeTo(
    context,
    input,
    input.shape.filter((_, each) => each !== axis),
    name,
  );
}

export function transpose(
  context: LayerContext,
  input: DraftValue,
  order: readonly number[],
  name: string,
): DraftValue {
  const shape = order.map((axis) => input.shape[axis]);
  return add(context, 'TRANSPOSE', [input, integers(order)], { shape, name, type: input.type });
}

/** Elements of one sample. */
export function sampleElements({ shape }: DraftValue): number {
  return elements(shape.slice(1));
}

/** A constant shape with -1 for the batch, whether or not it is known. */
export function reshapeOpen(
  context: LayerContext,
  input: DraftValue,
  shape: readonly DraftDimension[],
  name: string,
): DraftValue {
  const target = shape.map((length, axis) => (axis === 0 ? -1 : (length ?? 1)));
  return add(context, 'RESHAPE', [input, integers(target)], { shape, name, type: input.type });
}
