import { constantIntegers } from '../../../operators/shapes';
import { refusalOf } from '../../refusal';
import { isLacking } from '../isLacking';
import { patternRewrite } from '../patternRewrite';

/** REVERSE_V2 for a version that has none: STRIDED_SLICE goes backwards as well. */
export const earlierReverse = patternRewrite({
  id: 'earlier-reverse',
  exactWhen: 'Values are only copied.',
  kinds: ['REVERSE_V2'],
  match: (operator, view, use) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    const listed = constantIntegers(view.tensor(operator.inputs[1]));
    if (!isLacking(operator.kind, use) || from === undefined || to === undefined || listed === undefined)
      return undefined;
    const rank = from.shape.length;
    const axes = new Set(listed.map((axis) => (axis < 0 ? axis + rank : axis)));
    const all = 2 ** rank - 1;
    const backwards = from.shape.map((_, axis) => (axes.has(axis) ? -1 : 1));
    const zeros = from.shape.map(() => 0);
    const inputs = [
      operator.inputs[0],
      view.addIntegers(`${to.name}/begin`, zeros),
      view.addIntegers(`${to.name}/end`, zeros),
      view.addIntegers(`${to.name}/strides`, backwards),
    ];
    const values = { beginMask: all, endMask: all, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0, offset: false };
    const slice = {
      ...{ ...operator, kind: 'STRIDED_SLICE', version: 1, inputs },
      options: { table: 'StridedSliceOptions', values },
    };
    if (refusalOf(slice, view.graph, use.library) !== undefined) return undefined;
    return {
      ...{ removed: [operator], inserted: [slice] },
      sentence: (name) =>
        `REVERSE_V2 "${name}" is a STRIDED_SLICE that goes backwards now, as the version in use has no other.`,
    };
  },
});
