import type { Answers } from '../../../src/core/compress/judge/answers';
import { addSamples, errorsBetween, ErrorSums } from '../../../src/core/compress/judge/errorSums';
import { fidelityOf, judgedFigures, judgedSqnrDb } from '../../../src/core/compress/judge/fidelity';
import {
  classCount,
  isClassification,
  judgedOutputs,
  judgedTensors,
  largest,
} from '../../../src/core/compress/judge/judgedOutputs';
import { qualityWarnings } from '../../../src/core/compress/judge/qualityWarnings';
import { runModel } from '../../../src/core/compress/judge/runModel';
import { runSamples } from '../../../src/core/compress/judge/runSamples';
import type { Fidelity } from '../../../src/core/compress/proof';
import type { FloatEngine } from '../../../src/core/execute/floatEngine';
import type { Graph, Model, Operator } from '../../../src/core/model/model';
import { floats, graph, model, operator, quantized, tensor } from '../../support/build';
import { classText } from '../../../src/core/text/classText';
import { check } from '../../support/check';

const list = (...values: readonly number[]): Float32Array => Float32Array.from(values);
const digits = (value: number | undefined): number | undefined => value && Number(value.toFixed(4));

check(
  'signal, noise and direction of samples',
  (pairs: readonly (readonly [readonly number[], readonly number[]])[]) => {
    const sums = new ErrorSums();
    for (const [reference, values] of pairs) sums.add(reference, values);
    const { sqnrDb, meanSquareError, cosine } = sums.figures;
    return { db: digits(sqnrDb), mse: meanSquareError, cosine: digits(cosine), noise: sums.noise };
  },
  [
    // 25 of signal, 1 of noise: 13.979 dB; (9 + 20) / root of 25 x 34.
    {
      name: 'one sample',
      input: [
        [
          [3, 4],
          [3, 5],
        ],
      ],
      expected: { db: 13.9794, mse: 0.5, cosine: 0.9947, noise: 1 },
    },
    {
      name: 'equal ones: as far as float32 goes',
      input: [
        [
          [3, 4],
          [3, 4],
        ],
      ],
      expected: { db: 150, mse: 0, cosine: 1, noise: 0 },
    },
    {
      name: 'nearly equal ones: no more than that',
      input: [
        [
          [1e9, 0],
          [1e9, 1e-9],
        ],
      ],
      expected: { db: 150, mse: 5e-19, cosine: 1, noise: 1e-18 },
    },
    // Cosines 1 and 0, whose mean is one half; 2 of noise over 4 values.
    {
      name: 'two samples: each counts alike',
      input: [
        [
          [2, 0],
          [2, 0],
        ],
        [
          [1, 0],
          [0, 1],
        ],
      ],
      expected: { db: 3.9794, mse: 0.5, cosine: 0.5, noise: 2 },
    },
    {
      name: 'the opposite',
      input: [
        [
          [1, 1],
          [-1, -1],
        ],
      ],
      expected: { db: -6.0206, mse: 4, cosine: -1, noise: 8 },
    },
    {
      name: 'zeros that stay zeros',
      input: [
        [
          [0, 0],
          [0, 0],
        ],
      ],
      expected: { db: 150, mse: 0, cosine: 1, noise: 0 },
    },
    {
      name: 'zeros that become something',
      input: [
        [
          [0, 0],
          [0, 2],
        ],
      ],
      expected: { db: -Infinity, mse: 2, cosine: 0, noise: 4 },
    },
    {
      name: 'something that becomes zeros',
      input: [
        [
          [0, 2],
          [0, 0],
        ],
      ],
      expected: { db: 0, mse: 2, cosine: 0, noise: 4 },
    },
    {
      name: 'single values have no direction',
      input: [
        [[2], [1]],
        [[4], [4]],
      ],
      expected: { db: 13.0103, mse: 0.5, cosine: undefined, noise: 1 },
    },
    { name: 'nothing at all', input: [], expected: { db: 150, mse: 0, cosine: 1, noise: 0 } },
  ],
);

