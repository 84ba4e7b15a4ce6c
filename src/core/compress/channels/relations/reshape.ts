import type { OptionValue, Operator, Tensor } from '../../../model/model';
import { integerValues } from '../../../model/values/stored';
import { withIntegers } from '../integers';
import type { ChannelRelation, Refit, RelationView } from '../relation';

/** The same elements in the same order under another shape. */
export const reshape: ChannelRelation = { kinds: ['RESHAPE', 'EXPAND_DIMS', 'SQUEEZE'], relate: relateReshape, refit };

/** Axes of both shapes, of size above 1, whose products agree and that cannot be parted further. */
interface Block {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

function relateReshape(view: RelationView): void {
  const [input, output] = [view.input(0), view.output(0)];
  if (input === undefined || output === undefined) return;
  const blocks = blocksOf(input.shape, output.shape);
  if (blocks === undefined) {
    view.fixAll(`${view.name} mixes dimensions, through which channels are not followed.`);
    return;
  }
  for (const { from, to } of blocks) joinBlock(view, [input, from], [output, to]);
}

function blocksOf(from: readonly number[], to: readonly number[]): readonly Block[] | undefined {
  const [left, right] = [axesAboveOne(from), axesAboveOne(to)];
  const blocks: Block[] = [];
  while (left.length > 0 && right.length > 0) {
    const block = { from: [left.shift()!], to: [right.shift()!] };
    let [a, b] = [from[block.from[0]], to[block.to[0]]];
    while (a !== b) {
      const [list, axes, shape] = a < b ? ([left, block.from, from] as const) : ([right, block.to, to] as const);
      const next = list.shift();
      if (next === undefined) return undefined;
      axes.push(next);
      if (a < b) a *= shape[next];
      else b *= shape[next];
    }
    blocks.push(block);
  }
  return left.length === 0 && right.length === 0 ? blocks : undefined;
}

function axesAboveOne(shape: readonly number[]): number[] {
  return shape.flatMap((size, axis) => (size === 1 ? [] : [axis]));
}

type Side = readonly [tensor: Tensor, axes: readonly number[]];

/**
 * The innermost axis is the one whose indices come again and again in the flat order: those are the channels that can
 * be followed.
 */
function joinBlock(view: RelationView, [input, from]: Side, [output, to]: Side): void {
  const [a, b] = [from[from.length - 1], to[to.length - 1]];
  if (from.length === 1 && to.length === 1) {
    view.join(input, a, output, b);
    return;
  }
  const reason = `${view.name} lays this dimension out together with others.`;
  for (const axis of from.slice(0, -1)) view.fix(input, axis, reason);
  for (const axis of to.slice(0, -1)) view.fix(output, axis, reason);
  const [sizeA, sizeB] = [input.shape[a], output.shape[b]];
  if (to.length === 1 && sizeB % sizeA === 0) {
    for (let index = 0; index < sizeB; index++) view.joinIndex(output, b, index, [input, a, index % sizeA]);
  } else if (from.length === 1 && sizeA % sizeB === 0) {
    for (let index = 0; index < sizeA; index++) view.joinIndex(input, a, index, [output, b, index % sizeB]);
  } else if (sizeA === sizeB) {
    view.join(input, a, output, b);
  } else {
    view.fix(input, a, reason);
    view.fix(output, b, reason);
  }
}

/**
 * RESHAPE names its new shape in a constant, in its options or in both. A -1 in them ("what is left") stays right and
 * is kept.
 */
function refit(operator: Operator, tensors: readonly Tensor[]): Refit {
  if (operator.kind !== 'RESHAPE') return {};
  const { shape } = tensors[operator.outputs[0]];
  const parameter = tensors[operator.inputs[1] ?? -1];
  const { options } = operator;
  const named = options?.values.newShape;
  const isNamed = Array.isArray(named) && named.length > 0;
  return {
    options:
      options !== undefined && isNamed
        ? { ...options, values: { ...options.values, newShape: refitShape(named as readonly OptionValue[], shape) } }
        : undefined,
    constant: parameter === undefined ? undefined : [1, refittedParameter(parameter, shape)],
  };
}

function refittedParameter(parameter: Tensor, shape: readonly number[]): Tensor {
  const old = integerValues(parameter);
  if (old?.length !== shape.length) return parameter;
  return withIntegers(parameter, refitShape(old, shape) as readonly number[]);
}

function refitShape(old: readonly OptionValue[], shape: readonly number[]): readonly OptionValue[] {
  return old.length === shape.length ? shape.map((size, axis) => (old[axis] === -1 ? -1 : size)) : shape;
}
