import { isStatic, type DraftNode } from '../draft';
import type { Pass, Rewriter } from './rewriter';

/**
 * Blocks into the batch, a convolution and the way back are one dilated convolution, where all lengths are known and
 * nothing else reads the blocks. Source: `ConvertTFDilatedConvOp` of tensorflow/compiler/mlir/lite/transforms.
 */
export const fuseDilation: Pass = (node, rewriter) => {
  const [input, blocks] = node.inputs;
  if (node.kind !== 'SPACE_TO_BATCH_ND' || node.padding === undefined || input === undefined) return false;
  if (!isStatic(node.outputs[0].shape)) return false;
  const rates = Array.from(blocks?.constant?.values ?? []);
  const expand = readerOf(node, rewriter, 'EXPAND_DIMS');
  const slide = rewriter.onlyReader((expand ?? node).outputs[0]);
  if (slide?.kind !== 'CONV_2D' && slide?.kind !== 'DEPTHWISE_CONV_2D') return false;
  const squeeze = expand === undefined ? undefined : readerOf(slide, rewriter, 'RESHAPE');
  const back = rewriter.onlyReader((squeeze ?? slide).outputs[0]);
  if (back?.kind !== 'BATCH_TO_SPACE_ND') return false;
  const [result] = back.outputs;
  const [high, wide] = rates.length === 2 ? rates : [1, rates[0]];
  slide.options = { ...slide.options, padding: node.padding, dilationHFactor: high, dilationWFactor: wide };
  if (expand === undefined || squeeze === undefined) {
    slide.inputs = [input, ...slide.inputs.slice(1)];
    rewriter.merge(slide, back);
  } else {
    const axis = expand.outputs[0].shape.findIndex((length, at) => length === 1 && at > 0);
    const tall = (shape: typeof input.shape): typeof input.shape => [...shape.slice(0, axis), 1, ...shape.slice(axis)];
    expand.inputs = [input, ...expand.inputs.slice(1)];
    expand.outputs[0] = { ...expand.outputs[0], shape: tall(input.shape) };
    slide.inputs = [expand.outputs[0], ...slide.inputs.slice(1)];
    slide.outputs[0] = { ...slide.outputs[0], shape: tall(result.shape) };
    squeeze.inputs = [
      slide.outputs[0],
      {
        ...squeeze.inputs[1]!,
        constant: { label: 'const', values: Int32Array.from(result.shape.map((length) => length ?? -1)) },
      },
    ];
    squeeze.outputs = [{ ...squeeze.outputs[0], shape: result.shape }];
    rewriter.redirect(result, squeeze.outputs[0]);
  }
  rewriter.changed();
  return true;
};

function readerOf(node: DraftNode, rewriter: Rewriter, kind: string): DraftNode | undefined {
  const reader = rewriter.onlyReader(node.outputs[0]);
  return reader?.kind === kind ? reader : undefined;
}
