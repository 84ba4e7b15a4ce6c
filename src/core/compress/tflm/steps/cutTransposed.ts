import { leadingPadding } from '../../../execute/window';
import { transposedConvolutionOf } from '../../../faults/convolutions';
import type { Operator } from '../../../model/model';
import { numberOption } from '../../../model/options';
import { faultRewrite } from '../faultRewrite';
import { withOptions } from '../newOperators';

/** TRANSPOSE_CONV whose kernel cuts wrongly makes all of its rows, of which SLICE takes the right ones. */
export const cutTransposed = faultRewrite({
  id: 'cut-transposed',
  mends: ['transposed-rows'],
  exactWhen: 'Padding SAME only leaves out rows and columns of what padding VALID makes.',
  match: (operator, view) => {
    const found = transposedConvolutionOf(operator, view.graph);
    if (found === undefined) return undefined;
    const { input, filter, output } = found;
    const strides = [numberOption(operator, 'strideH', 1), numberOption(operator, 'strideW', 1)];
    const sizes = strides.map((stride, axis) => (input.shape[axis + 1] - 1) * stride + filter.shape[axis + 1]);
    const begins = strides.map((stride, axis) =>
      leadingPadding(output.shape[axis + 1], stride, filter.shape[axis + 1]),
    );
    if (sizes.some((size, axis) => size < begins[axis] + output.shape[axis + 1])) return undefined;
    const shape = [output.shape[0], ...sizes, output.shape[3]];
    const whole = view.addLike(output, `${output.name}/whole`, shape);
    const begin = view.addIntegers(`${output.name}/begin`, [0, ...begins, 0]);
    const size = view.addIntegers(`${output.name}/size`, output.shape);
    const options = withOptions(operator, 'TransposeConvOptions', { padding: 'VALID' });
    const inputs = [view.addIntegers(`${output.name}/whole/shape`, shape), ...operator.inputs.slice(1)];
    const valid: Operator = { ...operator, inputs, outputs: [whole], options };
    return {
      removed: [operator],
      inserted: [
        valid,
        {
          ...{ kind: 'SLICE', version: 2, inputs: [whole, begin, size], outputs: operator.outputs },
          options: { table: 'SliceOptions', values: {} },
        },
      ],
      sentence: (name) =>
        `TRANSPOSE_CONV "${name}" makes all of its rows now, of which a SLICE takes those of padding SAME.`,
    };
  },
});
