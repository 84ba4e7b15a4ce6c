import type { Operator } from '../../../model/model';
import { isConstant } from '../../../model/model';
import { holdsSame } from '../../clean/equalTensors';
import { patternRewrite } from '../patternRewrite';
import { reshaping } from '../reshaping';

/** Operators that give the same values another shape, one behind the other, become one; one that changes none goes. */
export const joinReshapes = patternRewrite({
  id: 'join-reshapes',
  exactWhen: 'No value is moved: all of them have the same elements in the same order.',
  kinds: [...reshaping],
  match: (operator, view) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    if (from === undefined || to === undefined || from.isVariable || isConstant(from)) return undefined;
    // What remembers is written by it.
    if (to.isVariable) return undefined;
    const isSame = from.shape.length === to.shape.length && from.shape.every((size, axis) => size === to.shape[axis]);
    if (isSame && holdsSame(from, to) && !view.isOutput(operator.outputs[0])) {
      return {
        ...{ removed: [operator], inserted: [], redirect: [operator.outputs[0], operator.inputs[0]] as const },
        sentence: (name) => `${operator.kind} "${name}" changed no shape, and is gone.`,
      };
    }
    const before = view.producer(operator.inputs[0]);
    if (before === undefined || !reshaping.has(before.kind)) return undefined;
    const source = view.tensor(before.inputs[0]);
    const isFree = view.onlyReader(before.outputs[0]) === operator && source?.isVariable === false;
    if (!isFree || !holdsSame(source, to)) return undefined;
    const shape = view.addIntegers(`${to.name}/shape`, to.shape);
    const inputs = [before.inputs[0], shape];
    const joined: Operator = { ...operator, kind: 'RESHAPE', version: 1, inputs, options: undefined };
    return {
      ...{ removed: [before, operator], inserted: [joined] },
      sentence: (name) => `${operator.kind} "${name}" takes what the ${before.kind} before it was given.`,
    };
  },
});
