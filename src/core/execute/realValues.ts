import type { Tensor } from '../model/model';
import type { TensorValue } from './executable';

export interface Values {
  readonly stored: readonly number[];
  /** What they stand for; absent where stored values are the real ones. */
  readonly real?: readonly number[];
}

type Read = (view: DataView, index: number) => number;

const readers: Readonly<Record<string, Read | undefined>> = {
  int8: (view, index) => view.getInt8(index),
  uint8: (view, index) => view.getUint8(index),
  bool: (view, index) => view.getUint8(index),
  int16: (view, index) => view.getInt16(2 * index, true),
  int32: (view, index) => view.getInt32(4 * index, true),
  uint32: (view, index) => view.getUint32(4 * index, true),
  int64: (view, index) => Number(view.getBigInt64(8 * index, true)),
  uint64: (view, index) => Number(view.getBigUint64(8 * index, true)),
  float32: (view, index) => view.getFloat32(4 * index, true),
};

const widths: Readonly<Record<string, number | undefined>> = {
  int16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  int64: 8,
  uint64: 8,
};

/** The numbers of a value, and by the tensor's scale and zero point the real numbers behind integers. Other types have no numbers. */
export function realValues(tensor: Tensor, { type, bytes }: TensorValue): Values {
  const read = readers[type];
  if (read === undefined) return { stored: [] };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stored = Array.from({ length: bytes.length / (widths[type] ?? 1) }, (_none, index) => read(view, index));
  const scale = tensor.quantization?.scales[0];
  if (scale === undefined || type === 'float32') return { stored };
  const zeroPoint = tensor.quantization?.zeroPoints[0] ?? 0;
  return { stored, real: stored.map((value) => scale * (value - zeroPoint)) };
}
