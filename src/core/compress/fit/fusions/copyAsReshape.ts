import { isConstant, type Operator, type Tensor } from '../../../model/model';
import { constantIntegers } from '../../../operators/shapes';
import { holdsSame } from '../../clean/equalTensors';
import type { GraphView } from '../../tflm/graphView';
import { patternRewrite } from '../../tflm/patternRewrite';

/** SQUEEZE, EXPAND_DIMS and a TRANSPOSE that moves dimensions of one, as RESHAPE, which copies nothing in place. */
export const copyAsReshape = patternRewrite({
  id: 'copy-as-reshape',
  exactWhen: 'Dimensions of one come, go or change places: all elements stay in their order.',
  kinds: ['SQUEEZE', 'EXPAND_DIMS', 'TRANSPOSE'],
  match: (operator, view) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    if (from === undefined || to === undefined || from.isVariable || isConstant(from)) return undefined;
    if (!holdsSame(from, to) || !keepsOrder(operator, from, view)) return undefined;
    const shape = view.addIntegers(`${to.name}/shape`, to.shape);
    const inputs = [operator.inputs[0], shape];
    const copy: Operator = {
      ...operator,
      kind: 'RESHAPE',
      version: 1,
      inputs,
      options: undefined,
      options2: undefined,
    };
    return {
      ...{ removed: [operator], inserted: [copy] },
      sentence: (name) => `${operator.kind} "${name}" is a RESHAPE now, which copies nothing where it works in place.`,
    };
  },
});

function keepsOrder({ kind, inputs }: Operator, { shape }: Tensor, view: GraphView): boolean {
  if (kind !== 'TRANSPOSE') return true;
  const sources = constantIntegers(view.tensor(inputs[1]));
  const moved = sources?.filter((axis) => shape[axis] !== 1);
  return moved?.every((axis, place) => place === 0 || axis > moved[place - 1]) ?? false;
}
