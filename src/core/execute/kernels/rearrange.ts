import { numberOption } from '../../model/options';
import { positiveAxis, stridesOf, viewIndices } from '../broadcast';
import { input, output, type KernelMaker } from '../kernel';
import { pickKernel } from '../pick';

/** Operators whose output is a view of their input: each element is some element of the input. */
export const transpose: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  const order = input(call, 1);
  return pickKernel(call, to, [1], () => {
    const strides = stridesOf(from.shape);
    const view = Array.from(
      order.int32.subarray(0, from.shape.length),
      (axis) => strides[positiveAxis(axis, from.shape.length)],
    );
    return viewIndices(to.shape, view);
  });
};

export const reverseV2: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  const axes = input(call, 1);
  return pickKernel(call, to, [1], () => {
    const reversed = new Set(Array.from(axes.int32, (axis) => positiveAxis(axis, from.shape.length)));
    const strides = stridesOf(from.shape);
    const start = strides.reduce(
      (sum, stride, dimension) => sum + (reversed.has(dimension) ? stride * (from.shape[dimension] - 1) : 0),
      0,
    );
    return viewIndices(
      to.shape,
      strides.map((stride, dimension) => (reversed.has(dimension) ? -stride : stride)),
      start,
    );
  });
};

export const broadcastTo: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  return pickKernel(call, to, [], () => {
    const missing = to.shape.length - from.shape.length;
    const strides = stridesOf(from.shape);
    const view = to.shape.map((_length, dimension) =>
      dimension < missing || from.shape[dimension - missing] === 1 ? 0 : strides[dimension - missing],
    );
    return viewIndices(to.shape, view);
  });
};

/** Blocks of pixels become channels. */
export const spaceToDepth: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  const block = numberOption(call.operator, 'blockSize', 1);
  const [, , width, depth] = from.shape;
  const [batches, rows, columns] = to.shape;
  const line = width * depth;
  const view = [from.shape[1] * line, block * line, block * depth, line, depth, 1];
  return pickKernel(call, to, [], () => viewIndices([batches, rows, columns, block, block, depth], view));
};

/** Channels become blocks of pixels. */
export const depthToSpace: KernelMaker = (call) => {
  const [from, to] = [input(call, 0), output(call)];
  const block = numberOption(call.operator, 'blockSize', 1);
  const [batches, height, width, depth] = from.shape;
  const outDepth = to.shape[3];
  const view = [height * width * depth, width * depth, block * outDepth, depth, outDepth, 1];
  return pickKernel(call, to, [], () => viewIndices([batches, height, block, width, block, outDepth], view));
};
