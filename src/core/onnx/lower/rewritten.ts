import { elementCount } from '../../model/dataType';
import type { Lowering } from '../lowering';
import { axisIn, listOf, numberOf, refused } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { NodeWriter } from './nodeWriter';

type Rewrite = (writer: NodeWriter, node: OnnxNode, lowering: Lowering) => void;

/** Nodes that are said in others, once the shape of what they read is known. */
const rewrites: ReadonlyMap<string, Rewrite> = new Map<string, Rewrite>([
  ['ReduceL1', (writer, node) => reduced(writer, node, ['Abs'])],
  ['ReduceL2', (writer, node) => reduced(writer, node, ['Square'], 'Sqrt')],
  ['ReduceSumSquare', (writer, node) => reduced(writer, node, ['Square'])],
  ['ReduceLogSum', (writer, node) => reduced(writer, node, [], 'Log')],
  ['ReduceLogSumExp', logSumExp],
  ['ReduceProd', product],
  ['LpNormalization', unitLength],
  ['MeanVarianceNormalization', evenOut],
  ['GroupNormalization', groups],
  ['ThresholdedRelu', threshold],
  ['Shrink', shrink],
  ['LpPool', powerPool],
  ['GlobalLpPool', globalPower],
  ['Mean', mean],
  ['Xor', (writer, node) => writer.emit('NotEqual', node.inputs, {}, node.outputs[0])],
]);

export const rewrittenKinds: readonly string[] = [...rewrites.keys()];

export function lowerRewritten(node: OnnxNode, lowering: Lowering): void {
  rewrites.get(node.kind)?.(new NodeWriter(node, lowering), node, lowering);
}

function squared(writer: NodeWriter, name: string): string {
  return writer.emit('Mul', [name, name]);
}

/** What stands before and behind the sum; axes and their keeping are the node's own. */
function reduced(writer: NodeWriter, node: OnnxNode, before: readonly string[], behind?: string): void {
  const [name, ...axes] = node.inputs;
  const prepared = before.reduce(
    (value, kind) => (kind === 'Square' ? squared(writer, value) : writer.emit(kind, [value])),
    name,
  );
  const output = behind === undefined ? node.outputs[0] : undefined;
  const sum = writer.emit('ReduceSum', [prepared, ...axes], attributesOf(node), output);
  if (behind !== undefined) writer.emit(behind, [sum], {}, node.outputs[0]);
}

function attributesOf(node: OnnxNode): Readonly<Record<string, number | readonly number[]>> {
  const axes = listOf(node, 'axes');
  const empty = numberOf(node, 'noop_with_empty_axes', 0);
  return { keepdims: numberOf(node, 'keepdims', 1), noop_with_empty_axes: empty, ...(axes && { axes }) };
}

/** log sum exp(x) = m + log sum exp(x - m), where m is the largest: no power is beyond what floats hold. */
function logSumExp(writer: NodeWriter, node: OnnxNode): void {
  const [name, ...axes] = node.inputs;
  const own = attributesOf(node);
  const most = writer.emit('ReduceMax', [name, ...axes], { ...own, keepdims: 1 });
  const powers = writer.emit('Exp', [writer.emit('Sub', [name, most])]);
  const sum = writer.emit('Log', [writer.emit('ReduceSum', [powers, ...axes], own)]);
  const flat = own.keepdims === 1 ? most : writer.reshaped(most, writer.shape(sum));
  writer.emit('Add', [sum, flat], {}, node.outputs[0]);
}

/** Factors of a product are multiplied one after the other. */
const mostFactors = 64;

function product(writer: NodeWriter, node: OnnxNode, lowering: Lowering): void {
  const [name, axesName] = node.inputs;
  const shape = writer.shape(name);
  const given = lowering.list(axesName ?? '') ?? listOf(node, 'axes') ?? shape.map((_, axis) => axis);
  const axes = given.map((axis) => axisIn(node, axis, shape.length));
  let value = name;
  for (const axis of axes) {
    if (shape[axis] > mostFactors)
      throw refused(
        node,
        `TensorFlow Lite Micro has no product of ${shape[axis]} factors; ${mostFactors} at most are written out.`,
      );
    if (shape[axis] === 1) continue;
    const parts = writer.emitAll(
      'Split',
      [value, writer.integers(Array<number>(shape[axis]).fill(1))],
      { axis },
      shape[axis],
    );
    value = parts.slice(1).reduce((left, right) => writer.emit('Mul', [left, right]), parts[0]);
  }
  const keeps = numberOf(node, 'keepdims', 1) === 1;
  const next = shape.flatMap((size, axis) => (axes.includes(axis) ? (keeps ? [1] : []) : [size]));
  writer.reshaped(value, next, node.outputs[0]);
}

/** Below any length that float32 has the square of. */
const leastLength = 1e-30;

function unitLength(writer: NodeWriter, node: OnnxNode): void {
  const [name] = node.inputs;
  const own = { axes: [numberOf(node, 'axis', -1)], keepdims: 1 };
  const order = numberOf(node, 'p', 2);
  if (order !== 1 && order !== 2) throw refused(node, `its norm of order ${order} is none of 1 and 2.`);
  const length = writer.emit(order === 1 ? 'ReduceL1' : 'ReduceL2', [name], own);
  // A vector of zeros stays one.
  const divisor = writer.emit('Max', [length, writer.number(leastLength)]);
  writer.emit('Div', [name, divisor], {}, node.outputs[0]);
}