check(
  'samples that lie one after another',
  ([reference, values, count]: readonly [readonly number[], readonly number[], number]) => {
    const sums = new ErrorSums();
    addSamples(sums, [list(...reference), list(...values)], count);
    const same = errorsBetween(list(...reference), list(...values), count);
    return [digits(sums.cosine), digits(same.cosine), sums.noise];
  },
  [
    { name: 'as one', input: [[1, 0, 0, 1], [1, 0, 1, 0], 1], expected: [0.5, 0.5, 2] },
    { name: 'as two of two', input: [[1, 0, 0, 1], [1, 0, 1, 0], 2], expected: [0.5, 0.5, 2] },
    { name: 'as two of two, of unequal size', input: [[1, 0, 0, 9], [1, 0, 9, 0], 2], expected: [0.5, 0.5, 162] },
    {
      name: 'as one of four, of unequal size',
      input: [[1, 0, 0, 9], [1, 0, 9, 0], 1],
      expected: [0.0122, 0.0122, 162],
    },
    { name: 'as four of one', input: [[1, 0, 0, 1], [1, 0, 1, 0], 4], expected: [undefined, undefined, 2] },
    { name: 'none', input: [[], [], 0], expected: [1, 1, 0] },
  ],
);

const answers = (values: readonly number[], classes?: number, before?: readonly number[]): Answers => ({
  outputs: [
    { name: 'y', values: list(...values), ...(before && { before: { kind: 'SOFTMAX', values: list(...before) } }) },
  ],
  classes,
});

interface Pair {
  readonly before: Answers;
  readonly after: Answers;
  readonly count: number;
  readonly labels?: readonly number[];
}

check(
  'shares of samples with the same class, and with the right one',
  ({ before, after, ...samples }: Pair) => {
    const { top1Agreement, accuracy, cosine } = fidelityOf(before, after, samples);
    return { top1Agreement, accuracy, hasCosine: cosine !== undefined };
  },
  [
    {
      name: 'two of three alike, of labels one and two',
      input: {
        before: answers([1, 0, 0, 1, 1, 0], 2),
        after: answers([2, 1, 0, 5, 1, 3], 2),
        count: 3,
        labels: [0, 0, 1],
      },
      expected: { top1Agreement: 2 / 3, accuracy: { before: 1 / 3, after: 2 / 3 }, hasCosine: true },
    },
    {
      name: 'of equal values the first counts',
      input: { before: answers([1, 1], 2), after: answers([0, 1], 2), count: 1, labels: [0] },
      expected: { top1Agreement: 0, accuracy: { before: 1, after: 0 }, hasCosine: true },
    },
    {
      name: 'without labels no accuracy',
      input: { before: answers([1, 0], 2), after: answers([1, 0], 2), count: 1 },
      expected: { top1Agreement: 1, accuracy: undefined, hasCosine: true },
    },
    {
      name: 'without classes neither',
      input: { before: answers([1, 0]), after: answers([1, 0]), count: 1, labels: [0] },
      expected: { top1Agreement: undefined, accuracy: undefined, hasCosine: true },
    },
    {
      name: 'classes of one side alone',
      input: { before: answers([1, 0], 2), after: answers([1, 0]), count: 1, labels: [0] },
      expected: { top1Agreement: undefined, accuracy: undefined, hasCosine: true },
    },
    {
      name: 'without samples',
      input: { before: answers([], 2), after: answers([], 2), count: 0, labels: [] },
      expected: { top1Agreement: 0, accuracy: { before: 0, after: 0 }, hasCosine: true },
    },
  ],
);

