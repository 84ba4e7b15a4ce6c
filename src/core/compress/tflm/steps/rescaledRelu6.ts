import { faultRewrite } from '../faultRewrite';
import { quantizeTo } from '../newOperators';

/** RELU6 to another scale: QUANTIZE to it first, so that the kernel only has to cut. */
export const rescaledRelu6 = faultRewrite({
  id: 'rescaled-relu6',
  mends: ['relu6-other-scale'],
  exactWhen: 'TF Lite multiplies by the quotient of the scales as QUANTIZE does, and cuts to 0 and 6 behind that.',
  match: (operator, view) => {
    const to = view.tensor(operator.outputs[0]);
    if (to?.quantization?.scales.length !== 1) return undefined;
    const between = view.addLike(to, `${to.name}/rescaled`, to.shape);
    return {
      removed: [operator],
      inserted: [quantizeTo(operator.inputs[0], between), { ...operator, inputs: [between] }],
      sentence: (name) => `RELU6 "${name}" is given its input at the scale of its output by a QUANTIZE now.`,
    };
  },
});
