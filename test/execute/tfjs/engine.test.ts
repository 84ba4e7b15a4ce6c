import { readFileSync } from 'node:fs';
import { it, before } from 'node:test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import assert from 'node:assert/strict';
import { readTflite } from '../../../src/core/formats/tflite/reader';
import { tfjsEngine } from '../../../src/core/execute/tfjs/engine';
import { elementCount } from '../../../src/core/model/dataType';
import type { Graph, Model } from '../../../src/core/model/model';
import { check } from '../../support/check';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { readSharedJson, sharedModelBytes, sharedModelPath, sharedModelsMissing } from '../../support/models';
import { modelInputs } from '../../support/seededInputs';

before(async () => {
  await tf.setBackend('wasm');
});

interface Case {
  readonly model: Model;
  /** Samples of each input one after another. */
  readonly inputs: readonly (readonly number[])[];
  readonly samples?: number;
}

/** Values of all outputs, to five digits. */
async function outputs({ model: { graphs }, inputs, samples = 1 }: Case): Promise<number[][]> {
  const program = await tfjsEngine(tf, 'wasm').load(model(graphs));
  const values = await program.run(
    inputs.map((input) => Float32Array.from(input)),
    samples,
    graphs[0].outputs,
  );
  return graphs[0].outputs.map((index) => [...values.get(index)!].map((value) => Number(value.toPrecision(5))));
}

/** A model of one operator on inputs of float32. */
function single(
  kind: string,
  shapes: { inputs: (number[] | ReturnType<typeof floats>)[]; output: number[] },
  more = {},
): Model {
  const inputs = shapes.inputs.map((input, index) =>
    Array.isArray(input) ? tensor(`in${index}`, 'float32', input) : input,
  );
  const dynamic = inputs.flatMap((input, index) => (input.data === undefined && !input.isVariable ? [index] : []));
  return model(
    graph(
      [...inputs, tensor('out', 'float32', shapes.output)],
      [operator(kind, [...inputs.keys()], [inputs.length], more)],
      { inputs: dynamic, outputs: [inputs.length] },
    ),
  );
}

function integers(name: string, shape: readonly number[], values: readonly number[]): ReturnType<typeof floats> {
  return tensor(name, 'int32', shape, { data: new Uint8Array(new Int32Array(values).buffer) });
}

const same = { padding: 'SAME', strideW: 2, strideH: 1, fusedActivationFunction: 'RELU6' };

check('operators by hand', outputs, [
  {
    name: 'a convolution with padding on one side, two samples at once',
    input: {
      // Width 2 with stride 2 and a filter of 3: one column is padded, on the right.
      model: single(
        'CONV_2D',
        { inputs: [[1, 1, 2, 1], floats('w', [1, 1, 3, 1], [1, 2, 4]), floats('b', [1], [0.5])], output: [1, 1, 1, 1] },
        { options: options('Conv2DOptions', same) },
      ),
      inputs: [[1, 0.5, 3, 3]],
      samples: 2,
    },
    expected: [[2.5, 6]],
  },
  {
    name: 'a convolution in two groups',
    input: {
      model: single(
        'CONV_2D',
        { inputs: [[1, 1, 1, 2], floats('w', [2, 1, 1, 1], [2, 3])], output: [1, 1, 1, 2] },
        { options: options('Conv2DOptions', { padding: 'VALID', strideW: 1, strideH: 1 }) },
      ),
      inputs: [[5, 7]],
    },
    expected: [[10, 21]],
  },
  {
    name: 'a dense layer whose int8 weights stand for halves',
    input: {
      model: single(
        'FULLY_CONNECTED',
        {
          inputs: [
            [1, 2],
            tensor('w', 'int8', [2, 2], {
              data: new Uint8Array(new Int8Array([1, 2, 3, 4]).buffer),
              quantization: { scales: [0.5, 1], zeroPoints: [0, 1], axis: 0 },
            }),
          ],
          output: [1, 2],
        },
        { options: options('FullyConnectedOptions', { fusedActivationFunction: 'NONE' }) },
      ),
      inputs: [[1, 10]],
    },
    expected: [[10.5, 32]],
  },
  {
    name: 'an average over windows that the padding cuts',
    input: {
      model: single(
        'AVERAGE_POOL_2D',
        { inputs: [[1, 1, 3, 1]], output: [1, 1, 2, 1] },
        {
          options: options('Pool2DOptions', {
            padding: 'SAME',
            strideW: 2,
            strideH: 1,
            filterWidth: 2,
            filterHeight: 1,
          }),
        },
      ),
      inputs: [[1, 3, 5]],
    },
    expected: [[2, 5]],
  },
  {
    name: 'a mean over all but channels, three samples',
    input: {
      model: single(
        'MEAN',
        { inputs: [[1, 2, 1, 2], integers('axes', [2], [1, 2])], output: [1, 2] },
        { options: options('ReducerOptions', { keepDims: false }) },
      ),
      inputs: [[1, 2, 3, 4, 10, 20, 30, 40, 0, 0, 1, 1]],
      samples: 3,
    },
    expected: [[2, 3, 20, 30, 0.5, 0.5]],
  },
  {
    name: 'a mean over the samples themselves: one by one',
    input: {
      model: single(
        'MEAN',
        { inputs: [[2, 1], integers('axes', [1], [0])], output: [1] },
        { options: options('ReducerOptions', { keepDims: false }) },
      ),
      inputs: [[1, 3, 10, 30]],
      samples: 2,
    },
    expected: [[2, 20]],
  },
  {
    name: 'an SVDF layer remembers from one sample to the next',
    input: {
      model: single(
        'SVDF',
        {
          inputs: [
            [1, 1],
            floats('feature', [1, 1], [2]),
            floats('time', [1, 2], [10, 1]),
            floats('bias', [1], [0.5]),
            tensor('state', 'float32', [1, 2], { isVariable: true }),
          ],
          output: [1, 1],
        },
        { options: options('SVDFOptions', { rank: 1, fusedActivationFunction: 'NONE' }) },
      ),
      inputs: [[1, 3]],
      samples: 2,
    },
    // 2 x 1 now; then 2 x 3 now and ten times the 2 of before.
    expected: [[2.5, 26.5]],
  },
  {
    name: 'softmax with beta',
    input: {
      model: single(
        'SOFTMAX',
        { inputs: [[1, 2]], output: [1, 2] },
        { options: options('SoftmaxOptions', { beta: 2 }) },
      ),
      inputs: [[0, Math.log(3) / 2]],
    },
    expected: [[0.25, 0.75]],
  },
  {
    name: 'an operator that there is none of',
    input: { model: single('DENSIFY', { inputs: [[1, 2]], output: [1, 2] }), inputs: [[0, 1]] },
    fails:
      'DENSIFY (operator 0) cannot be executed in float: TensorFlow.js has no such operator. Replace the layer in the training source.',
  },
  {
    name: 'too few numbers',
    input: { model: single('RELU', { inputs: [[1, 2]], output: [1, 2] }), inputs: [[0, 1, 2]], samples: 2 },
    fails: 'The input "in0" takes 4 numbers for 2 samples, 3 were given.',
  },
]);

