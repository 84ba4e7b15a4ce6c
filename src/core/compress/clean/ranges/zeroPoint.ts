import type { Tensor } from '../../../model/model';

/**
 * The zero point of a whole tensor; 0 where it has none, or one for each of its slices (then TFLite demands that they
 * are 0).
 */
export function zeroPointOf(tensor: Tensor): number {
  const points = tensor.quantization?.zeroPoints ?? [];
  return points.length === 1 ? points[0] : 0;
}
