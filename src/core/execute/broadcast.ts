import { elementCount } from '../model/dataType';

/**
 * The elements of a strided view, row by row: `start` plus, in each dimension of `shape`, so many steps of its stride.
 * Transposed, sliced, reversed and broadcast tensors are all such views of the original.
 */
export function viewIndices(shape: readonly number[], strides: readonly number[], start = 0): Int32Array {
  const elements = elementCount(shape);
  const indices = new Int32Array(elements);
  const counters = new Int32Array(shape.length);
  let at = start;
  for (let element = 0; element < elements; element++) {
    indices[element] = at;
    for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
      at += strides[dimension];
      if (++counters[dimension] < shape[dimension]) break;
      at -= strides[dimension] * shape[dimension];
      counters[dimension] = 0;
    }
  }
  return indices;
}

/**
 * For each element of an output of `shape`, which element of a broadcast input of `from` belongs to it; `undefined`
 * where it is the element of the same number. Shapes are aligned at their last dimensions.
 */
export function broadcastIndices(from: readonly number[], shape: readonly number[]): Int32Array | undefined {
  if (elementCount(from) === elementCount(shape)) return undefined;
  return viewIndices(shape, broadcastStrides(from, shape));
}

/** Steps in a broadcast input for one step in each dimension of the output: 0 where it is broadcast. */
function broadcastStrides(from: readonly number[], shape: readonly number[]): readonly number[] {
  const strides = new Array<number>(shape.length).fill(0);
  let step = 1;
  for (let back = 1; back <= from.length; back++) {
    const length = from[from.length - back];
    if (length !== 1 && back <= shape.length) strides[shape.length - back] = step;
    step *= length;
  }
  return strides;
}

/** Elements from one step to the next in each dimension. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let dimension = shape.length - 2; dimension >= 0; dimension--) {
    strides[dimension] = strides[dimension + 1] * shape[dimension + 1];
  }
  return strides;
}

/** A dimension counted from the end where it is negative. */
export function positiveAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
