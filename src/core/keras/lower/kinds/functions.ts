import { axisFromFront } from '../../dimensions';
import { add, type LayerContext } from '../context';
import { claimedFloats, floats, integer, real, type DraftValue } from '../draft';
import { expandDims, reshapeTo, transpose } from './shapes';
import { binary, elu, select, softplus, withNumber } from './elementwise';
import { reduce } from './reduction';

/** Activation functions of Keras 3 that few models have, as the official converter writes them. */

type Lowering = (context: LayerContext, input: DraftValue) => DraftValue;

const one = (context: LayerContext, kind: string, input: DraftValue, name: string): DraftValue =>
  add(context, kind, [input], { shape: input.shape, name });

/** `max(x, 0) + min(alpha (exp(x / alpha) - 1), 0)`; ours has an operator for it. */
export function celu(context: LayerContext, input: DraftValue, alpha = 1): DraftValue {
  const isOne = alpha === 1;
  if (context.options.manner === 'ours') {
    const power = elu(context, isOne ? input : withNumber(context, 'MUL', [input, 1 / alpha], 'truediv'), 1);
    return isOne ? power : withNumber(context, 'MUL', [power, alpha], 'mul');
  }
  // The converter computes what is before once more, with the activation inside.
  if (context.draft.nodes.some(({ outputs }) => outputs.includes(input)))
    context.draft.doubts.add(context.draft.origin);
  const above = one(context, 'RELU', input, 'Maximum');
  const under = withNumber(context, 'MINIMUM', [input, 0], 'Minimum');
  const wide = isOne ? under : withNumber(context, 'MUL', [under, 1 / alpha], 'truediv');
  const power = withNumber(context, 'SUB', [one(context, 'EXP', wide, 'Expm11'), 1], 'Expm12');
  const below = isOne ? power : withNumber(context, 'MUL', [power, alpha], 'mul');
  return binary(context, 'ADD', [above, below], 'add');
}

/** One half, as far as the other one lets it through. */
export function glu(context: LayerContext, input: DraftValue, written = -1): DraftValue {
  const axis = axisFromFront(written, input.shape.length) ?? input.shape.length - 1;
  const shape = input.shape.map((length, each) => (each === axis && length !== null ? length / 2 : length));
  const halves = [0, 1].map((part): DraftValue => ({
    shape,
    type: input.type,
    name: `${context.scope}/split:${part}`,
  }));
  const options = { numSplits: 2 };
  context.draft.addNode('SPLIT', [integer(written), input], {
    outputs: halves,
    name: `${context.scope}/split`,
    options,
  });
  return binary(context, 'MUL', [halves[0], one(context, 'LOGISTIC', halves[1], 'Sigmoid')], 'mul');
}

export function hardShrink(context: LayerContext, input: DraftValue, threshold = 0.5): DraftValue {
  const isFar = withNumber(context, 'GREATER', [one(context, 'ABS', input, 'Abs'), threshold], 'Greater');
  return select(context, isFar, [input, real(0)], 'SelectV2');
}

export function softShrink(context: LayerContext, input: DraftValue, threshold = 0.5): DraftValue {
  if (context.options.manner === 'ours') {
    const near = withNumber(context, 'MAXIMUM', [input, -threshold], 'Maximum');
    return binary(context, 'SUB', [input, withNumber(context, 'MINIMUM', [near, threshold], 'Minimum')], 'sub');
  }
  const isAbove = withNumber(context, 'GREATER', [input, threshold], 'Greater');
  const isBelow = withNumber(context, 'LESS', [input, -threshold], 'Less');
  const below = withNumber(context, 'ADD', [input, threshold], 'add');
  const rest = select(context, isBelow, [below, real(0)], 'SelectV2');
  return select(context, isAbove, [withNumber(context, 'SUB', [input, threshold], 'sub'), rest], 'SelectV2_1');
}

/** What is not above `least` is `value`. */
export function threshold(context: LayerContext, input: DraftValue, [least, value]: readonly number[]): DraftValue {
  const isAbove = withNumber(context, 'GREATER', [input, least], 'Greater');
  return select(context, isAbove, [input, real(value)], 'SelectV2');
}

export function squareplus(context: LayerContext, input: DraftValue, b = 4): DraftValue {
  const more = withNumber(context, 'ADD', [one(context, 'SQUARE', input, 'Square'), b], 'add');
  const sum = binary(context, 'ADD', [input, one(context, 'SQRT', more, 'Sqrt')], 'add_1');
  return withNumber(context, 'MUL', [sum, 0.5], 'truediv');
}

