import { numberOf, numbersIn, numbersOf, textOf } from '../../configValues';
import { axisFromFront } from '../../dimensions';
import { reshaped } from '../../layers/reshaping';
import { getItemKeys } from './keys';
import { add, beyond, type LayerContext } from '../context';
import { floats, integers, isStatic, real, type DraftValue } from '../draft';
import { asNumber, asTruth } from './logic';
import { operand, operandsOf } from './operands';
import { moreOperationLowerings } from './moreOperations';
import { alongAxis, softmaxOver } from './functions';
import { activate } from './activations';
import { power } from './arithmetic';
import { concatenated, sumOf } from './merging';
import { pad, slice } from './reshaping';
import { expandDims, reshapeTo, transpose } from './shapes';
import { binary, broadcast, elu, leakyRelu, withNumber } from './elementwise';
import { reduce } from './reduction';

type Lowering = (context: LayerContext) => DraftValue | readonly DraftValue[];

const two =
  (kind: string, name: string): Lowering =>
  (context) => {
    const [left, right] = operandsOf(context);
    if (left === undefined || right === undefined) return [];
    return binary(context, kind, [left, right], name);
  };

function sum(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [left, right] = operandsOf(context);
  return left === undefined || right === undefined ? [] : sumOf(context, [left, right]);
}

/** Division by a constant is a product in the file. */
function divide(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [left, right] = operandsOf(context);
  if (left === undefined || right === undefined) return [];
  const values = right.constant?.values;
  if (!(values instanceof Float32Array)) return binary(context, 'DIV', [left, right], 'truediv');
  const inverse = floats(
    values.map((value) => 1 / value),
    right.shape.map((length) => length ?? 1),
    'const',
  );
  return binary(context, 'MUL', [left, inverse], 'truediv');
}

const one =
  (kind: string, name: string, options = {}): Lowering =>
  (context) =>
    add(context, kind, [context.inputs[0]], { shape: context.inputs[0].shape, name, options });

const reduction =
  (kind: string, name: string): Lowering =>
  (context) => {
    const {
      config,
      inputs: [input],
    } = context;
    const written = numbersOf(config, 'axis') ?? input.shape.map((_, axis) => axis);
    const axes = written.map((axis) => axisFromFront(axis, input.shape.length) ?? 0);
    const isPlain = typeof config.get('axis') === 'number';
    return reduce(context, input, { kind, axes, written, keeps: config.get('keepdims') === true, isPlain, name });
  };

/** The largest or smallest, of a number that is given as well. */
const extreme =
  (kind: 'REDUCE_MAX' | 'REDUCE_MIN', name: string): Lowering =>
  (context) => {
    const value = reduction(kind, name)(context) as DraftValue;
    const initial = numberOf(context.config, 'initial');
    if (initial === undefined) return value;
    return withNumber(context, kind === 'REDUCE_MAX' ? 'MAXIMUM' : 'MINIMUM', [value, initial], `${name}_1`);
  };

/** `keras.ops.reshape` takes a constant shape, with -1 for the batch. */
function reshape(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const target = numbersOf(context.config, 'newshape');
  const isKnown = isStatic(input.shape) && target !== undefined;
  const outputs = isKnown ? reshaped(input.shape, target) : (context.outputs.at(0) ?? []);
  const shape = outputs.map((length) => length ?? null);
  if (isStatic(shape)) return reshapeTo(context, input, shape, 'Reshape');
  const isOpen = target?.filter((length) => length === -1).length === 1;
  const open = shape.map((length, axis) => (isOpen && target[axis] === -1 ? null : length));
  return reshapeTo(context, input, open, 'Reshape');
}

function expand(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const written = numbersOf(context.config, 'axis') ?? [0];
  if (written.length === 1) {
    const axis = axisFromFront(written[0], input.shape.length + 1) ?? 0;
    return expandDims(context, input, [axis, written[0]], 'ExpandDims');
  }
  const rank = input.shape.length + written.length;
  const added = written.map((axis) => axisFromFront(axis, rank));
  const rest = [...input.shape];
  const shape = Array.from({ length: rank }, (_, axis) => (added.includes(axis) ? 1 : (rest.shift() ?? 1)));
  return reshapeTo(context, input, shape, 'ExpandDims');
}

