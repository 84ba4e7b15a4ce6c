import { elementCount, type DataType } from '../model/dataType';
import { spendBytes } from '../model/budget';
import { decode } from '../model/values/stored';
import { broadcastShape, broadcastTo, gathered, stridesOf, turned, type NumberArray } from './arrays';
import { axisIn, listOf, numberOf, refused } from './nodes';
import type { OnnxNode } from './onnxModel';

/** A constant that was computed: numbers, and what type they have in ONNX. */
export interface Computed extends NumberArray {
  readonly type: DataType;
}

/** What a node computes from constants; inputs that are absent are `undefined`. */
type Fold = (node: OnnxNode, inputs: readonly (Computed | undefined)[]) => Computed | readonly Computed[];

/**
 * Nodes that are computed ahead where all their inputs are constants: exporters work out shapes in the graph. Weights
 * that are transposed or reshaped come this way, too.
 */
export const folds: ReadonlyMap<string, Fold> = new Map<string, Fold>([
  ['Identity', (_, [x]) => x!],
  ['Cast', (node, [x]) => cast(x!, numberOf(node, 'to', 1))],
  ['Gather', gather],
  ['Concat', concat],
  ['Slice', slice],
  ['Squeeze', squeeze],
  ['Unsqueeze', unsqueeze],
  ['Reshape', reshape],
  [
    'Transpose',
    (node, [x]) => ({
      ...x!,
      ...turned(x!, listOf(node, 'perm') ?? x!.shape.map((_, i, { length }) => length - 1 - i)),
    }),
  ],
  ['Expand', (node, [x, shape]) => expand(node, x!, shape!)],
  ['ConstantOfShape', constantOfShape],
  ['Range', (node, [start, limit, step]) => range(node, start!, limit!, step!)],
  ['Add', binary((a, b) => a + b)],
  ['Sub', binary((a, b) => a - b)],
  ['Mul', binary((a, b) => a * b)],
  ['Div', divide],
  ['Mod', binary((a, b) => a % b)],
  ['Pow', binary((a, b) => a ** b)],
  ['Min', binary(Math.min)],
  ['Max', binary(Math.max)],
  ['Equal', comparison((a, b) => a === b)],
  ['Greater', comparison((a, b) => a > b)],
  ['Less', comparison((a, b) => a < b)],
  ['GreaterOrEqual', comparison((a, b) => a >= b)],
  ['LessOrEqual', comparison((a, b) => a <= b)],
  ['And', comparison((a, b) => a !== 0 && b !== 0)],
  ['Or', comparison((a, b) => a !== 0 || b !== 0)],
  ['Xor', comparison((a, b) => (a !== 0) !== (b !== 0))],
  ['IsNaN', (_, [x]) => ({ ...x!, type: 'bool', values: x!.values.map((value) => (Number.isNaN(value) ? 1 : 0)) })],
  ['Shape', (node, [x]) => shapeOf(node, x!.shape)],
  ['Size', (_, [x]) => ({ type: 'int64', shape: [], values: Float64Array.of(elementCount(x!.shape)) })],
  ['Split', split],
  ['Flatten', flatten],
  ['Trilu', trilu],
  ['Tile', tile],
  ['Sign', unary(Math.sign)],
  ['Log', unary(Math.log)],
  ['Sin', unary(Math.sin)],
  ['Cos', unary(Math.cos)],
  ['Tanh', unary(Math.tanh)],
  ['Sigmoid', unary((x) => 1 / (1 + Math.exp(-x)))],
  ['Relu', unary((x) => Math.max(0, x))],
  ['Clip', clip],
  ['ReduceSum', reduced((values) => values.reduce((a, b) => a + b, 0))],
  ['ReduceMean', reduced((values) => values.reduce((a, b) => a + b, 0) / values.length)],
  ['ReduceMax', reduced((values) => values.reduce((a, b) => Math.max(a, b), -Infinity))],
  ['ReduceMin', reduced((values) => values.reduce((a, b) => Math.min(a, b), Infinity))],
  ['ReduceL2', reduced((values) => Math.sqrt(values.reduce((a, b) => a + b * b, 0)))],
  ['Not', (_, [x]) => ({ ...x!, values: x!.values.map((value) => (value === 0 ? 1 : 0)) })],
  ['Neg', unary((x) => -x)],
  ['Sqrt', unary(Math.sqrt)],
  ['Floor', unary(Math.floor)],
  ['Ceil', unary(Math.ceil)],
  ['Exp', unary(Math.exp)],
  ['Abs', unary(Math.abs)],
  ['Reciprocal', unary((x) => 1 / x)],
  ['Where', where],
  ['NonZero', nonZero],
  ['ReduceProd', reduced((values) => values.reduce((a, b) => a * b, 1))],
]);

