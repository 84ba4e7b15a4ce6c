import { slicesOf } from '../folding';
import type { LaidValue } from '../draft';
import { sameAtoms, shapeOf, sizeOf, type Dimensions } from '../layout';
import { binaries } from './elementwise';
import { requantized } from '../quantization';
import { stridedValues, type Lowering } from '../lowering';
import { axisIn, listOf, numberOf, refused } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { isSameQuantization, takeTail } from '../tail';

/** Dimensions in which this axis has one of its own. */
function apart(dimensions: Dimensions, axis: number): Dimensions {
  const at = dimensions.findIndex((axes) => axes.includes(axis));
  return dimensions[at]?.length === 1 ? dimensions : dimensions.flat().map((each) => [each]);
}

/** As many as TFLM's kernel takes. Source: kernels/concatenation.h, kMaxInputNum. */
const mostJoined = 10;

/** Concat: CONCATENATION, whose integers all have the scale of the result. */
export function lowerConcat(node: OnnxNode, lowering: Lowering): void {
  const { draft } = lowering;
  const reads = node.inputs.filter((name) => lowering.isValue(name));
  const tail = takeTail(lowering, node, { reads, isReady: reads.length === node.inputs.length });
  const values = node.inputs.map((name) => lowering.read(node, name, tail.isInteger));
  const shapes = values.map(({ layout }) => shapeOf(layout));
  const [first] = shapes;
  const axis = axisIn(node, numberOf(node, 'axis', 0), first.length);
  const fits = shapes.every(
    (shape) => shape.length === first.length && shape.every((size, at) => at === axis || size === first[at]),
  );
  if (!fits) throw refused(node, 'the shapes of its inputs do not fit.');
  const dimensions = commonDimensions(lowering, values, axis);
  const placed = values.map((value) => lowering.placed(value, dimensions));
  const content = tail.isInteger ? tail.content : { type: draft.contentOf(placed[0]).type };
  const inputs = placed.map((tensor) =>
    !tail.isInteger || isSameQuantization(draft.contentOf(tensor).quantization, content.quantization)
      ? tensor
      : requantized(lowering, tensor, { name: `${draft.tensor(tensor).name}/joined`, content }),
  );
  const shape = first.map((size, at) => (at === axis ? shapes.reduce((sum, each) => sum + each[axis], 0) : size));
  const output = lowering.made(tail.name, shape, dimensions, content);
  const place = dimensions.findIndex((axes) => axes.includes(axis));
  const version = tail.isInteger ? 2 : 1;
  const join = (parts: readonly number[], into: number): void =>
    draft.emit({
      ...{ kind: 'CONCATENATION', inputs: parts, outputs: [into], table: 'ConcatenationOptions', version },
      values: { axis: place, fusedActivationFunction: 'NONE' },
    });
  let waiting = inputs;
  for (let round = 0; waiting.length > mostJoined; round++) {
    const groups = Array.from({ length: Math.ceil(waiting.length / mostJoined) }, (_, at) =>
      waiting.slice(at * mostJoined, (at + 1) * mostJoined),
    );
    waiting = groups.map((group, at) => {
      if (group.length === 1) return group[0];
      const length = group.reduce((sum, tensor) => sum + draft.tensor(tensor).shape[place], 0);
      const whole = draft.tensor(group[0]).shape.map((size, dimension) => (dimension === place ? length : size));
      const tensor = draft.add(`${tail.name}/part${round}_${at}`, whole, content);
      join(group, tensor);
      return tensor;
    });
  }
  join(waiting, output.tensor);
  lowering.set(tail.name, output, !tail.isInteger);
}