function squeezed(context: LayerContext): DraftValue {
  const shape = (context.outputs.at(0) ?? []).map((length) => length ?? null);
  return reshapeTo(context, context.inputs[0], shape, 'Squeeze');
}

function turned(context: LayerContext): DraftValue {
  const [input] = context.inputs;
  const order = numbersOf(context.config, 'axes') ?? input.shape.map((_, axis) => input.shape.length - 1 - axis);
  return transpose(context, input, order, 'transpose');
}

/** Padded with zeros or another number, or mirrored. */
function padded(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const mode = (textOf(context.config, 'mode') ?? 'constant').toLowerCase();
  const widths = context.config.get('pad_width');
  const pairs = Array.isArray(widths) ? widths.map((pair) => numbersIn(pair as never) ?? [0, 0]) : [];
  const all = pairs.length === 1 ? input.shape.map(() => pairs[0]) : pairs;
  const { positional, named } = context.arguments;
  const given = operand(named.get('constant_values') ?? positional.at(1));
  if (mode === 'reflect' || mode === 'symmetric') {
    const shape = input.shape.map((length, axis) => (length === null ? null : length + all[axis][0] + all[axis][1]));
    const options = { mode: mode.toUpperCase() };
    return add(context, 'MIRROR_PAD', [input, integers(all.flat(), [all.length, 2])], { shape, name: 'Pad', options });
  }
  if (mode !== 'constant') return beyond(context, `mode="${mode}"`);
  const value = given?.constant?.values?.[0] ?? numberOf(context.config, 'constant_values') ?? 0;
  if (value === 0) return pad(context, input, all, 'Pad');
  const zeros = pad(context, input, all, 'Pad');
  const node = context.draft.nodes[context.draft.nodes.length - 1];
  context.draft.nodes[context.draft.nodes.length - 1] = {
    ...node,
    kind: 'PADV2',
    inputs: [...node.inputs, real(value)],
  };
  return zeros;
}

function part(context: LayerContext): DraftValue | readonly DraftValue[] {
  const keys = getItemKeys(context);
  if (keys === undefined) return beyond(context, 'a key that is not known');
  if (keys.added.length === 0) return slice(context, context.inputs[0], keys.axes, 'strided_slice');
  context.draft.doubts.add(context.draft.origin);
  const isAll = keys.axes.every((axis) => Object.keys(axis).length === 0 || axis.isRest === true);
  const value = isAll ? context.inputs[0] : slice(context, context.inputs[0], keys.axes, 'strided_slice');
  const shape = [...value.shape];
  for (const axis of keys.added) shape.splice(axis, 0, 1);
  return reshapeTo(context, value, shape, 'ExpandDims');
}

function clip(context: LayerContext): DraftValue {
  const [least, most] = [numberOf(context.config, 'x_min') ?? 0, numberOf(context.config, 'x_max') ?? 0];
  const cut = withNumber(context, 'MINIMUM', [context.inputs[0], most], 'clip_by_value/Minimum');
  return withNumber(context, 'MAXIMUM', [cut, least], 'clip_by_value');
}

function matmul(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [left, right] = operandsOf(context);
  if (left === undefined || right === undefined) return [];
  if (left.shape.length < 2 || right.shape.length < 2) return beyond(context, 'a vector');
  const [one, other] = [left, right].map((value) => value.shape.slice(0, -2));
  const [adjX, adjY] = ['transpose_a', 'transpose_b'].map((name) => context.config.get(name) === true);
  const rows = left.shape[left.shape.length - (adjX ? 1 : 2)];
  const columns = right.shape[right.shape.length - (adjY ? 2 : 1)];
  return add(context, 'BATCH_MATMUL', [left, right], {
    shape: [...broadcast(one, other), rows, columns],
    name: 'MatMul',
    options: { adjX, adjY, asymmetricQuantizeInputs: false },
  });
}

function softmax(context: LayerContext): DraftValue {
  return softmaxOver(context, context.inputs[0], numbersOf(context.config, 'axis') ?? [-1]);
}

