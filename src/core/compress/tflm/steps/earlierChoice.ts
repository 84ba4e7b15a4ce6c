import { hasSameShape } from '../../clean/equalTensors';
import { isLacking } from '../isLacking';
import type { NewOperator } from '../graphView';
import { encode } from '../../../model/values/stored';
import { patternRewrite } from '../patternRewrite';

/** SELECT_V2 of floats for a version that has none: each value by 0 or 1, and the sum. */
export const earlierChoice = patternRewrite({
  id: 'earlier-choice',
  exactWhen: 'Numbers are float32 and finite, and condition and values have one shape: what is added is 0.',
  kinds: ['SELECT_V2'],
  match: (operator, view, use) => {
    const [condition, yes, no, to] = [...operator.inputs, ...operator.outputs].map((index) => view.tensor(index));
    if (!isLacking(operator.kind, use) || to?.type !== 'float32' || isLacking('CAST', use)) return undefined;
    if (![condition, yes, no].every((tensor) => tensor !== undefined && hasSameShape(tensor, to))) return undefined;
    const [mask, rest, first, second] = ['mask', 'rest', 'first', 'second'].map((name) =>
      view.addLike(to, `${to.name}/${name}`, to.shape),
    );
    const data = encode('float32', [1]);
    const one = view.add({ name: `${to.name}/one`, type: 'float32', shape: [1], isVariable: false, data });
    const plain = (kind: string, table: string, inputs: readonly number[], output: number): NewOperator => ({
      ...{ kind, inputs, outputs: [output], options: { table, values: { fusedActivationFunction: 'NONE' } } },
    });
    return {
      removed: [operator],
      inserted: [
        {
          ...{ kind: 'CAST', inputs: [operator.inputs[0]], outputs: [mask] },
          options: { table: 'CastOptions', values: { inDataType: 'BOOL', outDataType: 'FLOAT32' } },
        },
        plain('SUB', 'SubOptions', [one, mask], rest),
        plain('MUL', 'MulOptions', [mask, operator.inputs[1]], first),
        plain('MUL', 'MulOptions', [rest, operator.inputs[2]], second),
        plain('ADD', 'AddOptions', [first, second], operator.outputs[0]),
      ],
      sentence: (name) =>
        `SELECT_V2 "${name}" is computed by CAST, SUB, MUL and ADD now, as the version in use has no other.`,
    };
  },
});
