import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Graph } from '../../../src/core/model/model';
import { FeedbackRounding } from '../../../src/core/compress/quantize/rounding/feedback';
import { momentsOf } from '../../../src/core/compress/quantize/rounding/moments';
import { patchesOf } from '../../../src/core/compress/quantize/rounding/patches';
import { bestOf, leastGains } from '../../../src/core/compress/quantize/score';
import type { Score } from '../../../src/core/compress/quantize/score';
import { quantizeWeights } from '../../../src/core/compress/quantize/weights';
import type { FloatProgram } from '../../../src/core/execute/floatEngine';
import type { Samples } from '../../../src/core/samples/samples';
import { floats, graph, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';
import { mulberry32 } from '../../support/random';

interface Layer {
  readonly kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'FULLY_CONNECTED';
  readonly input: readonly number[];
  readonly weights: readonly number[];
  readonly output: readonly number[];
  readonly options?: Readonly<Record<string, number | string>>;
}

function layer({ kind, input, weights, output, options: values = {} }: Layer): Graph {
  const size = weights.reduce((product, length) => product * length, 1);
  const tensors = [
    tensor('x', 'float32', input),
    floats('w', weights, new Array<number>(size).fill(1)),
    tensor('y', 'float32', output),
  ];
  const operators = [operator(kind, [0, 1, -1], [2], { options: options('Conv2DOptions', values) })];
  return graph(tensors, operators, { inputs: [0], outputs: [2] });
}

check(
  'what the weights of one output channel are multiplied with',
  ({ position, group, ...rest }: Layer & { readonly position: number; readonly group: number }) => {
    const source = layer(rest);
    const patches = patchesOf(source.operators[0], source)!;
    const patch = new Float64Array(patches.length);
    const size = rest.input.reduce((product, length) => product * length, 1);
    patches.read(
      Float32Array.from({ length: size }, (_, index) => index + 1),
      position,
      group,
      patch,
    );
    return { patch: [...patch], groups: patches.groups, positions: patches.positions };
  },
  [
    {
      name: 'a convolution, padded with zeros',
      input: {
        kind: 'CONV_2D',
        input: [1, 2, 2, 1],
        weights: [1, 3, 3, 1],
        output: [1, 2, 2, 1],
        options: { padding: 'SAME', strideH: 1, strideW: 1 },
        position: 3,
        group: 0,
      },
      expected: { patch: [1, 2, 0, 3, 4, 0, 0, 0, 0], groups: 1, positions: 4 },
    },
    {
      name: 'a grouped convolution: the second half of the channels',
      input: {
        kind: 'CONV_2D',
        input: [1, 1, 2, 4],
        weights: [2, 1, 1, 2],
        output: [1, 1, 2, 2],
        options: { padding: 'VALID', strideH: 1, strideW: 1 },
        position: 1,
        group: 1,
      },
      expected: { patch: [7, 8], groups: 2, positions: 2 },
    },
    {
      name: 'a depthwise convolution with dilation: one channel',
      input: {
        kind: 'DEPTHWISE_CONV_2D',
        input: [1, 1, 3, 2],
        weights: [1, 1, 2, 2],
        output: [1, 1, 1, 2],
        options: { padding: 'VALID', strideH: 1, strideW: 1, dilationWFactor: 2 },
        position: 0,
        group: 1,
      },
      expected: { patch: [2, 6], groups: 2, positions: 1 },
    },
    {
      name: 'a dense layer over rows',
      input: {
        kind: 'FULLY_CONNECTED',
        input: [2, 3],
        weights: [1, 3],
        output: [2, 1],
        position: 1,
        group: 0,
      },
      expected: { patch: [4, 5, 6], groups: 1, positions: 2 },
    },
  ],
);

/** A program that only hands its input on, as the layer's input. */
const identity: FloatProgram = {
  run: ([values], _, [observed]) => Promise.resolve(new Map([[observed, values]])),
  dispose: () => undefined,
};

function samplesOf(rows: readonly (readonly number[])[]): Samples {
  return { source: '', isSynthetic: false, count: rows.length, inputs: [Float32Array.from(rows.flat())], remarks: [] };
}

async function feedbackFor(rows: readonly (readonly number[])[]): Promise<FeedbackRounding> {
  const length = rows[0].length;
  const dense = layer({ kind: 'FULLY_CONNECTED', input: [1, length], weights: [1, length], output: [1, 1] });
  const moments = await momentsOf(dense, identity, samplesOf(rows), {});
  return new FeedbackRounding(moments.get(0)!);
}

check(
  'weights rounded so that their errors cancel',
  async ({
    inputs,
    weights,
  }: {
    readonly inputs: readonly (readonly number[])[];
    readonly weights: readonly number[];
  }) => {
    const feedback = await feedbackFor(inputs);
    return [...feedback.round(Float32Array.from(weights), 0, { scale: 0.5, most: 127 })];
  },
  [
    {
      name: 'inputs that go together: the sum of 0.4 and 0.4 steps is one step',
      input: {
        inputs: [
          [1, 1],
          [-1, -1],
        ],
        weights: [0.2, 0.2],
      },
      expected: [1, 0],
    },
    {
      name: 'inputs that do not: each to its nearest',
      input: {
        inputs: [
          [1, 1],
          [-1, -1],
          [1, -1],
          [-1, 1],
        ],
        weights: [0.2, 0.2],
      },
      expected: [0, 0],
    },
    {
      name: 'what is always the same is the matter of the bias',
      input: {
        inputs: [
          [5, 5],
          [5, 5],
        ],
        weights: [0.2, 0.2],
      },
      expected: [0, 0],
    },
    {
      name: 'whole steps stay',
      input: {
        inputs: [
          [1, 0.9],
          [-1, -1],
        ],
        weights: [1.5, -2],
      },
      expected: [3, -4],
    },
    { name: 'no more than can be stored', input: { inputs: [[1], [-1]], weights: [90] }, expected: [127] },
  ],
);

it('the error of an output becomes less than half of that of rounding to the nearest', async () => {
  const random = mulberry32(1);
  const rows = Array.from({ length: 200 }, () => {
    const shared = [random() - 0.5, random() - 0.5, random() - 0.5];
    return Array.from({ length: 24 }, (_, place) => shared[place % 3] + 0.1 * (random() - 0.5));
  });
  const weights = Float32Array.from({ length: 24 }, () => 2 * random() - 1);
  const source = { values: weights, shape: [1, 24] };
  const [nearest, cancelling] = [
    quantizeWeights(source),
    quantizeWeights({ ...source, feedback: await feedbackFor(rows) }),
  ].map(({ data, quantization }) => {
    const errors = [...data].map((stored, place) => stored * quantization.scales[0] - weights[place]);
    return rows.reduce((sum, row) => sum + row.reduce((dot, value, place) => dot + value * errors[place], 0) ** 2, 0);
  });
  assert.ok(cancelling < nearest / 2, `${cancelling} is not half of ${nearest}`);
});

const plain: Score = { outputDb: 20, beforeSoftmaxDb: 24, agreement: 0.9, noise: [1, 1, 1, 1] };
const better: Score = { outputDb: 21, beforeSoftmaxDb: 25, agreement: 0.92, noise: [0.8, 0.7, 0.8, 0.8] };

check(
  'whether another way is taken instead of the plain one',
  ({ other, step }: { readonly other: Partial<Score>; readonly step: keyof typeof leastGains }) =>
    bestOf([{ score: plain }, { score: { ...better, ...other } }], leastGains[step]).score !== plain,
  [
    { name: 'better in everything', input: { other: {}, step: 'ranges' }, expected: true },
    {
      name: 'worse before the softmax',
      input: { other: { beforeSoftmaxDb: 23.9 }, step: 'constants' },
      expected: false,
    },
    {
      name: 'worse behind it',
      input: { other: { outputDb: 19.9, beforeSoftmaxDb: 30 }, step: 'constants' },
      expected: false,
    },
    { name: 'other classes', input: { other: { agreement: 0.89 }, step: 'constants' }, expected: false },
    {
      name: 'too little better',
      input: { other: { outputDb: 20.1, beforeSoftmaxDb: 24.2 }, step: 'constants' },
      expected: false,
    },
    {
      name: 'not for every sample: enough where nothing is clipped',
      input: { other: { noise: [0.5, 1.1, 0.9, 1] }, step: 'constants' },
      expected: true,
    },
    {
      name: 'not for every sample: not enough to clip',
      input: { other: { noise: [0.5, 1.1, 0.9, 1] }, step: 'ranges' },
      expected: false,
    },
    {
      name: 'better by one sample alone',
      input: { other: { noise: [0.01, 1.1, 1, 1] }, step: 'ranges' },
      expected: false,
    },
    { name: 'worse for most samples', input: { other: { noise: [0.9, 3, 3, 3] }, step: 'constants' }, expected: false },
  ],
);
