import { elementCount } from '../../model/dataType';
import { positiveAxis, stridesOf, viewIndices } from '../broadcast';
import { input, type KernelInvocation } from '../kernel';

/** For each input element, in order, the output element it is reduced to; and how many come together in one. */
interface Reduction {
  readonly targets: Int32Array;
  readonly count: number;
}

/** From the operator's second input, the axes. */
function reductionOf(call: KernelInvocation): Reduction {
  const image = input(call, 0);
  const rank = image.shape.length;
  const axes = new Set(Array.from(input(call, 1).int32, (axis) => positiveAxis(axis, rank)));
  const kept = image.shape.map((length, dimension) => (axes.has(dimension) ? 1 : length));
  const strides = stridesOf(kept).map((stride, dimension) => (axes.has(dimension) ? 0 : stride));
  return { targets: viewIndices(image.shape, strides), count: image.elements / Math.max(1, elementCount(kept)) };
}

/** Made once where the axes are constant, else at each inference. */
export function reductionSource(call: KernelInvocation): () => Reduction {
  if (!input(call, 1).isConstant) return () => reductionOf(call);
  const reduction = reductionOf(call);
  return () => reduction;
}
