import assert from 'node:assert/strict';
import { mulberry32 } from '../../../src/core/execute/mulberry32';
import { tfjsTrainer } from '../../../src/core/execute/tfjs/trainer';
import { elementCount } from '../../../src/core/model/dataType';
import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import { loadWasmTfjs } from '../../../src/tfjs/wasmTfjs';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';

const samples = 2;
const seed = 11;
/** Short enough that no value crosses a corner of an activation, long enough for the digits of float32. */
const reach = 1 / 256;

const random = (count: number, from = seed): Float32Array => {
  const next = mulberry32(from);
  return Float32Array.from({ length: count }, () => next() * 2 - 1);
};

/**
 * The largest distance between the gradients of a weighted sum of the output by the input and the quotient of
 * differences, over the largest gradient: true where it is below a hundredth. Those by weights are compared with
 * another backend's in gradientKernels.test.ts.
 */
async function agrees(source: Model): Promise<boolean> {
  const { tf, engine } = await loadWasmTfjs();
  const [{ inputs, outputs, tensors }] = source.graphs;
  const sizes = inputs.map((index) => elementCount(tensors[index].shape));
  const values = sizes.map((size, place) => random(size * samples, seed + place));
  const weights = random(elementCount(tensors[outputs[0]].shape) * samples, 99);
  const by = inputs.map((_, position) => position);
  const gradients = await tfjsTrainer(tf, 'wasm').gradients({
    ...{ model: source, inputs: values, samples, by, outputs: [{ tensor: outputs[0], weights }] },
  });
  const program = await engine.load(source);
  const sum = async (): Promise<number> => {
    const result = (await program.run(values, samples, outputs)).get(outputs[0])!;
    return result.reduce((total, value, index) => total + value * weights[index], 0);
  };
  let [worst, largest] = [0, 0];
  for (const [place, own] of values.entries()) {
    for (let index = 0; index < own.length; index += Math.ceil(own.length / 12)) {
      const before = own[index];
      own[index] = before + reach;
      const above = await sum();
      own[index] = before - reach;
      const below = await sum();
      own[index] = before;
      worst = Math.max(worst, Math.abs((above - below) / (2 * reach) - gradients[place][index]));
      largest = Math.max(largest, Math.abs(gradients[place][index]));
    }
  }
  program.dispose();
  assert.ok(largest > 0.05, 'the gradients are too small to tell anything');
  assert.ok(worst <= 0.01 * largest, `gradients differ by ${worst}, the largest is ${largest}`);
  return true;
}

/** One operator with its first input and its output, and constants between. */
function single(
  kind: string,
  {
    input,
    output,
    constants = [],
    values = {},
  }: {
    readonly input: readonly number[];
    readonly output: readonly number[];
    readonly constants?: readonly Tensor[];
    readonly values?: Readonly<Record<string, string | number | boolean>>;
  },
): Model {
  const tensors = [tensor('x', 'float32', input), ...constants, tensor('y', 'float32', output)];
  const how: Partial<Operator> = { options: options(`${kind}Options`, values) };
  const positions = tensors.slice(0, -1).map((_, index) => index);
  return model(
    graph(tensors, [operator(kind, positions, [tensors.length - 1], how)], {
      inputs: [0],
      outputs: [tensors.length - 1],
    }),
  );
}

const integers = (name: string, values: readonly number[]): Tensor =>
  tensor(name, 'int32', [values.length], { data: new Uint8Array(Int32Array.from(values).buffer) });

const filter = (shape: readonly number[]): Tensor => floats('w', shape, [...random(elementCount(shape), 5)]);
const strided = { padding: 'SAME', strideH: 2, strideW: 2 };

