import { shapeOf } from '../layout';
import type { Lowering } from '../lowering';
import { axisIn, listOf, numberOf, refused } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { takeTail } from '../tail';

/** ONNX's reductions and the operators for them. */
export const reductions: ReadonlyMap<string, string> = new Map([
  ['ReduceMean', 'MEAN'],
  ['GlobalAveragePool', 'MEAN'],
  ['ReduceMax', 'REDUCE_MAX'],
  ['GlobalMaxPool', 'REDUCE_MAX'],
  ['ReduceMin', 'REDUCE_MIN'],
  ['ReduceSum', 'SUM'],
]);

/** Operators behind which axes of size one are in the way. */
const flattening: ReadonlySet<string> = new Set(['Flatten', 'Reshape', 'Squeeze', 'Gemm', 'MatMul']);

/** A reduction over some axes: attributes or an input name them. */
export function lowerReduction(node: OnnxNode, lowering: Lowering): void {
  const [name, axesName] = node.inputs;
  const kind = reductions.get(node.kind)!;
  const tail = takeTail(lowering, node, { reads: [name], isReady: kind === 'MEAN' || kind === 'SUM' });
  const input = lowering.read(node, name, tail.isInteger);
  const shape = shapeOf(input.layout);
  const given = node.kind.startsWith('Global')
    ? shape.slice(2).map((_, axis) => axis + 2)
    : (lowering.list(axesName) ?? listOf(node, 'axes'));
  if (given === undefined && axesName !== undefined && axesName !== '')
    throw refused(node, 'its axes are computed; only constants are taken.');
  const isNothing = (given?.length ?? 0) === 0;
  if (isNothing && numberOf(node, 'noop_with_empty_axes', 0) === 1) {
    lowering.set(tail.name, input, !tail.isInteger);
    return;
  }
  const gone = new Set(
    isNothing ? shape.map((_, axis) => axis) : given!.map((axis) => axisIn(node, axis, shape.length)),
  );
  const axes = [...gone];
  const own = lowering.dimensionsOf(input);
  const isSplit = own.some(
    (each) => each.some((axis) => gone.has(axis)) && each.some((axis) => !gone.has(axis) && shape[axis] > 1),
  );
  const dimensions = isSplit ? own.flat().map((axis) => [axis]) : own;
  const from = lowering.placed(input, dimensions);
  const keeps = numberOf(node, 'keepdims', 1) === 1;
  const isFlat =
    !keeps ||
    (lowering.readersOf(tail.name).length > 0 &&
      lowering.readersOf(tail.name).every((each) => flattening.has(each.kind)));
  const isGone = (each: readonly number[]): boolean => each.every((axis) => gone.has(axis));
  const next = shape.flatMap((size, axis) => (gone.has(axis) ? (keeps ? [1] : []) : [size]));
  const place = (axis: number): number => (keeps ? axis : axis - axes.filter((other) => other < axis).length);
  const left = dimensions
    .filter((each) => !isFlat || !isGone(each))
    .map((each) => each.filter((axis) => keeps || !gone.has(axis)).map(place));
  const content = tail.isInteger ? tail.content : { type: lowering.draft.contentOf(from).type };
  const output = lowering.made(tail.name, next, left, content);
  const reduced = dimensions.flatMap((each, at) => (isGone(each) && (isFlat || each.length > 0) ? [at] : []));
  const list = lowering.draft.integers(`${node.name}/axes`, reduced);
  lowering.draft.emit({
    ...{ kind, inputs: [from, list], outputs: [output.tensor], table: 'ReducerOptions' },
    ...{ values: { keepDims: !isFlat }, version: tail.isInteger ? 2 : 1 },
  });
  lowering.set(tail.name, output, !tail.isInteger);
}
