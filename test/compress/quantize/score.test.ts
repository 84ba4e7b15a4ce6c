import type { Trial } from '../../../src/core/compress/quantize/choose';
import { saidOfMethods } from '../../../src/core/compress/quantize/choose';
import type { LeastGain, Score } from '../../../src/core/compress/quantize/score';
import { decibels, isBetter, leastGains, scoreText } from '../../../src/core/compress/quantize/score';
import { noiseOf, outputScore, signalOf } from '../../../src/core/compress/quantize/outputScore';
import { graph, operator, tensor } from '../../support/build';
import { check } from '../../support/check';

const floats = (...values: readonly number[]): Float32Array => Float32Array.from(values);
const loud: Score = { outputs: [{ outputDb: 20 }], noise: [4, 4] };

function scored(
  outputDb: number,
  more: { beforeDb?: number; agreement?: number; noise?: readonly number[] } = {},
): Score {
  const { noise = [1, 1], ...rest } = more;
  return { outputs: [{ outputDb, ...rest }], noise };
}

check('what choices are ranked by', ({ outputs }: Pick<Score, 'outputs'>) => decibels({ outputs, noise: [] }), [
  { name: 'an output alone', input: { outputs: [{ outputDb: 30 }] }, expected: 30 },
  { name: 'half by what lies before a logistic', input: { outputs: [{ outputDb: 20, beforeDb: 41 }] }, expected: 30.5 },
  {
    name: 'of several outputs the mean of each',
    input: { outputs: [{ outputDb: 20, beforeDb: 40 }, { outputDb: 10 }] },
    expected: 20,
  },
]);

check(
  'better than the plain way',
  ({ score, plain, least }: { score: Score; plain: Score; least: LeastGain }) => isBetter(score, plain, least),
  [
    { name: '6 dB', input: { score: scored(26), plain: loud, least: leastGains.ranges }, expected: true },
    {
      name: 'less than 0.4 dB makes no difference',
      input: { score: scored(20.39), plain: loud, least: leastGains.constants },
      expected: false,
    },
    {
      name: 'behind a logistic, but worse before it',
      input: {
        score: scored(30, { beforeDb: 39 }),
        plain: scored(20, { beforeDb: 40, noise: [4, 4] }),
        least: leastGains.constants,
      },
      expected: false,
    },
    {
      name: 'before a logistic alone',
      input: {
        score: scored(20, { beforeDb: 41 }),
        plain: scored(20, { beforeDb: 40, noise: [4, 4] }),
        least: leastGains.constants,
      },
      expected: true,
    },
    {
      name: 'a class in a hundred lost, where half may be',
      input: {
        score: scored(26, { agreement: 0.98 }),
        plain: { outputs: [{ outputDb: 20, agreement: 0.99 }], noise: [4, 4] },
        least: leastGains.constants,
      },
      expected: false,
    },
    {
      // Gains of ln 16 and -ln 2: mean 1.04, deviation 2.45, standard error 1.73.
      name: 'quieter for one sample of two is no sign for ranges',
      input: { score: scored(26, { noise: [0.25, 8] }), plain: loud, least: leastGains.ranges },
      expected: false,
    },
    {
      name: 'nor for constants',
      input: { score: scored(26, { noise: [0.25, 8] }), plain: loud, least: leastGains.constants },
      expected: false,
    },
    {
      name: 'one sample cannot show what has to be sure',
      input: { score: scored(26, { noise: [1] }), plain: { ...loud, noise: [4] }, least: leastGains.channels },
      expected: false,
    },
  ],
);

check('a score in words', scoreText, [
  { name: 'of one output', input: { outputs: [{ outputDb: 20.25 }], noise: [] }, expected: '20.3 dB' },
  {
    name: 'before a function that saturates, and of a second output',
    input: { outputs: [{ outputDb: 0, beforeDb: 57.46, saturating: 'LOGISTIC' }, { outputDb: 9 }], noise: [] },
    expected: '0.0 dB (57.5 dB before the logistic) and 9.0 dB',
  },
]);

const recipe = { biasCorrection: false, weightFeedback: false };
const trial = (method: Trial['recipe']['method'], dB: number, sameAs?: Trial['sameAs']): Trial => ({
  recipe: { method, ...recipe },
  score: scored(dB),
  sameAs,
});

check(
  'what is said of the methods that were tried',
  (trials: readonly Trial[]) => saidOfMethods(trials, { method: 'min-max', ...recipe }, { method: 'auto' }),
  [
    {
      name: 'one with the ranges of another is no tie of two',
      input: [trial('min-max', 20), trial('percentile', 20, 'min-max'), trial('entropy', 20.2)],
      expected:
        'Ranges were chosen by min-max: min-max 20.0 dB, percentile the same ranges as min-max, entropy 20.2 dB on calibration samples that were held out.',
    },
  ],
);

const answers = (values: Float32Array, before?: Float32Array): never =>
  ({ values, ...(before && { before: { values: before } }) }) as never;

check(
  'noise and signal of an output, sample by sample',
  (pair: Parameters<typeof noiseOf>[0]) => ({ noise: noiseOf(pair), signal: signalOf(pair) }),
  [
    {
      name: 'two samples of two values',
      input: { exact: answers(floats(1, 2, 3, 4)), result: answers(floats(1, 1, 5, 3)), count: 2 },
      expected: { noise: [1, 5], signal: 30 },
    },
    {
      name: 'before a function that saturates',
      input: { exact: answers(floats(0, 1), floats(-8, 8)), result: answers(floats(0, 1), floats(-6, 8)), count: 2 },
      expected: { noise: [4, 0], signal: 128 },
    },
  ],
);

const logits = graph(
  [tensor('logit', 'float32', [1, 1]), tensor('p', 'float32', [1, 1])],
  [operator('LOGISTIC', [0], [1])],
  { inputs: [0], outputs: [1] },
);

check(
  'single values behind a logistic: which side of the turn every sample takes with every error',
  ([exact, result]: readonly [Float32Array, Float32Array]) => {
    const pair = { exact: answers(exact, exact), result: answers(result, result), count: exact.length };
    const judged = { output: 1, tensor: 0, saturating: logits.operators[0] } as never;
    const { agreement, beforeDb } = outputScore(pair, judged, logits);
    return { agreement, beforeDb };
  },
  [
    {
      // Errors of -2 and 0: of 1 and 3 only 1 less 2 changes sides. 10 log10((1 + 9) / 4) = 3.98.
      name: 'one of four changes sides',
      input: [floats(1, 3), floats(-1, 3)],
      expected: { agreement: 0.75, beforeDb: 10 * Math.log10(2.5) },
    },
  ],
);
