import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { mulberry32 } from '../../../src/core/execute/mulberry32';
import { registerGradientKernels } from '../../../src/core/execute/tfjs/gradientKernels';
import { check } from '../../support/check';

interface Case {
  readonly operation: 'convolution' | 'depthwise';
  readonly input: readonly [number, number, number, number];
  readonly filter: readonly [number, number, number, number];
  readonly stride?: number | readonly [number, number];
  readonly padding?: 'same' | 'valid' | number;
}

before(async () => {
  await tf.setBackend('wasm');
  registerGradientKernels('wasm');
});

/** Gradients of a weighted sum of the outputs by input and filter. */
async function gradients(backend: string, row: Case): Promise<number[][]> {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const random = mulberry32(7);
    const filled = (shape: readonly number[]): tf.Tensor4D =>
      tf.tensor4d(
        Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random() - 0.5),
        [...shape] as [number, number, number, number],
      );
    const [x, filter] = [filled(row.input), filled(row.filter)];
    const output = convolve(row, x, filter);
    const weights = filled(output.shape);
    const by = tf.grads((x: tf.Tensor, w: tf.Tensor) =>
      tf.sum(tf.mul(convolve(row, x as tf.Tensor4D, w as tf.Tensor4D), weights)),
    );
    return by([x, filter]).map((gradient) => [...gradient.dataSync()]);
  });
}

function convolve(row: Case, x: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D {
  const operation = row.operation === 'convolution' ? tf.conv2d<tf.Tensor4D> : tf.depthwiseConv2d<tf.Tensor4D>;
  const stride = row.stride ?? 1;
  const strides: number | [number, number] = typeof stride === 'number' ? stride : [...stride];
  return operation(x, filter, strides, row.padding ?? 'same');
}

/** The largest difference between the wasm backend with our kernels and the cpu backend's own, to four places. */
async function largestDifference(row: Case): Promise<number> {
  const [ours, theirs] = [(await gradients('wasm', row)).flat(), (await gradients('cpu', row)).flat()];
  assert.equal(ours.length, theirs.length);
  assert.ok(theirs.some((value) => Math.abs(value) > 0.1));
  return Number(Math.max(...ours.map((value, index) => Math.abs(value - theirs[index]))).toFixed(4));
}

check('gradients agree with the cpu backend', largestDifference, [
  {
    name: 'convolution 3x3, same padding',
    input: { operation: 'convolution', input: [2, 6, 5, 3], filter: [3, 3, 3, 4] },
    expected: 0,
  },
  {
    name: 'convolution 3x2, strides 2 and 1, valid padding',
    input: { operation: 'convolution', input: [2, 7, 6, 2], filter: [3, 2, 2, 5], stride: [2, 1], padding: 'valid' },
    expected: 0,
  },
  {
    name: 'convolution, stride 2, same padding on an even image',
    input: { operation: 'convolution', input: [1, 8, 8, 1], filter: [3, 3, 1, 8], stride: 2 },
    expected: 0,
  },
  {
    name: 'convolution, padding in numbers',
    input: { operation: 'convolution', input: [1, 4, 4, 2], filter: [5, 5, 2, 2], padding: 2 },
    expected: 0,
  },
  {
    name: 'pointwise convolution',
    input: { operation: 'convolution', input: [3, 4, 4, 6], filter: [1, 1, 6, 7] },
    expected: 0,
  },
  {
    name: 'depthwise 3x3, same padding',
    input: { operation: 'depthwise', input: [2, 6, 5, 3], filter: [3, 3, 3, 1] },
    expected: 0,
  },
  {
    name: 'depthwise with two copies of each channel, stride 2',
    input: { operation: 'depthwise', input: [2, 7, 6, 3], filter: [3, 3, 3, 2], stride: 2 },
    expected: 0,
  },
  {
    name: 'depthwise 5x1, valid padding',
    input: { operation: 'depthwise', input: [1, 9, 4, 2], filter: [5, 1, 2, 1], padding: 'valid' },
    expected: 0,
  },
]);

it('a gradient by hand: a row of three under a filter of two', async () => {
  await tf.setBackend('wasm');
  const x = tf.tensor4d([1, 2, 4], [1, 1, 3, 1]);
  const weights = tf.tensor4d([10, 1], [1, 1, 2, 1]);
  const by = tf.grad((filter: tf.Tensor) => tf.sum(tf.mul(tf.conv2d(x, filter as tf.Tensor4D, 1, 'valid'), weights)));
  // Outputs are 1a + 2b (weighed 10) and 2a + 4b (weighed 1).
  assert.deepStrictEqual([...by(tf.tensor4d([0, 0], [1, 2, 1, 1])).dataSync()], [12, 24]);
});

it('kernels that a backend has are left alone', () => {
  const own = tf.getKernel('Conv2DBackpropFilter', 'cpu').kernelFunc;
  registerGradientKernels('cpu');
  assert.equal(tf.getKernel('Conv2DBackpropFilter', 'cpu').kernelFunc, own);
});
