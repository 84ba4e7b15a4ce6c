import type { Operator } from '../../../model/model';
import { enumOption } from '../../../model/options';
import { elements } from '../../../operators/shapes';
import { faultRewrite } from '../faultRewrite';
import { reshaped, reshapeTo } from '../newOperators';

/** FULLY_CONNECTED with a scale for each output is a 1x1 convolution, whose kernel always took them. */
export const densePointwise = faultRewrite({
  id: 'dense-pointwise',
  mends: ['dense-per-channel-ignored', 'dense-per-channel-refused'],
  exactWhen: 'Inputs are int8: both sum the same products and rescale them by the scale of their channel.',
  match: (operator, view) => {
    const [from, weights] = [view.tensor(operator.inputs[0]), view.tensor(operator.inputs[1])];
    const to = view.tensor(operator.outputs[0]);
    const [units, depth] = weights?.shape ?? [];
    const rows = (elements(from) ?? Number.NaN) / depth;
    const isDense = weights?.shape.length === 2 && weights.quantization?.axis === 0 && Number.isInteger(rows);
    const isPlain = enumOption(operator, 'weightsFormat', 'DEFAULT') === 'DEFAULT' && weights?.data !== undefined;
    if (from?.type !== 'int8' || weights?.type !== 'int8' || to?.type !== 'int8' || !isDense || !isPlain)
      return undefined;
    const [image, opened] = reshaped(view, operator.inputs[0], [1, rows, 1, depth]);
    const filter = view.addConstant(weights, `${weights.name}/filter`, [units, 1, 1, depth]);
    const made = view.addLike(to, `${to.name}/pixels`, [1, rows, 1, units]);
    const convolution: Operator = {
      ...{ ...operator, kind: 'CONV_2D', version: 3 },
      ...{ inputs: [image, filter, ...operator.inputs.slice(2)], outputs: [made] },
      options: {
        table: 'Conv2DOptions',
        values: {
          ...{ padding: 'VALID', strideW: 1, strideH: 1, dilationWFactor: 1, dilationHFactor: 1 },
          fusedActivationFunction: enumOption(operator, 'fusedActivationFunction', 'NONE'),
        },
      },
    };
    return {
      removed: [operator],
      inserted: [opened, convolution, reshapeTo(view, made, operator.outputs[0])],
      sentence: (name) => `FULLY_CONNECTED "${name}" is a 1x1 convolution now, which takes a scale for each output.`,
    };
  },
});