/** The dimensions of the value with which the fewest elements move; of two as good, what an operator laid out anew. */
function commonDimensions(lowering: Lowering, values: readonly LaidValue[], axis: number): Dimensions {
  const isMoved = ({ layout }: LaidValue, dimensions: Dimensions): boolean =>
    !sameAtoms(
      dimensions.flat().flatMap((each) => layout.axes[each]),
      layout.order,
    );
  // Values after the first dozen hardly have an order that no other has.
  const offers = values.slice(0, 12).map((value) => {
    const dimensions = apart(lowering.dimensionsOf(value), axis);
    const moved = values.filter((each) => isMoved(each, dimensions));
    const elements = moved.reduce((sum, { layout }) => sum + sizeOf(layout.order), 0);
    return { dimensions, elements, isPlain: sameAtoms(value.layout.axes.flat(), value.layout.order) };
  });
  return offers.reduce((best, each) => {
    const isBetter = each.elements === best.elements ? best.isPlain && !each.isPlain : each.elements < best.elements;
    return isBetter ? each : best;
  }).dimensions;
}

/** Split: SPLIT where all parts are of one size, else SPLIT_V. */
export function lowerSplit(node: OnnxNode, lowering: Lowering): void {
  const { draft } = lowering;
  const [name, sizesName] = node.inputs;
  const { value: input, isReal } = lowering.followed(node, name);
  const shape = shapeOf(input.layout);
  const axis = axisIn(node, numberOf(node, 'axis', 0), shape.length);
  const count = node.outputs.length;
  const part = Math.ceil(shape[axis] / count);
  const sizes =
    lowering.list(sizesName) ??
    listOf(node, 'split') ??
    node.outputs.map((_, index) => Math.min(part, shape[axis] - index * part));
  const fits =
    sizes.length === count &&
    sizes.every((size) => size > 0) &&
    sizes.reduce((sum, size) => sum + size, 0) === shape[axis];
  if (!fits) throw refused(node, 'its parts do not make up its input.');
  const dimensions = apart(lowering.dimensionsOf(input), axis);
  const from = lowering.placed(input, dimensions);
  const content = draft.contentOf(from);
  const outputs = node.outputs.map((output, index) => {
    const made = lowering.made(
      output,
      shape.map((size, at) => (at === axis ? sizes[index] : size)),
      dimensions,
      content,
    );
    lowering.set(output, made, isReal);
    return made.tensor;
  });
  const place = draft.integers(`${node.name}/axis`, [dimensions.findIndex((axes) => axes.includes(axis))], []);
  if (sizes.every((size) => size === sizes[0])) {
    draft.emit({ kind: 'SPLIT', inputs: [place, from], outputs, table: 'SplitOptions', values: { numSplits: count } });
    return;
  }
  const list = draft.integers(`${node.name}/sizes`, sizes);
  draft.emit({
    kind: 'SPLIT_V',
    inputs: [from, list, place],
    outputs,
    table: 'SplitVOptions',
    values: { numSplits: count },
  });
}

/** Slice: STRIDED_SLICE. */
export function lowerSlice(node: OnnxNode, lowering: Lowering): void {
  const { value } = lowering.followed(node, node.inputs[0]);
  const shape = shapeOf(value.layout);
  const lists = node.inputs.slice(1).map((name) => lowering.list(name));
  const [starts, ends] = [lists[0] ?? listOf(node, 'starts'), lists[1] ?? listOf(node, 'ends')];
  if (starts === undefined || ends === undefined)
    throw refused(node, 'where it cuts is computed; only constants are taken.');
  const cuts = slicesOf(node, shape, { starts, ends, axes: lists[2] ?? listOf(node, 'axes'), steps: lists[3] });
  emitSlice(node, lowering, { cuts, dropped: [] });
}

