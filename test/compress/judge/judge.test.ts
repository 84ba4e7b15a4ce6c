import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { it } from 'node:test';
import { answersFrom } from '../../../src/core/compress/judge/answers';
import { fidelityOf, judgedSqnrDb } from '../../../src/core/compress/judge/fidelity';
import { judgedOutputs } from '../../../src/core/compress/judge/judgedOutputs';
import { qualityWarnings } from '../../../src/core/compress/judge/qualityWarnings';
import { runModel } from '../../../src/core/compress/judge/runModel';
import { scoreFrom } from '../../../src/core/compress/quantize/score';
import type { Model } from '../../../src/core/model/model';
import type { Samples } from '../../../src/core/samples/samples';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

function samplesOf(values: readonly number[], count: number): Samples {
  return { source: 'test', isSynthetic: false, count, inputs: [Float32Array.from(values)], remarks: [] };
}

/** One cell over one step, whose cell state keeps half of what it held. */
function lstm(): Model {
  const one = (name: string, value: number): ReturnType<typeof floats> => floats(name, [1, 1], [value]);
  const tensors = [
    tensor('x', 'float32', [1, 1, 1]),
    ...[1, 2, 3, 4].map((gate) => one(`w${gate}`, 1)),
    ...[1, 2, 3, 4].map((gate) => one(`r${gate}`, 0.5)),
    ...[1, 2, 3, 4].map((gate) => floats(`b${gate}`, [1], [0])),
    tensor('hidden', 'float32', [1, 1], { isVariable: true }),
    tensor('cell', 'float32', [1, 1], { isVariable: true }),
    tensor('y', 'float32', [1, 1, 1]),
  ];
  const inputs = [0, 1, 2, 3, 4, 5, 6, 7, 8, -1, -1, -1, 9, 10, 11, 12, -1, -1, 13, 14, -1, -1, -1, -1];
  const table = options('UnidirectionalSequenceLSTMOptions', { fusedActivationFunction: 'TANH' });
  return model(
    graph(tensors, [operator('UNIDIRECTIONAL_SEQUENCE_LSTM', inputs, [15], { options: table })], {
      inputs: [0],
      outputs: [15],
    }),
  );
}

it('the state of an LSTM begins anew with each sample', async () => {
  const values = (await runModel(lstm(), samplesOf([1, 1, 1], 3), [15], { rounding: 'double' })).get(15)!;
  assert.deepStrictEqual([...values], [values[0], values[0], values[0]]);
  assert.notEqual(values[0], 0);
});

it('an integer input gets half a step below zero as QUANTIZE would give it', async () => {
  const tensors = ['x', 'y'].map((name) => tensor(name, 'int8', [1, 2], { quantization: quantized(1) }));
  const copy = model(graph(tensors, [operator('RESHAPE', [0], [1])], { inputs: [0], outputs: [1] }));
  const values = await runModel(copy, samplesOf([-0.5, 0.5], 1), [1], { rounding: 'double' });
  assert.deepStrictEqual([...values.get(1)!], [-1, 1]);
});

/** Each function takes `inputs` numbers to an output of its own; behind it comes a copy. */
function ending(kinds: readonly string[], count = 1): Model {
  const tensors = [tensor('x', 'float32', [1, count])];
  const operators: ReturnType<typeof operator>[] = [];
  const outputs = kinds.map((kind, place) => {
    const at = tensors.push(...['a', 'b', 'c'].map((name) => tensor(`${name}${place}`, 'float32', [1, count])));
    operators.push(
      operator('NEG', [0], [at - 3]),
      operator(kind, [at - 3], [at - 2]),
      operator('RESHAPE', [at - 2], [at - 1]),
    );
    return at - 1;
  });
  return model(graph(tensors, operators, { inputs: [0], outputs }));
}

check(
  'by which tensor an output is judged',
  (kinds: readonly string[]) =>
    judgedOutputs(ending(kinds).graphs[0]).map(({ output, tensor: judged }) => [output, judged]),
  [
    { name: 'what goes into a logistic', input: ['LOGISTIC'], expected: [[3, 1]] },
    { name: 'what goes into a tanh', input: ['TANH'], expected: [[3, 1]] },
    { name: 'what goes into a log-softmax', input: ['LOG_SOFTMAX'], expected: [[3, 1]] },
    { name: 'the output itself behind what does not saturate', input: ['ABS'], expected: [[3, 3]] },
    {
      name: 'of several each by itself',
      input: ['SOFTMAX', 'RELU'],
      expected: [
        [3, 1],
        [6, 6],
      ],
    },
  ],
);

