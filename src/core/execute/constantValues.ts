import { elementCount } from '../model/dataType';
import type { Tensor } from '../model/model';
import { visitValues } from '../model/values';

/**
 * The real numbers that a constant stands for, row-major: float16 widened, quantized integers dequantized as scale x (stored - zero point)
 * with the scale of their slice along `axis`, plain integers as they are. `undefined` when the tensor has no readable data, or is
 * quantized in a way that has no such formula (blockwise).
 */
export function realValues(tensor: Tensor): Float32Array | undefined {
  const { quantization } = tensor;
  if (quantization?.details !== undefined) return undefined;
  const values = storedValues(tensor);
  if (values === undefined || quantization === undefined || quantization.scales.length === 0) return values;
  const { scales, zeroPoints } = quantization;
  const stride = scales.length === 1 ? values.length : sliceStride(tensor.shape, quantization.axis);
  return values.map((value, index) => {
    const slice = scales.length === 1 ? 0 : Math.floor(index / stride) % scales.length;
    return scales[slice] * (value - (zeroPoints[slice] ?? zeroPoints[0] ?? 0));
  });
}

/** Elements between one slice along `axis` and the next. */
export function sliceStride(shape: readonly number[], axis: number): number {
  return elementCount(shape.slice(axis + 1));
}

function storedValues(tensor: Tensor): Float32Array | undefined {
  const bytes = 4 * elementCount(tensor.shape);
  if (tensor.type === 'float32' && tensor.data !== undefined && tensor.data.byteLength >= bytes) {
    // A copy, since data need not lie at a multiple of 4; a Buffer's own slice would be none.
    return new Float32Array(new Uint8Array(tensor.data.subarray(0, bytes)).buffer);
  }
  const values = new Float32Array(elementCount(tensor.shape));
  if (tensor.type === 'int4') return unpackInt4(tensor, values);
  const isComplete = visitValues(tensor, (value, index) => {
    values[index] = value;
  });
  return isComplete ? values : undefined;
}

/** Two elements a byte, the first in the low half. Source: UnpackDenseInt4IntoInt8, TFLite's portable_tensor_utils.cc. */
function unpackInt4({ data }: Tensor, values: Float32Array): Float32Array | undefined {
  if (data === undefined || data.byteLength * 2 < values.length) return undefined;
  for (let index = 0; index < values.length; index++) {
    const half = (data[index >> 1] >> (index % 2 === 0 ? 0 : 4)) & 0xf;
    values[index] = half < 8 ? half : half - 16;
  }
  return values;
}
