import { isLacking } from '../isLacking';
import { patternRewrite } from '../patternRewrite';

/** SQUARED_DIFFERENCE of floats for a version that has none: SUB and MUL. */
export const earlierDifference = patternRewrite({
  id: 'earlier-difference',
  exactWhen: 'Numbers are float32: the kernel multiplies the rounded difference with itself, too.',
  kinds: ['SQUARED_DIFFERENCE'],
  match: (operator, view, use) => {
    const to = view.tensor(operator.outputs[0]);
    if (!isLacking(operator.kind, use) || to?.type !== 'float32') return undefined;
    const between = view.addLike(to, `${to.name}/difference`, to.shape);
    const plain = { fusedActivationFunction: 'NONE' };
    return {
      removed: [operator],
      inserted: [
        {
          ...{ kind: 'SUB', inputs: operator.inputs, outputs: [between] },
          options: { table: 'SubOptions', values: plain },
        },
        {
          ...{ kind: 'MUL', inputs: [between, between], outputs: operator.outputs },
          options: { table: 'MulOptions', values: plain },
        },
      ],
      sentence: (name) => `SQUARED_DIFFERENCE "${name}" is SUB and MUL now, as the version in use has no other.`,
    };
  },
});
