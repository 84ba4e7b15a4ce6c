/** Code whose tests are tried by changing it. */
export interface Subject {
  readonly name: string;
  /** Files, or folders whose files count, from the root. */
  readonly files: readonly string[];
  readonly tests: readonly string[];
  /** Changes that no test can notice; they are not tried. */
  readonly equivalent?: readonly Equivalent[];
  /** The share of changes that have to be noticed. */
  readonly least: number;
}

/** Changes of one expression that leave every result as it is, and why. */
export interface Equivalent {
  readonly file: string;
  readonly before: string;
  readonly after: readonly string[];
  readonly why: string;
}

/** An end of a range that is clamped to itself. */
function clamps(file: string, least: string, most: string): readonly Equivalent[] {
  const why = 'A value at the end of a range stays at it either way.';
  return [
    { file, before: `value < ${least}`, after: [`value <= ${least}`], why },
    { file, before: `value > ${most}`, after: [`value >= ${most}`], why },
  ];
}

const fixedPoint = 'src/core/execute/fixedPoint.ts';
const twoWays = 'Both ways are exact at this bound: it chooses the faster one.';

const fixedPointEquivalents: readonly Equivalent[] = [
  { file: fixedPoint, before: 'Math.abs(value) < 2 ** -1022', after: ['Math.abs(value) <= 2 ** -1022'], why: twoWays },
  { file: fixedPoint, before: '2097152', after: ['2097152 + 1'], why: twoWays },
  { file: fixedPoint, before: 'a < 2097152', after: ['a <= 2097152'], why: twoWays },
  { file: fixedPoint, before: '-2097152', after: ['2097152'], why: twoWays },
  { file: fixedPoint, before: 'a >= -2097152', after: ['a > -2097152'], why: twoWays },
  { file: fixedPoint, before: 'a < 2097152 && a >= -2097152', after: ['false'], why: twoWays },
  { file: fixedPoint, before: '17', after: ['17 + 1'], why: twoWays },
  { file: fixedPoint, before: 'total < 17', after: ['total <= 17', 'true'], why: twoWays },
  { file: fixedPoint, before: '36', after: ['36 + 1'], why: twoWays },
  { file: fixedPoint, before: 'value > 2 ** 36', after: ['value >= 2 ** 36'], why: twoWays },
  { file: fixedPoint, before: '-(2 ** 36)', after: ['(2 ** 36)'], why: twoWays },
  { file: fixedPoint, before: 'value < -(2 ** 36)', after: ['value <= -(2 ** 36)'], why: twoWays },
  { file: fixedPoint, before: 'value > 2 ** 36 || value < -(2 ** 36)', after: ['true'], why: twoWays },
  { file: fixedPoint, before: 'value < 0', after: ['value <= 0'], why: '0 is rounded to 0 with either threshold.' },
  { file: fixedPoint, before: 'shift > 0', after: ['shift >= 0'], why: 'A shift by 0 changes nothing on either path.' },
  {
    file: fixedPoint,
    before: 'multiplier < 0x7fff0000',
    after: ['multiplier <= 0x7fff0000'],
    why: 'Rounding 0x7fff0000 gives 0x7fff, which it saturates to.',
  },
  ...clamps('src/core/execute/requantize.ts', 'least', 'most'),
];

const plannerEquivalents: readonly Equivalent[] = [
  {
    file: 'src/core/runtimes/tflm/greedyPlanner.ts',
    before: 'this.offsets[at] <= offset',
    after: ['this.offsets[at] < offset'],
    why: 'Among buffers at one offset no gap lies, and the furthest end counts in any order.',
  },
];

