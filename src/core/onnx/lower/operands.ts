import { elementCount } from '../../model/dataType';
import { decode, encode } from '../../model/values/stored';
import { broadcastShape, broadcastTo, turned } from '../arrays';
import type { Content, LaidValue } from '../draft';
import { sameAtoms, shapeOf, type Dimensions } from '../layout';
import type { Known, Lowering } from '../lowering';
import { refused } from '../nodes';
import type { OnnxNode } from '../onnxModel';

/** The shape of all operands together, and in which dimensions they are computed with: those of the largest. */
export function commonOf(
  node: OnnxNode,
  lowering: Lowering,
  { isInteger, reads }: { readonly isInteger: boolean; readonly reads: readonly string[] },
): { readonly shape: readonly number[]; readonly dimensions: Dimensions; readonly content: Content } {
  const shapes = node.inputs.map((name) => shapeFor(node, lowering, name));
  const shape = shapes.reduce((left, right) => {
    const both = broadcastShape(left, right);
    if (both === undefined)
      throw refused(node, `the shapes of its inputs do not fit: [${left.join(', ')}] and [${right.join(', ')}].`);
    return both;
  });
  const values = (reads.length === 0 ? node.inputs : reads).map((name) => lowering.read(node, name, isInteger));
  const main = values.find(({ layout }) => sameShape(shapeOf(layout), shape));
  const content = lowering.draft.contentOf(values[0].tensor);
  const own = main && lowering.dimensionsOf(main);
  if (own !== undefined && values.every((value) => fitsInto(value, own, shape)))
    return { shape, dimensions: own, content };
  const order = main && own ? own.flat() : shape.map((_, axis) => axis);
  return { shape, dimensions: order.map((axis) => [axis]), content };
}

function shapeFor(node: OnnxNode, lowering: Lowering, name: string): readonly number[] {
  if (lowering.isValue(name)) return shapeOf(lowering.followed(node, name).value.layout);
  const known = lowering.known(name);
  if (known === undefined) throw refused(node, `nothing before it computes "${name}".`);
  return known.shape;
}

const sameShape = (left: readonly number[], right: readonly number[]): boolean =>
  left.length === right.length && left.every((size, axis) => size === right[axis]);

/** A value that repeats within a dimension of several axes would not be a tensor's broadcast. */
function fitsInto({ layout }: LaidValue, dimensions: Dimensions, shape: readonly number[]): boolean {
  const missing = shape.length - layout.axes.length;
  return dimensions.every((axes) => {
    const sizes = axes.map((axis) => (axis < missing ? 1 : shapeOf(layout)[axis - missing]));
    return sizes.every((size) => size === 1) || sizes.every((size, index) => size === shape[axes[index]]);
  });
}

interface Operand {
  readonly name: string;
  readonly isInteger: boolean;
  readonly shape: readonly number[];
  readonly dimensions: Dimensions;
}

/** The tensor of an operand as the others lie. */
export function operandIn(node: OnnxNode, lowering: Lowering, { name, isInteger, shape, dimensions }: Operand): number {
  if (!lowering.isValue(name)) return constantIn(node, lowering, { name, isInteger, shape, dimensions });
  const value = lowering.read(node, name, isInteger);
  const missing = shape.length - value.layout.axes.length;
  const atoms = dimensions.map((axes) =>
    axes.flatMap((axis) => (axis < missing ? [] : value.layout.axes[axis - missing])),
  );
  // The same bytes in the same order, whatever their shape: a whole operand needs none of its own.
  const tensor = lowering.draft.tensor(value.tensor);
  const isSame = sameAtoms(atoms.flat(), value.layout.order);
  if (
    isSame &&
    sameShape(
      tensor.shape,
      atoms.map((axis) => axis.reduce((product, { size }) => product * size, 1)),
    )
  )
    return value.tensor;
  return lowering.draft.placed(value, atoms);
}

/** A constant in the dimensions of the others; one number stays one. */
function constantIn(node: OnnxNode, lowering: Lowering, { name, isInteger, shape, dimensions }: Operand): number {
  const known = lowering.known(name)!;
  const { draft } = lowering;
  const stored = isInteger ? storedNumbers(known) : lowering.numbers(name)!;
  const content: Content = isInteger
    ? { type: known.type, quantization: known.quantization }
    : { type: heldNumbers(known) };
  const put = (values: Float64Array, next: readonly number[]): number =>
    draft.constant(name, next, encode(content.type, values)!, content);
  if (stored.values.length === 1) return put(stored.values, [1]);
  const full = { ...stored, shape: [...Array<number>(shape.length - stored.shape.length).fill(1), ...stored.shape] };
  const isPart = dimensions.some(
    (axes) => axes.some((axis) => full.shape[axis] !== 1) && axes.some((axis) => full.shape[axis] !== shape[axis]),
  );
  const array = isPart ? broadcastTo(full, shape) : full;
  const order = dimensions.flat();
  if (order.length !== shape.length) throw refused(node, 'a dimension of its result has no place.');
  const { values } = turned(array, order);
  return put(
    values,
    dimensions.map((axes) => axes.reduce((product, axis) => product * array.shape[axis], 1)),
  );
}

function heldNumbers({ type }: Known): Content['type'] {
  return type === 'int64' ? 'int32' : type === 'float64' || type === 'float16' || type === 'int8' ? 'float32' : type;
}

function storedNumbers(known: Known): { readonly shape: readonly number[]; readonly values: Float64Array } {
  if ('values' in known) return known;
  const { shape, type, data } = known;
  return { shape, values: decode(type, data, elementCount(shape))! };
}
