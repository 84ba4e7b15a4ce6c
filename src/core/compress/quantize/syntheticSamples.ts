import { mulberry32 } from '../../execute/mulberry32';
import { elementCount } from '../../model/dataType';
import type { Graph } from '../../model/model';
import type { Samples } from '../../samples/samples';
import type { Range } from './affine';

/**
 * Random inputs for want of data, labelled as such: float inputs normally distributed with standard deviation 1, or
 * evenly over a range that is known of them; integers 0 or 1.
 * The same seed always gives the same samples.
 */
export function syntheticSamples(
  { inputs, tensors }: Graph,
  count: number,
  seed: number,
  ranges: ReadonlyMap<number, Range> = new Map(),
): Samples {
  const random = mulberry32(seed);
  return {
    source: `${count} random samples (seed ${seed})`,
    isSynthetic: true,
    count,
    inputs: inputs.map((index) => {
      const { type, shape } = tensors[index];
      const isFloat = type === 'float32';
      const range = ranges.get(index);
      if (range !== undefined) return evenly(range, count * elementCount(shape), random);
      return Float32Array.from({ length: count * elementCount(shape) }, () =>
        isFloat ? normal(random) : Math.floor(2 * random()),
      );
    }),
    remarks: [],
  };
}

function evenly({ min, max }: Range, length: number, random: () => number): Float32Array {
  return Float32Array.from({ length }, () => min + (max - min) * random());
}

/** One draw of the normal distribution. Source: G. E. P. Box and M. E. Muller (1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