/** Types of constants by their number in ONNX, as far as a Cast of a shape needs them. */
const casts: ReadonlyMap<number, DataType> = new Map<number, DataType>([
  [1, 'float32'],
  [6, 'int32'],
  [7, 'int64'],
  [9, 'bool'],
  [11, 'float64'],
]);

/** The same the other way round, for a CastLike. */
export const numberOfType: ReadonlyMap<DataType, number> = new Map([...casts].map(([number, type]) => [type, number]));

function cast(x: Computed, to: number): Computed {
  const type = casts.get(to) ?? x.type;
  if (type === 'bool') return { ...x, type, values: x.values.map((value) => (value === 0 ? 0 : 1)) };
  return { ...x, type, values: type.startsWith('int') ? x.values.map(Math.trunc) : x.values };
}

function unary(compute: (x: number) => number): Fold {
  return (_, [x]) => ({ ...x!, values: x!.values.map(compute) });
}

function binary(compute: (a: number, b: number) => number): Fold {
  return (node, [left, right]) => {
    const shape = left && right && broadcastShape(left.shape, right.shape);
    if (shape === undefined) throw refused(node, 'its inputs have shapes that do not fit.');
    checkedCount(node, shape, left, right);
    const [a, b] = [broadcastTo(left!, shape).values, broadcastTo(right!, shape).values];
    return { shape, type: left!.type, values: a.map((value, index) => compute(value, b[index])) };
  };
}

function divide(node: OnnxNode, inputs: readonly (Computed | undefined)[]): Computed | readonly Computed[] {
  const isFloat = inputs[0]?.type.startsWith('float') === true;
  return binary((a, b) => (isFloat ? a / b : Math.trunc(a / b)))(node, inputs);
}

function comparison(holds: (a: number, b: number) => boolean): Fold {
  const compute = binary((a, b) => (holds(a, b) ? 1 : 0));
  return (node, inputs) => ({ ...(compute(node, inputs) as Computed), type: 'bool' });
}

/** A reduction over axes of an attribute or an input, or over all. */
function reduced(compute: (values: Float64Array) => number): Fold {
  return (node, [x, given]) => {
    const rank = x!.shape.length;
    const asked = given ? [...given.values] : (listOf(node, 'axes') ?? []);
    if (asked.length === 0 && numberOf(node, 'noop_with_empty_axes', 0) === 1) return x!;
    const axes = new Set(
      asked.length === 0 ? x!.shape.map((_, axis) => axis) : asked.map((a) => axisIn(node, a, rank)),
    );
    const order = x!.shape.map((_, axis) => axis).sort((a, b) => Number(axes.has(a)) - Number(axes.has(b)) || a - b);
    const { values } = turned(x!, order);
    const length = x!.shape.reduce((product, size, axis) => (axes.has(axis) ? product * size : product), 1);
    const count = length === 0 ? 0 : values.length / length;
    const keeps = numberOf(node, 'keepdims', 1) === 1;
    return {
      type: x!.type,
      shape: x!.shape.flatMap((size, axis) => (axes.has(axis) ? (keeps ? [1] : []) : [size])),
      values: Float64Array.from({ length: count }, (_, at) => compute(values.subarray(at * length, (at + 1) * length))),
    };
  };
}

function clip(node: OnnxNode, [x, least, most]: readonly (Computed | undefined)[]): Computed {
  const [low, high] = [
    least?.values[0] ?? numberOf(node, 'min', -Infinity),
    most?.values[0] ?? numberOf(node, 'max', Infinity),
  ];
  return { ...x!, values: x!.values.map((value) => Math.min(Math.max(value, low), high)) };
}