/** Gather of one place: a slice without its axis. Of several: GATHER. */
export function lowerGather(node: OnnxNode, lowering: Lowering): void {
  const [name, indexName] = node.inputs;
  const indices = lowering.numbers(indexName);
  const { value, isReal } = lowering.followed(node, name);
  const shape = shapeOf(value.layout);
  const axis = axisIn(node, numberOf(node, 'axis', 0), shape.length);
  if (indices?.shape.length === 0) {
    const start = indices.values[0] < 0 ? indices.values[0] + shape[axis] : indices.values[0];
    if (!(start >= 0 && start < shape[axis])) throw refused(node, 'its index is outside of its input.');
    const cuts = shape.map((count, at) => (at === axis ? { start, step: 1, count: 1 } : { start: 0, step: 1, count }));
    emitSlice(node, lowering, { cuts, dropped: [axis] });
    return;
  }
  const { draft } = lowering;
  if (indices !== undefined) {
    // TFLite counts from the front only.
    const values = indices.values.map((index) => (index < 0 ? index + shape[axis] : index));
    if (values.some((index) => !(index >= 0 && index < shape[axis])))
      throw refused(node, 'an index is outside of its input.');
    lowering.know(`${node.outputs[0]}/indices`, { ...indices, values });
  }
  if (indices?.shape.length === 1) {
    gatherOne(node, lowering, { axis, count: indices.values.length });
    return;
  }
  const picked = lowering.followed(node, indices === undefined ? indexName : `${node.outputs[0]}/indices`).value;
  const rows = shapeOf(picked.layout);
  // In ONNX's own order, where the axes of the indices take the place of the one that is gathered.
  const from = draft.placed(value, value.layout.axes);
  const at = draft.placed(picked, picked.layout.axes);
  const next = [...shape.slice(0, axis), ...rows, ...shape.slice(axis + 1)];
  const output = lowering.made(
    node.outputs[0],
    next,
    next.map((_, each) => [each]),
    draft.contentOf(from),
  );
  draft.emit({
    ...{ kind: 'GATHER', inputs: [from, at], outputs: [output.tensor], table: 'GatherOptions' },
    values: { axis, batchDims: 0 },
  });
  lowering.set(node.outputs[0], output, isReal);
}

/** GATHER of one list of places: the others lie as they did. */
function gatherOne(
  node: OnnxNode,
  lowering: Lowering,
  { axis, count }: { readonly axis: number; readonly count: number },
): void {
  const { draft } = lowering;
  const { value, isReal } = lowering.followed(node, node.inputs[0]);
  const dimensions = apart(lowering.dimensionsOf(value), axis);
  const from = lowering.placed(value, dimensions);
  const next = shapeOf(value.layout).map((size, at) => (at === axis ? count : size));
  const output = lowering.made(node.outputs[0], next, dimensions, draft.contentOf(from));
  const list = draft.integers(`${node.name}/indices`, lowering.list(`${node.outputs[0]}/indices`) ?? []);
  draft.emit({
    ...{ kind: 'GATHER', inputs: [from, list], outputs: [output.tensor], table: 'GatherOptions' },
    values: { axis: dimensions.findIndex((axes) => axes.includes(axis)), batchDims: 0 },
  });
  lowering.set(node.outputs[0], output, isReal);
}

/** Dimensions that TFLM's kernel slices. Source: kernels/strided_slice_common.cc, kMaxDim. */
const mostSliced = 4;

/** Neighbours that are wholly taken as one dimension. */
function together(dimensions: Dimensions, isWhole: (axis: number) => boolean): Dimensions {
  const joined: number[][] = [];
  let wasWhole = false;
  for (const axes of dimensions) {
    const isTaken = axes.every(isWhole);
    if (isTaken && wasWhole) joined.at(-1)?.push(...axes);
    else joined.push([...axes]);
    wasWhole = isTaken;
  }
  return joined;
}

interface Slicing {
  readonly cuts: ReturnType<typeof slicesOf>;
  /** Axes of one place that the result has not. */
  readonly dropped: readonly number[];
}

