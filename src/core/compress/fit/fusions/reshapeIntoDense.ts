import { elementCount } from '../../../model/dataType';
import type { Operator, Tensor } from '../../../model/model';
import { isConstant } from '../../../model/model';
import { enumOption } from '../../../model/options';
import { holdsSame } from '../../clean/equalTensors';
import { reshaping } from '../../tflm/reshaping';
import type { GraphView } from '../../tflm/graphView';
import { patternRewrite } from '../../tflm/patternRewrite';

/** A RESHAPE before dense layers, which read their input as rows by themselves. */
export const reshapeIntoDense = patternRewrite({
  id: 'reshape-into-dense',
  exactWhen:
    'FULLY_CONNECTED without keep_num_dims takes its input as rows of the length of its weights, whatever the shape: the same numbers in the same order.',
  kinds: [...reshaping],
  match: (operator, view) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    if (from === undefined || to === undefined || from.isVariable || isConstant(from)) return undefined;
    const readers = view.readers(to.index);
    const isFree = readers.length > 0 && !view.isOutput(to.index) && holdsSame(from, to);
    if (!isFree || !readers.every((reader) => takesRows(reader, from, to, view))) return undefined;
    return {
      ...{ removed: [operator], inserted: [], redirect: [to.index, from.index] as const },
      sentence: (name) => `FULLY_CONNECTED takes its rows from what was before ${operator.kind} "${name}".`,
    };
  },
});

function takesRows(dense: Operator, from: Tensor, { index }: Tensor, view: GraphView): boolean {
  const isInput = dense.inputs[0] === index && dense.inputs.filter((each) => each === index).length === 1;
  if (dense.kind !== 'FULLY_CONNECTED' || !isInput) return false;
  const isPlain =
    dense.options?.values.keepNumDims !== true && enumOption(dense, 'weightsFormat', 'DEFAULT') === 'DEFAULT';
  const [units, depth] = view.tensor(dense.inputs[1])?.shape ?? [];
  const [rows, made, ...more] = view.tensor(dense.outputs[0])?.shape ?? [];
  return isPlain && more.length === 0 && made === units && rows * depth === elementCount(from.shape);
}