function shapeOf(node: OnnxNode, shape: readonly number[]): Computed {
  const values = Float64Array.from(shape.slice(numberOf(node, 'start', 0), numberOf(node, 'end', shape.length)));
  return { type: 'int64', shape: [values.length], values };
}

function split(node: OnnxNode, [x, given]: readonly (Computed | undefined)[]): readonly Computed[] {
  const axis = axisIn(node, numberOf(node, 'axis', 0), x!.shape.length);
  const count = node.outputs.length;
  const part = Math.ceil(x!.shape[axis] / count);
  const sizes = given
    ? [...given.values]
    : (listOf(node, 'split') ?? node.outputs.map((_, at) => Math.min(part, x!.shape[axis] - at * part)));
  const strides = stridesOf(x!.shape);
  let start = 0;
  const parts = sizes.map((size) => {
    const shape = x!.shape.map((own, at) => (at === axis ? size : own));
    checkedCount(node, shape, x);
    const values = gathered(x!.values, shape, strides, start * strides[axis]);
    start += size;
    return { type: x!.type, shape, values };
  });
  if (start !== x!.shape[axis] || sizes.length !== count) throw refused(node, 'its parts do not make up its input.');
  return parts;
}

function flatten(node: OnnxNode, [x]: readonly (Computed | undefined)[]): Computed {
  const { shape } = x!;
  const given = numberOf(node, 'axis', 1);
  const axis = given === shape.length ? given : axisIn(node, given, shape.length + 1);
  return { ...x!, shape: [elementCount(shape.slice(0, axis)), elementCount(shape.slice(axis))] };
}

function trilu(node: OnnxNode, [x, offset]: readonly (Computed | undefined)[]): Computed {
  const [rows, columns] = x!.shape.slice(-2);
  const [by, isUpper] = [offset?.values[0] ?? 0, numberOf(node, 'upper', 1) === 1];
  const values = x!.values.map((value, at) => {
    const distance = (at % columns) - (Math.floor(at / columns) % rows);
    return (isUpper ? distance >= by : distance <= by) ? value : 0;
  });
  return { ...x!, values };
}

function tile(node: OnnxNode, [x, counts]: readonly (Computed | undefined)[]): Computed {
  if (counts?.values.length !== x!.shape.length) throw refused(node, 'its counts do not fit its input.');
  const shape = x!.shape.map((size, axis) => size * counts.values[axis]);
  checkedCount(node, shape, x);
  const [wide, own] = [stridesOf(shape), stridesOf(x!.shape)];
  const values = Float64Array.from(
    { length: elementCount(shape) },
    (_, at) =>
      x!.values[own.reduce((sum, stride, axis) => sum + stride * (Math.floor(at / wide[axis]) % x!.shape[axis]), 0)],
  );
  return { ...x!, shape, values };
}

function where(node: OnnxNode, [condition, left, right]: readonly (Computed | undefined)[]): Computed {
  const shape = left && right && broadcastShape(broadcastShape(left.shape, right.shape) ?? [], condition!.shape);
  if (shape === undefined) throw refused(node, 'its inputs have shapes that do not fit.');
  checkedCount(node, shape, condition, left, right);
  const [c, a, b] = [condition!, left!, right!].map((each) => broadcastTo(each, shape).values);
  return { shape, type: left!.type, values: a.map((value, index) => (c[index] !== 0 ? value : b[index])) };
}

/** Places of what is not zero, axis by axis: exporters count with it. */
function nonZero(node: OnnxNode, [x]: readonly (Computed | undefined)[]): Computed {
  const strides = stridesOf(x!.shape);
  const places = Array.from(x!.values.keys()).filter((at) => x!.values[at] !== 0);
  checkedCount(node, [strides.length, places.length], x);
  const values = strides.flatMap((stride, axis) => places.map((at) => Math.floor(at / stride) % x!.shape[axis]));
  return { type: 'int64', shape: [strides.length, places.length], values: Float64Array.from(values) };
}

