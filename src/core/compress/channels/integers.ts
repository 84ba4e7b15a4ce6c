import type { Tensor } from '../../model/model';
import { encode } from '../../model/values/stored';

/** A constant int32 or int64 tensor with these values; an activation stays as it is. */
export function withIntegers(tensor: Tensor, values: readonly number[]): Tensor {
  if (tensor?.data === undefined || (tensor.type !== 'int32' && tensor.type !== 'int64')) return tensor;
  return { ...tensor, data: encode(tensor.type, values) };
}
