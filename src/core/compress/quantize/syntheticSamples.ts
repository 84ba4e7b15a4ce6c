import { mulberry32 } from '../../execute/mulberry32';
import { spendBytes, spendSteps } from '../../model/budget';
import { elementCount } from '../../model/dataType';
import type { Graph } from '../../model/model';
import type { Samples } from '../../samples/samples';
import type { Range } from './affine';

/** Enough random samples for ranges to settle. */
const enoughSamples = 40;

/** Numbers that they may hold together, 256 MB of them: a file may name inputs of any size. */
const mostNumbers = 2 ** 26;

/** How many random samples are made of a graph's inputs. */
export function syntheticCount({ inputs, tensors }: Graph): number {
  const numbers = inputs.reduce((sum, index) => sum + elementCount(tensors[index].shape), 0);
  return Math.max(1, Math.min(enoughSamples, Math.floor(mostNumbers / Math.max(1, numbers))));
}

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
      const length = count * elementCount(shape);
      if (range !== undefined) return drawn(length, () => evenly(range, random));
      return drawn(length, isFloat ? () => normal(random) : () => Math.floor(2 * random()));
    }),
    remarks: [],
  };
}

function drawn(length: number, draw: () => number): Float32Array {
  spendBytes(4 * length);
  const values = new Float32Array(length);
  for (let index = 0; index < length; index++) {
    // What is not wanted any more is heard between.
    if (index % 4096 === 0) spendSteps(4096 * stepsPerDraw);
    values[index] = draw();
  }
  return values;
}

/** A draw takes some tens of nanoseconds. */
const stepsPerDraw = 8;

function evenly({ min, max }: Range, random: () => number): number {
  return min + (max - min) * random();
}

/** One draw of the normal distribution. Source: G. E. P. Box and M. E. Muller (1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
