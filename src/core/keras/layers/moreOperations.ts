import { isList, isOn, numberOf, numbersOf } from '../configValues';
import { axisFromFront, broadcastShapes, mapDimension, productOf } from '../dimensions';
import type { KerasDimension, KerasShape } from '../kerasModel';
import { parameter, required, sameShape, type LayerKind, type LayerParameter, type LayerUse } from './layerKind';

/** Operations of `keras.ops` that few models have. */

type Signature = readonly [parameters: readonly LayerParameter[], inputs?: readonly string[]];

const operation = (
  className: string,
  functions: string,
  outputs: LayerKind['outputs'],
  [parameters, inputs = ['x']]: Signature = [[]],
): LayerKind => ({ className, functions: functions.split(' '), isOperation: true, inputs, parameters, outputs });

const elementwise = (className: string, functions: string, parameters: readonly LayerParameter[] = []): LayerKind =>
  operation(className, functions, sameShape, [parameters]);

const broadcasting = (className: string, functions: string, inputs: readonly string[] = ['x1', 'x2']): LayerKind =>
  operation(className, functions, ({ inputs: shapes }) => [broadcastShapes(shapes)], [[], inputs]);

const axis = parameter('axis', null);
const keepdims = parameter('keepdims', false);

function reduced({ config, inputs: [input] }: LayerUse, name = 'axis'): KerasShape {
  if (input === undefined || config.get(name) === undefined) return undefined;
  const axes = config.get(name) === null ? input.map((_, each) => each) : numbersOf(config, name);
  const front = axes?.map((each) => axisFromFront(each, input.length));
  if (front === undefined) return undefined;
  if (isOn(config, 'keepdims') === true) return input.map((length, each) => (front.includes(each) ? 1 : length));
  return input.filter((_, each) => !front.includes(each));
}

const reduction = (className: string, functions: string): LayerKind =>
  operation(className, functions, (use) => [reduced(use)], [[axis, keepdims]]);

function moved(input: KerasShape, from: number | undefined, to: number | undefined): KerasShape {
  if (input === undefined || from === undefined || to === undefined) return undefined;
  const [source, target] = [axisFromFront(from, input.length), axisFromFront(to, input.length)];
  if (source === undefined || target === undefined) return undefined;
  const rest = input.filter((_, each) => each !== source);
  return [...rest.slice(0, target), input[source], ...rest.slice(target)];
}

function swapped({ config, inputs: [input] }: LayerUse): KerasShape {
  if (input === undefined) return undefined;
  const axes = ['axis1', 'axis2'].map((name) => axisFromFront(numberOf(config, name) ?? NaN, input.length));
  if (axes.includes(undefined)) return undefined;
  return input.map((length, each) =>
    each === axes[0] ? input[axes[1]!] : each === axes[1] ? input[axes[0]!] : length,
  );
}

function joined({ config, inputs }: LayerUse, along: number | undefined = numberOf(config, 'axis')): KerasShape {
  const [first] = inputs;
  const place = first && along !== undefined ? axisFromFront(along, first.length) : undefined;
  if (first === undefined || place === undefined) return undefined;
  const lengths = inputs.map((shape) => shape?.at(place));
  const sum: KerasDimension = lengths.every((length) => typeof length === 'number')
    ? lengths.reduce((total, length) => total + length, 0)
    : undefined;
  return first.map((length, each) => (each === place ? sum : length));
}

function taken({ config, inputs: [input], positional = [] }: LayerUse): KerasShape {
  const place = input && axisFromFront(numberOf(config, 'axis') ?? NaN, input.length);
  const indices = positional.at(1);
  if (input === undefined || place === undefined) return undefined;
  if (typeof indices === 'number') return input.filter((_, each) => each !== place);
  if (!Array.isArray(indices)) return undefined;
  return input.map((length, each) => (each === place ? indices.length : length));
}

/** Shapes by an equation: each letter has one length. */
function einsum({ config, inputs }: LayerUse): KerasShape {
  const equation = config.get('subscripts');
  if (typeof equation !== 'string' || equation.includes('.')) return undefined;
  const [from, to] = equation.replaceAll(' ', '').split('->');
  const lengths = new Map<string, KerasDimension>();
  from.split(',').forEach((letters, index) => {
    Array.from(letters).forEach((letter, place) => lengths.set(letter, inputs[index]?.at(place)));
  });
  return to === undefined ? undefined : Array.from(to).map((letter) => lengths.get(letter));
}

/** Of a picture with channels behind. */
function blocks({ config, inputs: [input] }: LayerUse, isDepth: boolean): KerasShape {
  const size = numberOf(config, 'block_size');
  if (input?.length !== 4 || size === undefined) return undefined;
  const factor = isDepth ? size : 1 / size;
  const [batch, height, width, channels] = input;
  const scaled = (length: KerasDimension, by: number): KerasDimension => mapDimension(length, (known) => known * by);
  return [batch, scaled(height, factor), scaled(width, factor), scaled(channels, 1 / (factor * factor))];
}

function unstacked({ config, inputs: [input] }: LayerUse): readonly KerasShape[] {
  const place = input && axisFromFront(numberOf(config, 'axis') ?? 0, input.length);
  const count = input?.at(place ?? 0);
  if (input === undefined || typeof count !== 'number' || count > 10_000) return [];
  return Array.from({ length: count }, () => input.filter((_, each) => each !== place));
}