/** `gelu` of `keras.ops` is the approximation by `tanh` unless it is told not to be. */
function gelu(context: LayerContext): DraftValue {
  return activate(context, context.inputs[0], context.config.get('approximate') === false ? 'gelu' : 'gelu_tanh');
}

/** To another type, as far as TFLM has it. */
function cast(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const type = textOf(context.config, 'dtype') ?? '';
  if (type === input.type) return input;
  if (type === 'bool') return asTruth(context, input);
  if (type === 'float32') return asNumber(context, input);
  if (type !== 'int32') return beyond(context, `dtype="${type}"`);
  return add(context, 'CAST', [input], { shape: input.shape, name: 'Cast', type });
}

/** Activation functions as operations. */
const activationOperations: readonly (readonly [className: string, function_: string])[] = [
  ['Relu', 'relu'],
  ['Relu6', 'relu6'],
  ['Sigmoid', 'sigmoid'],
  ['Tanh', 'tanh'],
  ['Silu', 'silu'],
  ['HardSilu', 'hard_silu'],
  ['HardSigmoid', 'hard_sigmoid'],
  ['Selu', 'selu'],
  ['Softplus', 'softplus'],
  ['Softsign', 'softsign'],
  ['Mish', 'mish'],
  ['HardTanh', 'hard_tanh'],
  ['LogSigmoid', 'log_sigmoid'],
  ['SparsePlus', 'sparse_plus'],
  ['SparseSigmoid', 'sparse_sigmoid'],
  ['TanhShrink', 'tanh_shrink'],
];

/** Operations by the names of their classes. */
export const operationLowerings: ReadonlyMap<string, Lowering> = new Map<string, Lowering>([
  ['Add', sum],
  ['Subtract', two('SUB', 'Sub')],
  ['Multiply', two('MUL', 'Mul')],
  ['Maximum', two('MAXIMUM', 'Maximum')],
  ['Minimum', two('MINIMUM', 'Minimum')],
  ['TrueDivide', divide],
  ['Divide', divide],
  ['Power', power],
  ['Negative', one('NEG', 'Neg')],
  ['Absolute', one('ABS', 'Abs')],
  ['Abs', one('ABS', 'Abs')],
  ['Exp', one('EXP', 'Exp')],
  ['Log', one('LOG', 'Log')],
  ['Sqrt', one('SQRT', 'Sqrt')],
  ['Rsqrt', one('RSQRT', 'Rsqrt')],
  ['Square', one('SQUARE', 'Square')],
  ['Sin', one('SIN', 'Sin')],
  ['Cos', one('COS', 'Cos')],
  ['Floor', one('FLOOR', 'Floor')],
  ['Ceil', one('CEIL', 'Ceil')],
  ['Round', one('ROUND', 'Round')],
  ['Mean', reduction('MEAN', 'Mean')],
  ['Max', extreme('REDUCE_MAX', 'Max')],
  ['Min', extreme('REDUCE_MIN', 'Min')],
  ['Sum', reduction('SUM', 'Sum')],
  ['Reshape', reshape],
  ['ExpandDims', expand],
  ['Squeeze', squeezed],
  ['Transpose', turned],
  ['Concatenate', (context) => concatenated(context, context.inputs, numberOf(context.config, 'axis') ?? 0)],
  ['GetItem', part],
  ['Pad', padded],
  ['Clip', clip],
  ['Matmul', matmul],
  ['Softmax', softmax],
  ['Gelu', gelu],
  ['Elu', (context) => elu(context, context.inputs[0], numberOf(context.config, 'alpha') ?? 1)],
  ['LeakyRelu', (context) => leakyRelu(context, context.inputs[0], numberOf(context.config, 'negative_slope') ?? 0.2)],
  ['Cast', cast],
  [
    'LogSoftmax',
    (context) => alongAxis(context, context.inputs[0], ['LOG_SOFTMAX', numberOf(context.config, 'axis') ?? -1]),
  ],
  ...moreOperationLowerings,
  ...activationOperations.map(([name, function_]): [string, Lowering] => [
    name,
    (context) => activate(context, context.inputs[0], function_),
  ]),
]);
