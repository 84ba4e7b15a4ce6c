import { constantIntegers } from '../../../operators/shapes';
import { refusalOf } from '../../refusal';
import { isLacking } from '../isLacking';
import { patternRewrite } from '../patternRewrite';

/** SLICE for a version that has none: STRIDED_SLICE in steps of 1. */
export const earlierSlice = patternRewrite({
  id: 'earlier-slice',
  exactWhen: 'Values are only copied.',
  kinds: ['SLICE'],
  match: (operator, view, use) => {
    const to = view.tensor(operator.outputs[0]);
    const begin = constantIntegers(view.tensor(operator.inputs[1]));
    const isPlain = begin?.length === to?.shape.length && begin?.every((each) => each >= 0) === true;
    if (!isLacking(operator.kind, use) || to === undefined || begin === undefined || !isPlain) return undefined;
    const end = begin.map((each, axis) => each + to.shape[axis]);
    const lists = [begin, end, begin.map(() => 1)];
    const names = ['begin', 'end', 'strides'];
    const inputs = [
      operator.inputs[0],
      ...lists.map((list, place) => view.addIntegers(`${to.name}/${names[place]}`, list)),
    ];
    const values = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0, offset: false };
    const options = { table: 'StridedSliceOptions', values };
    const slice = { ...operator, kind: 'STRIDED_SLICE', version: 1, inputs, options };
    if (refusalOf(slice, view.graph, use.library) !== undefined) return undefined;
    return {
      ...{ removed: [operator], inserted: [slice] },
      sentence: (name) => `SLICE "${name}" is a STRIDED_SLICE now, as the version in use has no other.`,
    };
  },
});