function emitSlice(node: OnnxNode, lowering: Lowering, { cuts, dropped }: Slicing): void {
  const { draft } = lowering;
  const { value, isReal } = lowering.followed(node, node.inputs[0]);
  const shape = shapeOf(value.layout);
  if (cuts.some(({ count }) => count < 1)) throw refused(node, 'nothing is left of its input.');
  const isWhole = (axis: number): boolean => cuts[axis].count === shape[axis] && cuts[axis].step === 1;
  const own = lowering.dimensionsOf(value);
  const isFine = own.every((axes) => axes.length === 1 || axes.every(isWhole));
  const fine = isFine ? own : own.flat().map((axis) => [axis]);
  const dimensions =
    fine.length > mostSliced ? together(fine, (axis) => isWhole(axis) && !dropped.includes(axis)) : fine;
  const from = lowering.placed(value, dimensions);
  const sizes = (axes: readonly number[]): number => axes.reduce((product, axis) => product * shape[axis], 1);
  const lists = [
    dimensions.map((axes) => (axes.length === 1 ? cuts[axes[0]].start : 0)),
    dimensions.map((axes) => (axes.length === 1 ? endOf(cuts[axes[0]]) : sizes(axes))),
    dimensions.map((axes) => (axes.length === 1 ? cuts[axes[0]].step : 1)),
  ];
  // An end before the first place, where a slice goes backwards, is said by the mask.
  const endMask = lists[1].reduce((mask, end, at) => (end < 0 ? mask + 2 ** at : mask), 0);
  const cut = cuts.map(({ count }) => count);
  const kept = cut.map((_, axis) => axis).filter((axis) => !dropped.includes(axis));
  const next = dimensions
    .filter((axes) => !(axes.length === 1 && dropped.includes(axes[0])))
    .map((axes) => axes.map((axis) => kept.indexOf(axis)));
  const shrinkAxisMask = dimensions.reduce(
    (mask, axes, at) => (axes.length === 1 && dropped.includes(axes[0]) ? mask + 2 ** at : mask),
    0,
  );
  const output = lowering.made(
    node.outputs[0],
    kept.map((axis) => cut[axis]),
    next,
    draft.contentOf(from),
  );
  const named = lists.map((list, index) => draft.integers(`${node.name}/${['begin', 'end', 'step'][index]}`, list));
  draft.emit({
    ...{ kind: 'STRIDED_SLICE', inputs: [from, ...named], outputs: [output.tensor], table: 'StridedSliceOptions' },
    values: { ...stridedValues, endMask, shrinkAxisMask },
  });
  lowering.set(node.outputs[0], output, isReal);
}

function endOf({ start, step, count }: ReturnType<typeof slicesOf>[number]): number {
  return step > 0 ? (count - 1) * step + start + 1 : (count - 1) * step + start - 1;
}

/** Expand of a value: BROADCAST_TO, in ONNX's own order. */
export function lowerExpand(node: OnnxNode, lowering: Lowering): void {
  const wanted = lowering.list(node.inputs[1]);
  const { value, isReal } = lowering.followed(node, node.inputs[0]);
  const shape = shapeOf(value.layout);
  if (wanted === undefined) throw refused(node, 'its shape is computed; only constants are taken.');
  const rank = Math.max(wanted.length, shape.length);
  const [a, b] = [shape, wanted].map((each) => [...Array<number>(rank - each.length).fill(1), ...each]);
  const next = a.map((size, axis) => (size === 1 ? b[axis] : size));
  if (next.every((size, axis) => size === a[axis]) && rank === shape.length) {
    lowering.set(node.outputs[0], value, isReal);
    return;
  }
  if (rank === shape.length && isSpreadAnyway(node, lowering, next)) {
    lowering.set(node.outputs[0], value, isReal);
    return;
  }
  const { draft } = lowering;
  const from = draft.reshaped(draft.placed(value, value.layout.axes), a);
  const output = lowering.made(
    node.outputs[0],
    next,
    next.map((_, axis) => [axis]),
    draft.contentOf(from),
  );
  const list = draft.integers(`${node.name}/shape`, next);
  draft.emit({ kind: 'BROADCAST_TO', inputs: [from, list], outputs: [output.tensor] });
  lowering.set(node.outputs[0], output, isReal);
}

/** True where all that reads it computes with a value of the whole shape, so that it spreads by itself. */
function isSpreadAnyway({ outputs: [name] }: OnnxNode, lowering: Lowering, shape: readonly number[]): boolean {
  const readers = lowering.readersThrough(name);
  const isWhole = (given: string): boolean => {
    const other = lowering.quantizedOf(given);
    if (other === name || !lowering.isValue(other)) return false;
    const own = shapeOf(lowering.followed(readers[0], other).value.layout);
    return own.length === shape.length && own.every((size, axis) => size === shape[axis]);
  };
  const spreads = ({ kind, inputs }: OnnxNode): boolean => binaries.has(kind) && inputs.some(isWhole);
  return readers.length > 0 && readers.every(spreads);
}
