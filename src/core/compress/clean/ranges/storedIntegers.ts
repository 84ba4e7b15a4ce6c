import { elementCount } from '../../../model/dataType';
import type { Tensor } from '../../../model/model';
import { visitValues } from '../../../model/values';
import { elementLayout, unpacked } from '../../rewrite/storedElements';

/** The stored values of a constant, row-major, without scale and zero point: 4-bit ones with their sign. `undefined` where they cannot be read. */
export function storedValues(tensor: Tensor): Float64Array | undefined {
  const elements = elementCount(tensor.shape);
  if (tensor.type === 'int4' && tensor.data !== undefined && tensor.data.length * 2 >= elements) {
    const halves = unpacked(tensor.data, elements, elementLayout('int4')!);
    return Float64Array.from(halves, (value) => (value < 8 ? value : value - 16));
  }
  const values = new Float64Array(elements);
  return visitValues(tensor, (value, index) => (values[index] = value)) ? values : undefined;
}

/** The zero point of a whole tensor; 0 where it has none, or one for each of its slices (then TFLite demands that they are 0). */
export function zeroPointOf(tensor: Tensor): number {
  const points = tensor.quantization?.zeroPoints ?? [];
  return points.length === 1 ? points[0] : 0;
}