function evenOut(writer: NodeWriter, node: OnnxNode): void {
  const [name] = node.inputs;
  const own = { axes: listOf(node, 'axes') ?? [0, 2, 3], keepdims: 1 };
  const rest = writer.emit('Sub', [name, writer.emit('ReduceMean', [name], own)]);
  const variance = writer.emit('ReduceMean', [squared(writer, rest)], own);
  const spread = writer.emit('Add', [writer.emit('Sqrt', [variance]), writer.number(1e-9)]);
  writer.emit('Div', [rest, spread], {}, node.outputs[0]);
}

/** Channels that get a number each from one for their group. */
const mostChannels = 2 ** 16;

/** Normalization of each group of channels; scale and offset are by channel, and by group before opset 21. */
function groups(writer: NodeWriter, node: OnnxNode, lowering: Lowering): void {
  const [name, scaleName, offsetName] = node.inputs;
  const shape = writer.shape(name);
  const count = numberOf(node, 'num_groups', 1);
  const [scale, offset] = [scaleName, offsetName].map((each) => lowering.numbers(each)?.values);
  if (scale === undefined || offset === undefined)
    throw refused(node, 'its scale or offset is computed; only constants are taken.');
  const channels = shape[1] ?? 0;
  if (
    !(channels >= 1 && count >= 1 && channels <= mostChannels) ||
    channels % count !== 0 ||
    ![count, channels].includes(scale.length) ||
    offset.length !== scale.length
  )
    throw refused(node, 'its groups do not fit its input.');
  const split = [shape[0], count, channels / count, elementCount(shape.slice(2))];
  const own = { axes: split.map((_, axis) => axis).slice(2), keepdims: 1 };
  const x = writer.reshaped(name, split);
  const rest = writer.emit('Sub', [x, writer.emit('ReduceMean', [x], own)]);
  const variance = writer.emit('ReduceMean', [squared(writer, rest)], own);
  const spread = writer.emit('Add', [variance, writer.number(numberOf(node, 'epsilon', 1e-5))]);
  const even = writer.reshaped(writer.emit('Mul', [rest, writer.emit('Rsqrt', [spread])]), shape);
  const inChannels = (values: Float64Array): string => {
    const each = Float64Array.from(
      { length: channels },
      (_, channel) => values[values.length === channels ? channel : Math.floor((channel * count) / channels)],
    );
    return writer.floats(each, [channels, ...shape.slice(2).map(() => 1)]);
  };
  const scaled = writer.emit('Mul', [even, inChannels(scale)]);
  writer.emit('Add', [scaled, inChannels(offset)], {}, node.outputs[0]);
}

/** x where it is above a bound, else 0. */
function threshold(writer: NodeWriter, node: OnnxNode): void {
  const [name] = node.inputs;
  const isAbove = writer.emit('Greater', [name, writer.number(numberOf(node, 'alpha', 1))]);
  writer.emit('Where', [isAbove, name, writer.number(0)], {}, node.outputs[0]);
}

/** x + bias below -lambd, x - bias above lambd, else 0. */
function shrink(writer: NodeWriter, node: OnnxNode): void {
  const [name] = node.inputs;
  const [bound, bias] = [numberOf(node, 'lambd', 0.5), numberOf(node, 'bias', 0)];
  const moved = (by: number): string => (by === 0 ? name : writer.emit('Add', [name, writer.number(by)]));
  const above = writer.emit('Greater', [name, writer.number(bound)]);
  const below = writer.emit('Less', [name, writer.number(-bound)]);
  const low = writer.emit('Where', [below, moved(bias), writer.number(0)]);
  writer.emit('Where', [above, moved(-bias), low], {}, node.outputs[0]);
}

/** Root of the sum of squares in a window: of their average, times how many they are. */
function powerPool(writer: NodeWriter, node: OnnxNode): void {
  const lengths = listOf(node, 'kernel_shape') ?? [];
  if (numberOf(node, 'p', 2) !== 2) throw refused(node, 'TensorFlow Lite Micro pools by squares only (p = 2).');
  const own = Object.fromEntries(
    [...node.attributes].filter(([, value]) => typeof value !== 'object' || Array.isArray(value)),
  ) as Record<string, number | string | readonly number[]>;
  const average = writer.emit('AveragePool', [squared(writer, node.inputs[0])], { ...own, count_include_pad: 1 });
  const sum = writer.emit('Mul', [average, writer.number(lengths.reduce((count, length) => count * length, 1))]);
  writer.emit('Sqrt', [sum], {}, node.outputs[0]);
}

function globalPower(writer: NodeWriter, node: OnnxNode): void {
  if (numberOf(node, 'p', 2) !== 2) throw refused(node, 'TensorFlow Lite Micro pools by squares only (p = 2).');
  const axes = writer.shape(node.inputs[0]).flatMap((_, axis) => (axis > 1 ? [axis] : []));
  writer.emit('ReduceL2', [node.inputs[0]], { axes, keepdims: 1 }, node.outputs[0]);
}

function mean(writer: NodeWriter, node: OnnxNode): void {
  const sum = node.inputs.length === 1 ? node.inputs[0] : writer.emit('Sum', node.inputs);
  writer.emit('Mul', [sum, writer.number(1 / node.inputs.length)], {}, node.outputs[0]);
}
