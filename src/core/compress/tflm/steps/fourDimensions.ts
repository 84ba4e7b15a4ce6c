import type { Operator } from '../../../model/model';
import { constantIntegers } from '../../../operators/shapes';
import { faultRewrite } from '../faultRewrite';
import type { GraphView, NewOperator } from '../graphView';
import { reshaped, reshapeTo } from '../newOperators';

/** Operators whose kernels only know tensors of four dimensions get such ones. */
export const fourDimensions = faultRewrite({
  id: 'four-dimensions',
  mends: ['maximum-rank', 'maximum-rank-five', 'pad-rank'],
  exactWhen: 'Only dimensions of 1 are put before the others, or all are joined where nothing is broadcast.',
  match: (operator, view) => {
    const to = view.tensor(operator.outputs[0]);
    const shapeOf = to && (to.shape.length <= 4 ? leading : joined(operator, view));
    const isPad = operator.kind === 'PAD' || operator.kind === 'PADV2';
    const sizes = isPad ? paddings(operator.inputs[1], view) : operator.inputs[1];
    if (to === undefined || shapeOf === undefined || sizes === undefined) return undefined;
    const opened: NewOperator[] = [];
    const four = (index: number): number => {
      const tensor = view.tensor(index);
      if (tensor === undefined) return index;
      if (tensor.data !== undefined) return view.addConstant(tensor, `${tensor.name}/four`, shapeOf(tensor.shape));
      const [made, reshape] = reshaped(view, index, shapeOf(tensor.shape));
      opened.push(reshape);
      return made;
    };
    const [first, , ...rest] = operator.inputs;
    const inputs = [four(first), isPad ? sizes : four(sizes), ...rest];
    const made = view.addLike(to, `${to.name}/four`, shapeOf(to.shape));
    const inside: Operator = { ...operator, inputs, outputs: [made] };
    return {
      removed: [operator],
      inserted: [...opened, inside, reshapeTo(view, made, operator.outputs[0])],
      sentence: (name) => `${operator.kind} "${name}" works on four dimensions now.`,
    };
  },
});

function leading(shape: readonly number[]): readonly number[] {
  return [...new Array<number>(4 - shape.length).fill(1), ...shape];
}

/** More than four dimensions are joined where nothing is broadcast. */
function joined(
  { kind, inputs, outputs }: Operator,
  view: GraphView,
): ((shape: readonly number[]) => readonly number[]) | undefined {
  const shape = view.tensor(outputs[0])!.shape.join();
  if (kind.startsWith('PAD') || !inputs.every((index) => view.tensor(index)?.shape.join() === shape)) return undefined;
  return (sizes) => [1, 1, 1, sizes.reduce((product, size) => product * size, 1)];
}

function paddings(index: number, view: GraphView): number | undefined {
  const sizes = constantIntegers(view.tensor(index));
  if (sizes === undefined || sizes.length > 8) return undefined;
  const all = [...new Array<number>(8 - sizes.length).fill(0), ...sizes];
  return view.addIntegers(`${view.tensor(index)!.name}/four`, all, [4, 2]);
}
