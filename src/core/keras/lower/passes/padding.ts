import type { Pass } from './rewriter';

/** Zeros before a convolution that are just those of SAME go into its option. */
export const absorbPadding: Pass = (node, rewriter) => {
  if ((node.kind !== 'CONV_2D' && node.kind !== 'DEPTHWISE_CONV_2D') || node.options.padding !== 'VALID') return false;
  const [padded, filter] = node.inputs;
  const pad = rewriter.producer(padded);
  if (pad?.kind !== 'PAD' || pad.inputs[0] === undefined || padded === undefined) return false;
  const [input, widths] = pad.inputs;
  const values = widths?.constant?.values;
  if (values === undefined || values.length !== 8 || filter === undefined) return false;
  const isSame = [1, 2].every((axis) => {
    const [length, size] = [input.shape[axis], filter.shape[axis]];
    const [stride, dilation] =
      axis === 1
        ? [node.options.strideH, node.options.dilationHFactor]
        : [node.options.strideW, node.options.dilationWFactor];
    if (typeof length !== 'number' || typeof size !== 'number') return false;
    if (typeof stride !== 'number' || typeof dilation !== 'number') return false;
    const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + (size - 1) * dilation + 1 - length);
    const before = Math.floor(total / 2);
    return values[axis * 2] === before && values[axis * 2 + 1] === total - before;
  });
  if (!isSame || values[0] + values[1] + values[6] + values[7] !== 0) return false;
  node.inputs = [input, ...node.inputs.slice(1)];
  node.options = { ...node.options, padding: 'SAME' };
  node.outputs[0].name += `;${pad.outputs[0].name}`;
  rewriter.changed();
  return true;
};
