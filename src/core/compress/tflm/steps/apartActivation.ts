import { activationRanges } from '../../../execute/activationRange';
import type { Operator } from '../../../model/model';
import { enumOption } from '../../../model/options';
import { encode } from '../../../model/values/stored';
import { faultRewrite } from '../faultRewrite';
import type { NewOperator } from '../graphView';
import { withOptions } from '../newOperators';

const none = activationRanges['NONE'];

/** What a kernel does not do of a fused activation, as MAXIMUM and MINIMUM behind it. */
export const apartActivation = faultRewrite({
  id: 'apart-activation',
  mends: ['add-int32-activation'],
  exactWhen: 'The numbers are integers, and both ends of the range are.',
  match: (operator, view) => {
    const to = view.tensor(operator.outputs[0]);
    const range = activationRanges[enumOption(operator, 'fusedActivationFunction', 'NONE')];
    if (to === undefined || range === undefined) return undefined;
    const ends = [
      ...(range.least > none.least ? [{ kind: 'MAXIMUM', end: range.least }] : []),
      ...(range.most < none.most ? [{ kind: 'MINIMUM', end: range.most }] : []),
    ];
    const stages = ends.map((_, place) => view.addLike(to, `${to.name}/unbounded${place + 1}`, to.shape));
    const options = withOptions(operator, 'AddOptions', { fusedActivationFunction: 'NONE' });
    const plain: Operator = { ...operator, outputs: [stages[0]], options };
    const cuts = ends.map(({ kind, end }, place): NewOperator => {
      const data = encode('int32', [end]);
      const bound = view.add({ name: `${to.name}/${end}`, type: 'int32', shape: [1], isVariable: false, data });
      return {
        ...{ kind, inputs: [stages[place], bound], outputs: [stages[place + 1] ?? operator.outputs[0]] },
        options: { table: 'MaximumMinimumOptions', values: {} },
      };
    });
    return {
      ...{ removed: [operator], inserted: [plain, ...cuts] },
      sentence: (name) =>
        `${operator.kind} "${name}" of int32 has its activation apart now, which its kernel leaves out.`,
    };
  },
});