function gather(node: OnnxNode, [data, indices]: readonly (Computed | undefined)[]): Computed {
  const { shape, values, type } = data!;
  const axis = axisIn(node, numberOf(node, 'axis', 0), shape.length);
  const inner = elementCount(shape.slice(axis + 1));
  const outer = elementCount(shape.slice(0, axis));
  const picked = [...indices!.values].map((index) => (index < 0 ? index + shape[axis] : index));
  if (picked.some((index) => !(index >= 0 && index < shape[axis])))
    throw refused(node, 'an index is outside of its input.');
  const result = new Float64Array(checkedCount(node, [outer, picked.length, inner], data));
  let at = 0;
  for (let block = 0; block < outer; block++) {
    for (const index of picked) {
      const start = (block * shape[axis] + index) * inner;
      result.set(values.subarray(start, start + inner), at);
      at += inner;
    }
  }
  return { type, shape: [...shape.slice(0, axis), ...indices!.shape, ...shape.slice(axis + 1)], values: result };
}

function concat(node: OnnxNode, inputs: readonly (Computed | undefined)[]): Computed {
  const [first] = inputs;
  const axis = axisIn(node, numberOf(node, 'axis', 0), first!.shape.length);
  const fits = inputs.every(
    (each) =>
      each?.shape.length === first!.shape.length &&
      each.shape.every((size, at) => at === axis || size === first!.shape[at]),
  );
  if (!fits) throw refused(node, 'its inputs have shapes that do not fit.');
  const shape = first!.shape.map((size, at) =>
    at === axis ? inputs.reduce((sum, each) => sum + each!.shape[axis], 0) : size,
  );
  const values = new Float64Array(checkedCount(node, shape, ...inputs));
  const outer = elementCount(shape.slice(0, axis));
  let at = 0;
  for (let block = 0; block < outer; block++) {
    for (const each of inputs) {
      const length = each!.values.length / outer;
      values.set(each!.values.subarray(block * length, (block + 1) * length), at);
      at += length;
    }
  }
  return { type: first!.type, shape, values };
}

function slice(node: OnnxNode, [data, starts, ends, axes, steps]: readonly (Computed | undefined)[]): Computed {
  const { shape, values, type } = data!;
  const cuts = slicesOf(node, shape, {
    starts: starts?.values ?? listOf(node, 'starts') ?? [],
    ends: ends?.values ?? listOf(node, 'ends') ?? [],
    axes: axes?.values ?? listOf(node, 'axes'),
    steps: steps?.values,
  });
  const strides = stridesOf(shape);
  const next = cuts.map(({ count }) => count);
  const start = cuts.reduce((sum, cut, axis) => sum + cut.start * strides[axis], 0);
  return {
    type,
    shape: next,
    values: gathered(
      values,
      next,
      cuts.map(({ step }, axis) => step * strides[axis]),
      start,
    ),
  };
}

/** What a Slice takes of each axis. */
interface Cut {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** What the lists of a Slice mean for a shape. */
export function slicesOf(
  node: OnnxNode,
  shape: readonly number[],
  lists: {
    readonly starts: ArrayLike<number>;
    readonly ends: ArrayLike<number>;
    readonly axes?: ArrayLike<number>;
    readonly steps?: ArrayLike<number>;
  },
): readonly Cut[] {
  const cuts: Cut[] = shape.map((count) => ({ start: 0, step: 1, count }));
  Array.from(lists.starts).forEach((from, index) => {
    const axis = axisIn(node, lists.axes?.[index] ?? index, shape.length);
    const [size, step, to] = [shape[axis], lists.steps?.[index] ?? 1, lists.ends[index]];
    if (step === 0 || to === undefined) throw refused(node, 'its steps or ends are wrong.');
    const clamp = (place: number, least: number, most: number): number =>
      Math.min(Math.max(place < 0 ? place + size : place, least), most);
    const start = step > 0 ? clamp(from, 0, size) : clamp(from, 0, size - 1);
    const end = step > 0 ? clamp(to, 0, size) : clamp(to, -1, size - 1);
    cuts[axis] = { start, step, count: Math.max(0, Math.ceil((end - start) / step)) };
  });
  return cuts;
}

function squeeze(node: OnnxNode, [x, given]: readonly (Computed | undefined)[]): Computed {
  return { ...x!, shape: squeezedShape(node, x!.shape, given ? [...given.values] : listOf(node, 'axes')) };
}

function unsqueeze(node: OnnxNode, [x, given]: readonly (Computed | undefined)[]): Computed {
  return { ...x!, shape: unsqueezedShape(node, x!.shape, given ? [...given.values] : (listOf(node, 'axes') ?? [])) };
}

export function squeezedShape(
  node: OnnxNode,
  shape: readonly number[],
  axes: readonly number[] = shape.flatMap((size, axis) => (size === 1 ? [axis] : [])),
): readonly number[] {
  const gone = new Set(axes.map((axis) => axisIn(node, axis, shape.length)));
  return shape.filter((_, axis) => !gone.has(axis));
}

export function unsqueezedShape(node: OnnxNode, shape: readonly number[], axes: readonly number[]): readonly number[] {
  const rank = shape.length + axes.length;
  const added = new Set(axes.map((axis) => axisIn(node, axis, rank)));
  const left = [...shape];
  return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (left.shift() ?? 1)));
}

