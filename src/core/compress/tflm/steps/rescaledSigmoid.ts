import type { Operator, Quantization } from '../../../model/model';
import { lookup } from '../../../text/lookup';
import { faultRewrite } from '../faultRewrite';
import { int8Lookup } from '../int8Lookup';
import { quantizeTo } from '../newOperators';

/** The scale and zero point at which each kernel writes its values, whatever the file says. */
const written: Readonly<Record<string, Quantization>> = lookup({
  LOGISTIC: { scales: [1 / 256], zeroPoints: [-128], axis: 0 },
  L2_NORMALIZATION: { scales: [1 / 128], zeroPoints: [0], axis: 0 },
  TANH: { scales: [1 / 128], zeroPoints: [0], axis: 0 },
});

const functions: Readonly<Record<string, (value: number) => number>> = lookup({
  LOGISTIC: (value: number) => 1 / (1 + Math.exp(-value)),
  TANH: Math.tanh,
});

/** TANH, LOGISTIC and L2_NORMALIZATION of int8 at another scale than their kernels write. */
export const rescaledSigmoid = faultRewrite({
  id: 'rescaled-sigmoid',
  mends: ['tanh-other-scale', 'logistic-other-scale', 'l2-normalization-other-scale'],
  exactWhen:
    'A table of 256 results is rounded from the real numbers as TF Lite rounds its own. Where the declared scale is at least that of the kernel, a QUANTIZE is put behind it instead, ' +
    'which is off by one step at most.',
  match: (operator, view) => {
    const to = view.tensor(operator.outputs[0]);
    const own = written[operator.kind];
    const scale = to?.quantization?.scales[0];
    if (to === undefined || scale === undefined) return undefined;
    const compute = functions[operator.kind];
    const looked = scale < own.scales[0] && compute ? int8Lookup(view, operator, compute) : undefined;
    if (looked !== undefined) {
      return {
        ...{ removed: [operator], inserted: looked },
        sentence: (name) => `${operator.kind} "${name}" looks its results up in a table of 256 bytes now.`,
      };
    }
    const between = view.addLike({ ...to, quantization: own }, `${to.name}/own`, to.shape);
    const kernel: Operator = { ...operator, outputs: [between] };
    return {
      ...{ removed: [operator], inserted: [kernel, quantizeTo(between, operator.outputs[0])] },
      sentence: (name) => `${operator.kind} "${name}" has the scale that its kernel writes, and a QUANTIZE behind it.`,
    };
  },
});
