import type { Operator } from '../../../model/model';
import { isLacking } from '../isLacking';
import { patternRewrite } from '../patternRewrite';

/** REDUCE_MIN of floats for a version that has none: the largest of the negated numbers, negated. */
export const earlierMinimum = patternRewrite({
  id: 'earlier-minimum',
  exactWhen: 'Numbers are float32, whose sign alone changes.',
  kinds: ['REDUCE_MIN'],
  match: (operator, view, use) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    if (!isLacking(operator.kind, use) || from?.type !== 'float32' || to === undefined) return undefined;
    const negated = view.addLike(from, `${from.name}/negated`, from.shape);
    const largest = view.addLike(to, `${to.name}/largest`, to.shape);
    const maximum: Operator = {
      ...{ ...operator, kind: 'REDUCE_MAX', version: 1 },
      ...{ inputs: [negated, operator.inputs[1]], outputs: [largest] },
    };
    return {
      removed: [operator],
      inserted: [
        { kind: 'NEG', inputs: [operator.inputs[0]], outputs: [negated] },
        maximum,
        { kind: 'NEG', inputs: [largest], outputs: operator.outputs },
      ],
      sentence: (name) =>
        `REDUCE_MIN "${name}" is a REDUCE_MAX between two NEG now, as the version in use has no other.`,
    };
  },
});
