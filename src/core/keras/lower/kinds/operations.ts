import { numberOf, numbersIn, numbersOf } from '../../configValues';
import { axisFromFront } from '../../dimensions';
import { reshaped } from '../../layers/reshaping';
import { getItemKeys } from './keys';
import { add, type LayerContext, type LoweredArgument } from '../context';
import { floats, isStatic, real, type DraftValue } from '../draft';
import { activate, binary, elu, leakyRelu, withNumber } from './activations';
import { concatenated, sumOf } from './merging';
import { reduce } from './pooling';
import { pad, slice } from './reshaping';
import { expandDims, reshapeTo, transpose } from './shapes';

type Lowering = (context: LayerContext) => DraftValue | readonly DraftValue[];

/** A tensor or a number among the arguments. */
function operand(argument: LoweredArgument | undefined): DraftValue | undefined {
  if (argument === undefined) return undefined;
  if ('shape' in argument) return argument;
  if ('list' in argument) return undefined;
  const { plain } = argument;
  if (typeof plain === 'number') return real(plain);
  const list = numbersIn(plain);
  return list && floats(Float32Array.from(list), [list.length], 'const');
}

function operands({ arguments: { positional, named } }: LayerContext): readonly (DraftValue | undefined)[] {
  return [operand(positional.at(0) ?? named.get('x1')), operand(positional.at(1) ?? named.get('x2'))];
}

const two =
  (kind: string, name: string): Lowering =>
  (context) => {
    const [left, right] = operands(context);
    if (left === undefined || right === undefined) return [];
    return binary(context, kind, [left, right], name);
  };

function sum(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [left, right] = operands(context);
  return left === undefined || right === undefined ? [] : sumOf(context, [left, right]);
}

/** Division by a constant is a product in the file. */
function divide(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [left, right] = operands(context);
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
  const written = numberOf(context.config, 'axis') ?? 0;
  const axis = axisFromFront(written, input.shape.length + 1) ?? 0;
  return expandDims(context, input, [axis, written], 'ExpandDims');
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

/** Padded with zeros; of what is mirrored or repeated nothing is made. */
function padded(context: LayerContext): DraftValue | readonly DraftValue[] {
  const mode = context.config.get('mode');
  if (typeof mode !== 'string' || mode.toLowerCase() !== 'constant') return [];
  const widths = context.config.get('pad_width');
  const pairs = Array.isArray(widths) ? widths.map((pair) => numbersIn(pair as never) ?? [0, 0]) : [];
  return pad(context, context.inputs[0], pairs, 'Pad');
}

function part(context: LayerContext): DraftValue | readonly DraftValue[] {
  const keys = getItemKeys(context);
  return keys === undefined ? [] : slice(context, context.inputs[0], keys, 'strided_slice');
}

function clip(context: LayerContext): DraftValue {
  const [least, most] = [numberOf(context.config, 'x_min') ?? 0, numberOf(context.config, 'x_max') ?? 0];
  const cut = withNumber(context, 'MINIMUM', [context.inputs[0], most], 'clip_by_value/Minimum');
  return withNumber(context, 'MAXIMUM', [cut, least], 'clip_by_value');
}

function matmul(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [left, right] = context.inputs;
  if (context.inputs.length < 2) return [];
  return add(context, 'BATCH_MATMUL', [left, right], {
    shape: [...left.shape.slice(0, -1), right.shape[right.shape.length - 1]],
    name: 'MatMul',
    options: { adjX: false, adjY: false, asymmetricQuantizeInputs: false },
  });
}

/** The operator works along the last axis alone. */
function softmax(context: LayerContext): DraftValue | readonly DraftValue[] {
  const [input] = context.inputs;
  const axis = axisFromFront(numberOf(context.config, 'axis') ?? NaN, input.shape.length);
  return axis === input.shape.length - 1 ? activate(context, input, 'softmax') : [];
}

/** `gelu` of `keras.ops` is the approximation by `tanh` unless it is told not to be. */
function gelu(context: LayerContext): DraftValue {
  return activate(context, context.inputs[0], context.config.get('approximate') === false ? 'gelu' : 'gelu_tanh');
}

/** To the type that it has; others are not made. */
function cast({ config, inputs: [input] }: LayerContext): DraftValue | readonly DraftValue[] {
  return config.get('dtype') === input.type ? input : [];
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
  ['Power', two('POW', 'Pow')],
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
  ['Max', reduction('REDUCE_MAX', 'Max')],
  ['Min', reduction('REDUCE_MIN', 'Min')],
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
  ...activationOperations.map(([name, function_]): [string, Lowering] => [
    name,
    (context) => activate(context, context.inputs[0], function_),
  ]),
]);
