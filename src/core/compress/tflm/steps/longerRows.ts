import type { Operator } from '../../../model/model';
import { faultRewrite } from '../faultRewrite';
import { padded } from '../newOperators';
import { zerosBehind } from '../zerosBehind';

/** FULLY_CONNECTED whose kernel needs rows of whole vectors gets longer ones. */
export const longerRows = faultRewrite({
  id: 'longer-rows',
  mends: ['esp-short-dense', 'esp-dense-rows'],
  exactWhen: 'Weights are int8 with the zero point 0; what is added to each row is multiplied by zeros.',
  match: (operator, view) => {
    const [from, weights] = [view.tensor(operator.inputs[0]), view.tensor(operator.inputs[1])];
    const depth = weights?.shape.at(-1) ?? 0;
    if (from?.shape.at(-1) !== depth || weights?.shape.length !== 2) return undefined;
    const size = depth < 8 ? 8 : Math.ceil(depth / 16) * 16;
    const wide = zerosBehind(weights, 1, size);
    if (wide === undefined) return undefined;
    const pads = from.shape.map((_, axis) => [0, axis === from.shape.length - 1 ? size - depth : 0] as const);
    const [whole, pad] = padded(view, operator.inputs[0], pads);
    const longer: Operator = { ...operator, inputs: [whole, view.add(wide), ...operator.inputs.slice(2)] };
    return {
      ...{ removed: [operator], inserted: [pad, longer] },
      sentence: (name) => `FULLY_CONNECTED "${name}" works on rows of ${size} numbers in place of ${depth} now.`,
    };
  },
});
