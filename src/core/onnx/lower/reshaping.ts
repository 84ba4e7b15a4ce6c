import { elementCount } from '../../model/dataType';
import { reshapedShape, squeezedShape, unsqueezedShape } from '../folding';
import { newLayout, reshapedTo, shapeOf, transposed, type Layout } from '../layout';
import type { Lowering } from '../lowering';
import { axisIn, listOf, numberOf, refused } from '../nodes';
import type { OnnxNode } from '../onnxModel';

/** A node that gives its input's bytes under another shape: nothing is emitted before something needs it. */
function passOn(node: OnnxNode, lowering: Lowering, layout: Layout): void {
  const { value, isReal } = lowering.followed(node, node.inputs[0]);
  lowering.set(node.outputs[0], { tensor: value.tensor, layout }, isReal);
}

function layoutOf(node: OnnxNode, lowering: Lowering): Layout {
  return lowering.followed(node, node.inputs[0]).value.layout;
}

/** Identity, Dropout and whatever else does nothing to numbers. */
export function lowerNothing(node: OnnxNode, lowering: Lowering): void {
  passOn(node, lowering, layoutOf(node, lowering));
}

export function lowerTranspose(node: OnnxNode, lowering: Lowering): void {
  const layout = layoutOf(node, lowering);
  const rank = layout.axes.length;
  const permutation = listOf(node, 'perm') ?? layout.axes.map((_, axis) => rank - 1 - axis);
  const axes = permutation.map((axis) => axisIn(node, axis, rank));
  if (new Set(axes).size !== rank) throw refused(node, 'its permutation does not name each axis once.');
  passOn(node, lowering, transposed(layout, axes));
}

export function lowerReshape(node: OnnxNode, lowering: Lowering): void {
  const wanted = lowering.list(node.inputs.at(1)) ?? listOf(node, 'shape');
  if (wanted === undefined) throw refused(node, 'its shape is computed; only constants are taken.');
  reshapeTo(node, lowering, reshapedShape(node, shapeOf(layoutOf(node, lowering)), wanted));
}

export function lowerFlatten(node: OnnxNode, lowering: Lowering): void {
  const shape = shapeOf(layoutOf(node, lowering));
  const given = numberOf(node, 'axis', 1);
  const axis = given === shape.length ? given : axisIn(node, given, shape.length + 1);
  reshapeTo(node, lowering, [elementCount(shape.slice(0, axis)), elementCount(shape.slice(axis))]);
}

export function lowerSqueeze(node: OnnxNode, lowering: Lowering): void {
  const axes = lowering.list(node.inputs.at(1)) ?? listOf(node, 'axes');
  reshapeTo(node, lowering, squeezedShape(node, shapeOf(layoutOf(node, lowering)), axes));
}

export function lowerUnsqueeze(node: OnnxNode, lowering: Lowering): void {
  const axes = lowering.list(node.inputs.at(1)) ?? listOf(node, 'axes');
  if (axes === undefined) throw refused(node, 'its axes are computed; only constants are taken.');
  reshapeTo(node, lowering, unsqueezedShape(node, shapeOf(layoutOf(node, lowering)), axes));
}

function reshapeTo(node: OnnxNode, lowering: Lowering, shape: readonly number[]): void {
  const { value, isReal } = lowering.followed(node, node.inputs[0]);
  if (elementCount(shape) !== elementCount(shapeOf(value.layout)))
    throw refused(node, 'its result would have other elements than its input.');
  const layout = reshapedTo(value.layout, shape);
  if (layout !== undefined) {
    passOn(node, lowering, layout);
    return;
  }
  // Where the cut goes through what lies apart, all is put into ONNX's order first.
  const plain = lowering.draft.placed(value, value.layout.axes);
  lowering.set(node.outputs[0], { tensor: lowering.draft.reshaped(plain, shape), layout: newLayout(shape) }, isReal);
}
