import { elementCount } from '../../../model/dataType';
import type { Operator } from '../../../model/model';
import { numberOption } from '../../../model/options';
import { refusalOf } from '../../refusal';
import { constantIntegers } from '../../../operators/shapes';
import type { GraphView, NewOperator } from '../graphView';
import { lookup } from '../../../text/lookup';
import { reshaped, reshapeTo } from '../newOperators';
import { patternRewrite } from '../patternRewrite';

/** Dimensions of which an operator makes the same whether they are one or several. */
type Groups = readonly (readonly number[])[];

/** An operator on more dimensions than its kernel takes works on fewer: those that stay together are joined. */
export const fewerDimensions = patternRewrite({
  id: 'fewer-dimensions',
  exactWhen: 'Dimensions are joined that stay behind one another, whole; values are only copied.',
  kinds: ['TRANSPOSE', 'PAD', 'STRIDED_SLICE'],
  match: (operator, view, use) => {
    if (refusalOf(operator, view.graph, use.library)?.code !== 'shape-unsupported') return undefined;
    const from = view.tensor(operator.inputs[0]);
    const made = from && joinedBy[operator.kind](operator, view, from.shape);
    if (from === undefined || made === undefined || made.shape.length >= from.shape.length) return undefined;
    const [source, opened] = reshaped(view, operator.inputs[0], made.shape);
    const to = view.tensor(operator.outputs[0])!;
    const inner = view.addLike(to, `${to.name}/joined`, made.output);
    const joined: Operator = { ...operator, ...made.operator, inputs: [source, ...made.parameters], outputs: [inner] };
    const inserted: readonly NewOperator[] = [opened, joined, reshapeTo(view, inner, operator.outputs[0])];
    return {
      ...{ removed: [operator], inserted },
      sentence: (name) =>
        `${operator.kind} "${name}" works on ${made.shape.length} dimensions in place of ${from.shape.length} now.`,
    };
  },
});

interface Joined {
  readonly shape: readonly number[];
  readonly output: readonly number[];
  /** Inputs behind the first. */
  readonly parameters: readonly number[];
  readonly operator?: Partial<Operator>;
}

type Join = (operator: Operator, view: GraphView, shape: readonly number[]) => Joined | undefined;

const joinedBy = lookup<Join>({ TRANSPOSE: transpose, PAD: pad, STRIDED_SLICE: slice });

function sizeOf(shape: readonly number[], group: readonly number[]): number {
  return elementCount(group.map((axis) => shape[axis]));
}

/** Neighbours for which `isJoined` holds become one. */
function groupsOf(rank: number, isJoined: (axis: number) => boolean): Groups {
  const groups: number[][] = [];
  for (let axis = 0; axis < rank; axis++) {
    if (axis > 0 && isJoined(axis)) groups.at(-1)!.push(axis);
    else groups.push([axis]);
  }
  return groups;
}

function transpose(operator: Operator, view: GraphView, shape: readonly number[]): Joined | undefined {
  const axes = constantIntegers(view.tensor(operator.inputs[1]))?.map((axis) =>
    axis < 0 ? axis + shape.length : axis,
  );
  if (axes?.length !== shape.length) return undefined;
  // Dimensions of 1 may be anywhere: they are left out.
  const long = shape.flatMap((size, axis) => (size === 1 ? [] : [axis]));
  const order = axes.filter((axis) => long.includes(axis));
  const places = long.map((axis) => order.indexOf(axis));
  const groups = groupsOf(long.length, (at) => places[at] === places[at - 1] + 1);
  const sizes = groups.map((group) =>
    sizeOf(
      shape,
      group.map((at) => long[at]),
    ),
  );
  const turned = groups.map((_, at) => at).sort((one, other) => places[groups[one][0]] - places[groups[other][0]]);
  return {
    ...{ shape: sizes, output: turned.map((at) => sizes[at]) },
    parameters: [view.addIntegers('axes', turned)],
  };
}

function pad(operator: Operator, view: GraphView, shape: readonly number[]): Joined | undefined {
  const sizes = constantIntegers(view.tensor(operator.inputs[1]));
  if (sizes?.length !== 2 * shape.length) return undefined;
  const isWhole = (axis: number): boolean => sizes[2 * axis] === 0 && sizes[2 * axis + 1] === 0;
  const groups = groupsOf(shape.length, (axis) => isWhole(axis) && isWhole(axis - 1));
  const joined = groups.map((group) => sizeOf(shape, group));
  const pads = groups.map(([axis]) => [sizes[2 * axis], sizes[2 * axis + 1]]);
  return {
    ...{ shape: joined, output: joined.map((size, at) => size + pads[at][0] + pads[at][1]) },
    parameters: [view.addIntegers('paddings', pads.flat(), [pads.length, 2])],
  };
}

function slice(operator: Operator, view: GraphView, shape: readonly number[]): Joined | undefined {
  const lists = [1, 2, 3].map((position) => constantIntegers(view.tensor(operator.inputs[position])));
  const masks = (name: string): number => numberOption(operator, name, 0);
  if (!lists.every((list) => list?.length === shape.length) || masks('ellipsisMask') + masks('newAxisMask') !== 0)
    return undefined;
  const runs = shape.map((size, axis) => {
    const [begin, end, step] = lists.map((list) => list![axis]);
    const isSet = (name: string): boolean => (masks(name) & (1 << axis)) !== 0;
    const clamp = (at: number): number => Math.min(Math.max(at < 0 ? at + size : at, 0), size);
    const first = isSet('beginMask') ? 0 : clamp(begin);
    if (isSet('shrinkAxisMask')) return { first, last: first + 1, step: 1 };
    return { first, last: isSet('endMask') ? size : clamp(end), step };
  });
  if (runs.some(({ first, last, step }) => step < 1 || last <= first)) return undefined;
  const isWhole = (axis: number): boolean => {
    const { first, last, step } = runs[axis];
    return first === 0 && last === shape[axis] && step === 1;
  };
  const groups = groupsOf(shape.length, (axis) => isWhole(axis) && isWhole(axis - 1));
  const sizes = groups.map((group) => sizeOf(shape, group));
  const cut = groups.map((group, at) => (group.length > 1 ? { first: 0, last: sizes[at], step: 1 } : runs[group[0]]));
  const values = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0, offset: false };
  return {
    shape: sizes,
    output: cut.map(({ first, last, step }) => Math.ceil((last - first) / step)),
    parameters: [
      view.addIntegers(
        'begin',
        cut.map(({ first }) => first),
      ),
      view.addIntegers(
        'end',
        cut.map(({ last }) => last),
      ),
      view.addIntegers(
        'strides',
        cut.map(({ step }) => step),
      ),
    ],
    operator: { options: { table: 'StridedSliceOptions', values } },
  };
}
