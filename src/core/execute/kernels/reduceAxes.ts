import { elementCount } from '../../model/dataType';
import { positiveAxis, stridesOf } from '../broadcast';
import { input, output, type Call } from '../kernel';

/** For each input element, in order, the output element it is reduced to; and how many come together in one. */
export interface Reduction {
  readonly targets: Int32Array;
  readonly count: number;
}

/** From the operator's second input, the axes. Called at each inference where they are no constant. */
export function reductionOf(call: Call): Reduction {
  const image = input(call, 0);
  const rank = image.shape.length;
  const axes = new Set(Array.from(input(call, 1).int32, (axis) => positiveAxis(axis, rank)));
  const kept = image.shape.map((length, dimension) => (axes.has(dimension) ? 1 : length));
  const strides = stridesOf(kept).map((stride, dimension) => (axes.has(dimension) ? 0 : stride));
  const targets = new Int32Array(image.elements);
  const counters = new Int32Array(rank);
  let target = 0;
  for (let element = 0; element < image.elements; element++) {
    targets[element] = target;
    for (let dimension = rank - 1; dimension >= 0; dimension--) {
      target += strides[dimension];
      if (++counters[dimension] < image.shape[dimension]) break;
      target -= strides[dimension] * image.shape[dimension];
      counters[dimension] = 0;
    }
  }
  return { targets, count: image.elements / Math.max(1, Math.min(elementCount(kept), output(call).elements)) };
}

/** Makes the reduction once where the axes are constant. */
export function reductionSource(call: Call): () => Reduction {
  if (!input(call, 1).isConstant) return () => reductionOf(call);
  const reduction = reductionOf(call);
  return () => reduction;
}
