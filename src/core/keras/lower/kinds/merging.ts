import { axisFromFront } from '../../dimensions';
import { isOn, numberOf, numbersOf } from '../../configValues';
import { add, type LayerContext } from '../context';
import { integers, isStatic, type DraftValue } from '../draft';
import { einsum } from './einsum';
import { reduce } from './reduction';
import { expandDims, squeeze } from './shapes';
import { binary, withNumber } from './elementwise';

/** One after the other, as Keras adds up a list. */
export const merged =
  (kind: string, name: string) =>
  (context: LayerContext): DraftValue => {
    const [first, ...rest] = context.inputs;
    return rest.reduce((sum, value, index) => {
      const suffix = index === 0 ? '' : `_${index}`;
      return kind === 'ADD'
        ? sumOf(context, [sum, value], [name, suffix])
        : binary(context, kind, [sum, value], `${name}${suffix}`);
    }, first);
  };

/**
 * Keras 3 adds what is as long as a vector along the channels like a bias, without its axes of length 1: a RESHAPE in
 * front of it.
 */
export function sumOf(
  context: LayerContext,
  [left, right]: readonly [DraftValue, DraftValue],
  [name, suffix]: readonly [name: string, suffix: string] = ['Add', ''],
): DraftValue {
  const plain = (): DraftValue => binary(context, 'ADD', [left, right], `${name}${suffix}`);
  const { flavour, manner } = context.options;
  if (manner !== 'official' || flavour !== 'keras3' || !isStatic(right.shape) || left.shape.length < 2) return plain();
  const lengths = right.shape.filter((length) => length > 1);
  if (lengths.length !== 1 || ![left.shape[1], left.shape.at(-1)].includes(lengths[0])) return plain();
  if (left.shape.at(-1) !== lengths[0]) {
    context.draft.doubts.add(context.draft.origin);
    return plain();
  }
  const names = [`Squeeze${suffix}`, `BiasAdd${suffix}`];
  const flat =
    right.shape.length === 1
      ? right
      : add(context, 'RESHAPE', [right, integers(lengths)], { shape: lengths, name: names[0] });
  return binary(context, 'ADD', [left, flat], names[1]);
}

export function average(context: LayerContext): DraftValue {
  const sum = merged('ADD', 'Add')(context);
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
    if (each !== front) return length ?? inputs.find((input) => input.shape[each] !== null)?.shape[each] ?? null;
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

/** A product over one axis of each, batch by batch: vectors get an axis for it, which goes afterwards. */
export function dot(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [one, other] = context.inputs;
  const axes = numbersOf(context.config, 'axes') ?? [1];
  const [first, second] = [
    axisFromFront(axes[0], one.shape.length) ?? 1,
    axisFromFront(axes.at(1) ?? axes[0], other.shape.length) ?? 1,
  ];
  const isNormalized = isOn(context.config, 'normalize') === true;
  if (isNormalized) context.draft.doubts.add(context.draft.origin);
  const [x, y] = isNormalized ? [unit(context, one, first), unit(context, other, second)] : [one, other];
  if (x.shape.length > 3 || y.shape.length > 3) return deepDot(context, [x, y], [first, second]);
  const [isRow, isColumn] = [x.shape.length === 2, y.shape.length === 2];
  const left = isRow ? expandDims(context, x, [1, 1], 'ExpandDims') : x;
  const right = isColumn ? expandDims(context, y, [2, 2], isRow ? 'ExpandDims_1' : 'ExpandDims') : y;
  const [adjX, adjY] = [!isRow && first === 1, !isColumn && second === 2];
  const [rows, columns] = [left.shape[adjX ? 2 : 1], right.shape[adjY ? 1 : 2]];
  const value = add(context, 'BATCH_MATMUL', [left, right], {
    shape: [left.shape[0], rows, columns],
    name: 'MatMul',
    options: { adjX, adjY, asymmetricQuantizeInputs: false },
  });
  if (!isRow && !isColumn) return value;
  return squeeze(context, value, isRow ? 1 : 2, 'Squeeze');
}

/** Of length 1 along an axis. */
function unit(context: LayerContext, input: DraftValue, axis: number): DraftValue {
  const square = add(context, 'SQUARE', [input], { shape: input.shape, name: 'Square' });
  const sum = reduce(context, square, { kind: 'SUM', axes: [axis], keeps: true, name: 'Sum' });
  const inverse = add(context, 'RSQRT', [withNumber(context, 'MAXIMUM', [sum, 1e-12], 'Maximum')], {
    shape: sum.shape,
    name: 'Rsqrt',
  });
  return binary(context, 'MUL', [input, inverse], 'l2_normalize');
}

/** Of more than three dimensions: all that is not summed, one tensor's after the other's. */
function deepDot(
  context: LayerContext,
  [x, y]: readonly [DraftValue, DraftValue],
  [first, second]: readonly [number, number],
): DraftValue | readonly DraftValue[] {
  context.draft.doubts.add(context.draft.origin);
  const name = (letters: string, axis: number, { shape }: DraftValue): readonly string[] =>
    shape.map((_, place) => (place === 0 ? 'b' : place === axis ? 's' : letters[place]));
  const [left, right] = [name('bcdefg', first, x), name('bhijkl', second, y)];
  const rest = [...left, ...right.slice(1)].filter((letter) => letter !== 's');
  return einsum(context, [x, y], `${left.join('')},${right.join('')}->${rest.join('')}`);
}
