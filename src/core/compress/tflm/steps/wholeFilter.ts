import type { Operator } from '../../../model/model';
import { faultRewrite } from '../faultRewrite';

/** A 1x1 convolution in groups gets a filter over all channels, with zeros for those of other groups. */
export const wholeFilter = faultRewrite({
  id: 'whole-filter',
  mends: ['grouped-pointwise'],
  exactWhen: 'Weights are int8 with the zero point 0, so that products with what is added are zero.',
  match: (operator, view) => {
    const [from, filter] = [view.tensor(operator.inputs[0]), view.tensor(operator.inputs[1])];
    const channels = from?.shape.at(-1) ?? 0;
    const [units, , , depth] = filter?.shape ?? [];
    const groups = channels / depth;
    const isWhole = Number.isInteger(groups) && Number.isInteger(units / groups);
    const isPlain = filter?.quantization?.zeroPoints.every((zero) => zero === 0) === true;
    if (filter?.data === undefined || !isWhole || !isPlain || filter.data.length !== units * depth) return undefined;
    const data = new Uint8Array(units * channels);
    for (let unit = 0; unit < units; unit++) {
      const group = Math.floor(unit / (units / groups));
      data.set(filter.data.subarray(unit * depth, (unit + 1) * depth), unit * channels + group * depth);
    }
    const wide = view.addConstant({ ...filter, data }, `${filter.name}/whole`, [units, 1, 1, channels]);
    const whole: Operator = { ...operator, inputs: [operator.inputs[0], wide, ...operator.inputs.slice(2)] };
    return {
      ...{ removed: [operator], inserted: [whole] },
      sentence: (name) =>
        `CONV_2D "${name}" has a filter over all ${channels} channels now, in place of ${groups} groups.`,
    };
  },
});
