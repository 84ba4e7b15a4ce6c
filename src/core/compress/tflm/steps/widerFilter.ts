import { transposedConvolutionOf } from '../../../faults/convolutions';
import type { Operator } from '../../../model/model';
import { numberOption } from '../../../model/options';
import { faultRewrite } from '../faultRewrite';
import { zerosBehind } from '../zerosBehind';

/** A transposed convolution whose stride is wider than its filter gets a filter as wide as the stride. */
export const widerFilter = faultRewrite({
  id: 'wider-filter',
  mends: ['transposed-scratch'],
  exactWhen: 'Weights are int8 with the zero point 0; the columns that are added hold zeros, and nothing was padded.',
  match: (operator, view) => {
    const filter = transposedConvolutionOf(operator, view.graph)?.filter;
    const wide = filter && zerosBehind(filter, 2, numberOption(operator, 'strideW', 1));
    if (wide === undefined) return undefined;
    const [shape, , ...rest] = operator.inputs;
    const whole: Operator = { ...operator, inputs: [shape, view.add(wide), ...rest] };
    return {
      ...{ removed: [operator], inserted: [whole] },
      sentence: (name) => `TRANSPOSE_CONV "${name}" has a filter as wide as its stride now, with columns of zeros.`,
    };
  },
});
