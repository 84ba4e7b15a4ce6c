import assert from 'node:assert/strict';
import { it } from 'node:test';
import { FeedbackRounding } from '../../../src/core/compress/quantize/rounding/feedback';
import { momentsOf } from '../../../src/core/compress/quantize/rounding/moments';
import { bestOf, leastGains } from '../../../src/core/compress/quantize/score';
import type { Score } from '../../../src/core/compress/quantize/score';
import { quantizeWeights } from '../../../src/core/compress/quantize/weights';
import type { FloatProgram } from '../../../src/core/execute/floatEngine';
import type { Samples } from '../../../src/core/samples/samples';
import { floats, graph, operator, tensor } from '../../support/build';
import { check } from '../../support/check';
import { mulberry32 } from '../../support/random';

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
  const dense = graph(
    [
      tensor('x', 'float32', [1, length]),
      floats('w', [1, length], new Array<number>(length).fill(1)),
      tensor('y', 'float32', [1, 1]),
    ],
    [operator('FULLY_CONNECTED', [0, 1, -1], [2])],
    { inputs: [0], outputs: [2] },
  );
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

interface Figures {
  readonly outputDb: number;
  readonly beforeDb: number;
  readonly agreement: number;
  /** Of a second output, without a function that saturates. */
  readonly otherDb: number;
  readonly noise: readonly number[];
}

const plain: Figures = { outputDb: 20, otherDb: 18, beforeDb: 24, agreement: 0.9, noise: [1, 1, 1, 1] };
const better: Figures = { outputDb: 21, otherDb: 19, beforeDb: 25, agreement: 0.92, noise: [0.8, 0.7, 0.8, 0.8] };

function scoreOf({ otherDb, noise, ...softmax }: Figures): Score {
  return { outputs: [{ ...softmax, saturating: 'SOFTMAX' }, { outputDb: otherDb }], noise };
}

check(
  'whether another way is taken instead of the plain one',
  ({ other, step }: { readonly other: Partial<Figures>; readonly step: keyof typeof leastGains }) =>
    bestOf(
      [plain, { ...better, ...other }].map((figures) => ({ figures, score: scoreOf(figures) })),
      leastGains[step],
    ).figures !== plain,
  [
    { name: 'better in everything', input: { other: {}, step: 'ranges' }, expected: true },
    {
      name: 'worse before the softmax',
      input: { other: { beforeDb: 23.9 }, step: 'constants' },
      expected: false,
    },
    {
      name: 'worse behind it',
      input: { other: { outputDb: 19.9, beforeDb: 30 }, step: 'constants' },
      expected: false,
    },
    {
      name: 'worse in another output',
      input: { other: { otherDb: 17.9 }, step: 'constants' },
      expected: false,
    },
    { name: 'as good in another output', input: { other: { otherDb: 18 }, step: 'constants' }, expected: true },
    { name: 'one sample, for ranges', input: { other: { noise: [0.5] }, step: 'ranges' }, expected: false },
    { name: 'one sample, for constants', input: { other: { noise: [0.5] }, step: 'constants' }, expected: false },
    { name: 'other classes', input: { other: { agreement: 0.89 }, step: 'constants' }, expected: false },
    {
      name: 'too little better',
      input: { other: { outputDb: 20.1, beforeDb: 24.2, otherDb: 18 }, step: 'constants' },
      expected: false,
    },
    {
      name: 'not for every sample: enough where nothing is clipped',
      input: { other: { noise: [0.5, 1.1, 0.8, 1] }, step: 'constants' },
      expected: true,
    },
    {
      name: 'not for every sample: not enough to clip',
      input: { other: { noise: [0.5, 1.1, 0.8, 1] }, step: 'ranges' },
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
