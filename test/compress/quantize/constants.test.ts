import { affineOf, hull, isSameAffine, quantizationOf, rangeOf } from '../../../src/core/compress/quantize/affine';
import type { Affine, Range } from '../../../src/core/compress/quantize/affine';
import { GrowingHistogram } from '../../../src/core/compress/quantize/calibrate/histogram';
import { holdOut } from '../../../src/core/compress/quantize/calibrate/heldOut';
import { chunks, observe } from '../../../src/core/compress/quantize/calibrate/observe';
import { chooseRange } from '../../../src/core/compress/quantize/calibrate/ranges';
import { exactScale } from '../../../src/core/compress/quantize/exactScale';
import type { CalibrationMethod } from '../../../src/core/compress/quantize/request';
import { leastScalesFor, quantizeBias, quantizeWeights } from '../../../src/core/compress/quantize/weights';
import type { FloatProgram } from '../../../src/core/execute/floatEngine';
import type { Samples } from '../../../src/core/samples/samples';
import { graph, tensor } from '../../support/build';
import { check } from '../../support/check';

check(
  'scale and zero point',
  ({ range, type }: { readonly range: Range; readonly type: 'int8' | 'int16' }) => affineOf(range, type),
  [
    {
      name: 'negative numbers alone: all steps below 0',
      input: { range: { min: -255, max: 0 }, type: 'int8' },
      expected: { scale: 1, zeroPoint: 127 },
    },
    {
      name: 'a range below 0 is widened to it',
      input: { range: { min: -127.5, max: -3 }, type: 'int8' },
      expected: { scale: 0.5, zeroPoint: 127 },
    },
    {
      name: 'a zero point between two: away from 0',
      input: { range: { min: -0.5, max: 254.5 }, type: 'int8' },
      expected: { scale: 1, zeroPoint: -128 },
    },
    {
      name: 'a scale that float32 rounds',
      input: { range: { min: 0, max: 25.5 }, type: 'int8' },
      expected: { scale: Math.fround(0.1), zeroPoint: -128 },
    },
    {
      name: 'a range too narrow for a scale',
      input: { range: { min: 0, max: 1e-45 }, type: 'int8' },
      expected: { scale: 2 ** -126, zeroPoint: -128 },
    },
    {
      name: '16 bits: the larger side counts',
      input: { range: { min: -1, max: 65534 }, type: 'int16' },
      expected: { scale: 2, zeroPoint: 0 },
    },
    {
      name: '16 bits, the other side',
      input: { range: { min: -65534, max: 1 }, type: 'int16' },
      expected: { scale: 2, zeroPoint: 0 },
    },
    {
      name: '16 bits, always 0',
      input: { range: { min: 0, max: 0 }, type: 'int16' },
      expected: { scale: 1, zeroPoint: 0 },
    },
  ],
);

check(
  'what a scale and zero point can hold',
  ({ affine, type }: { readonly affine: Affine; readonly type: 'int8' | 'int16' }) => rangeOf(affine, type),
  [
    {
      name: 'from 0 on',
      input: { affine: { scale: 0.5, zeroPoint: -128 }, type: 'int8' },
      expected: { min: 0, max: 127.5 },
    },
    {
      name: 'around 3',
      input: { affine: { scale: 2, zeroPoint: 3 }, type: 'int8' },
      expected: { min: -262, max: 248 },
    },
    {
      name: '16 bits',
      input: { affine: { scale: 2, zeroPoint: 0 }, type: 'int16' },
      expected: { min: -65536, max: 65534 },
    },
  ],
);

check('ranges together', hull, [
  {
    name: 'one within the other',
    input: [
      { min: -3, max: 5 },
      { min: -1, max: 1 },
    ],
    expected: { min: -3, max: 5 },
  },
  {
    name: 'each with an end',
    input: [
      { min: -3, max: 1 },
      { min: -1, max: 5 },
    ],
    expected: { min: -3, max: 5 },
  },
]);

check('equal quantizations', ([left, right]: readonly [Affine, Affine]) => isSameAffine(left, right), [
  {
    name: 'equal',
    input: [
      { scale: 1, zeroPoint: 2 },
      { scale: 1, zeroPoint: 2 },
    ],
    expected: true,
  },
  {
    name: 'another scale',
    input: [
      { scale: 1, zeroPoint: 2 },
      { scale: 3, zeroPoint: 2 },
    ],
    expected: false,
  },
  {
    name: 'another zero point',
    input: [
      { scale: 1, zeroPoint: 2 },
      { scale: 1, zeroPoint: 3 },
    ],
    expected: false,
  },
]);

