import { elementCount, type DataType } from '../../model/dataType';
import { isConstant, type Tensor } from '../../model/model';

/**
 * Bytes of one element as the interpreter lays it out; a type that is not here is refused. Packed 4-bit values count a
 * byte each. Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/memory_helpers.cc (TfLiteTypeSizeOf).
 */
const elementBytes: Partial<Readonly<Record<DataType, number>>> = {
  bfloat16: 2,
  bool: 1,
  complex128: 16,
  complex64: 8,
  float16: 2,
  float32: 4,
  float64: 8,
  int16: 2,
  int32: 4,
  int4: 1,
  int64: 8,
  int8: 1,
  resource: 4,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  uint8: 1,
};

/** Bytes that a tensor takes when it is in the arena, or `undefined` for a type that the interpreter refuses. */
export function arenaBytes(tensor: Tensor): number | undefined {
  const bytes = elementBytes[tensor.type];
  return bytes === undefined ? undefined : elementCount(tensor.shape) * bytes;
}

/** True for a tensor that the planner places unless a kernel gives it memory: neither in the file nor kept for good. */
export function isActivation(tensor: Tensor): boolean {
  return !isConstant(tensor) && !tensor.isVariable;
}
