import { elementCount } from '../../model/dataType';
import type { Tensor } from '../../model/model';

/**
 * int8 weights with zeros behind a dimension up to `size`; `undefined` where a byte of zeros stands for another number,
 * or none is lacking.
 */
export function zerosBehind(weights: Tensor, axis: number, size: number): Omit<Tensor, 'index'> | undefined {
  const { data, shape, type, quantization } = weights;
  const isSymmetric = quantization?.zeroPoints.every((zero) => zero === 0) === true;
  const isFree = quantization === undefined || quantization.scales.length < 2 || quantization.axis !== axis;
  if (data === undefined || type !== 'int8' || !isSymmetric || !isFree || size <= shape[axis]) return undefined;
  const [from, to] = [shape[axis], size].map((length) => length * elementCount(shape.slice(axis + 1)));
  const rows = elementCount(shape.slice(0, axis));
  if (data.length !== rows * from) return undefined;
  const wide = new Uint8Array(rows * to);
  for (let row = 0; row < rows; row++) wide.set(data.subarray(row * from, (row + 1) * from), row * to);
  const longer = shape.map((each, place) => (place === axis ? size : each));
  return { ...weights, name: `${weights.name}/wide`, shape: longer, data: wide };
}