check('a quantization as it lies in the file', quantizationOf, [
  {
    name: 'of the whole tensor',
    input: { scale: 0.5, zeroPoint: 3 },
    expected: { scales: [0.5], zeroPoints: [3], axis: 0 },
  },
]);

interface Weights {
  readonly values: readonly number[];
  readonly shape: readonly number[];
  readonly axis?: number;
  readonly step?: number;
  readonly leastScales?: readonly number[];
}

check(
  'stored weights',
  ({ values, ...rest }: Weights) => {
    const { data, quantization } = quantizeWeights({ values: Float32Array.from(values), ...rest });
    return { data: [...data], ...quantization };
  },
  [
    {
      name: 'of a depthwise filter: channels lie side by side',
      input: { values: [127, 254, -63.7, 3.3], shape: [1, 1, 2, 2], axis: 3 },
      expected: { data: [127, 127, -64, 2], scales: [1, 2], zeroPoints: [0, 0], axis: 3 },
    },
    {
      name: 'of a filter of two taps: channels lie one after another',
      input: { values: [127, 3.3, -254, 60.9], shape: [2, 2, 1, 1], axis: 0 },
      expected: { data: [127, 3, -127, 30], scales: [1, 2], zeroPoints: [0, 0], axis: 0 },
    },
    {
      name: 'of zeros alone: a scale all the same',
      input: { values: [0, 0], shape: [2, 1], axis: 0 },
      expected: { data: [0, 0], scales: [Math.fround(1 / 127), Math.fround(1 / 127)], zeroPoints: [0, 0], axis: 0 },
    },
    {
      name: 'a dead channel takes the upper of two in the middle',
      input: { values: [0, 127, 254], shape: [3, 1], axis: 0 },
      expected: { data: [0, 127, 127], scales: [2, 1, 2], zeroPoints: [0, 0, 0], axis: 0 },
    },
    {
      name: 'halves away from 0',
      input: { values: [127, 0.5, -0.5, 1.49], shape: [4] },
      expected: { data: [127, 1, -1, 1], scales: [1], zeroPoints: [0], axis: 0 },
    },
    {
      name: 'a known step serves up to 128, which becomes 127',
      input: { values: [64, 3.2, -64], shape: [3], step: 0.5 },
      expected: { data: [127, 6, -127], scales: [0.5], zeroPoints: [0], axis: 0 },
    },
    {
      name: 'and no further',
      input: { values: [254, 3.2], shape: [2], step: 1 },
      expected: { data: [127, 2], scales: [2], zeroPoints: [0], axis: 0 },
    },
    {
      name: 'a scale that a bias needs, of its channel alone',
      input: { values: [127, 3.3, 127, 3.3], shape: [2, 2], axis: 0, leastScales: [0, 4] },
      expected: { data: [127, 3, 32, 1], scales: [1, 4], zeroPoints: [0, 0], axis: 0 },
    },
    {
      name: 'weights that float32 cannot divide by',
      input: { values: [1e-44, 0], shape: [2] },
      expected: { data: [0, 0], scales: [2 ** -126], zeroPoints: [0], axis: 0 },
    },
  ],
);

check(
  'least scales for a bias',
  ([bias, inputScale, channels]: readonly [readonly number[] | undefined, number, number]) =>
    leastScalesFor(bias && Float32Array.from(bias), inputScale, channels),
  [
    { name: 'channel by channel', input: [[2 ** 30, -(2 ** 31)], 0.5, 2], expected: [2, 4] },
    { name: 'one for all: that of the largest', input: [[2 ** 30, -(2 ** 31), 1], 0.5, 1], expected: [4] },
    { name: 'without a bias', input: [undefined, 0.5, 2], expected: [0, 0] },
  ],
);

interface Bias {
  readonly bias: readonly number[];
  readonly scales: readonly number[];
  readonly type: 'int32' | 'int64';
}

