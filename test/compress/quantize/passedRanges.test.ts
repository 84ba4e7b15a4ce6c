import { GrowingHistogram } from '../../../src/core/compress/quantize/calibrate/histogram';
import { passedRanges } from '../../../src/core/compress/quantize/calibrate/passedRanges';
import type { Range } from '../../../src/core/compress/quantize/affine';
import { graph, operator, tensor } from '../../support/build';
import { check } from '../../support/check';

interface Passed {
  readonly kind: string;
  readonly seen: readonly number[];
  readonly before: Range;
  readonly after: Range;
}

/** The range of what a function gives, where it is that of what goes in. */
function passed({ kind, seen, before, after }: Passed): unknown {
  const histogram = new GrowingHistogram();
  histogram.add(Float32Array.from(seen));
  const values = [tensor('x', 'float32', [1, 4]), tensor('y', 'float32', [1, 4])];
  const one = graph(values, [operator(kind, [0], [1])], { inputs: [0], outputs: [1] });
  const observed = { histogram, mean: new Float64Array(4), channelMost: new Float64Array(4) };
  const ranges = new Map([
    [0, before],
    [1, after],
  ]);
  return passedRanges(one, ranges, new Map([[0, observed]]));
}

check('values above 0 that pass as they are stored', passed, [
  {
    // A quarter of them is rounded in steps of 10 instead of all in steps of 8.2: 25 against 67.
    name: 'a leaky function with few values below 0',
    input: { kind: 'LEAKY_RELU', seen: [-2, 1, 2, 8], before: { min: -2, max: 8 }, after: { min: -0.2, max: 8 } },
    expected: [[1, { min: -2, max: 8 }]],
  },
  {
    // Three quarters in steps of 10 are 75, all in steps of 2.8 are 8.
    name: 'not where most lie far below 0',
    input: { kind: 'LEAKY_RELU', seen: [-8, -4, -2, 2], before: { min: -8, max: 2 }, after: { min: -0.8, max: 2 } },
    expected: [],
  },
  {
    name: 'not of another function',
    input: { kind: 'HARD_SWISH', seen: [-2, 1, 2, 8], before: { min: -2, max: 8 }, after: { min: -0.2, max: 8 } },
    expected: [],
  },
]);