it('stops between batches when told to', async () => {
  const program = await tfjsEngine(tf, 'wasm').load(single('RELU', { inputs: [[1, 1]], output: [1, 1] }));
  const stop = new AbortController();
  const running = program.run([new Float32Array(1000)], 1000, [1], { signal: stop.signal });
  stop.abort();
  await assert.rejects(running, { name: 'AbortError' });
});

it('leaves no tensors behind', async () => {
  const before = tf.memory().numTensors;
  const program = await tfjsEngine(tf, 'wasm').load(single('RELU', { inputs: [[1, 1]], output: [1, 1] }));
  await program.run([new Float32Array(100)], 100, [1]);
  program.dispose();
  assert.equal(tf.memory().numTensors, before);
});

interface Golden {
  readonly runs: readonly {
    readonly seed: number;
    readonly rounding: string;
    readonly outputs: readonly {
      readonly tensor: number;
      readonly type: string;
      readonly file?: string;
      readonly head?: string;
    }[];
  }[];
}

interface GoldenRow {
  readonly model: string;
  readonly status: string;
  readonly inputTypes: readonly string[];
  readonly outputTypes: readonly string[];
  readonly ops: readonly string[];
}

const notFloat = new Set(['QUANTIZE', 'VAR_HANDLE', 'IF', 'WHILE', 'CALL_ONCE']);

/** Float models of one graph that real TFLM executed; the rest of the goldens have integers inside. */
function floatGoldens(): readonly string[] {
  if (sharedModelsMissing !== false) return [];
  return readSharedJson<readonly GoldenRow[]>('goldens/INDEX.json')
    .filter(({ status, inputTypes, outputTypes, ops }) => {
      const isFloat = [...inputTypes, ...outputTypes].every((type) => type === 'FLOAT32');
      return status === 'ok' && isFloat && !ops.some((kind) => notFloat.has(kind));
    })
    .map((row) => row.model);
}

/**
 * Largest difference to real TFLM's outputs as a part of the tensor's largest magnitude, as a power of ten at least as
 * large.
 */
async function differenceToTflm(name: string): Promise<string> {
  const { model: read } = readTflite(sharedModelBytes(name));
  const [main] = read.graphs;
  const program = await tfjsEngine(tf, 'wasm').load(read);
  const golden = readSharedJson<Golden>(`goldens/${name}/golden.json`);
  let worst = 0;
  for (const run of golden.runs.filter(({ rounding }) => rounding === 'double')) {
    const inputs = modelInputs(read, run.seed).map((bytes, position) => numbers(bytes, main, position));
    const values = await program.run(inputs, 1, main.outputs);
    run.outputs.forEach(({ tensor: index, file, head }) => {
      const bytes =
        file === undefined
          ? Buffer.from(head!, 'hex')
          : readFileSync(`${sharedModelPath('').replace('models/.tflite', '')}goldens/${name}/${file}`);
      const expected = new Float32Array(new Uint8Array(bytes).buffer);
      const ours = values.get(index)!.subarray(0, expected.length);
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const difference = expected.reduce((most, value, at) => Math.max(most, Math.abs(value - ours[at])), 0);
      worst = Math.max(worst, difference === 0 ? 0 : difference / largest);
    });
  }
  return worst <= 1e-5 ? 'within 1e-5' : `off by ${worst.toPrecision(2)}`;
}

function numbers(bytes: Uint8Array, { tensors, inputs }: Graph, position: number): Float32Array {
  const { type, shape } = tensors[inputs[position]];
  const { buffer } = bytes.slice();
  if (type === 'float32') return new Float32Array(buffer, 0, elementCount(shape));
  if (type === 'int32') return Float32Array.from(new Int32Array(buffer));
  return Float32Array.from(bytes);
}

check(
  'float models of real TFLM',
  differenceToTflm,
  floatGoldens().map((name) => ({ name, input: name, expected: 'within 1e-5' })),
);
it('the goldens are here', { skip: sharedModelsMissing }, () => {
  assert.ok(floatGoldens().length > 25, `only ${floatGoldens().length} float models`);
});
