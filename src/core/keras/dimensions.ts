import type { KerasDimension, KerasShape } from './kerasModel';

/** `change` of a dimension; what is open or not known stays so. */
export function mapDimension(dimension: KerasDimension, change: (size: number) => number): KerasDimension {
  return typeof dimension === 'number' ? change(dimension) : dimension;
}

/** Not known where one factor is not known, open where one is open. */
export function productOf(dimensions: readonly KerasDimension[]): KerasDimension {
  return combined(dimensions, (sizes) => sizes.reduce((product, size) => product * size, 1));
}

export function sumOf(dimensions: readonly KerasDimension[]): KerasDimension {
  return combined(dimensions, (sizes) => sizes.reduce((sum, size) => sum + size, 0));
}

function combined(dimensions: readonly KerasDimension[], of: (sizes: readonly number[]) => number): KerasDimension {
  if (dimensions.includes(undefined)) return undefined;
  const sizes = dimensions.filter((dimension) => typeof dimension === 'number');
  return sizes.length === dimensions.length ? of(sizes) : null;
}

/** Shape of an elementwise result, by NumPy's rule; `undefined` where the shapes do not go together. */
export function broadcastShapes(shapes: readonly KerasShape[]): KerasShape {
  let result: readonly KerasDimension[] | undefined;
  for (const shape of shapes) {
    if (shape === undefined) return undefined;
    if (result === undefined) {
      result = shape;
      continue;
    }
    const rank: number = Math.max(result.length, shape.length);
    const [first, second] = [padded(result, rank), padded(shape, rank)];
    result = first.map((dimension, axis) => broadcastDimension(dimension, second[axis]));
  }
  return result;
}

function padded(shape: readonly KerasDimension[], rank: number): readonly KerasDimension[] {
  return [...Array<number>(rank - shape.length).fill(1), ...shape];
}

function broadcastDimension(first: KerasDimension, second: KerasDimension): KerasDimension {
  if (first === 1) return second;
  if (second === 1) return first;
  if (first === undefined || second === undefined) return first ?? second ?? undefined;
  return first ?? second;
}

/** `axis` counted from the front, `undefined` where the shape has none of that number. */
export function axisFromFront(axis: number, rank: number): number | undefined {
  const front = axis < 0 ? axis + rank : axis;
  return Number.isInteger(front) && front >= 0 && front < rank ? front : undefined;
}

/** All dimensions are numbers. */
export function isClosed(shape: KerasShape): shape is readonly number[] {
  return shape !== undefined && shape.every((dimension) => typeof dimension === 'number');
}

/**
 * Output length of a convolution or a pooling window along one axis.
 * Source: `compute_conv_output_shape` of Keras 3; `causal` is as long as `same`.
 */
export function windowLength(
  length: KerasDimension,
  { size, stride, dilation = 1, padding }: WindowSizes,
): KerasDimension {
  return mapDimension(length, (known) => {
    if (padding !== 'valid') return Math.ceil(known / stride);
    return Math.floor((known - ((size - 1) * dilation + 1)) / stride) + 1;
  });
}

interface WindowSizes {
  readonly size: number;
  readonly stride: number;
  readonly dilation?: number;
  readonly padding: string;
}
