import assert from 'node:assert/strict';
import { it } from 'node:test';
import { clean } from '../../src/core/compress/clean/clean';
import { fileOf } from '../../src/core/compress/rewrite/fileOf';
import { prepare } from '../../src/core/execute/prepare';
import { seededInputs } from '../../src/core/execute/seededInputs';
import { readTflite } from '../../src/core/formats/tflite/reader';
import type { Model, Tensor } from '../../src/core/model/model';
import { macsOf } from '../../src/core/operators/operators';
import { floats, graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';
import { sharedModelBytes, skipWithoutSharedModels } from '../support/models';
import { tfjsTflite } from '../support/oracles/tfjsTflite';

const bytesOf = (...values: readonly number[]): Uint8Array => new Uint8Array(Int8Array.from(values).buffer);
const words = (...values: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);

/** An int8 tensor with scale 1 and this zero point. */
function int8(name: string, shape: readonly number[], zeroPoint = 0, more: Partial<Tensor> = {}): Tensor {
  return tensor(name, 'int8', shape, { quantization: quantized(1, zeroPoint), ...more });
}

interface Chain {
  /** Zero point of the image between the two convolutions. */
  readonly zeroPoint: number;
  /** Weights and biases of the first convolution's two channels; scale 1 throughout. */
  readonly weights: readonly [number, number];
  readonly biases: readonly [number, number];
  readonly activation: 'NONE' | 'RELU';
  /** The second convolution's kernel is 3x3 with SAME padding, or 1x1. */
  readonly kernel: 1 | 3;
  readonly secondWeights?: readonly [number, number];
}

/** x -> CONV 1x1 of 2 channels -> CONV of 1 channel, without a bias of its own. */
function chain({ zeroPoint, weights, biases, activation, kernel, secondWeights = [1, 1] }: Chain): Model {
  const taps = kernel * kernel;
  const second = Array.from({ length: taps }, () => secondWeights).flat();
  return model(
    graph(
      [
        int8('x', [1, 2, 2, 1]),
        int8('w1', [2, 1, 1, 1], 0, { data: bytesOf(...weights) }),
        tensor('b1', 'int32', [2], { data: words(...biases), quantization: quantized(1) }),
        int8('m', [1, 2, 2, 2], zeroPoint),
        int8('w2', [1, kernel, kernel, 2], 0, { data: bytesOf(...second) }),
        int8('y', [1, 2, 2, 1]),
      ],
      [
        operator('CONV_2D', [0, 1, 2], [3], {
          options: options('Conv2DOptions', {
            padding: 'VALID',
            strideH: 1,
            strideW: 1,
            fusedActivationFunction: activation,
          }),
        }),
        operator('CONV_2D', [3, 4, -1], [5], {
          options: options('Conv2DOptions', {
            padding: 'SAME',
            strideH: 1,
            strideW: 1,
            fusedActivationFunction: 'NONE',
          }),
        }),
      ],
      { inputs: [0], outputs: [5] },
    ),
  );
}

/** Shapes and constants of the cleaned model, and what was done. Biases as int32. */
function cleaned(source: Model): { readonly tensors: readonly string[]; readonly decisions: readonly string[] } {
  const { model: result, decisions } = clean(source);
  const text = ({ name, type, shape, data }: Tensor): string => {
    const array = { int8: Int8Array, int32: Int32Array, float32: Float32Array }[type as 'int8' | 'int32' | 'float32'];
    return `${name}[${shape.join()}]${data === undefined ? '' : ` ${new array(data.slice().buffer).join()}`}`;
  };
  return { tensors: result.graphs[0].tensors.map(text), decisions };
}

const unchanged = {
  tensors: [
    'x[1,2,2,1]',
    'w1[2,1,1,1] 1,0',
    'b1[2] 0,5',
    'm[1,2,2,2]',
    'w2[1,3,3,2] 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1',
    'y[1,2,2,1]',
  ],
  decisions: [],
};

check('channels that make no difference', cleaned, [
  {
    name: 'weights of zero and a bias of zero: the zero point, which adds nothing anywhere',
    input: chain({ zeroPoint: 3, weights: [1, 0], biases: [0, 0], activation: 'NONE', kernel: 3 }),
    expected: {
      tensors: ['x[1,2,2,1]', 'w1[1,1,1,1] 1', 'b1[1] 0', 'm[1,2,2,1]', 'w2[1,3,3,1] 1,1,1,1,1,1,1,1,1', 'y[1,2,2,1]'],
      decisions: ['m: 1 of 2 channels made no difference to any output and are gone.'],
    },
  },
  {
    name: 'another constant under a 1x1 kernel: 5 x 2 goes into a new bias',
    input: chain({
      zeroPoint: 3,
      weights: [2, 0],
      biases: [0, 5],
      activation: 'NONE',
      kernel: 1,
      secondWeights: [1, 2],
    }),
    expected: {
      tensors: ['x[1,2,2,1]', 'w1[1,1,1,1] 2', 'b1[1] 0', 'm[1,2,2,1]', 'w2[1,1,1,1] 1', 'y[1,2,2,1]', 'y/bias[1] 10'],
      decisions: [
        'm: 1 of 2 channels made no difference to any output and are gone.',
        'What the constant channels added is now part of 1 bias.',
      ],
    },
  },
  {
    name: 'another constant meets the padding of a 3x3 kernel: it stays',
    input: chain({ zeroPoint: 3, weights: [1, 0], biases: [0, 5], activation: 'NONE', kernel: 3 }),
    expected: unchanged,
  },
  {
    name: 'a rectifier that always cuts off: -1000 + 1 x 127 is below zero for every input',
    input: chain({ zeroPoint: -128, weights: [1, 1], biases: [0, -1000], activation: 'RELU', kernel: 3 }),
    expected: {
      tensors: ['x[1,2,2,1]', 'w1[1,1,1,1] 1', 'b1[1] 0', 'm[1,2,2,1]', 'w2[1,3,3,1] 1,1,1,1,1,1,1,1,1', 'y[1,2,2,1]'],
      decisions: ['m: 1 of 2 channels made no difference to any output and are gone.'],
    },
  },
  {
    name: 'a channel with weights of zero wherever it is read',
    input: chain({
      zeroPoint: 3,
      weights: [2, 7],
      biases: [0, 5],
      activation: 'NONE',
      kernel: 1,
      secondWeights: [1, 0],
    }),
    expected: {
      tensors: ['x[1,2,2,1]', 'w1[1,1,1,1] 2', 'b1[1] 0', 'm[1,2,2,1]', 'w2[1,1,1,1] 1', 'y[1,2,2,1]'],
      decisions: ['m: 1 of 2 channels made no difference to any output and are gone.'],
    },
  },
]);

/** x, through operators of these kinds, each on the one before; constants as given. Output `y`. */
function line(tensors: readonly Tensor[], operators: Parameters<typeof graph>[1]): Model {
  return model(graph(tensors, operators, { inputs: [0], outputs: [tensors.findIndex(({ name }) => name === 'y')] }));
}

/** Kinds of operators that are left, and what was done. */
function left(source: Model): { readonly kinds: readonly string[]; readonly decisions: readonly string[] } {
  const { model: result, decisions } = clean(source);
  return { kinds: result.graphs[0].operators.map(({ kind }) => kind), decisions };
}

const float = (name: string): Tensor => tensor(name, 'float32', [1, 4]);

check('operators that make no difference', left, [
  {
    name: 'a reshape to the same shape',
    input: line([float('x'), float('m'), float('y')], [operator('RESHAPE', [0], [1]), operator('TANH', [1], [2])]),
    expected: { kinds: ['TANH'], decisions: ['RESHAPE "m" gave out what it was given, and is gone.'] },
  },
  {
    name: 'a rectifier of what is not negative',
    input: line([float('x'), float('m'), float('y')], [operator('RELU', [0], [1]), operator('RELU', [1], [2])]),
    expected: { kinds: ['RELU'], decisions: ['RELU "y" gave out what it was given, and is gone.'] },
  },
  {
    name: 'one times and plus zero in floats',
    input: line(
      [float('x'), floats('one', [4], [1, 1, 1, 1]), float('m'), floats('zero', [1], [0]), float('n'), float('y')],
      [operator('MUL', [0, 1], [2]), operator('ADD', [2, 3], [4]), operator('TANH', [4], [5])],
    ),
    expected: {
      kinds: ['TANH'],
      decisions: [
        'MUL "m" gave out what it was given, and is gone.',
        'ADD "n" gave out what it was given, and is gone.',
      ],
    },
  },
  {
    name: 'the way over floats between equal scales',
    input: line(
      [int8('x', [1, 4]), float('f'), int8('q', [1, 4]), int8('y', [1, 4])],
      [operator('DEQUANTIZE', [0], [1]), operator('QUANTIZE', [1], [2]), operator('MAXIMUM', [2, 0], [3])],
    ),
    expected: {
      kinds: ['MAXIMUM'],
      decisions: [
        '"q" is made from "x" without the way over floats: all of its values stay the same.',
        '1 operator reached no output of the model and is gone.',
      ],
    },
  },
  {
    name: 'an operator that nothing reads',
    input: line([float('x'), float('m'), float('y')], [operator('TANH', [0], [1]), operator('TANH', [0], [2])]),
    expected: { kinds: ['TANH'], decisions: ['1 operator reached no output of the model and is gone.'] },
  },
  {
    name: 'an operator on constants',
    input: line(
      [float('x'), floats('c', [2, 2], [1, 2, 3, 4]), float('flat'), float('y')],
      [operator('RESHAPE', [1], [2]), operator('ADD', [0, 2], [3])],
    ),
    expected: {
      kinds: ['ADD'],
      decisions: ['RESHAPE "flat" always gave the same 16 bytes, which are a constant now.'],
    },
  },
  {
    name: 'metadata of other runtimes stay',
    input: {
      ...line([float('x'), float('y')], [operator('TANH', [0], [1])]),
      metadata: [{ name: 'min_runtime_version', data: words(1) }],
    },
    expected: {
      kinds: ['TANH'],
      decisions: [],
    },
  },
  {
    name: 'nothing at all',
    input: line([float('x'), float('y')], [operator('TANH', [0], [1])]),
    expected: { kinds: ['TANH'], decisions: [] },
  },
]);

function macs({ graphs }: Model): number {
  return graphs[0].operators.reduce((sum, each) => sum + (macsOf(each, graphs[0]) ?? 0), 0);
}

/**
 * Share of the multiply-accumulates that go, of a shared model; outputs are compared in both rounding modes and in an
 * independent runtime.
 */
async function shareOf(name: string): Promise<number> {
  const bytes = sharedModelBytes(name);
  const { model: source } = readTflite(bytes);
  const result = fileOf(clean(source).model);
  const [input] = source.graphs[0].inputs.map((index) => source.graphs[0].tensors[index]);
  for (const seed of [11, 12]) {
    const inputs = seededInputs([input], seed);
    for (const rounding of ['double', 'single'] as const) {
      const [before, after] = [source, result.model].map((each) => prepare(each, { rounding }).invoke(inputs)[0].bytes);
      assert.deepStrictEqual(after, before);
    }
    const [before, after] = [await tfjsTflite.open(bytes), await tfjsTflite.open(result.bytes)];
    assert.deepStrictEqual(await after.run(inputs), await before.run(inputs));
    before.close();
    after.close();
  }
  return 1 - macs(result.model) / macs(source);
}

for (const [name, expected] of [
  ['mlperf_vww_96_int8', 0.5023],
  ['mlperf_kws_ref_model', 0],
  ['tinymaix_vww96_q', 0],
] as const) {
  it(`${name}: ${expected * 100} % of the multiply-accumulates go, bit for bit`, async (context) => {
    if (skipWithoutSharedModels(context)) return;
    assert.equal(Number((await shareOf(name)).toFixed(4)), expected);
  });
}
