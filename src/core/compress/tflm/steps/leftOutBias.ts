import type { Operator } from '../../../model/model';
import { faultRewrite } from '../faultRewrite';

/** A bias that the file lists as absent is not listed at all. */
export const leftOutBias = faultRewrite({
  id: 'left-out-bias',
  mends: ['depthwise-bias-absent'],
  exactWhen: 'Nothing was added, and nothing is.',
  match: (operator) => {
    const short: Operator = { ...operator, inputs: operator.inputs.slice(0, 2) };
    return {
      ...{ removed: [operator], inserted: [short] },
      sentence: (name) => `${operator.kind} "${name}" lists no bias now, in place of one that is absent.`,
    };
  },
});
