import { conventionalGraph, mayBeConventional } from '../../../src/core/compress/quantize/conventional';
import { GrowingHistogram } from '../../../src/core/compress/quantize/calibrate/histogram';
import type { QuantizeOptions } from '../../../src/core/compress/quantize/request';
import { defaultQuantizeOptions } from '../../../src/core/compress/quantize/request';
import { gainDb, isSurelyQuieter, neededNoise } from '../../../src/core/compress/quantize/score';
import type { Work } from '../../../src/core/compress/quantize/work';
import { storedValues } from '../../../src/core/model/values/stored';
import { resolveTarget } from '../../../src/core/estimate/resolveTarget';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';

check(
  'who gets what converters commonly make where nothing else is surely better',
  (asked: Partial<QuantizeOptions>) => mayBeConventional({ ...defaultQuantizeOptions, ...asked }),
  [
    { name: 'who asks for nothing', input: {}, expected: true },
    { name: 'who asks for other things', input: { io: 'float', keepFloat: ['a'] }, expected: true },
    { name: 'not who asks for a method', input: { method: 'min-max' }, expected: false },
    { name: 'not who asks for levelled channels', input: { equalise: 'on' }, expected: false },
    { name: 'not who wants biases as they are', input: { biasCorrection: 'off' }, expected: false },
    { name: 'not who wants weights to their nearest', input: { weightFeedback: 'off' }, expected: false },
    { name: 'not with 16 bits', input: { activations: 'int16' }, expected: false },
  ],
);

check(
  'by how much errors of samples became smaller, and whether surely by 1 dB and 3 standard errors',
  ({ noise, plain }: { readonly noise: readonly number[]; readonly plain: readonly number[] }) => [
    gainDb(noise, plain).toFixed(2),
    isSurelyQuieter(noise, plain, { dB: 1, deviations: 3 }),
  ],
  [
    { name: 'all of them to a quarter', input: { noise: [1, 2, 1], plain: [4, 8, 4] }, expected: ['6.02', true] },
    // 10 log10(1.2 / 1) is below 1 dB, however sure.
    { name: 'all by a sixth', input: { noise: [1, 1, 1], plain: [1.2, 1.2, 1.2] }, expected: ['0.79', false] },
    // The sum falls from 12 to 3, by one sample alone.
    { name: 'one of three', input: { noise: [1, 1, 1], plain: [10, 1, 1] }, expected: ['6.02', false] },
    { name: 'none, since nothing is lost', input: { noise: [0, 0], plain: [0, 0] }, expected: ['0.00', false] },
    {
      // What is next to nothing both times says nothing, though it is a millionth now: gains of ln(1.3 / 0.65), ten
      // times, and ln 1.0000.
      name: 'of ten samples, beside one that saturates',
      input: { noise: [...repeated(0.35, 10), 1e-9], plain: [...repeated(1, 10), 1e-3] },
      expected: ['4.56', true],
    },
  ],
);

function repeated(value: number, count: number): readonly number[] {
  return Array.from({ length: count }, () => value);
}

const logistic = graph(
  [tensor('in', 'float32', [1, 1]), tensor('logit', 'float32', [1, 1]), tensor('p', 'float32', [1, 1])],
  [operator('ABS', [0], [1]), operator('LOGISTIC', [1], [2])],
  { inputs: [0], outputs: [2] },
);

check(
  'errors before a final function, as far as it needs its input',
  ([exact, result]: readonly [readonly number[], readonly number[]]) => {
    const samples = { source: '', isSynthetic: false, count: exact.length, inputs: [], remarks: [] };
    const answersOf = (before: readonly number[]): never => {
      const [values, logits] = [new Float32Array(before.length), Float32Array.from(before)];
      return { outputs: [{ name: 'p', values, before: { kind: 'LOGISTIC', values: logits } }] } as never;
    };
    const values = new Map([
      [1, Float32Array.from(exact)],
      [2, new Float32Array(exact.length)],
    ]);
    const needed = new Map([[1, { min: -7, max: 7 }]]);
    return neededNoise({ answers: answersOf(result) }, { graph: logistic, samples, values }, needed);
  },
  [
    { name: 'within', input: [[1], [3]], expected: [4] },
    { name: 'beyond it both times', input: [[20], [9]], expected: [0] },
    { name: 'from beyond it to within', input: [[-20], [-6]], expected: [1] },
  ],
);

const dense = model([
  graph(
    [
      tensor('in', 'float32', [1, 2]),
      floats('weights', [1, 2], [0.5, -1.27]),
      floats('bias', [1], [0.25]),
      tensor('out', 'float32', [1, 1]),
    ],
    [operator('FULLY_CONNECTED', [0, 1, 2], [3], { options: options('FullyConnectedOptions', {}) })],
    { inputs: [0], outputs: [3] },
  ),
]);

function seen(...values: readonly number[]): { readonly histogram: GrowingHistogram } {
  const histogram = new GrowingHistogram();
  histogram.add(Float32Array.from(values));
  return { histogram };
}

check(
  'ranges from the smallest to the largest value, but those that are known',
  (known: ReadonlyMap<number, { readonly min: number; readonly max: number }>) => {
    const { target } = resolveTarget({ runtime: 'tflm-reference' });
    const request = { options: defaultQuantizeOptions, target };
    const work = { request, model: dense, ranges: known, knownWeights: new Map() } as unknown as Work;
    const observations = new Map([
      [0, seen(-1, 0.1, 0.2, 4.1)],
      [3, seen(0.5, 2.55)],
    ]);
    const [{ tensors }] = conventionalGraph(work, observations as never).model.graphs;
    return tensors.flatMap(({ name, quantization, ...stored }) =>
      quantization === undefined
        ? []
        : [
            `${name} ${quantization.scales[0].toPrecision(4)} ${[...(storedValues({ name, quantization, ...stored }) ?? [])].join()}`,
          ],
    );
  },
  [
    {
      // 5.1 / 255 and 2.55 / 255; weights of 1.27 / 127; a bias of 0.25 / (0.02 x 0.01).
      name: 'none is known',
      input: new Map(),
      expected: ['in 0.02000 ', 'out 0.01000 ', 'weights 0.01000 50,-127', 'bias 0.0002000 1250'],
    },
    {
      name: 'the input is',
      input: new Map([[0, { min: 0, max: 2.55 }]]),
      expected: ['in 0.01000 ', 'out 0.01000 ', 'weights 0.01000 50,-127', 'bias 0.0001000 2500'],
    },
  ],
);
