import { numberOf, numbersOf } from '../../configValues';
import { axisFromFront } from '../../dimensions';
import { add, type LayerContext } from '../context';
import type { DraftValue } from '../draft';
import { binary, withNumber } from './activations';

/** One after the other, as Keras adds up a list. */
export const merged =
  (kind: string, name: string) =>
  (context: LayerContext): DraftValue => {
    const [first, ...rest] = context.inputs;
    return rest.reduce(
      (sum, value, index) => binary(context, kind, [sum, value], index === 0 ? name : `${name}_${index}`),
      first,
    );
  };

export function average(context: LayerContext): DraftValue {
  const sum = merged('ADD', 'add')(context);
  return withNumber(context, 'MUL', [sum, 1 / context.inputs.length], 'truediv');
}

/** The axis is written as it was given; Keras 2 counts it from the end. */
export function concatenate(context: LayerContext): DraftValue {
  const axis = numberOf(context.config, 'axis') ?? -1;
  const rank = context.inputs[0].shape.length;
  const isFront = context.options.flavour === 'keras2';
  return concatenated(context, context.inputs, isFront ? (axisFromFront(axis, rank) ?? axis) : axis);
}

export function concatenated(context: LayerContext, inputs: readonly DraftValue[], axis: number): DraftValue {
  const rank = inputs[0].shape.length;
  const front = axisFromFront(axis, rank) ?? rank - 1;
  const shape = inputs[0].shape.map((length, each) => {
    if (each !== front) return length;
    return inputs.reduce<number | null>((sum, input) => {
      const own = input.shape[front];
      return sum === null || own === null ? null : sum + own;
    }, 0);
  });
  return add(context, 'CONCATENATION', inputs, {
    shape,
    name: 'concat',
    type: inputs[0].type,
    options: { axis, fusedActivationFunction: 'NONE' },
  });
}

/** A product over one axis of each, batch by batch. */
export function dot(context: LayerContext): DraftValue {
  const [left, right] = context.inputs;
  const axes = numbersOf(context.config, 'axes') ?? [1];
  const [first, second] = [
    axisFromFront(axes[0], left.shape.length) ?? 1,
    axisFromFront(axes.at(1) ?? axes[0], right.shape.length) ?? 1,
  ];
  const [adjX, adjY] = [first === left.shape.length - 2, second === right.shape.length - 1];
  const rows = left.shape[adjX ? left.shape.length - 1 : left.shape.length - 2];
  const columns = right.shape[adjY ? right.shape.length - 2 : right.shape.length - 1];
  return add(context, 'BATCH_MATMUL', [left, right], {
    shape: [...left.shape.slice(0, -2), rows, columns],
    name: 'MatMul',
    options: { adjX, adjY, asymmetricQuantizeInputs: false },
  });
}
