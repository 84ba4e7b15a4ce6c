import { elementCount } from '../../model/dataType';
import { spendSteps } from '../../model/budget';
import { stridesOf } from '../arrays';
import type { Lowering } from '../lowering';
import { axisIn, numberOf, refused, textOf } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { NodeWriter } from './nodeWriter';

/** Places that are picked one by one: beyond it a list would be larger than what a microcontroller holds. */
const mostPlaces = 2 ** 16;

/** GatherND by constant indices: GATHER of rows of what it reads, laid flat. */
export function lowerGatherNd(node: OnnxNode, lowering: Lowering): void {
  const writer = new NodeWriter(node, lowering);
  const [name, indexName] = node.inputs;
  const { rows, width } = placesOf(node, lowering, { shape: writer.shape(name), indexName });
  if (numberOf(node, 'batch_dims', 0) !== 0) throw refused(node, 'TensorFlow Lite Micro has it without batches only.');
  const shape = writer.shape(name);
  const rest = shape.slice(width);
  const flat = writer.reshaped(name, [elementCount(shape.slice(0, width)), ...rest]);
  const picked = writer.emit('Gather', [flat, writer.integers(rows)], { axis: 0 });
  writer.reshaped(picked, [...writer.shape(indexName).slice(0, -1), ...rest], node.outputs[0]);
}

/** ScatterND at constant places: rows of data and updates behind each other, picked in the result's order. */
export function lowerScatterNd(node: OnnxNode, lowering: Lowering): void {
  const writer = new NodeWriter(node, lowering);
  const [name, indexName, updates] = node.inputs;
  if (textOf(node, 'reduction', 'none') !== 'none')
    throw refused(node, 'TensorFlow Lite Micro does not add up what is scattered.');
  const shape = writer.shape(name);
  const { rows, width } = placesOf(node, lowering, { shape, indexName });
  const count = elementCount(shape.slice(0, width));
  scattered(writer, { rows, count, rest: shape.slice(width), shape, data: name, updates });
}

/** GatherElements by constant indices, element by element. */
export function lowerGatherElements(node: OnnxNode, lowering: Lowering): void {
  const writer = new NodeWriter(node, lowering);
  const [name, indexName] = node.inputs;
  const places = elementPlaces(node, lowering, { shape: writer.shape(name), indexName });
  const flat = writer.reshaped(name, [elementCount(writer.shape(name))]);
  const picked = writer.emit('Gather', [flat, writer.integers(places)], { axis: 0 });
  writer.reshaped(picked, writer.shape(indexName), node.outputs[0]);
}

/** ScatterElements at constant places. */
export function lowerScatterElements(node: OnnxNode, lowering: Lowering): void {
  const writer = new NodeWriter(node, lowering);
  const [name, indexName, updates] = node.inputs;
  if (textOf(node, 'reduction', 'none') !== 'none')
    throw refused(node, 'TensorFlow Lite Micro does not add up what is scattered.');
  const shape = writer.shape(name);
  const rows = elementPlaces(node, lowering, { shape, indexName });
  scattered(writer, { rows, count: elementCount(shape), rest: [], shape, data: name, updates });
}

interface Scattering {
  readonly rows: readonly number[];
  readonly count: number;
  readonly rest: readonly number[];
  readonly shape: readonly number[];
  readonly data: string;
  readonly updates: string;
}

function scattered(writer: NodeWriter, { rows, count, rest, shape, data, updates }: Scattering): void {
  if (count > mostPlaces) throw refused(writer.node, `it picks from ${count} places; ${mostPlaces} at most are taken.`);
  const from = Array.from({ length: count }, (_, at) => at);
  rows.forEach((row, at) => (from[row] = count + at));
  const flat = writer.reshaped(data, [count, ...rest]);
  const both = writer.emit('Concat', [flat, writer.reshaped(updates, [rows.length, ...rest])], { axis: 0 });
  const picked = writer.emit('Gather', [both, writer.integers(from)], { axis: 0 });
  writer.reshaped(picked, shape, writer.node.outputs[0]);
}

interface Places {
  readonly shape: readonly number[];
  readonly indexName: string;
}

/** Which row each index names, of an array whose first `width` axes are one. */
function placesOf(
  node: OnnxNode,
  lowering: Lowering,
  { shape, indexName }: Places,
): { readonly rows: readonly number[]; readonly width: number } {
  const indices = constantIndices(node, lowering, indexName);
  const width = indices.shape.at(-1) ?? 0;
  if (width < 1 || width > shape.length) throw refused(node, 'its indices do not fit its input.');
  const strides = stridesOf(shape.slice(0, width));
  const rows = Array.from({ length: indices.values.length / width }, (_, row) =>
    strides.reduce(
      (sum, stride, axis) => sum + stride * inside(node, indices.values[row * width + axis], shape[axis]),
      0,
    ),
  );
  return { rows, width };
}

