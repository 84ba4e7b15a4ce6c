import { elementCount } from '../../../model/dataType';
import { mostConcatenated } from '../../../operators/joinSplit';
import type { Tensor } from '../../../model/model';
import { constantIntegers } from '../../../operators/shapes';
import type { GraphView, NewOperator } from '../graphView';
import { patternRewrite } from '../patternRewrite';

const resized: ReadonlySet<string> = new Set(['float32', 'int8', 'int16']);

/** TILE as RESIZE_NEAREST_NEIGHBOR where it repeats single elements of a dimension, else as CONCATENATION. */
export const tile = patternRewrite({
  id: 'tile',
  exactWhen: 'The numbers of repetitions are constants; values are only copied.',
  kinds: ['TILE'],
  match: (operator, view) => {
    const [from, to] = [view.tensor(operator.inputs[0]), view.tensor(operator.outputs[0])];
    const times = constantIntegers(view.tensor(operator.inputs[1]));
    if (from === undefined || to === undefined || times?.length !== from.shape.length) return undefined;
    const axes = times.flatMap((count, axis) => (count === 1 ? [] : [axis]));
    const canRepeat = (axis: number): boolean =>
      times[axis] > 1 && ((from.shape[axis] === 1 && resized.has(from.type)) || times[axis] <= mostConcatenated);
    if (axes.length === 0 || !axes.every(canRepeat)) return undefined;
    const inserted: NewOperator[] = [];
    let source = operator.inputs[0];
    for (const axis of axes) {
      const target = axis === axes.at(-1) ? operator.outputs[0] : undefined;
      const step = { source, axis, count: times[axis], target };
      source = isSingle(view.tensor(source)!, axis) ? repeat(step, view, inserted) : join(step, view, inserted);
    }
    const kinds = new Set(inserted.map(({ kind }) => kind).filter((kind) => kind !== 'RESHAPE'));
    return {
      ...{ removed: [operator], inserted },
      sentence: (name) => `TILE "${name}" is done by ${[...kinds].join(' and ')} now.`,
    };
  },
});

function isSingle({ shape, type }: Tensor, axis: number): boolean {
  return shape[axis] === 1 && resized.has(type);
}

interface Step {
  readonly source: number;
  readonly axis: number;
  readonly count: number;
  /** `undefined`: a tensor of its own. */
  readonly target: number | undefined;
}

/** What lies before the axis is the batch of images of one pixel, what lies behind it their channels. */
function repeat({ source, axis, count, target }: Step, view: GraphView, inserted: NewOperator[]): number {
  const from = view.tensor(source)!;
  const batch = elementCount(from.shape.slice(0, axis));
  const channels = elementCount(from.shape.slice(axis + 1));
  const made = from.shape.map((size, place) => (place === axis ? count : size));
  const to = target ?? view.addLike(from, `${from.name}/repeated`, made);
  const pixel = [batch, 1, 1, channels];
  const column = [batch, count, 1, channels];
  const [pixels, columns] = [
    view.addLike(from, `${from.name}/pixels`, pixel),
    view.addLike(from, `${from.name}/columns`, column),
  ];
  const shape = (of: readonly number[]): number => view.addIntegers(`${from.name}/shape`, of);
  inserted.push(
    { kind: 'RESHAPE', inputs: [source, shape(pixel)], outputs: [pixels] },
    {
      ...{ kind: 'RESIZE_NEAREST_NEIGHBOR', version: from.type === 'float32' ? 1 : from.type === 'int8' ? 2 : 4 },
      ...{ inputs: [pixels, view.addIntegers(`${from.name}/size`, [count, 1])], outputs: [columns] },
      options: { table: 'ResizeNearestNeighborOptions', values: { alignCorners: false, halfPixelCenters: false } },
    },
    { kind: 'RESHAPE', inputs: [columns, shape(made)], outputs: [to] },
  );
  return to;
}

function join({ source, axis, count, target }: Step, view: GraphView, inserted: NewOperator[]): number {
  const from = view.tensor(source)!;
  const made = from.shape.map((size, place) => (place === axis ? size * count : size));
  const to = target ?? view.addLike(from, `${from.name}/joined`, made);
  inserted.push({
    ...{ kind: 'CONCATENATION', version: from.type === 'float32' ? 1 : 2 },
    ...{ inputs: new Array<number>(count).fill(source), outputs: [to] },
    options: { table: 'ConcatenationOptions', values: { axis, fusedActivationFunction: 'NONE' } },
  });
  return to;
}