check(
  'classes that are answered less often than before, those that lose most first',
  ({ before, after, ...samples }: Pair) => fidelityOf(before, after, samples).classes?.map(classText),
  [
    {
      // Labels 0 0 0 1 1; before 0 0 0 1 0; after 1 1 0 1 1.
      name: 'by their labels: class 0 loses two, class 1 wins one',
      input: {
        before: answers([1, 0, 1, 0, 1, 0, 0, 1, 1, 0], 2),
        after: answers([0, 1, 0, 1, 1, 0, 0, 1, 0, 1], 2),
        count: 5,
        labels: [0, 0, 0, 1, 1],
      },
      expected: ['class 0: 100.0 % right before, 33.3 % after, of 3 samples'],
    },
    {
      // Before 0 1 1 1; after 1 0 0 1.
      name: 'without labels by what they were answered before',
      input: { before: answers([1, 0, 0, 1, 0, 1, 0, 1], 2), after: answers([0, 1, 1, 0, 1, 0, 0, 1], 2), count: 4 },
      expected: ['class 1: 33.3 % answered alike, of 3 samples', 'class 0: 0.0 % answered alike, of 1 samples'],
    },
    {
      // Both are labelled 1 and answered 0 before; one is lost from nothing.
      name: 'of a class that nobody answered nothing is lost',
      input: { before: answers([1, 0, 1, 0], 2), after: answers([0, 1, 1, 0], 2), count: 2, labels: [1, 1] },
      expected: undefined,
    },
    {
      name: 'of outputs that are no classes',
      input: { before: answers([1, 0]), after: answers([0, 1]), count: 1, labels: [0] },
      expected: undefined,
    },
  ],
);

check('how a class is told of by its name', classText, [
  {
    name: 'cat',
    input: { index: 3, name: 'cat', samples: 2000, after: 0.5 },
    expected: 'cat: 50.0 % answered alike, of 2,000 samples',
  },
]);

check(
  'what comes before a softmax',
  ({ before, after, count }: Pair) => {
    const fidelity = fidelityOf(before, after, { count });
    const db = (figures: { readonly sqnrDb: number } | undefined): number | undefined => digits(figures?.sqnrDb);
    return {
      softmax: db(fidelity.beforeSoftmax),
      activation: db(fidelity.beforeActivation),
      judged: digits(judgedSqnrDb(fidelity)),
      outputs: fidelity.outputs?.length,
    };
  },
  [
    {
      name: 'decides: 100 of signal, 1 of noise',
      input: { before: answers([1, 0], 2, [10, 0]), after: answers([1, 0], 2, [10, 1]), count: 1 },
      expected: { softmax: 20, activation: 20, judged: 20, outputs: undefined },
    },
    {
      name: 'was not seen of the result: the output decides',
      input: { before: answers([1, 0], 2, [10, 0]), after: answers([1, 0.1], 2), count: 1 },
      expected: { softmax: undefined, activation: undefined, judged: 20, outputs: undefined },
    },
  ],
);

check('the figures that count', (output: Parameters<typeof judgedFigures>[0]) => judgedFigures(output).sqnrDb, [
  { name: 'its own', input: { sqnrDb: 3, meanSquareError: 0 }, expected: 3 },
  {
    name: 'those before',
    input: { sqnrDb: 3, meanSquareError: 0, beforeActivation: { sqnrDb: 9, meanSquareError: 0, operator: 'TANH' } },
    expected: 9,
  },
]);

check(
  'the worst of several outputs',
  (dbs: readonly number[]) =>
    judgedSqnrDb({
      sqnrDb: 99,
      meanSquareError: 0,
      outputs: dbs.map((sqnrDb) => ({ name: 'y', sqnrDb, meanSquareError: 0 })),
    }),
  [
    { name: 'the first', input: [1, 2], expected: 1 },
    { name: 'the last', input: [3, 2], expected: 2 },
  ],
);

check(
  'what is warned of',
  (fidelity: Partial<Fidelity>) => qualityWarnings({ sqnrDb: 40, meanSquareError: 0, ...fidelity }),
  [
    { name: 'nothing', input: {}, expected: [] },
    { name: '15 dB are enough', input: { sqnrDb: 15 }, expected: [] },
    { name: '14.9 dB are not', input: { sqnrDb: 14.94 }, expected: ['The outputs carry much noise (14.9 dB).'] },
    {
      name: 'before a softmax',
      input: { sqnrDb: 40, beforeActivation: { sqnrDb: 3, meanSquareError: 0, operator: 'SOFTMAX' } },
      expected: ['The outputs carry much noise (3.0 dB before the softmax).'],
    },
    {
      name: 'fine before a tanh, whatever is behind',
      input: { sqnrDb: 3, beforeActivation: { sqnrDb: 40, meanSquareError: 0, operator: 'TANH' } },
      expected: [],
    },
    { name: '90 % of the answers are enough', input: { top1Agreement: 0.9 }, expected: [] },
    {
      name: '89.9 % are not',
      input: { top1Agreement: 0.899 },
      expected: ['Only 89.9 % of the test samples are answered as by the original.'],
    },
    {
      name: 'each output that is noisy, and the share',
      input: {
        top1Agreement: 0.5,
        outputs: [
          { name: 'a', sqnrDb: 1, meanSquareError: 0 },
          { name: 'b', sqnrDb: 40, meanSquareError: 0 },
        ],
      },
      expected: [
        'The output "a" carries much noise (1.0 dB).',
        'Only 50.0 % of the test samples are answered as by the original.',
      ],
    },
  ],
);

