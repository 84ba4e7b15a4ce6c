import { constantIntegers } from '../../../operators/shapes';
import { refusalOf } from '../../refusal';
import type { NewOperator } from '../graphView';
import { patternRewrite } from '../patternRewrite';

/** So many parts of a tensor are put together anew, and no more. */
const mostParts = 64;

/** TRANSPOSE of integers without a kernel takes a dimension apart and puts it together elsewhere. */
export const turnedIntegers = patternRewrite({
  id: 'turned-integers',
  exactWhen: 'Values are only copied.',
  kinds: ['TRANSPOSE'],
  match: (operator, view, use) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    const axes = constantIntegers(view.tensor(operator.inputs[1]));
    const isPlain = from?.type === 'int32' && to !== undefined && axes?.length === from.shape.length;
    if (!isPlain || refusalOf(operator, view.graph, use.library) === undefined) return undefined;
    const inserted: NewOperator[] = [];
    const order = from.shape.map((_, axis) => axis);
    let [source, shape] = [operator.inputs[0], [...from.shape]];
    for (const [place, axis] of axes.entries()) {
      const at = order.indexOf(axis);
      if (at < place || shape[at] > mostParts || shape.includes(0)) return undefined;
      if (at === place) continue;
      const count = shape[at];
      const rest = shape.filter((_, other) => other !== at);
      const parts = Array.from({ length: count }, (_, part) =>
        view.addLike(from, `${from.name}/part${inserted.length}.${part + 1}`, rest),
      );
      order.splice(place, 0, ...order.splice(at, 1));
      shape = [...rest.slice(0, place), count, ...rest.slice(place)];
      const joined = view.addLike(from, `${from.name}/turned${inserted.length}`, shape);
      inserted.push(
        {
          ...{ kind: 'UNPACK', inputs: [source], outputs: parts },
          options: { table: 'UnpackOptions', values: { num: count, axis: at } },
        },
        {
          ...{ kind: 'PACK', inputs: parts, outputs: [joined] },
          options: { table: 'PackOptions', values: { valuesCount: count, axis: place } },
        },
      );
      source = joined;
    }
    const last = inserted.at(-1);
    if (last === undefined) return undefined;
    inserted[inserted.length - 1] = { ...last, outputs: operator.outputs };
    return {
      ...{ removed: [operator], inserted },
      sentence: (name) => `TRANSPOSE "${name}" of int32 is done by UNPACK and PACK now.`,
    };
  },
});