const softsign: Lowering = (context, input) => {
  const below = withNumber(context, 'ADD', [one(context, 'ABS', input, 'Softsign1'), 1], 'Softsign2');
  return binary(context, 'DIV', [input, below], 'Softsign');
};

const mish: Lowering = (context, input) => {
  const gate = one(context, 'TANH', softplus(context, input), 'Tanh');
  return binary(context, 'MUL', [input, gate], 'mul');
};

const logSigmoid: Lowering = (context, input) => {
  const negative = one(context, 'NEG', input, 'LogSigmoid/Neg');
  const power = one(context, 'EXP', negative, 'LogSigmoid/Softplus1');
  const sum = withNumber(context, 'ADD', [power, 1], 'LogSigmoid/Softplus2');
  return one(context, 'NEG', one(context, 'LOG', sum, 'LogSigmoid/Softplus3'), 'LogSigmoid');
};

const tanhShrink: Lowering = (context, input) =>
  binary(context, 'SUB', [input, one(context, 'TANH', input, 'Tanh')], 'sub');

/** Between -1 and 1 a quarter of `(x + 1)^2`, 0 below, and `x` above. */
const sparsePlus: Lowering = (context, input) => {
  const moved = withNumber(context, 'ADD', [input, 1], 'add');
  if (context.options.manner === 'ours') {
    // From -1 on the parabola; above 1 what it lacks of the line is 0.
    const above = one(context, 'RELU', withNumber(context, 'SUB', [input, 1], 'sub'), 'Relu_1');
    const bent = withNumber(context, 'MINIMUM', [one(context, 'RELU', moved, 'Relu'), 2], 'Minimum');
    const curve = withNumber(context, 'MUL', [binary(context, 'MUL', [bent, bent], 'Pow'), 0.25], 'mul');
    return binary(context, 'ADD', [curve, above], 'add_1');
  }
  const isBelowOne = withNumber(context, 'LESS', [input, 1], 'Less');
  const isUnder = withNumber(context, 'LESS_EQUAL', [input, -1], 'LessEqual');
  const curve = withNumber(context, 'MUL', [binary(context, 'MUL', [moved, moved], 'Pow'), 0.25], 'mul');
  const rest = select(context, isBelowOne, [curve, input], 'SelectV2');
  return select(context, isUnder, [real(0), rest], 'SelectV2_1');
};

const sparseSigmoid: Lowering = (context, input) => {
  const half = withNumber(context, 'MUL', [withNumber(context, 'ADD', [input, 1], 'add'), 0.5], 'mul');
  if (context.options.manner === 'ours') {
    return withNumber(context, 'MINIMUM', [one(context, 'RELU', half, 'Relu'), 1], 'Minimum');
  }
  const isOver = withNumber(context, 'GREATER_EQUAL', [input, 1], 'GreaterEqual');
  const isUnder = withNumber(context, 'LESS_EQUAL', [input, -1], 'LessEqual');
  return select(context, isUnder, [real(0), select(context, isOver, [real(1), half], 'SelectV2')], 'SelectV2_1');
};

/**
 * `max(x - t, 0)`, where `t` is `(the sum of sums up to each element of the support - 1) / their number`, as Keras has
 * it. The official converter sorts with an operator that TFLM does not have; here each element is compared with all
 * others instead, equal ones by their place.
 */