/** From `x` of this shape through operators of these kinds to an output of that shape. */
function line(
  kinds: readonly string[],
  shape: readonly number[] = [1, 3],
  inputShape: readonly number[] = [1, 8],
): Graph {
  const tensors = [
    tensor('x', 'float32', inputShape),
    ...kinds.map((kind, place) => tensor(`${kind}${place}`, 'float32', shape)),
  ];
  return graph(
    tensors,
    kinds.map((kind, place) => operator(kind, [place], [place + 1])),
    { inputs: [0], outputs: [kinds.length] },
  );
}

check(
  'the tensor that an output is judged by',
  (kinds: readonly string[]) => [judgedOutputs(line(kinds))[0].tensor, judgedTensors(line(kinds))] as const,
  [
    { name: 'before a softmax', input: ['NEG', 'SOFTMAX'], expected: [1, [2, 1]] },
    { name: 'before a softmax and a copy', input: ['NEG', 'SOFTMAX', 'DEQUANTIZE', 'RESHAPE'], expected: [1, [4, 1]] },
    { name: 'before a log-softmax', input: ['NEG', 'LOG_SOFTMAX'], expected: [1, [2, 1]] },
    { name: 'a softmax that is not the last', input: ['SOFTMAX', 'NEG'], expected: [2, [2]] },
    { name: 'a softmax of the input itself', input: ['SOFTMAX'], expected: [1, [1]] },
    { name: 'copies of the input', input: ['RESHAPE', 'SQUEEZE'], expected: [2, [2]] },
    { name: 'an operator that does not saturate', input: ['NEG', 'RELU6'], expected: [2, [2]] },
  ],
);

check(
  'copies that lead in a circle end',
  (operators: readonly Operator[]) =>
    judgedOutputs(graph([tensor('a', 'float32', [1]), tensor('b', 'float32', [1])], operators, { outputs: [0] }))[0]
      .tensor,
  [{ name: 'two', input: [operator('RESHAPE', [1], [0]), operator('RESHAPE', [0], [1])], expected: 0 }],
);

check('outputs that are classes', (of: Graph) => [isClassification(of, of.outputs[0]), classCount(of)] as const, [
  { name: 'behind a softmax', input: line(['NEG', 'SOFTMAX']), expected: [true, 3] },
  { name: 'behind a logistic', input: line(['NEG', 'LOGISTIC']), expected: [true, 3] },
  { name: 'behind a softmax that is copied', input: line(['SOFTMAX', 'QUANTIZE']), expected: [true, 3] },
  { name: 'of two classes', input: line(['NEG', 'SOFTMAX'], [1, 2]), expected: [true, 2] },
  { name: 'scores', input: line(['NEG']), expected: [false, 3] },
  { name: 'a single probability', input: line(['LOGISTIC'], [1, 1]), expected: [false, undefined] },
  { name: 'a scalar', input: line(['LOGISTIC'], []), expected: [false, undefined] },
  { name: 'a row for each of two', input: line(['SOFTMAX'], [2, 3]), expected: [false, undefined] },
  { name: 'as many as there are inputs: given back', input: line(['SOFTMAX'], [1, 8]), expected: [true, undefined] },
  { name: 'two outputs', input: { ...line(['NEG', 'SOFTMAX']), outputs: [2, 1] }, expected: [true, undefined] },
  { name: 'no inputs', input: { ...line(['SOFTMAX'], [1, 8]), inputs: [] }, expected: [true, 8] },
]);

check('the place of the largest value', (values: readonly number[]) => largest(list(...values)), [
  { name: 'the first of equal ones', input: [1, 3, 3], expected: 1 },
  { name: 'of negative ones', input: [-3, -1, -2], expected: 1 },
  { name: 'one', input: [7], expected: 0 },
]);

