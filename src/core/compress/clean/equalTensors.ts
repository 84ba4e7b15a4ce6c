import type { Tensor } from '../../model/model';

/** True where equal bytes mean equal values: same type and same quantization. */
export function holdsSame(a: Tensor, b: Tensor): boolean {
  return (
    a.type === b.type &&
    equal(a.quantization?.scales, b.quantization?.scales) &&
    equal(a.quantization?.zeroPoints, b.quantization?.zeroPoints)
  );
}

export function hasSameShape(a: Tensor, b: Tensor): boolean {
  return equal(a.shape, b.shape);
}

function equal(a: readonly number[] = [], b: readonly number[] = []): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
