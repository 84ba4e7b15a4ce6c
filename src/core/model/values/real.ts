import type { DataType } from '../dataType';
import { elementCount } from '../dataType';
import type { Tensor } from '../model';
import { integerRange } from './integerRange';
import { quantizedValue } from './rounding';
import { decode, encode, heldType } from './stored';

/** The part of a tensor that says which real numbers its elements stand for. */
type ValueType = Pick<Tensor, 'type' | 'quantization'>;

/**
 * The real numbers that a constant stands for, row-major: floats widened, quantized integers dequantized as scale x
 * (stored - zero point) with the scale of their slice along `axis`, plain integers as they are. `undefined` when the
 * tensor has no readable data, or is quantized in a way that has no such formula (blockwise).
 */
export function realValues({
  type,
  shape,
  data,
  quantization,
}: Pick<Tensor, 'type' | 'shape' | 'data' | 'quantization'>): Float32Array | undefined {
  if (data === undefined || quantization?.details !== undefined) return undefined;
  const elements = elementCount(shape);
  if (type === 'float32' && data.byteLength >= 4 * elements) {
    // A copy, since data need not lie at a multiple of 4; a Buffer's own slice would be none.
    return new Float32Array(new Uint8Array(data.subarray(0, 4 * elements)).buffer);
  }
  const stored = decode(type, data, elements);
  return stored && real(stored, { type, shape, quantization });
}

/**
 * The real numbers of a value in a device's memory; `tensor` says by its scale what integers stand for. Empty for types
 * without numbers.
 */
export function realValuesOf(
  { type, shape, bytes }: { readonly type: DataType; readonly shape: readonly number[]; readonly bytes: Uint8Array },
  { quantization }: Pick<Tensor, 'quantization'>,
): Float32Array {
  return real(heldValues({ type, shape, bytes }), { type, shape, quantization });
}

/** The numbers of a value in a device's memory as they are stored; none for types without numbers. */
export function heldValues({
  type,
  shape,
  bytes,
}: {
  readonly type: DataType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}): Float64Array {
  return decode(heldType(type), bytes, elementCount(shape)) ?? new Float64Array();
}

/**
 * The bytes in which a device takes real numbers: integers by scale and zero point as `quantizedValue` says, or rounded
 * where they have none. `undefined` for types that hold no numbers.
 */
export function encodeReal({ type, quantization }: ValueType, values: ArrayLike<number>): Uint8Array | undefined {
  const held = heldType(type);
  const scale = quantization?.scales[0];
  const range = type in integerRange ? integerRange[type as keyof typeof integerRange] : undefined;
  if (scale === undefined || range === undefined) return encode(held, values);
  const affine = { scale, zeroPoint: quantization?.zeroPoints[0] ?? 0 };
  const stored = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) stored[index] = quantizedValue(values[index], affine, range);
  return encode(held, stored);
}

/** Elements between one slice along `axis` and the next. */
export function sliceStride(shape: readonly number[], axis: number): number {
  return elementCount(shape.slice(axis + 1));
}

function real(
  stored: Float64Array,
  { type, shape, quantization }: Pick<Tensor, 'type' | 'shape' | 'quantization'>,
): Float32Array {
  // A scale on a float tensor is a note of what it was trained with: its numbers are real ones.
  const isReal = type.includes('float') || quantization === undefined || quantization.scales.length === 0;
  if (isReal) return Float32Array.from(stored);
  const { scales, zeroPoints, axis } = quantization;
  const stride = scales.length === 1 ? stored.length : sliceStride(shape, axis);
  const values = new Float32Array(stored.length);
  for (let index = 0; index < stored.length; index++) {
    const slice = scales.length === 1 ? 0 : Math.floor(index / stride) % scales.length;
    values[index] = scales[slice] * (stored[index] - (zeroPoints[slice] ?? zeroPoints[0] ?? 0));
  }
  return values;
}
