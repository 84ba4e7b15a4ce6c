import { elementCount } from '../../../model/dataType';
import { encode } from '../../../model/values/stored';
import { isLacking } from '../isLacking';
import { patternRewrite } from '../patternRewrite';

/** SUM of floats for a version that has none: the mean, as often as there are numbers. */
export const earlierSum = patternRewrite({
  id: 'earlier-sum',
  exactWhen: 'Numbers are float32, which are rounded twice more.',
  kinds: ['SUM'],
  match: (operator, view, use) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    const count = elementCount(from?.shape ?? []) / elementCount(to?.shape ?? []);
    const isPlain = from?.type === 'float32' && to?.type === 'float32' && Number.isInteger(count) && count > 0;
    if (!isLacking(operator.kind, use) || !isPlain) return undefined;
    const mean = view.addLike(to, `${to.name}/mean`, to.shape);
    const data = encode('float32', [count]);
    const times = view.add({ name: `${to.name}/count`, type: 'float32', shape: [1], isVariable: false, data });
    return {
      removed: [operator],
      inserted: [
        { ...operator, kind: 'MEAN', version: 1, outputs: [mean] },
        {
          ...{ kind: 'MUL', inputs: [mean, times], outputs: operator.outputs },
          options: { table: 'MulOptions', values: { fusedActivationFunction: 'NONE' } },
        },
      ],
      sentence: (name) => `SUM "${name}" is MEAN and MUL now, as the version in use has no other.`,
    };
  },
});
