import type { Tensor } from '../../model/model';

/** A constant int32 or int64 tensor with these values; an activation stays as it is. */
export function withIntegers(tensor: Tensor, values: readonly number[]): Tensor {
  if (tensor?.data === undefined || (tensor.type !== 'int32' && tensor.type !== 'int64')) return tensor;
  const bytes = tensor.type === 'int32' ? 4 : 8;
  const data = new Uint8Array(values.length * bytes);
  const view = new DataView(data.buffer);
  values.forEach((value, index) => {
    if (bytes === 4) view.setInt32(index * 4, value, true);
    else view.setBigInt64(index * 8, BigInt(value), true);
  });
  return { ...tensor, data };
}
