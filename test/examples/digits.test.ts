import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { countCorrect } from '../../examples/digits/accuracy';
import { digitCount, imageOf, imagePixels, imageSize, loadDigits } from '../../examples/digits/data';
import type { DigitSplit } from '../../examples/digits/data';
import { readTflite } from '../../src/core/formats/tflite/reader';
import { elementCount } from '../../src/core/model/dataType';
import type { Graph, Operator } from '../../src/core/model/model';
import { enumOption, numberOption } from '../../src/core/model/options';
import { macsOf } from '../../src/core/operators/operators';
import { litert } from '../support/oracles/litert';
import type { Oracle } from '../support/oracles/oracle';
import { tfjsTflite } from '../support/oracles/tfjsTflite';

interface TrainingRecord {
  readonly accuracy: number;
  readonly correct: number;
  readonly digits: number;
  readonly trainingDigits: number;
  readonly macs: number;
  readonly parameters: number;
  readonly bytes: number;
}

const folder = fileURLToPath(new URL('../../examples/digits/', import.meta.url));
const bytes = new Uint8Array(readFileSync(`${folder}digits_float.tflite`));
const record = JSON.parse(readFileSync(`${folder}digits_float.json`, 'utf8')) as TrainingRecord;

/** So many held-out digits are compared output by output: every tenth of the 2,000. */
const compared = Array.from({ length: 200 }, (_, index) => index * 10);

describe('examples/digits', () => {
  let digits: DigitSplit;
  before(() => {
    digits = loadDigits();
  });

  it('the split has 8,000 digits for training and 2,000 others, 200 of each kind', () => {
    const { training, heldOut } = digits;
    assert.deepStrictEqual([training.count, heldOut.count], [8000, 2000]);
    const counts = Array.from(
      { length: digitCount },
      (_, digit) => heldOut.labels.filter((label) => label === digit).length,
    );
    assert.deepStrictEqual(counts, Array<number>(digitCount).fill(200));
    const seen = new Set(Array.from({ length: training.count }, (_, index) => imageOf(training, index).join()));
    const leaked = Array.from({ length: heldOut.count }, (_, index) => seen.has(imageOf(heldOut, index).join()));
    assert.ok(!leaked.includes(true), 'A held-out digit is in the training set.');
  });

  it('the accuracy on the held-out digits is the recorded one', async () => {
    assert.equal(bytes.byteLength, record.bytes);
    assert.deepStrictEqual([record.trainingDigits, record.digits], [digits.training.count, digits.heldOut.count]);
    const model = await tfjsTflite.open(bytes);
    const correct = await countCorrect(model, digits.heldOut).finally(() => model.close());
    assert.deepStrictEqual([record.correct, record.accuracy], [correct, correct / digits.heldOut.count]);
    assert.ok(record.accuracy > 0.96, `The accuracy is only ${record.accuracy}.`);
  });

  it('the recorded multiply-adds and parameters are those of the file', () => {
    const [graph] = readTflite(bytes).model.graphs;
    const macs = graph.operators.reduce((sum, operator) => sum + (macsOf(operator, graph) ?? NaN), 0);
    const constants = graph.tensors.filter((tensor) => tensor.data !== undefined && tensor.type === 'float32');
    const parameters = constants.reduce((sum, tensor) => sum + elementCount(tensor.shape), 0);
    assert.deepStrictEqual([macs, parameters], [record.macs, record.parameters]);
  });

  const oracles: readonly [string, Oracle][] = [
    ['tfjs-tflite', tfjsTflite],
    ['litert', litert],
  ];
  for (const [name, oracle] of oracles) {
    it(`${name} gives the outputs of the TensorFlow.js model rebuilt from the weights`, async () => {
      const expected = await rebuiltOutputs(digits);
      const model = await oracle.open(bytes);
      try {
        for (const [place, index] of compared.entries()) {
          const [output] = await model.run([bytesOf(imageOf(digits.heldOut, index))]);
          const theirs = new Float32Array(output.slice().buffer);
          const ours = expected.subarray(place * digitCount, (place + 1) * digitCount);
          assert.equal(theirs.length, digitCount);
          const differences = ours.map((value, digit) => Math.abs(value - theirs[digit]));
          const bound = 1e-5 * Math.max(...ours.map(Math.abs));
          assert.ok(Math.max(...differences) <= bound, `Digit ${index} differs by ${Math.max(...differences)}.`);
        }
      } finally {
        model.close();
      }
    });
  }
});

/** Outputs for the compared digits by TensorFlow.js operations on the weights in the file. */
async function rebuiltOutputs(digits: DigitSplit): Promise<Float32Array> {
  await tf.setBackend('wasm');
  const graph = readTflite(bytes).model.graphs[0];
  const pixels = new Float32Array(compared.length * imagePixels);
  compared.forEach((index, place) => pixels.set(imageOf(digits.heldOut, index), place * imagePixels));
  return tf.tidy(() => {
    let values: tf.Tensor = tf.tensor4d(pixels, [compared.length, imageSize, imageSize, 1]);
    for (const operator of graph.operators) values = apply(graph, operator, values);
    return values.dataSync<'float32'>();
  });
}

/** One operator of the chain; its activation is the first input. */
function apply(graph: Graph, operator: Operator, values: tf.Tensor): tf.Tensor {
  const stride = numberOption(operator, 'strideH', 1);
  switch (operator.kind) {
    case 'CONV_2D': {
      const filter = tf.transpose(constant(graph, operator.inputs[1]), [1, 2, 3, 0]) as tf.Tensor4D;
      return activated(graph, operator, tf.conv2d(values as tf.Tensor4D, filter, stride, 'same'));
    }
    case 'DEPTHWISE_CONV_2D': {
      const filter = tf.transpose(constant(graph, operator.inputs[1]), [1, 2, 3, 0]) as tf.Tensor4D;
      return activated(graph, operator, tf.depthwiseConv2d(values as tf.Tensor4D, filter, stride, 'same'));
    }
    case 'AVERAGE_POOL_2D':
      return tf.mean(values, [1, 2], true);
    case 'RESHAPE':
      return tf.reshape(values, [compared.length, -1]);
    case 'FULLY_CONNECTED':
      return activated(graph, operator, tf.matMul(values, constant(graph, operator.inputs[1]), false, true));
    case 'SOFTMAX':
      return tf.softmax(values);
    default:
      throw new Error(`The example has an operator that it had not before: ${operator.kind}.`);
  }
}

function activated(graph: Graph, operator: Operator, values: tf.Tensor): tf.Tensor {
  const sum = tf.add(values, constant(graph, operator.inputs[2]));
  return enumOption(operator, 'fusedActivationFunction', 'NONE') === 'RELU' ? tf.relu(sum) : sum;
}

function constant(graph: Graph, index: number): tf.Tensor {
  const { data, shape } = graph.tensors[index];
  return tf.tensor(new Float32Array(data!.slice().buffer), [...shape]);
}

function bytesOf(image: Float32Array): Uint8Array {
  return new Uint8Array(image.buffer, image.byteOffset, image.byteLength);
}
