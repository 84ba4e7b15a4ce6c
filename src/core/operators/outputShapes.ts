import type { Operator } from '../model/model';
import { enumOption, numberOption } from '../model/options';

/** Sizes of the dimensions; -1 is a size that is known only while running. */
export type Shape = readonly number[];

/** What is known of an operator's inputs, whatever the file says of its outputs. */
export interface ShapeView {
  readonly operator: Operator;
  /** The shape at input `position`; `undefined` where there is no such input. */
  readonly shape: (position: number) => Shape | undefined;
  /** The integers at input `position`; `undefined` where they are not known before the model runs. */
  readonly integers: (position: number) => readonly number[] | undefined;
}

/**
 * The shapes that an operator gives its outputs, in order, by the rules of TF Lite; a complete sentence why it can give
 * none, and `undefined` where the file's own shapes count or nothing can be said.
 */
export type ShapeFunction = (view: ShapeView) => readonly Shape[] | string | undefined;

export const open = -1;

/** An operator whose output has the shape of input `position`. */
export function sameShape(position = 0): ShapeFunction {
  return (view) => {
    const shape = view.shape(position);
    return shape === undefined ? undefined : [shape];
  };
}

/** Inputs are broadcast against each other as in NumPy. */
export const broadcastShape: ShapeFunction = (view) => {
  let made: Shape = [];
  for (const position of view.operator.inputs.keys()) {
    const next = view.shape(position);
    if (next === undefined) return undefined;
    const both = broadcastTwo(made, next);
    if (both === undefined) return `the shapes [${made.join(',')}] and [${next.join(',')}] do not fit each other`;
    made = both;
  }
  return [made];
};

/** Two shapes aligned at their last dimensions; `undefined` where they do not fit. */
export function broadcastTwo(first: Shape, second: Shape): Shape | undefined {
  const rank = Math.max(first.length, second.length);
  const made: number[] = [];
  for (let back = rank; back >= 1; back--) {
    const [one, other] = [first.at(-back) ?? 1, second.at(-back) ?? 1];
    if (one === other || other === 1) made.push(one);
    else if (one === 1) made.push(other);
    else if (one === open || other === open) made.push(Math.max(one, other));
    else return undefined;
  }
  return made;
}

/** A size after `compute`, still open where it is open. */
export function mapSize(size: number | undefined, compute: (size: number) => number): number {
  return size === undefined || size === open ? open : compute(size);
}

/** Product of all sizes; open where one is. */
export function elementsOf(shape: Shape): number {
  return shape.reduce((product, size) => (product === open || size === open ? open : product * size), 1);
}

/** A dimension counted from the start; `undefined` where there is none. */
export function axisOf(axis: number | undefined, rank: number): number | undefined {
  if (axis === undefined) return undefined;
  const counted = axis < 0 ? axis + rank : axis;
  return counted >= 0 && counted < rank ? counted : undefined;
}

/** A shape of `rank` open sizes. */
export function openShape(rank: number): Shape {
  return new Array<number>(Math.min(Math.max(0, rank), mostDimensions)).fill(open);
}

/** No runtime holds more; a file may claim any number. */
const mostDimensions = 8;

/** Windows of a filter along one dimension. Source: ComputeOutSize in tensorflow/lite/kernels/padding.h. */
interface WindowSpan {
  readonly filter: number;
  readonly stride: number;
  readonly dilation: number;
}

/** How many windows fit along a dimension of `size`, by the operator's padding. */
function windowCount(operator: Operator, size: number | undefined, span: WindowSpan): number {
  const { filter, stride, dilation } = span;
  if (stride < 1) return open;
  const covered = (filter - 1) * dilation + 1;
  return mapSize(size, (known) =>
    enumOption(operator, 'padding', 'SAME') === 'SAME'
      ? Math.floor((known + stride - 1) / stride)
      : Math.floor((known + stride - covered) / stride),
  );
}

/** [batch, windows down, windows across, channels] of an image of four dimensions; a filter of height by width. */
export function imageShape(
  operator: Operator,
  image: Shape,
  filter: { readonly height: number; readonly width: number; readonly channels: number },
): Shape {
  const option = (name: string): number => numberOption(operator, name, 1);
  const down = { filter: filter.height, stride: option('strideH'), dilation: option('dilationHFactor') };
  const across = { filter: filter.width, stride: option('strideW'), dilation: option('dilationWFactor') };
  return [image[0], windowCount(operator, image[1], down), windowCount(operator, image[2], across), filter.channels];
}

/** The shape that stands in the integers at input `position`. */
export function listedShape(view: ShapeView, position: number): readonly Shape[] | undefined {
  const listed = view.integers(position);
  if (listed !== undefined) return [listed];
  const rank = view.shape(position)?.[0];
  return rank === undefined || rank === open ? undefined : [openShape(rank)];
}

/** `shape` with one size (or none, where `dropped` is 0) taken out at `axis` and `inserted` in its place. */
export function spliceShape(shape: Shape, axis: number, dropped: 0 | 1, ...inserted: readonly number[]): Shape {
  return [...shape.slice(0, axis), ...inserted, ...shape.slice(axis + dropped)];
}
