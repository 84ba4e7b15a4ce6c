import type { DataType } from './dataType';
import { elementCount } from './dataType';
import type { Tensor } from './model';

type Reader = (view: DataView, offset: number) => number;

const readers: Partial<Record<DataType, { readonly bytes: number; readonly read: Reader }>> = {
  int8: { bytes: 1, read: (view, offset) => view.getInt8(offset) },
  uint8: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  bool: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  int16: { bytes: 2, read: (view, offset) => view.getInt16(offset, true) },
  uint16: { bytes: 2, read: (view, offset) => view.getUint16(offset, true) },
  int32: { bytes: 4, read: (view, offset) => view.getInt32(offset, true) },
  uint32: { bytes: 4, read: (view, offset) => view.getUint32(offset, true) },
  int64: { bytes: 8, read: (view, offset) => Number(view.getBigInt64(offset, true)) },
  float32: { bytes: 4, read: (view, offset) => view.getFloat32(offset, true) },
  float64: { bytes: 8, read: (view, offset) => view.getFloat64(offset, true) },
  float16: { bytes: 2, read: (view, offset) => float16(view.getUint16(offset, true)) },
};

/** The integers of a constant tensor in row-major order; `undefined` for other types, no data, or data shorter than its shape. */
export function integerValues(tensor: Tensor): readonly number[] | undefined {
  return tensor.type.startsWith('float') ? undefined : constantValues(tensor, elementCount(tensor.shape));
}

/** Calls `visit` with each stored value of a constant, without a copy; false when its type or data do not allow it. */
export function visitValues(tensor: Tensor, visit: (value: number, index: number) => void): boolean {
  const reader = readers[tensor.type];
  const elements = elementCount(tensor.shape);
  const { data } = tensor;
  if (reader === undefined || data === undefined || data.byteLength < elements * reader.bytes) return false;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let index = 0; index < elements; index++) visit(reader.read(view, index * reader.bytes), index);
  return true;
}

function constantValues(tensor: Tensor, most: number): readonly number[] | undefined {
  const values: number[] = [];
  const complete = visitValues(tensor, (value) => values.push(value));
  return complete && values.length <= most ? values : undefined;
}

/** IEEE 754 half precision to a number. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * 2 ** (exponent - 25) * (fraction + 1024);
}
