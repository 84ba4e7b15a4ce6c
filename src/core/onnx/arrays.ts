import { spendSteps } from '../model/budget';
import { elementCount } from '../model/dataType';

/** Numbers with a shape, row-major: constants while they are computed with. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Steps between neighbours of each axis. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/** Steps between neighbours of each axis of what is taken, and where it begins. */
interface Way {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly start?: number;
}

/**
 * Goes through places of an array in row-major order of `shape`, each axis in steps of its own: gives the values there.
 * Transposes, slices and broadcasts are this with other steps.
 */
export function gathered(
  values: ArrayLike<number>,
  shape: readonly number[],
  strides: readonly number[],
  start = 0,
): Float64Array {
  return gatheredInto(new Float64Array(elementCount(shape)), values, { shape, strides, start });
}

/** The same into an array that is there. */
export function gatheredInto<T extends Uint8Array | Float32Array | Float64Array>(
  result: T,
  values: ArrayLike<number>,
  { shape, strides, start = 0 }: Way,
): T {
  spendSteps(result.length);
  const last = shape.length - 1;
  const [inner, step] = last < 0 ? [1, 0] : [shape[last], strides[last]];
  const index = shape.map(() => 0);
  let place = start;
  for (let at = 0; at < result.length;) {
    for (let each = 0; each < inner; each++) result[at++] = values[place + each * step];
    for (let axis = last - 1; axis >= 0; axis--) {
      place += strides[axis];
      if (++index[axis] < shape[axis]) break;
      place -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return result;
}

/** The axes of an array in another order. */
export function turned({ shape, values }: NumberArray, permutation: readonly number[]): NumberArray {
  const strides = stridesOf(shape);
  const next = permutation.map((axis) => shape[axis]);
  const inOrder = permutation.every((axis, index) => axis === index);
  if (inOrder) return { shape: next, values };
  return {
    shape: next,
    values: gathered(
      values,
      next,
      permutation.map((axis) => strides[axis]),
    ),
  };
}

/** The shape that two arrays have together; `undefined` where they do not fit. */
export function broadcastShape(left: readonly number[], right: readonly number[]): readonly number[] | undefined {
  const rank = Math.max(left.length, right.length);
  const [a, b] = [left, right].map((shape) => [...Array<number>(rank - shape.length).fill(1), ...shape]);
  const fits = a.every((size, axis) => size === b[axis] || size === 1 || b[axis] === 1);
  return fits ? a.map((size, axis) => (size === 1 ? b[axis] : size)) : undefined;
}

/** An array repeated to a larger shape. */
export function broadcastTo({ shape, values }: NumberArray, wanted: readonly number[]): NumberArray {
  const missing = wanted.length - shape.length;
  const own = stridesOf(shape);
  const strides = wanted.map((_, axis) => (axis < missing || shape[axis - missing] === 1 ? 0 : own[axis - missing]));
  return { shape: wanted, values: gathered(values, wanted, strides) };
}
