import type { TensorValue } from '../../../execute/executable';
import { elementCount } from '../../../model/dataType';
import type { Tensor } from '../../../model/model';
import type { ActivationType } from '../affine';
import { quantizedValues } from '../affine';
import { bytesOf } from '../repair/repair';

/** The bytes that a tensor holds for some real values: quantized where the tensor is, as they are where it is float. */
export function storedBytesOf({ type, quantization }: Tensor, values: Float32Array): Uint8Array {
  if (type === 'int8' || type === 'int16') {
    const affine = { scale: quantization!.scales[0], zeroPoint: quantization!.zeroPoints[0] };
    return bytesOf(quantizedValues(values, affine, type satisfies ActivationType));
  }
  if (type === 'float32') return bytesOf(values.slice());
  if (type === 'int32') return bytesOf(Int32Array.from(values));
  if (type === 'int64') return bytesOf(BigInt64Array.from(values, (value) => BigInt(Math.round(value))));
  return Uint8Array.from(values);
}

/** The real values that a tensor's bytes stand for. */
export function realValuesOf({ type, shape, bytes }: TensorValue, { quantization }: Tensor): Float32Array {
  const stored = integersOf(type, bytes, elementCount(shape));
  const [scale, zeroPoint] = [quantization?.scales[0], quantization?.zeroPoints[0] ?? 0];
  if (scale === undefined) return Float32Array.from(stored);
  return Float32Array.from(stored, (value) => scale * (value - zeroPoint));
}

function integersOf(type: TensorValue['type'], bytes: Uint8Array, count: number): ArrayLike<number> {
  // A copy, since the views below need an even start.
  const { buffer } = new Uint8Array(bytes);
  if (type === 'int8') return new Int8Array(buffer, 0, count);
  if (type === 'int16') return new Int16Array(buffer, 0, count);
  if (type === 'int32') return new Int32Array(buffer, 0, count);
  if (type === 'float32') return new Float32Array(buffer, 0, count);
  if (type === 'int64') return Array.from(new BigInt64Array(buffer, 0, count), Number);
  return new Uint8Array(buffer, 0, count);
}