const written =
  (name: string): LayerKind['outputs'] =>
  ({ config, inputs: [input] }) => {
    const value = config.get(name);
    if (!isList(value)) return [undefined];
    return [value.map((each, place) => (typeof each === 'number' ? each : place === 0 ? input?.at(0) : undefined))];
  };

export const moreOperations: readonly LayerKind[] = [
  ...['And', 'Or', 'Xor'].map((name) => broadcasting(`Logical${name}`, `logical_${name.toLowerCase()}`)),
  broadcasting('Hypot', 'hypot'),
  broadcasting('Logaddexp', 'logaddexp'),
  broadcasting('DivideNoNan', 'divide_no_nan'),
  operation('Where', 'where', ({ inputs }) => [broadcastShapes(inputs)], [[], ['condition', 'x1', 'x2']]),
  elementwise('LogicalNot', 'logical_not'),
  elementwise('Reciprocal', 'reciprocal'),
  ...['Log2', 'Log10', 'Log1p', 'Expm1', 'Exp2', 'Tan', 'Sinh', 'Cosh', 'Real', 'Deg2rad', 'Rad2deg', 'Isnan'].map(
    (name) => elementwise(name, name.toLowerCase()),
  ),
  elementwise('ZerosLike', 'zeros_like'),
  elementwise('OnesLike', 'ones_like'),
  elementwise('Mish', 'mish'),
  elementwise('Celu', 'celu', [parameter('alpha', 1)]),
  operation(
    'Glu',
    'glu',
    ({ config, inputs: [input] }) => {
      const place = input && axisFromFront(numberOf(config, 'axis') ?? -1, input.length);
      return [input?.map((length, each) => (each === place ? mapDimension(length, (known) => known / 2) : length))];
    },
    [[parameter('axis', -1)]],
  ),
  elementwise('HardShrink', 'hard_shrink', [parameter('threshold', 0.5)]),
  elementwise('SoftShrink', 'soft_shrink', [parameter('threshold', 0.5)]),
  elementwise('Threshold', 'threshold', [required('threshold'), required('default_value')]),
  elementwise('HardTanh', 'hard_tanh'),
  elementwise('LogSigmoid', 'log_sigmoid'),
  elementwise('SparsePlus', 'sparse_plus'),
  elementwise('SparseSigmoid', 'sparse_sigmoid'),
  elementwise('Sparsemax', 'sparsemax', [parameter('axis', -1)]),
  elementwise('Squareplus', 'squareplus', [parameter('b', 4)]),
  elementwise('TanhShrink', 'tanh_shrink'),
  elementwise('Tril', 'tril', [parameter('k', 0)]),
  elementwise('Triu', 'triu', [parameter('k', 0)]),
  elementwise('Roll', 'roll', [required('shift'), axis]),
  elementwise('Normalize', 'normalize', [parameter('axis', -1), parameter('order', 2), parameter('epsilon', null)]),
  elementwise('RMSNorm', 'rms_normalization', [parameter('axis', -1), parameter('epsilon', null)]),
  reduction('Any', 'any'),
  reduction('All', 'all'),
  reduction('CountNonzero', 'count_nonzero'),
  reduction('Logsumexp', 'logsumexp'),
  operation('Norm', 'norm', (use) => [reduced(use)], [[parameter('ord', null), axis, keepdims]]),
  operation('Moments', 'moments', (use) => [reduced(use, 'axes'), reduced(use, 'axes')], [
    [required('axes'), keepdims],
  ]),
  operation('Swapaxes', 'swapaxes', (use) => [swapped(use)], [[required('axis1'), required('axis2')]]),
  operation(
    'Moveaxis',
    'moveaxis',
    ({ config, inputs: [input] }) => [moved(input, numberOf(config, 'source'), numberOf(config, 'destination'))],
    [[required('source'), required('destination')]],
  ),
  operation('Ravel', 'ravel', ({ inputs: [input] }) => [input && [productOf(input)]]),
  operation('Take', 'take', (use) => [taken(use)], [[axis], ['x']]),
  operation(
    'OneHot',
    'one_hot',
    ({ config, inputs: [input] }) => [input && [...input, numberOf(config, 'num_classes')]],
    [[required('num_classes'), parameter('axis', -1)]],
  ),
  operation('Append', 'append', (use) => [joined(use)], [[axis], ['x1', 'x2']]),
  operation('Hstack', 'hstack', (use) => [joined(use, 1)], [[], ['xs[]']]),
  operation('Vstack', 'vstack', (use) => [joined(use, 0)], [[], ['xs[]']]),
  operation('Einsum', 'einsum', (use) => [einsum(use)], [[required('subscripts')], ['x1', 'x2']]),
  operation('Tensordot', 'tensordot', () => [undefined], [[parameter('axes', 2)], ['x1', 'x2']]),
  operation('BroadcastTo', 'broadcast_to', written('shape'), [[required('shape')]]),
  operation('Slice', 'slice', written('shape'), [[required('start_indices'), required('shape')]]),
  operation('DepthToSpace', 'depth_to_space', (use) => [blocks(use, true)], [[required('block_size')]]),
  operation('SpaceToDepth', 'space_to_depth', (use) => [blocks(use, false)], [[required('block_size')]]),
  operation('Unstack', 'unstack', unstacked, [[parameter('num', null), parameter('axis', 0)]]),
  operation('Diff', 'diff', () => [undefined], [[parameter('n', 1), parameter('axis', -1)]]),
];
