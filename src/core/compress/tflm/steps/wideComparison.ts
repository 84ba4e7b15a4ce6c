import { faultsOf } from '../../../faults/faults';
import { encode, storedValues } from '../../../model/values/stored';
import { refusalOf } from '../../refusal';
import type { GraphView, NewOperator } from '../graphView';
import { patternRewrite } from '../patternRewrite';

const fault = 'greater-int16';

/** Comparisons of int16, which TFLM has no kernel for or one that finds nothing greater, as int32. */
export const wideComparison = patternRewrite({
  id: 'wide-comparison',
  mends: [fault],
  exactWhen: 'TF Lite compares int16 as the integers that they are, whatever their scales.',
  kinds: ['GREATER', 'GREATER_EQUAL', 'LESS', 'LESS_EQUAL', 'EQUAL', 'NOT_EQUAL'],
  match: (operator, view, use) => {
    if (!operator.inputs.every((index) => view.tensor(index)?.type === 'int16')) return undefined;
    const isFaulty = faultsOf(operator, view.graph, use).some(({ id }) => id === fault);
    if (!isFaulty && refusalOf(operator, view.graph, use.library) === undefined) return undefined;
    const casts: NewOperator[] = [];
    const inputs = operator.inputs.map((index) => widened(view, index, casts));
    return {
      ...{ removed: [operator], inserted: [...casts, { ...operator, version: 1, inputs }] },
      sentence: (name) => `${operator.kind} "${name}" compares its int16 as int32 now.`,
    };
  },
});

function widened(view: GraphView, index: number, casts: NewOperator[]): number {
  const tensor = view.tensor(index)!;
  const values = storedValues(tensor);
  const wide = { ...tensor, type: 'int32', quantization: undefined } as const;
  if (values !== undefined) {
    return view.addConstant({ ...wide, data: encode('int32', values) }, `${tensor.name}/int32`, tensor.shape);
  }
  const to = view.addLike(wide, `${tensor.name}/int32`, tensor.shape);
  const options = { table: 'CastOptions', values: { inDataType: 'INT16', outDataType: 'INT32' } };
  casts.push({ kind: 'CAST', inputs: [index], outputs: [to], options });
  return to;
}