const sparsemax: Lowering = (context, input) => {
  const rank = input.shape.length;
  const count = input.shape[rank - 1] ?? 1;
  context.draft.doubts.add(context.draft.origin);
  const column = expandDims(context, input, [rank, rank], 'ExpandDims');
  const row = expandDims(context, input, [rank - 1, rank - 1], 'ExpandDims_1');
  const asNumber = (value: DraftValue, name: string): DraftValue =>
    add(context, 'CAST', [value], { shape: value.shape, name });
  const before = floats(
    claimedFloats(count * count).map((_, index) => (index % count <= Math.floor(index / count) ? 1 : 0)),
    [count, count],
    'const',
  );
  const larger = asNumber(binary(context, 'GREATER', [row, column], 'Greater'), 'Cast');
  const same = asNumber(binary(context, 'EQUAL', [row, column], 'Equal'), 'Cast_1');
  const first = binary(context, 'MUL', [same, before], 'mul');
  const counted = binary(context, 'ADD', [larger, first], 'add');
  const over = { kind: 'SUM', axes: [rank], keeps: false };
  const place = reduce(context, counted, { ...over, name: 'Sum' });
  const sum = reduce(context, binary(context, 'MUL', [counted, row], 'mul_1'), { ...over, name: 'Cumsum' });
  const line = binary(context, 'DIV', [withNumber(context, 'SUB', [sum, 1], 'sub'), place], 'truediv');
  const support = asNumber(binary(context, 'GREATER', [input, line], 'Greater_1'), 'Cast_2');
  const all = { kind: 'SUM', axes: [rank - 1], keeps: true };
  const supported = reduce(context, support, { ...all, name: 'Sum_1' });
  const sums = reduce(context, binary(context, 'MUL', [support, sum], 'mul_2'), { ...all, name: 'Sum_2' });
  const least = binary(context, 'DIV', [withNumber(context, 'SUB', [sums, 1], 'sub_1'), supported], 'truediv_1');
  return one(context, 'RELU', binary(context, 'SUB', [input, least], 'sub_2'), 'Maximum');
};

/** SOFTMAX or LOG_SOFTMAX along one axis: the operators work along the last one. */
export function alongAxis(
  context: LayerContext,
  input: DraftValue,
  [kind, written]: readonly [kind: 'SOFTMAX' | 'LOG_SOFTMAX', axis: number],
): DraftValue {
  const rank = input.shape.length;
  const axis = axisFromFront(written, rank) ?? rank - 1;
  const name = kind === 'SOFTMAX' ? 'Softmax' : 'LogSoftmax';
  const options = kind === 'SOFTMAX' ? { beta: 1 } : {};
  if (axis === rank - 1) return add(context, kind, [input], { shape: input.shape, name, options });
  const order = input.shape.map((_, each) => (each === axis ? rank - 1 : each === rank - 1 ? axis : each));
  const turned = transpose(context, input, order, 'transpose');
  const value = add(context, kind, [turned], { shape: turned.shape, name, options });
  return transpose(context, value, order, 'transpose_1');
}

/** Along several axes, which are one for the operator. */
export function softmaxOver(context: LayerContext, input: DraftValue, axes: readonly number[]): DraftValue {
  const rank = input.shape.length;
  const over = axes.map((axis) => axisFromFront(axis, rank) ?? rank - 1);
  if (over.length === 1) return alongAxis(context, input, ['SOFTMAX', over[0]]);
  context.draft.doubts.add(context.draft.origin);
  const order = [...input.shape.keys()].filter((axis) => !over.includes(axis)).concat(over);
  const isSame = order.every((axis, place) => axis === place);
  const turned = isSame ? input : transpose(context, input, order, 'transpose');
  const front = turned.shape.slice(0, rank - over.length);
  const count = turned.shape.slice(front.length).reduce<number>((product, length) => product * (length ?? 1), 1);
  const flat = reshapeTo(context, turned, [...front, count], 'Reshape');
  const value = alongAxis(context, flat, ['SOFTMAX', -1]);
  const whole = reshapeTo(context, value, turned.shape, 'Reshape_1');
  if (isSame) return whole;
  return transpose(
    context,
    whole,
    order.map((_, axis) => order.indexOf(axis)),
    'transpose_1',
  );
}

/** By Keras's names. */
export const rareFunctions: ReadonlyMap<string, Lowering> = new Map<string, Lowering>([
  ['celu', (context, input) => celu(context, input)],
  ['glu', (context, input) => glu(context, input)],
  ['hard_shrink', (context, input) => hardShrink(context, input)],
  ['hard_tanh', (context, input) => one(context, 'RELU_N1_TO_1', input, 'clip_by_value')],
  ['log_sigmoid', logSigmoid],
  ['log_softmax', (context, input) => alongAxis(context, input, ['LOG_SOFTMAX', -1])],
  ['log_softmax_v2', (context, input) => alongAxis(context, input, ['LOG_SOFTMAX', -1])],
  ['mish', mish],
  ['soft_shrink', (context, input) => softShrink(context, input)],
  ['softsign', softsign],
  ['sparse_plus', sparsePlus],
  ['sparse_sigmoid', sparseSigmoid],
  ['sparsemax', sparsemax],
  ['squareplus', (context, input) => squareplus(context, input)],
  ['tanh_shrink', tanhShrink],
]);
