import { convolutionOf } from '../../../faults/convolutions';
import type { Operator } from '../../../model/model';
import { faultRewrite } from '../faultRewrite';
import { padded, withOptions } from '../newOperators';

/** A convolution whose kernel pads wrongly is padded by a PAD before it. */
export const padBefore = faultRewrite({
  id: 'pad-before',
  mends: ['esp-convolution-edges', 'esp-depthwise-scratch', 'esp-tall-padding', 'row-without-scratch'],
  exactWhen: 'PAD puts what stands for zero where the convolution took zeros.',
  match: (operator, view) => {
    const found = convolutionOf(operator, view.graph);
    if (found === undefined) return undefined;
    const { padTop, padLeft } = found.window;
    const [down, right] = [Math.max(0, found.beyondBottom), Math.max(0, found.beyondRight)];
    if (padTop + padLeft + down + right === 0) return undefined;
    const [whole, pad] = padded(view, operator.inputs[0], [
      [0, 0],
      [padTop, down],
      [padLeft, right],
      [0, 0],
    ]);
    const table = operator.kind === 'CONV_2D' ? 'Conv2DOptions' : 'DepthwiseConv2DOptions';
    const options = withOptions(operator, table, { padding: 'VALID' });
    const valid: Operator = { ...operator, inputs: [whole, ...operator.inputs.slice(1)], options };
    return {
      ...{ removed: [operator], inserted: [pad, valid] },
      sentence: (name) => `${operator.kind} "${name}" is padded by a PAD before it now.`,
    };
  },
});