export const subjects: readonly Subject[] = [
  {
    name: 'rules',
    files: ['src/core/rules'],
    tests: [
      'test/rules/rules.test.ts',
      'test/rules/figures.test.ts',
      'test/rules/versions.test.ts',
      'test/rules/arenaOverRegion.test.ts',
      'test/rules/arenaRegion.test.ts',
    ],
    least: 0.93,
  },
  {
    name: 'planner',
    files: [
      'src/core/runtimes/tflm/greedyPlanner.ts',
      'src/core/runtimes/tflm/linearPlanner.ts',
      'src/core/runtimes/tflm/lifetimes.ts',
      'src/core/runtimes/tflm/offlinePlan.ts',
      'src/core/runtimes/tflm/arena.ts',
      'src/core/runtimes/tflm/tail.ts',
    ],
    tests: [
      'test/runtimes/tflm/planners.test.ts',
      'test/runtimes/tflm/lifetimes.test.ts',
      'test/runtimes/memory/layout.test.ts',
      'test/runtimes/tflm/offlinePlan.test.ts',
      'test/runtimes/tflm/tail.test.ts',
      'test/runtimes/tflm/arena.test.ts',
      'test/runtimes/tflm/oneOperator.test.ts',
    ],
    equivalent: plannerEquivalents,
    least: 0.9,
  },
  {
    name: 'fixed-point',
    files: ['src/core/execute/fixedPoint.ts', 'src/core/execute/requantize.ts', 'src/core/execute/activationRange.ts'],
    tests: [
      'test/execute/fixedPoint.test.ts',
      'test/execute/requantize.test.ts',
      'test/execute/activationRange.test.ts',
      'test/execute/kernels.test.ts',
    ],
    equivalent: fixedPointEquivalents,
    least: 0.9,
  },
  {
    name: 'kernels',
    files: ['src/core/execute/kernels'],
    tests: [
      'test/execute/kernels.test.ts',
      'test/execute/kernels/arithmetic.test.ts',
      'test/execute/kernels/movement.test.ts',
      'test/execute/kernels/layers.test.ts',
      'test/execute/kernels/signal.test.ts',
      'test/execute/kernels/types.test.ts',
      'test/execute/kernels/edges.test.ts',
      'test/execute/kernels/saturation.test.ts',
      'test/execute/kernels/windows.test.ts',
      'test/execute/kernels/broadcasting.test.ts',
      'test/execute/kernels/controlFlow.test.ts',
      'test/execute/kernels/tflmHashes.test.ts',
      'test/execute/kernels/tflmVariants.test.ts',
    ],
    least: 0.6,
  },
  {
    name: 'costs',
    files: ['src/core/runtimes/cost'],
    tests: [
      'test/runtimes/cost/counts.test.ts',
      'test/runtimes/cost/elementCounts.test.ts',
      'test/runtimes/cost/windowCounts.test.ts',
      'test/runtimes/cost/sequenceCounts.test.ts',
      'test/runtimes/cost/matmulAndSelection.test.ts',
      'test/runtimes/cost/otherOperators.test.ts',
      'test/runtimes/cost/variants.test.ts',
      'test/runtimes/cost/quantizeForms.test.ts',
      'test/runtimes/cost/rectified.test.ts',
      'test/runtimes/cost/saturation.test.ts',
      'test/runtimes/cost/simple.test.ts',
      'test/runtimes/cost/cost.test.ts',
    ],
    least: 0.65,
  },
  {
    name: 'kernel memory',
    files: ['src/core/runtimes/memory'],
    tests: [
      'test/runtimes/memory/kernelRequests.test.ts',
      'test/runtimes/memory/kernelStates.test.ts',
      'test/runtimes/memory/earlierCmsisNn.test.ts',
      'test/runtimes/memory/cmsisNnBufferSizes.test.ts',
      'test/runtimes/memory/espNnScratch.test.ts',
      'test/runtimes/memory/signalRequests.test.ts',
      'test/runtimes/memory/layout.test.ts',
      'test/runtimes/tflm/setup.test.ts',
      'test/runtimes/tflm/arena.test.ts',
      'test/runtimes/tflm/oneOperator.test.ts',
      'test/runtimes/tflm/dated.test.ts',
      'test/runtimes/tflm/versionsTruth.test.ts',
      'test/runtimes/tflm/arenaTruth.test.ts',
      'test/runtimes/runtimes.test.ts',
    ],
    least: 0.6,
  },
  {
    name: 'compress/clean',
    files: ['src/core/compress/clean'],
    tests: [
      'test/compress/channelRanges.test.ts',
      'test/compress/clean/ranges.test.ts',
      'test/compress/clean/steps.test.ts',
      'test/compress/clean.test.ts',
    ],
    least: 0.8,
  },
  {
    name: 'compress/judge',
    files: ['src/core/compress/judge'],
    tests: ['test/compress/judge/figures.test.ts', 'test/compress/judge/judge.test.ts'],
    least: 0.85,
  },
  {
    name: 'compress/lift',
    files: ['src/core/compress/lift'],
    tests: ['test/compress/lift/intervals.test.ts', 'test/compress/lift.test.ts'],
    least: 0.9,
  },
  {
    name: 'compress/channels',
    files: ['src/core/compress/channels', 'src/core/compress/rewrite'],
    tests: [
      'test/compress/channels.test.ts',
      'test/compress/relations.test.ts',
      'test/compress/rewrite.test.ts',
      'test/compress/sliceTensor.test.ts',
      'test/compress/graphDraft.test.ts',
      'test/compress/metadata.test.ts',
    ],
    least: 0.75,
  },
  {
    name: 'compress/prune',
    files: ['src/core/compress/prune'],
    tests: [
      'test/compress/totals.test.ts',
      'test/compress/worseCosts.test.ts',
      'test/compress/prune/selection.test.ts',
      'test/compress/prune/judging.test.ts',
      'test/compress/reconstruct.test.ts',
      'test/compress/prune/costs.test.ts',
      'test/compress/prune/search.test.ts',
      'test/compress/prune/passOver.test.ts',
    ],
    least: 0.6,
  },
  {
    name: 'compress/quantize',
    files: ['src/core/compress/quantize'],
    tests: [
      'test/compress/quantizeChange.test.ts',
      'test/compress/quantize/checks.test.ts',
      'test/compress/quantize/constants.test.ts',
      'test/compress/quantize/drawn.test.ts',
      'test/compress/quantize/folding.test.ts',
      'test/compress/quantize/numbers.test.ts',
      'test/compress/quantize/calibrate.test.ts',
      'test/compress/quantize/graph.test.ts',
      'test/compress/quantize/levelling.test.ts',
      'test/compress/quantize/rounding.test.ts',
      'test/compress/quantize/score.test.ts',
      'test/compress/quantize/islandCost.test.ts',
      'test/compress/quantize/uint8.test.ts',
      'test/compress/quantize/known.test.ts',
      'test/compress/quantize/recurrent.test.ts',
      'test/compress/quantize/fakeQuant.test.ts',
    ],
    least: 0.6,
  },
];