check(
  'stored biases, of an input with a scale of 0.5',
  ({ bias, scales, type }: Bias) => {
    const { data, quantization } = quantizeBias(bias, 0.5, { scales, zeroPoints: [], axis: 0 }, type);
    return { data: [...data].map(Number), scales: quantization.scales, zeroPoints: quantization.zeroPoints };
  },
  [
    {
      name: 'one scale for all',
      input: { bias: [1, 2.5, -2.5], scales: [2], type: 'int32' },
      expected: { data: [1, 3, -3], scales: [1], zeroPoints: [0] },
    },
    {
      name: 'a scale each',
      input: { bias: [1, 1], scales: [2, 0.5], type: 'int32' },
      expected: { data: [1, 4], scales: [1, 0.25], zeroPoints: [0, 0] },
    },
    {
      name: 'beyond 32 bits',
      input: { bias: [1e12, -1e12], scales: [2], type: 'int32' },
      expected: { data: [2147483647, -2147483648], scales: [1], zeroPoints: [0] },
    },
    {
      name: '64 bits hold it',
      input: { bias: [1e12, -1e12], scales: [2], type: 'int64' },
      expected: { data: [1e12, -1e12], scales: [1], zeroPoints: [0] },
    },
    {
      name: 'beyond what 16-bit kernels want',
      input: { bias: [1e15, -1e15], scales: [2], type: 'int64' },
      expected: { data: [2 ** 46, -(2 ** 46)], scales: [1], zeroPoints: [0] },
    },
  ],
);

check('steps that weights have', (values: readonly number[]) => exactScale(Float32Array.from(values)), [
  // 4, 6 and 7 quarters lie 4, 2 and 1 apart; 18 times 7 are the most below 127.
  { name: 'the closest neighbours come last', input: [1, -1.5, 1.75], expected: 0.25 / 18 },
  // 1, 2 and 4 halves: 31 times 4.
  { name: 'the closest neighbours come first', input: [2, 0.5, -1], expected: 0.5 / 31 },
  { name: 'one value: as fine as 127 steps allow', input: [-12.7], expected: Math.fround(12.7) / 127 },
  { name: 'steps of 1 to 127', input: [1, 2, 127], expected: 1 },
  { name: '128 steps are too many', input: [1, 2, 128], expected: undefined },
  { name: 'a value between two steps', input: [1, 2.5, 127], expected: undefined },
  { name: 'half steps', input: [0.5, 1, 2.5, 60], expected: 0.5 },
  { name: 'equal up to what float32 leaves', input: [0.1, 0.2, 0.3, -12.7], expected: Math.fround(12.7) / 127 },
]);

function seen(runs: readonly (readonly [value: number, count: number])[]): GrowingHistogram {
  const histogram = new GrowingHistogram();
  for (const [value, count] of runs) histogram.add(new Float32Array(count).fill(value));
  return histogram;
}

interface Chosen {
  readonly runs: readonly (readonly [value: number, count: number])[];
  readonly method: CalibrationMethod;
  readonly type?: 'int8' | 'int16';
}

check('ranges that are chosen', ({ runs, method, type = 'int8' }: Chosen) => chooseRange(seen(runs), method, type), [
  {
    name: 'extremes',
    input: {
      runs: [
        [-3, 1],
        [7, 1],
      ],
      method: 'min-max',
    },
    expected: { min: -3, max: 7 },
  },
  {
    name: 'extremes with 0',
    input: {
      runs: [
        [3, 1],
        [7, 1],
      ],
      method: 'min-max',
    },
    expected: { min: 0, max: 7 },
  },
  {
    name: 'extremes below 0',
    input: {
      runs: [
        [-3, 1],
        [-7, 1],
      ],
      method: 'min-max',
    },
    expected: { min: -7, max: 0 },
  },
  { name: 'nothing seen', input: { runs: [], method: 'mse' }, expected: { min: 0, max: 0 } },
  { name: 'zeros alone', input: { runs: [[0, 5]], method: 'entropy' }, expected: { min: 0, max: 0 } },
  // Of 20,000 values 1 may lie outside at each end; bins are 1/32 wide since 100 lies in bin 3,200.
  {
    name: 'one in 20,000 at each end is left out',
    input: {
      runs: [
        [1, 19998],
        [100, 1],
        [-100, 1],
      ],
      method: 'percentile',
    },
    expected: { min: 0, max: 1.03125 },
  },
  {
    name: 'two are not',
    input: {
      runs: [
        [1, 19996],
        [100, 2],
        [-100, 2],
      ],
      method: 'percentile',
    },
    expected: { min: -100, max: 100 },
  },
  {
    name: 'below 0 as above',
    input: {
      runs: [
        [-1, 19998],
        [100, 1],
        [-100, 1],
      ],
      method: 'percentile',
    },
    expected: { min: -1, max: 0 },
  },
  // Rounding costs 10,001 x (max / 255)^2 / 12, clipping (1000 - max)^2: 12,816 whole, 12,709 at 980, 13,412 at 960.
  {
    name: 'a far value is clipped as far as rounding gains by it',
    input: {
      runs: [
        [1, 10000],
        [1000, 1],
      ],
      method: 'mse',
    },
    expected: { min: 0, max: 980 },
  },
]);