check('gradients of operators are those of finite differences', agrees, [
  {
    name: 'CONV_2D 3x3 of strides 2, SAME on an even image, RELU6',
    input: single('CONV_2D', {
      input: [1, 6, 6, 3],
      output: [1, 3, 3, 4],
      constants: [filter([4, 3, 3, 3]), floats('b', [4], [0.1, -0.1, 0.2, 0])],
      values: { ...strided, fusedActivationFunction: 'RELU6' },
    }),
    expected: true,
  },
  {
    name: 'CONV_2D 1x1 of strides 2, SAME',
    input: single('CONV_2D', {
      input: [1, 6, 6, 3],
      output: [1, 3, 3, 4],
      constants: [filter([4, 1, 1, 3])],
      values: strided,
    }),
    expected: true,
  },
  {
    name: 'CONV_2D 3x3 of dilation 2, VALID',
    input: single('CONV_2D', {
      input: [1, 7, 7, 2],
      output: [1, 3, 3, 3],
      constants: [filter([3, 3, 3, 2])],
      values: { padding: 'VALID', dilationHFactor: 2, dilationWFactor: 2 },
    }),
    expected: true,
  },
  {
    name: 'DEPTHWISE_CONV_2D 3x3 of dilation 2, SAME',
    input: single('DEPTHWISE_CONV_2D', {
      input: [1, 5, 6, 2],
      output: [1, 5, 6, 2],
      constants: [filter([1, 3, 3, 2])],
      values: { padding: 'SAME', dilationHFactor: 2, dilationWFactor: 2 },
    }),
    expected: true,
  },
  {
    name: 'DEPTHWISE_CONV_2D 3x3 of strides 2, SAME on an even image, RELU',
    input: single('DEPTHWISE_CONV_2D', {
      input: [1, 6, 6, 3],
      output: [1, 3, 3, 3],
      constants: [filter([1, 3, 3, 3])],
      values: { ...strided, fusedActivationFunction: 'RELU' },
    }),
    expected: true,
  },
  {
    name: 'AVERAGE_POOL_2D 3x3 of strides 2, SAME, which counts what is not padded',
    input: single('AVERAGE_POOL_2D', {
      input: [1, 5, 5, 2],
      output: [1, 3, 3, 2],
      values: { ...strided, filterHeight: 3, filterWidth: 3 },
    }),
    expected: true,
  },
  {
    name: 'MAX_POOL_2D 2x2',
    input: single('MAX_POOL_2D', {
      input: [1, 4, 4, 2],
      output: [1, 2, 2, 2],
      values: { ...strided, filterHeight: 2, filterWidth: 2 },
    }),
    expected: true,
  },
  {
    name: 'MEAN over rows and columns',
    input: single('MEAN', { input: [1, 4, 4, 3], output: [1, 3], constants: [integers('axes', [1, 2])] }),
    expected: true,
  },
  {
    name: 'FULLY_CONNECTED',
    input: single('FULLY_CONNECTED', { input: [1, 6], output: [1, 4], constants: [filter([4, 6])] }),
    expected: true,
  },
  { name: 'SOFTMAX', input: single('SOFTMAX', { input: [1, 5], output: [1, 5], values: { beta: 1 } }), expected: true },
  {
    name: 'RESHAPE',
    input: single('RESHAPE', { input: [1, 2, 3], output: [1, 6], constants: [integers('shape', [-1, 6])] }),
    expected: true,
  },
  {
    name: 'a residual block: an image, its convolution, their sum under RELU',
    input: model(
      graph(
        [
          tensor('x', 'float32', [1, 4, 4, 3]),
          filter([3, 3, 3, 3]),
          tensor('c', 'float32', [1, 4, 4, 3]),
          tensor('y', 'float32', [1, 4, 4, 3]),
        ],
        [
          operator('CONV_2D', [0, 1], [2], { options: options('Conv2DOptions', { padding: 'SAME' }) }),
          operator('ADD', [0, 2], [3], { options: options('AddOptions', { fusedActivationFunction: 'RELU' }) }),
        ],
        { inputs: [0], outputs: [3] },
      ),
    ),
    expected: true,
  },
]);