/** The judged answers of a graph, by values before and behind each function. */
function answers(
  values: readonly (readonly [before: readonly number[], behind: readonly number[]])[],
): Map<number, Float32Array> {
  const all = new Map<number, Float32Array>();
  values.forEach(([before, behind], place) => {
    all.set(1 + 3 * place, Float32Array.from(before));
    all.set(3 + 3 * place, Float32Array.from(behind));
  });
  return all;
}

it('one logistic output near 0 is judged by its logit, and has no cosine', () => {
  const one = ending(['LOGISTIC']);
  const [graph0] = one.graphs;
  const exact = answersFrom(
    graph0,
    answers([
      [
        [-7, -8],
        [0.001, 0.0005],
      ],
    ]),
  );
  const rounded = answersFrom(
    graph0,
    answers([
      [
        [-7.01, -8],
        [0, 0],
      ],
    ]),
  );
  const fidelity = fidelityOf(exact, rounded, { count: 2 });
  assert.deepStrictEqual(
    { db: judgedSqnrDb(fidelity).toFixed(1), cosine: fidelity.cosine, operator: fidelity.beforeActivation?.operator },
    { db: '60.5', cosine: undefined, operator: 'LOGISTIC' },
  );
  assert.equal(fidelity.sqnrDb, 0);
  assert.deepStrictEqual(qualityWarnings(fidelity), []);
});

it('choices are ranked by what comes before a logistic', () => {
  const one = ending(['LOGISTIC']);
  const [graph0] = one.graphs;
  const reference = {
    graph: graph0,
    samples: samplesOf([7, 8], 2),
    values: answers([
      [
        [-7, -8],
        [0, 0],
      ],
    ]),
  };
  const score = (before: readonly number[]): number =>
    scoreFrom({ answers: answersFrom(graph0, answers([[before, [0, 0]]])) }, reference).outputs[0].beforeDb!;
  assert.ok(score([-7.01, -8]) > score([-7.5, -8.5]) + 20);
});

it('outputs are told apart, and the worst is warned of by its name', () => {
  const two = ending(['LOGISTIC', 'RELU']);
  const [graph0] = two.graphs;
  const exact = answersFrom(
    graph0,
    answers([
      [
        [1, 2],
        [0.73, 0.88],
      ],
      [
        [0, 0],
        [1000, 2000],
      ],
    ]),
  );
  const poor = answersFrom(
    graph0,
    answers([
      [
        [2, 1],
        [0.88, 0.73],
      ],
      [
        [0, 0],
        [1000, 2000],
      ],
    ]),
  );
  const { outputs, ...whole } = fidelityOf(exact, poor, { count: 2 });
  assert.ok(whole.sqnrDb > 60, 'the large output hides the small one');
  assert.deepStrictEqual(
    outputs!.map(({ name, sqnrDb, beforeActivation }) => [name, sqnrDb > 60, beforeActivation?.sqnrDb.toFixed(1)]),
    [
      ['c0', false, '4.0'],
      ['c1', true, undefined],
    ],
  );
  assert.deepStrictEqual(qualityWarnings({ outputs, ...whole }), [
    'The output "c0" carries much noise (4.0 dB before the logistic).',
  ]);
});

it('a poor share of equal answers is warned of, whatever the noise', () => {
  assert.deepStrictEqual(qualityWarnings({ sqnrDb: 30, meanSquareError: 0, top1Agreement: 0.5625 }), [
    'Only 56.3 % of the test samples are answered as by the original.',
  ]);
});

/** Who else executes operators: proofs that two models are equal, or as the file means. */
const ownExecution = ['clean/ranges/probe.ts', 'proofs/confirmEqual.ts', 'tflm/compareOutputs.ts'];

it('models are run, compared and judged in one place', () => {
  const root = resolve(__dirname, '../../../src/core/compress');
  const judging = /\.invoke\(|Math\.log10\(|top1Agreement: share|beforeSoftmax:/;
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.startsWith('judge/') && !ownExecution.includes(name))
    .filter((name) => judging.test(readFileSync(join(root, name), 'utf8')));
  assert.deepStrictEqual(found, []);
});