const samplesOf = (count: number, names?: readonly string[]): Samples => ({
  ...{
    source: '',
    isSynthetic: false,
    count,
    inputs: [Float32Array.from({ length: count }, (_, index) => index)],
    remarks: [],
  },
  ...(names && { names }),
});

check(
  'samples that are held out',
  ([count, hasMemory]: readonly [number, boolean]) => {
    const { ranging, judging, isApart } = holdOut(samplesOf(count), hasMemory);
    return { isApart, ranging: ranging.count, judging: judging.count, first: [...judging.inputs[0].slice(0, 3)] };
  },
  [
    {
      name: 'seven: none can be spared',
      input: [7, false],
      expected: { isApart: false, ranging: 7, judging: 7, first: [0, 1, 2] },
    },
    {
      name: 'two of eight, spread',
      input: [8, false],
      expected: { isApart: true, ranging: 6, judging: 2, first: [2, 6] },
    },
    {
      name: 'two of eight of a stream: the last',
      input: [8, true],
      expected: { isApart: true, ranging: 6, judging: 2, first: [6, 7] },
    },
    { name: 'two of eleven', input: [11, true], expected: { isApart: true, ranging: 9, judging: 2, first: [9, 10] } },
    {
      name: '25 of 100',
      input: [100, false],
      expected: { isApart: true, ranging: 75, judging: 25, first: [2, 6, 10] },
    },
    {
      name: '40 at most',
      input: [400, true],
      expected: { isApart: true, ranging: 360, judging: 40, first: [360, 361, 362] },
    },
  ],
);

check(
  'samples in pieces whose values fit into 48 MiB',
  (elements: number) =>
    [...chunks(graph([tensor('t', 'float32', [elements])], []), samplesOf(7), [0])].map(({ first, count, inputs }) => [
      first,
      count,
      inputs[0][0],
    ]),
  [
    { name: 'all at once', input: 1, expected: [[0, 7, 0]] },
    {
      name: 'three of 16 MiB',
      input: 2 ** 22,
      expected: [
        [0, 3, 0],
        [3, 3, 3],
        [6, 1, 6],
      ],
    },
    { name: 'one at least', input: 2 ** 30, expected: [0, 1, 2, 3, 4, 5, 6].map((index) => [index, 1, index]) },
    { name: 'of nothing', input: 0, expected: [[0, 7, 0]] },
  ],
);

interface Seen {
  readonly values: readonly number[];
  readonly names?: readonly string[];
  readonly shape?: readonly number[];
}

check(
  'what is kept of values over two samples',
  async ({ values, names, shape = [1, 2] }: Seen) => {
    const program = {
      run: () => Promise.resolve(new Map([[0, Float32Array.from(values)]])),
      dispose: () => undefined,
    } as FloatProgram;
    const told: number[] = [];
    const options = { tensors: [0], progress: (share: number) => void told.push(share) };
    const seenOf = (
      await observe(graph([tensor('t', 'float32', shape)], []), program, samplesOf(2, names), options)
    ).get(0)!;
    return {
      mean: [...seenOf.mean],
      most: [...seenOf.channelMost],
      range: seenOf.histogram.range,
      count: seenOf.histogram.count,
      told,
    };
  },
  [
    {
      name: 'means by element, magnitudes by channel',
      input: { values: [1, -5, 3, 2] },
      expected: { mean: [2, -1.5], most: [3, 5], range: { min: -5, max: 3 }, count: 4, told: [1] },
    },
    {
      name: 'of two places',
      input: { values: [1, -5, 3, 2, 0, 0, 0, 8], shape: [2, 2] },
      expected: { mean: [0.5, -2.5, 1.5, 5], most: [3, 8], range: { min: -5, max: 8 }, count: 8, told: [1] },
    },
    {
      name: 'a scalar',
      input: { values: [1, -2], shape: [] },
      expected: { mean: [-0.5], most: [2], range: { min: -2, max: 1 }, count: 2, told: [1] },
    },
    {
      name: 'what is not finite',
      input: { values: [1, 2, 3, -Infinity] },
      fails:
        '"t" becomes -Infinity with sample 2, so that it has no range. Check the scaling of the data, and the model\'s weights.',
    },
    {
      name: 'in the first sample, which has a name',
      input: { values: [1, NaN, 3, 4], names: ['one.wav', 'two.wav'] },
      fails:
        '"t" becomes NaN with one.wav, so that it has no range. Check the scaling of the data, and the model\'s weights.',
    },
  ],
);
