import type { Operator } from '../../../model/model';
import { constantIntegers } from '../../../operators/shapes';
import { faultRewrite } from '../faultRewrite';
import { padded } from '../newOperators';

/** SPACE_TO_BATCH_ND whose kernel pads with the integer 0 gets its input padded by PAD, which knows the zero point. */
export const paddedBlocks = faultRewrite({
  id: 'padded-blocks',
  mends: ['space-to-batch-padding'],
  exactWhen: 'PAD puts what stands for zero at the same places.',
  match: (operator, view) => {
    const rank = view.tensor(operator.inputs[0])?.shape.length ?? 0;
    const sizes = constantIntegers(view.tensor(operator.inputs[2])) ?? [];
    const dimensions = sizes.length / 2;
    if (!Number.isInteger(dimensions) || rank !== dimensions + 2 || sizes.some((size) => size < 0)) return undefined;
    const pads = Array.from({ length: dimensions }, (_, at) => [sizes[2 * at], sizes[2 * at + 1]] as const);
    const [whole, pad] = padded(view, operator.inputs[0], [[0, 0], ...pads, [0, 0]]);
    const zeros = view.addIntegers(`${view.tensor(whole)!.name}/none`, new Array<number>(sizes.length).fill(0), [
      dimensions,
      2,
    ]);
    const bare: Operator = { ...operator, inputs: [whole, operator.inputs[1], zeros] };
    return {
      ...{ removed: [operator], inserted: [pad, bare] },
      sentence: (name) => `SPACE_TO_BATCH_ND "${name}" is padded by a PAD before it now, with what stands for zero.`,
    };
  },
});
