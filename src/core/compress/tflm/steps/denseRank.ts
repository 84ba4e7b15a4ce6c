import type { Operator } from '../../../model/model';
import { enumOption } from '../../../model/options';
import { holdsSame } from '../../clean/equalTensors';
import { patternRewrite } from '../patternRewrite';

/** RESHAPE to rows, FULLY_CONNECTED and RESHAPE back as one FULLY_CONNECTED that keeps the dimensions. */
export const denseRank = patternRewrite({
  id: 'dense-rank',
  exactWhen: 'Only leading dimensions are put together and taken apart again: each row is multiplied as before.',
  kinds: ['FULLY_CONNECTED'],
  match: (operator, view) => {
    const opened = view.producer(operator.inputs[0]);
    const closed = view.onlyReader(operator.outputs[0]);
    if (opened?.kind !== 'RESHAPE' || closed?.kind !== 'RESHAPE' || closed.inputs[0] !== operator.outputs[0])
      return undefined;
    const isFree = view.onlyReader(opened.outputs[0]) === operator;
    const [from, rows] = [view.tensor(opened.inputs[0]), view.tensor(operator.inputs[0])];
    const [made, to] = [view.tensor(operator.outputs[0]), view.tensor(closed.outputs[0])];
    const depth = view.tensor(operator.inputs[1])?.shape.at(-1);
    if (!isFree || from === undefined || rows === undefined || made === undefined || to === undefined) return undefined;
    const isRows = rows.shape.length === 2 && rows.shape[1] === depth && from.shape.at(-1) === depth;
    const leading = from.shape.slice(0, -1);
    const isKept = to.shape.length === from.shape.length && leading.every((size, axis) => size === to.shape[axis]);
    const isPlain = enumOption(operator, 'weightsFormat', 'DEFAULT') === 'DEFAULT' && !from.isVariable;
    if (!isRows || !isKept || !isPlain || to.shape.at(-1) !== made.shape.at(-1)) return undefined;
    if (!holdsSame(from, rows) || !holdsSame(made, to)) return undefined;
    const table = operator.options?.table ?? 'FullyConnectedOptions';
    const options = { table, values: { ...operator.options?.values, keepNumDims: true } };
    const inputs = [opened.inputs[0], ...operator.inputs.slice(1)];
    // The option came with the fifth version.
    const version = Math.max(operator.version, 5);
    const kept: Operator = { ...operator, version, inputs, outputs: closed.outputs, options };
    return {
      ...{ removed: [opened, operator, closed], inserted: [kept] },
      sentence: (name) =>
        `FULLY_CONNECTED "${name}" keeps the dimensions of its input, without the RESHAPE on both sides.`,
    };
  },
});
