import { GrowingHistogram } from '../../../src/core/compress/quantize/calibrate/histogram';
import { holdOut } from '../../../src/core/compress/quantize/calibrate/heldOut';
import { observe, mergeObservations } from '../../../src/core/compress/quantize/calibrate/observe';
import type { FloatProgram } from '../../../src/core/execute/floatEngine';
import type { Samples } from '../../../src/core/samples/samples';
import { graph, tensor } from '../../support/build';
import { check } from '../../support/check';

type Bins = readonly (readonly [middle: number, count: number])[];

function binsOf(histogram: GrowingHistogram): Bins {
  const bins: [number, number][] = [];
  histogram.visit((middle, count) => bins.push([middle, count]));
  return bins;
}

function histogramOf(batches: readonly (readonly number[])[]): GrowingHistogram {
  const histogram = new GrowingHistogram();
  for (const batch of batches) {
    histogram.add(Float32Array.from(batch));
    // Looking must not hold what is looked at.
    binsOf(histogram);
  }
  return histogram;
}

check(
  'bins of a histogram that grows: 4,096 on each side of 0, as narrow as a power of two allows',
  (batches: readonly (readonly number[])[]) => {
    const histogram = histogramOf(batches);
    return { width: histogram.width, range: histogram.range, count: histogram.count, bins: binsOf(histogram) };
  },
  [
    {
      name: 'nothing seen',
      input: [],
      expected: { width: 2 ** -40, range: { min: 0, max: 0 }, count: 0, bins: [] },
    },
    {
      name: '4,095.5 still lies in the last bin of width 1',
      input: [[4095.5, -4096]],
      expected: {
        width: 1,
        range: { min: -4096, max: 4095.5 },
        count: 2,
        bins: [
          [-4095.5, 1],
          [4095.5, 1],
        ],
      },
    },
    {
      name: '4,096 does not',
      input: [[4096]],
      expected: { width: 2, range: { min: 4096, max: 4096 }, count: 1, bins: [[4097, 1]] },
    },
    {
      name: 'many widths wider at once: neighbours fall together, below 0 as well',
      input: [
        [1, 1.5, 2, -1, -0.5, 4000],
        [20000, 3],
      ],
      expected: {
        width: 8,
        range: { min: -1, max: 20000 },
        count: 8,
        bins: [
          [-4, 2],
          [4, 4],
          [4004, 1],
          [20004, 1],
        ],
      },
    },
  ],
);

check(
  'what two histograms have seen together',
  ([first, second]: readonly [readonly number[], readonly number[]]) => {
    const both = histogramOf([first]).with(histogramOf([second]));
    return { width: both.width, range: both.range, bins: binsOf(both) };
  },
  [
    {
      name: 'the narrow one takes the bins of the wide one',
      input: [[1], [8000, 3]],
      expected: {
        width: 2,
        range: { min: 1, max: 8000 },
        bins: [
          [1, 1],
          [3, 1],
          [8001, 1],
        ],
      },
    },
    {
      name: 'nothing adds nothing, not even a 0 to the range',
      input: [[4095, 5000], []],
      expected: {
        width: 2,
        range: { min: 4095, max: 5000 },
        bins: [
          [4095, 1],
          [5001, 1],
        ],
      },
    },
  ],
);

const rows = (count: number): Samples => ({
  source: '',
  isSynthetic: false,
  count,
  inputs: [Float32Array.from({ length: count }, (_, index) => index)],
  remarks: [],
});

check(
  'which samples choices are judged by',
  ({ count, hasMemory }: { count: number; hasMemory: boolean }) => {
    const { ranging, judging, isApart } = holdOut(rows(count), hasMemory);
    return { ranging: [...ranging.inputs[0]], judging: [...judging.inputs[0]], isApart };
  },
  [
    {
      name: 'of seven none can be spared',
      input: { count: 7, hasMemory: false },
      expected: { ranging: [0, 1, 2, 3, 4, 5, 6], judging: [0, 1, 2, 3, 4, 5, 6], isApart: false },
    },
    {
      name: 'of a stream the last quarter',
      input: { count: 8, hasMemory: true },
      expected: { ranging: [0, 1, 2, 3, 4, 5], judging: [6, 7], isApart: true },
    },
    {
      name: 'of others two of eight, amid each half',
      input: { count: 8, hasMemory: false },
      expected: { ranging: [0, 1, 3, 4, 5, 7], judging: [2, 6], isApart: true },
    },
  ],
);

const observedGraph = graph([tensor('x', 'float32', [1, 2])], [], { inputs: [0], outputs: [0] });
const identity: FloatProgram = {
  run: ([values], _, [index]) => Promise.resolve(new Map([[index, values]])),
  dispose: () => undefined,
};
const pairs = (...values: readonly number[]): Samples => ({
  ...rows(values.length / 2),
  inputs: [Float32Array.from(values)],
});

check(
  'what is kept of the values of a tensor with two channels',
  async (samples: Samples) => {
    const { mean, channelMost, histogram } = (await observe(observedGraph, identity, samples, { tensors: [0] })).get(
      0,
    )!;
    return { mean: [...mean], channelMost: [...channelMost], range: histogram.range };
  },
  [
    {
      name: 'means over samples, largest magnitudes, extremes',
      input: pairs(1, -8, 3, 4),
      expected: { mean: [2, -2], channelMost: [3, 8], range: { min: -8, max: 4 } },
    },
    {
      name: 'no range of what is not finite',
      input: pairs(1, 2, 3, NaN),
      fails:
        '"x" becomes NaN with sample 2, so that it has no range. Check the scaling of the data, and the model\'s weights.',
    },
  ],
);

check(
  'what two sets of samples showed together: three quarters and one',
  async ([first, second]: readonly [Samples, Samples]) => {
    const [left, right] = await Promise.all(
      [first, second].map((each) => observe(observedGraph, identity, each, { tensors: [0] })),
    );
    const { mean, channelMost, histogram } = mergeObservations(left, right, 0.75).get(0)!;
    return { mean: [...mean], channelMost: [...channelMost], count: histogram.count };
  },
  [
    {
      name: 'means by their share, the larger magnitudes',
      input: [pairs(0, 4, 0, 4, 0, 4), pairs(-4, 0)],
      expected: { mean: [-1, 3], channelMost: [4, 4], count: 8 },
    },
  ],
);