function reshape(node: OnnxNode, [x, wanted]: readonly (Computed | undefined)[]): Computed {
  return { ...x!, shape: reshapedShape(node, x!.shape, [...(wanted?.values ?? [])]) };
}

/** The shape that a Reshape means: 0 keeps a size, -1 is what is left. */
export function reshapedShape(node: OnnxNode, shape: readonly number[], wanted: readonly number[]): readonly number[] {
  const keepsZero = numberOf(node, 'allowzero', 0) === 1;
  const sizes = wanted.map((size, axis) => (size === 0 && !keepsZero ? (shape[axis] ?? 0) : size));
  const rest = elementCount(shape) / sizes.reduce((product, size) => product * (size === -1 ? 1 : size), 1);
  const result = sizes.map((size) => (size === -1 ? rest : size));
  const fits =
    result.every((size) => Number.isInteger(size) && size > 0) && elementCount(result) === elementCount(shape);
  if (!fits) throw refused(node, `the shape [${wanted.join(', ')}] does not fit its input of [${shape.join(', ')}].`);
  return result;
}

function expand(node: OnnxNode, x: Computed, wanted: Computed): Computed {
  const shape = broadcastShape(x.shape, [...wanted.values]);
  if (shape === undefined) throw refused(node, 'its input does not fit the shape.');
  checkedCount(node, shape, x);
  return { ...x, ...broadcastTo(x, shape) };
}

function constantOfShape(node: OnnxNode, [wanted]: readonly (Computed | undefined)[]): Computed {
  const shape = [...wanted!.values];
  const value = node.attributes.get('value');
  const filled = typeof value === 'object' && 'data' in value ? value : undefined;
  const count = checkedCount(node, shape);
  const number = filled === undefined ? 0 : (decode(filled.type, filled.data, 1)?.[0] ?? 0);
  return { shape, type: filled?.type ?? 'float32', values: new Float64Array(count).fill(number) };
}

function range(node: OnnxNode, start: Computed, limit: Computed, step: Computed): Computed {
  const [from, to, by] = [start.values[0], limit.values[0], step.values[0]];
  const count = Math.max(0, Math.ceil((to - from) / by));
  checkedCount(node, [count]);
  return {
    type: start.type,
    shape: [count],
    values: Float64Array.from({ length: count }, (_, index) => from + index * by),
  };
}

/** A picture of a thousand by a thousand: what is computed ahead holds no more than that and its inputs. */
const mostValues = 2 ** 20;

/** How many values a result has. @throws ModelError where these are many more than what they are made of. */
function checkedCount(
  node: OnnxNode,
  shape: readonly number[],
  ...inputs: readonly (NumberArray | undefined)[]
): number {
  const count = shape.reduce((product, size) => product * size, 1);
  const most = inputs.reduce((sum, input) => sum + (input?.values.length ?? 0), mostValues);
  if (!(Number.isInteger(count) && count >= 0 && count <= most && shape.every((size) => size >= 0)))
    throw refused(node, 'its result has no size that a model has.');
  spendBytes(8 * count);
  return count;
}