function elementPlaces(node: OnnxNode, lowering: Lowering, { shape, indexName }: Places): readonly number[] {
  const indices = constantIndices(node, lowering, indexName);
  const axis = axisIn(node, numberOf(node, 'axis', 0), shape.length);
  const fits =
    indices.shape.length === shape.length && indices.shape.every((size, at) => at === axis || size <= shape[at]);
  if (!fits) throw refused(node, 'its indices do not fit its input.');
  const [own, strides] = [stridesOf(indices.shape), stridesOf(shape)];
  return Array.from(indices.values, (index, place) =>
    strides.reduce((sum, stride, at) => {
      const here = at === axis ? inside(node, index, shape[axis]) : Math.floor(place / own[at]) % indices.shape[at];
      return sum + stride * here;
    }, 0),
  );
}

function inside(node: OnnxNode, index: number, size: number): number {
  const place = index < 0 ? index + size : index;
  if (!(place >= 0 && place < size)) throw refused(node, 'an index is outside of its input.');
  return place;
}

function constantIndices(
  node: OnnxNode,
  lowering: Lowering,
  name: string | undefined,
): { readonly shape: readonly number[]; readonly values: Float64Array } {
  const indices = lowering.numbers(name);
  if (indices === undefined) throw refused(node, 'its indices are computed; only constants are taken.');
  if (indices.values.length > mostPlaces)
    throw refused(node, `it picks ${indices.values.length} places; ${mostPlaces} at most are taken.`);
  spendSteps(indices.values.length * Math.max(1, indices.shape.length));
  return indices;
}

/** Tile: the same value several times behind itself, or spread where an axis has one place. */
export function lowerTile(node: OnnxNode, lowering: Lowering): void {
  const writer = new NodeWriter(node, lowering);
  const [name, countName] = node.inputs;
  const counts = lowering.list(countName);
  const shape = writer.shape(name);
  if (counts === undefined) throw refused(node, 'its counts are computed; only constants are taken.');
  if (counts.length !== shape.length || !counts.every((count) => Number.isInteger(count) && count >= 1))
    throw refused(node, 'its counts do not fit its input.');
  const spread = shape.map((size, axis) => (size === 1 ? counts[axis] : size));
  let value = spread.every((size, axis) => size === shape[axis])
    ? name
    : writer.emit('Expand', [name, writer.integers(spread)]);
  counts.forEach((count, axis) => {
    if (shape[axis] === 1 || count === 1) return;
    if (count > mostRepeats)
      throw refused(node, `it repeats its input ${count} times; ${mostRepeats} at most are taken.`);
    value = writer.emit('Concat', Array<string>(count).fill(value), { axis });
  });
  writer.give(value);
}

const mostRepeats = 256;

/** Elements of a matrix of which a part is kept. */
const mostMasked = 2 ** 18;

/** Trilu: a product with ones on one side of the diagonal and zeros on the other. */
export function lowerTrilu(node: OnnxNode, lowering: Lowering): void {
  const writer = new NodeWriter(node, lowering);
  const offset = lowering.list(node.inputs.at(1) ?? '')?.[0] ?? 0;
  const [rows, columns] = writer.shape(node.inputs[0]).slice(-2);
  const isUpper = numberOf(node, 'upper', 1) === 1;
  if (!(rows * columns <= mostMasked)) throw refused(node, 'its input is no matrix that a microcontroller holds.');
  const mask = Array.from({ length: rows * columns }, (_, at) => {
    const distance = (at % columns) - Math.floor(at / columns);
    return (isUpper ? distance >= offset : distance <= offset) ? 1 : 0;
  });
  writer.emit('Mul', [node.inputs[0], writer.floats(mask, [rows, columns])], {}, node.outputs[0]);
}

/** CumSum: TFLM has it along one axis. */
export function lowerCumSum(node: OnnxNode, lowering: Lowering): void {
  const { draft } = lowering;
  const axes = lowering.list(node.inputs[1]);
  if (axes?.length !== 1) throw refused(node, 'its axis is computed; only constants are taken.');
  const input = lowering.real(node, node.inputs[0]);
  const from = draft.placed(input, input.layout.axes);
  const shape = draft.tensor(from).shape;
  const output = lowering.made(
    node.outputs[0],
    shape,
    shape.map((_, axis) => [axis]),
    draft.contentOf(from),
  );
  const place = draft.integers(`${node.name}/axis`, [axisIn(node, axes[0], shape.length)], []);
  const values = { exclusive: numberOf(node, 'exclusive', 0) === 1, reverse: numberOf(node, 'reverse', 0) === 1 };
  draft.emit({ kind: 'CUMSUM', inputs: [from, place], outputs: [output.tensor], table: 'CumsumOptions', values });
  lowering.set(node.outputs[0], output);
}