/** Doubles an int8 input with a scale of 0.5 to an output with a scale of 1. */
const doubled: Model = model(
  graph(
    [
      tensor('x', 'int8', [1, 2], { quantization: quantized(0.5) }),
      tensor('m', 'int8', [1, 2], { quantization: quantized(1) }),
      tensor('y', 'int8', [1, 2], { quantization: quantized(1) }),
    ],
    [operator('ADD', [0, 0], [1]), operator('RELU', [1], [2])],
    { inputs: [0], outputs: [2] },
  ),
);

const samples = { source: '', isSynthetic: false, count: 2, inputs: [list(1, 2.5, -3, 100)], remarks: [] };

check(
  'real values of a quantized model, sample after sample',
  async (wanted: readonly number[]) => {
    const values = await runModel(doubled, samples, wanted, { rounding: 'double' });
    return wanted.map((index) => [...values.get(index)!]);
  },
  [
    { name: 'of a tensor inside', input: [1], expected: [[2, 5, -6, 127]] },
    {
      name: 'of the output, and of both',
      input: [2, 1],
      expected: [
        [2, 5, 0, 127],
        [2, 5, -6, 127],
      ],
    },
  ],
);

/** An engine that answers with what it is asked, and says when its program is given back. */
function fakeEngine(fails = false): { readonly engine: FloatEngine; readonly log: string[] } {
  const log: string[] = [];
  const run = (
    inputs: readonly Float32Array[],
    count: number,
    wanted: readonly number[],
  ): Promise<Map<number, Float32Array>> => {
    log.push(`run ${count} for ${wanted.join()}`);
    return fails
      ? Promise.reject(new Error('lost'))
      : Promise.resolve(new Map(wanted.map((index) => [index, inputs[0]])));
  };
  const engine = { name: 'fake', load: () => Promise.resolve({ run, dispose: () => void log.push('dispose') }) };
  return { engine: engine, log };
}

const floatModel = model(
  graph(
    [tensor('x', 'float32', [1, 2]), floats('c', [2], [1, 1]), tensor('y', 'float32', [1, 2])],
    [operator('ADD', [0, 1], [2])],
    { inputs: [0], outputs: [2] },
  ),
);

check(
  'who executes a model',
  async ({ of, fails }: { readonly of: Model; readonly fails?: boolean }) => {
    const { engine, log } = fakeEngine(fails);
    const values = await runModel(of, samples, [2], { rounding: 'double', engine }).catch(
      (error: unknown) => (error as Error).message,
    );
    return [...log, typeof values === 'string' ? values : [...values.get(2)!].join()];
  },
  [
    { name: 'the engine, of floats', input: { of: floatModel }, expected: ['run 2 for 2', 'dispose', '1,2.5,-3,100'] },
    {
      name: 'its program is given back where it fails',
      input: { of: floatModel, fails: true },
      expected: ['run 2 for 2', 'dispose', 'lost'],
    },
    { name: 'the device, of integers', input: { of: doubled }, expected: ['2,5,0,127'] },
  ],
);

check(
  'pauses, progress and orders to stop',
  async ({ count, stopAt }: { readonly count: number; readonly stopAt?: number }) => {
    const told: (string | number)[] = [];
    const controller = new AbortController();
    const options = {
      ...({ rounding: 'double', signal: controller.signal } as const),
      pause: () => Promise.resolve(void told.push('pause')),
      progress: (share: number) => {
        told.push(share);
        if (share === stopAt) controller.abort(new Error('stopped'));
      },
    };
    const inputs = [new Float32Array(2 * count)];
    await runSamples(doubled, { inputs, count }, options, {}).catch((error: unknown) =>
      told.push((error as Error).message),
    );
    return told;
  },
  [
    { name: 'every fourth sample', input: { count: 5 }, expected: ['pause', 0.2, 0.4, 0.6, 0.8, 'pause', 1] },
    { name: 'after the first of two', input: { count: 2, stopAt: 0.5 }, expected: ['pause', 0.5, 'stopped'] },
    { name: 'no samples', input: { count: 0 }, expected: [] },
  ],
);
