import { before } from 'node:test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { tfjsEngine } from '../../../src/core/execute/tfjs/engine';
import type { DataType } from '../../../src/core/model/dataType';
import type { OptionValue, Tensor } from '../../../src/core/model/model';
import { encode } from '../../../src/core/model/values/stored';
import { graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';

/** Each operator of the float engine where it is easily taken for another one; all expectations by hand. */

before(async () => {
  await tf.setBackend('wasm');
});

type Numbers = readonly number[];

/** A tensor with its values: in the file, or given at every inference, one sample after another. */
interface Given {
  readonly tensor: Tensor;
  readonly values: Numbers;
}

interface Case {
  readonly kind: string;
  readonly inputs: readonly Given[];
  readonly outputs: readonly Tensor[];
  readonly options?: Readonly<Record<string, OptionValue>>;
  readonly samples?: number;
}

function x(shape: Numbers, values: Numbers, type: DataType = 'float32'): Given {
  return { tensor: tensor('x', type, shape), values };
}

function c(shape: Numbers, values: Numbers, type: DataType = 'float32'): Given {
  return { tensor: tensor('c', type, shape, { data: encode(type, values) }), values };
}

/** Axes, sizes and indices in the file. */
function n(values: Numbers, shape: Numbers = [values.length]): Given {
  return c(shape, values, 'int32');
}

const y = (...shape: Numbers): Tensor => tensor('y', 'float32', shape);

/** Values of each output, to five digits; no zero is negative. */
async function computed({ kind, inputs, outputs, options: values = {}, samples = 1 }: Case): Promise<Numbers[]> {
  const made = outputs.map((_, index) => inputs.length + index);
  const given = [...inputs.keys()].filter((index) => inputs[index].tensor.data === undefined);
  const only = operator(kind, [...inputs.keys()], made, { options: options('', values) });
  const tensors = [...inputs.map((one) => one.tensor), ...outputs];
  const program = await tfjsEngine(tf, 'wasm').load(model(graph(tensors, [only], { inputs: given, outputs: made })));
  const results = await program.run(
    given.map((index) => Float32Array.from(inputs[index].values)),
    samples,
    made,
  );
  program.dispose();
  return made.map((index) => [...results.get(index)!].map((value) => Number(value.toPrecision(5)) + 0));
}

/** A function of one row. */
async function ofRow([kind, values, given]: readonly [string, Numbers, Case['options']?]): Promise<Numbers> {
  const shape = [1, values.length];
  return (await computed({ kind, inputs: [x(shape, values)], outputs: [y(...shape)], options: given }))[0];
}

check('functions of one value', ofRow, [
  { name: 'ROUND: halves to the even', input: ['ROUND', [0.5, 1.5, 2.5, -0.5, -1.5]], expected: [0, 2, 2, 0, -2] },
  { name: 'FLOOR below zero', input: ['FLOOR', [1.5, -1.5]], expected: [1, -2] },
  { name: 'CEIL below zero', input: ['CEIL', [1.5, -1.5]], expected: [2, -1] },
  { name: 'SIGN', input: ['SIGN', [-3, 0, 0.5]], expected: [-1, 0, 1] },
  { name: 'ELU ends at -1', input: ['ELU', [-100, 0, 2]], expected: [-1, 0, 2] },
  // 1 x 4 / 6; all of 3 and nothing of -3.
  { name: 'HARD_SWISH', input: ['HARD_SWISH', [-4, -3, 0, 1, 3, 4]], expected: [0, 0, 0, 0.66667, 3, 4] },
  { name: 'LEAKY_RELU', input: ['LEAKY_RELU', [-8, 8], { alpha: 0.25 }], expected: [-2, 8] },
  { name: 'LEAKY_RELU that says no slope has none', input: ['LEAKY_RELU', [-8, 8]], expected: [0, 8] },
  { name: 'RELU6 at both ends', input: ['RELU6', [-1, 5, 7]], expected: [0, 5, 6] },
  { name: 'RELU_0_TO_1 at both ends', input: ['RELU_0_TO_1', [-1, 0.5, 7]], expected: [0, 0.5, 1] },
  { name: 'RELU_N1_TO_1 at both ends', input: ['RELU_N1_TO_1', [-7, 0.5, 7]], expected: [-1, 0.5, 1] },
  { name: 'RSQRT', input: ['RSQRT', [0.25, 16]], expected: [2, 0.25] },
  // The normal distribution has 0.841345 of its weight below 1.
  { name: 'GELU', input: ['GELU', [-1, 0, 1]], expected: [-0.15866, 0, 0.84134] },
  // Half of 1 + tanh(0.797885 x 1.044715), which is 0.682384.
  {
    name: 'GELU that is approximate',
    input: ['GELU', [-1, 0, 1], { approximate: true }],
    expected: [-0.15881, 0, 0.84119],
  },
  // Shares of 1, 3 and 4 of 8 have logarithms less by ln 8, which is 2.07944.
  {
    name: 'LOG_SOFTMAX',
    input: ['LOG_SOFTMAX', [0, Math.log(3), Math.log(4)]],
    expected: [-2.0794, -0.98083, -0.69315],
  },
  { name: 'L2_NORMALIZATION', input: ['L2_NORMALIZATION', [3, -4]], expected: [0.6, -0.8] },
  // The least length is 1e-6, as in TFLM's kernel: 5e-4 is above it, 5e-7 below.
  { name: 'L2_NORMALIZATION of a short vector', input: ['L2_NORMALIZATION', [3e-4, 4e-4]], expected: [0.6, 0.8] },
  { name: 'L2_NORMALIZATION of a shorter one', input: ['L2_NORMALIZATION', [3e-7, 4e-7]], expected: [0.3, 0.4] },
  { name: 'L2_NORMALIZATION of nothing', input: ['L2_NORMALIZATION', [0, 0]], expected: [0, 0] },
  { name: 'ZEROS_LIKE', input: ['ZEROS_LIKE', [5, -1]], expected: [0, 0] },
]);

/** A vector of one type to another one. */
async function cast([from, to, values]: readonly [DataType, DataType, Numbers]): Promise<Numbers> {
  const shape = [1, values.length];
  return (await computed({ kind: 'CAST', inputs: [x(shape, values, from)], outputs: [tensor('y', to, shape)] }))[0];
}

check('CAST', cast, [
  { name: 'floats lose what is behind the point', input: ['float32', 'int32', [3.9, -3.9, 0.5]], expected: [3, -3, 0] },
  { name: 'integers to floats', input: ['int32', 'float32', [3, -3]], expected: [3, -3] },
  { name: 'whatever is not 0 is true', input: ['float32', 'bool', [0, 1, 0.25, -2]], expected: [0, 1, 1, 1] },
  { name: 'truth values to floats', input: ['bool', 'float32', [0, 1]], expected: [0, 1] },
]);

/** A column of 2 rows and a row of 3 columns, to which both are broadcast. */
async function ofColumnAndRow([kind, column, row, activation = 'NONE']: readonly [
  string,
  Numbers,
  Numbers,
  string?,
]): Promise<Numbers> {
  return (
    await computed({
      kind,
      inputs: [x([2, 1], column), x([1, 3], row)],
      outputs: [y(2, 3)],
      options: { fusedActivationFunction: activation },
    })
  )[0];
}

check('functions of a column and a row', ofColumnAndRow, [
  { name: 'SUB keeps the order', input: ['SUB', [10, 20], [1, 2, 3]], expected: [9, 8, 7, 19, 18, 17] },
  { name: 'DIV keeps the order', input: ['DIV', [8, 12], [1, 2, 4]], expected: [8, 4, 2, 12, 6, 3] },
  { name: 'FLOOR_DIV goes down', input: ['FLOOR_DIV', [7, -7], [2, -2, 4]], expected: [3, -4, 1, -4, 3, -2] },
  {
    name: 'FLOOR_MOD has the sign of the divisor',
    input: ['FLOOR_MOD', [7, -7], [2, -2, 4]],
    expected: [1, -1, 3, 1, -1, 1],
  },
  { name: 'POW', input: ['POW', [2, 3], [0, 1, 3]], expected: [1, 2, 8, 1, 3, 27] },
  { name: 'SQUARED_DIFFERENCE', input: ['SQUARED_DIFFERENCE', [1, -1], [1, 2, 4]], expected: [0, 1, 9, 4, 9, 25] },
  { name: 'MAXIMUM', input: ['MAXIMUM', [2, -5], [1, 3, -9]], expected: [2, 3, 2, 1, 3, -5] },
  { name: 'MINIMUM', input: ['MINIMUM', [2, -5], [1, 3, -9]], expected: [1, 2, -9, -5, -5, -9] },
  { name: 'GREATER', input: ['GREATER', [2, 3], [1, 2, 3]], expected: [1, 0, 0, 1, 1, 0] },
  { name: 'GREATER_EQUAL', input: ['GREATER_EQUAL', [2, 3], [1, 2, 3]], expected: [1, 1, 0, 1, 1, 1] },
  { name: 'LESS', input: ['LESS', [2, 3], [1, 2, 3]], expected: [0, 0, 1, 0, 0, 0] },
  { name: 'LESS_EQUAL', input: ['LESS_EQUAL', [2, 3], [1, 2, 3]], expected: [0, 1, 1, 0, 0, 1] },
  { name: 'EQUAL', input: ['EQUAL', [2, 3], [1, 2, 3]], expected: [0, 1, 0, 0, 0, 1] },
  { name: 'NOT_EQUAL', input: ['NOT_EQUAL', [2, 3], [1, 2, 3]], expected: [1, 0, 1, 1, 1, 0] },
  { name: 'ADD with RELU6', input: ['ADD', [-4, 4], [1, 2, 4], 'RELU6'], expected: [0, 0, 0, 5, 6, 6] },
  {
    name: 'MUL with RELU_N1_TO_1',
    input: ['MUL', [-1, 1], [0.5, 2, 1], 'RELU_N1_TO_1'],
    expected: [-0.5, -1, -1, 0.5, 1, 1],
  },
  { name: 'ADD with SIGN_BIT', input: ['ADD', [-2, 1], [1, 2, 3], 'SIGN_BIT'], expected: [1, 0, 0, 0, 0, 0] },
  {
    name: 'an activation that is none',
    input: ['ADD', [1, 2], [1, 2, 3], 'SWISH'],
    fails: "The activation SWISH of ADD (operator 0) is not one of TFLite's.",
  },
]);

const image = x([1, 2, 2, 2], [-1, -1, -2, -2, 3, 3, -4, -4]);

check('choices, sums and slopes', computed, [
  {
    name: 'SELECT_V2 of a column of conditions',
    input: {
      kind: 'SELECT_V2',
      inputs: [x([2, 1], [1, 0], 'bool'), x([2, 2], [1, 2, 3, 4]), c([1], [9])],
      outputs: [y(2, 2)],
    },
    expected: [[1, 2, 9, 9]],
  },
  {
    name: 'ADD_N of three',
    input: { kind: 'ADD_N', inputs: [x([2], [1, 2]), x([2], [10, 20]), c([2], [100, 200])], outputs: [y(2)] },
    expected: [[111, 222]],
  },
  {
    name: 'PRELU with a slope for each channel',
    input: { kind: 'PRELU', inputs: [image, c([1, 1, 2], [0.5, 2])], outputs: [y(1, 2, 2, 2)] },
    expected: [[-0.5, -2, -1, -4, 3, 3, -2, -8]],
  },
  {
    name: 'PRELU with a slope for all',
    input: { kind: 'PRELU', inputs: [image, c([1, 1, 1], [0.5])], outputs: [y(1, 2, 2, 2)] },
    expected: [[-0.5, -0.5, -1, -1, 3, 3, -2, -2]],
  },
  {
    name: 'PRELU with a slope for each column',
    input: { kind: 'PRELU', inputs: [image, c([1, 2, 1], [0.5, 2])], outputs: [y(1, 2, 2, 2)] },
    expected: [[-0.5, -0.5, -4, -4, 3, 3, -8, -8]],
  },
  {
    name: 'PRELU with a slope for each row',
    input: { kind: 'PRELU', inputs: [image, c([2, 1, 1], [0.5, 2])], outputs: [y(1, 2, 2, 2)] },
    expected: [[-0.5, -0.5, -1, -1, 3, 3, -8, -8]],
  },
]);

/** 1 2 3 / 4 5 6, reduced. */
async function reduced([kind, axes, shape, keepDims = false]: readonly [
  string,
  Numbers,
  Numbers,
  boolean?,
]): Promise<Numbers> {
  const inputs = [x([2, 3], [1, 5, 3, 4, 2, 6]), n(axes)];
  return (await computed({ kind, inputs, outputs: [y(...shape)], options: { keepDims } }))[0];
}

// 1 5 3 / 4 2 6.
check('reductions of two rows', reduced, [
  { name: 'SUM of columns', input: ['SUM', [0], [3]], expected: [5, 7, 9] },
  { name: 'SUM of rows, counted from the end', input: ['SUM', [-1], [2]], expected: [9, 12] },
  { name: 'SUM that keeps its dimension', input: ['SUM', [1], [2, 1], true], expected: [9, 12] },
  { name: 'SUM of all', input: ['SUM', [0, 1], []], expected: [21] },
  { name: 'SUM over one axis named twice', input: ['SUM', [1, -1], [2]], expected: [9, 12] },
  { name: 'MEAN over one axis named twice', input: ['MEAN', [1, -1], [2]], expected: [3, 4] },
  { name: 'MEAN of columns', input: ['MEAN', [0], [3]], expected: [2.5, 3.5, 4.5] },
  { name: 'REDUCE_MAX of columns', input: ['REDUCE_MAX', [0], [3]], expected: [4, 5, 6] },
  { name: 'REDUCE_MIN of rows', input: ['REDUCE_MIN', [1], [2]], expected: [1, 2] },
  { name: 'REDUCE_PROD of rows', input: ['REDUCE_PROD', [1], [2]], expected: [15, 48] },
  { name: 'ARG_MAX of columns', input: ['ARG_MAX', [0], [3]], expected: [1, 0, 1] },
  { name: 'ARG_MIN of rows, counted from the end', input: ['ARG_MIN', [-1], [2]], expected: [0, 1] },
]);

/** The same two rows, added up. */
async function cumulated([axis, exclusive, reverse]: readonly [number, boolean, boolean]): Promise<Numbers> {
  const inputs = [x([2, 3], [1, 5, 3, 4, 2, 6]), n([axis], [])];
  return (await computed({ kind: 'CUMSUM', inputs, outputs: [y(2, 3)], options: { exclusive, reverse } }))[0];
}

check('CUMSUM of two rows', cumulated, [
  { name: 'from the first on', input: [1, false, false], expected: [1, 6, 9, 4, 6, 12] },
  { name: 'without itself', input: [1, true, false], expected: [0, 1, 6, 0, 4, 6] },
  { name: 'from the last on', input: [-1, false, true], expected: [9, 8, 3, 12, 8, 6] },
  { name: 'from the last on, without itself', input: [1, true, true], expected: [8, 3, 0, 8, 6, 0] },
  { name: 'down the columns', input: [0, false, false], expected: [1, 5, 3, 5, 7, 9] },
]);

const six = x([2, 3], [1, 2, 3, 4, 5, 6]);

check('parts and joins', computed, [
  {
    name: 'SPLIT along the last axis, counted from the end',
    input: { kind: 'SPLIT', inputs: [n([-1]), x([1, 4], [1, 2, 3, 4])], outputs: [y(1, 2), y(1, 2)] },
    expected: [
      [1, 2],
      [3, 4],
    ],
  },
  {
    name: 'SPLIT_V into parts of two and one columns',
    input: { kind: 'SPLIT_V', inputs: [six, n([2, 1]), n([1])], outputs: [y(2, 2), y(2, 1)] },
    expected: [
      [1, 2, 4, 5],
      [3, 6],
    ],
  },
  {
    name: 'UNPACK of columns',
    input: { kind: 'UNPACK', inputs: [six], outputs: [y(2), y(2), y(2)], options: { axis: -1 } },
    expected: [
      [1, 4],
      [2, 5],
      [3, 6],
    ],
  },
  {
    name: 'PACK as a new last axis, counted from the end',
    input: { kind: 'PACK', inputs: [x([3], [1, 2, 3]), x([3], [4, 5, 6])], outputs: [y(3, 2)], options: { axis: -1 } },
    expected: [[1, 4, 2, 5, 3, 6]],
  },
  {
    // Each of two samples has the constant behind it.
    name: 'CONCATENATION of two samples with a constant',
    input: {
      kind: 'CONCATENATION',
      inputs: [x([1, 2], [1, 2, 3, 4]), c([1, 1], [9])],
      outputs: [y(1, 3)],
      options: { axis: -1, fusedActivationFunction: 'NONE' },
      samples: 2,
    },
    expected: [[1, 2, 9, 3, 4, 9]],
  },
  {
    // Along the axis where samples would lie, samples must not touch each other.
    name: 'CONCATENATION of rows, two samples',
    input: {
      kind: 'CONCATENATION',
      inputs: [x([1, 2], [1, 2, 5, 6]), x([1, 2], [3, 4, 7, 8])],
      outputs: [y(2, 2)],
      options: { axis: 0, fusedActivationFunction: 'RELU6' },
      samples: 2,
    },
    expected: [[1, 2, 3, 4, 5, 6, 6, 6]],
  },
  {
    name: 'SLICE to the end by -1',
    input: { kind: 'SLICE', inputs: [six, n([0, 1]), n([-1, 2])], outputs: [y(2, 2)] },
    expected: [[2, 3, 5, 6]],
  },
  {
    name: 'STRIDED_SLICE backwards, its ends open',
    input: {
      kind: 'STRIDED_SLICE',
      inputs: [six, n([0, 0]), n([2, 0]), n([1, -2])],
      outputs: [y(2, 2)],
      options: { beginMask: 2, endMask: 2 },
    },
    expected: [[3, 1, 6, 4]],
  },
  {
    name: 'STRIDED_SLICE that drops an axis',
    input: {
      kind: 'STRIDED_SLICE',
      inputs: [six, n([0, -1]), n([2, 0]), n([1, 1])],
      outputs: [y(2)],
      options: { shrinkAxisMask: 2 },
    },
    expected: [[3, 6]],
  },
  {
    // The bounds 0 and 1 of the samples are meant for one.
    name: 'STRIDED_SLICE of two samples',
    input: {
      kind: 'STRIDED_SLICE',
      inputs: [x([1, 3], [1, 2, 3, 4, 5, 6]), n([0, 1]), n([1, 3]), n([1, 1])],
      outputs: [y(1, 2)],
      samples: 2,
    },
    expected: [[2, 3, 5, 6]],
  },
  {
    name: 'GATHER of columns, counted from the end',
    input: { kind: 'GATHER', inputs: [six, n([2, 0])], outputs: [y(2, 2)], options: { axis: -1 } },
    expected: [[3, 1, 6, 4]],
  },
  {
    name: 'GATHER of a batch: each row has indices of its own',
    input: { kind: 'GATHER', inputs: [six, n([2, 0], [2, 1])], outputs: [y(2, 1)], options: { axis: 1, batchDims: 1 } },
    expected: [[3, 4]],
  },
  {
    name: 'GATHER_ND of single values',
    input: { kind: 'GATHER_ND', inputs: [six, n([1, 0, 0, 2], [2, 2])], outputs: [y(2)] },
    expected: [[4, 3]],
  },
  {
    name: 'SLICE whose begin is computed',
    input: { kind: 'SLICE', inputs: [six, x([2], [0, 1], 'int32'), n([2, 2])], outputs: [y(2, 2)] },
    fails:
      'Input 1 of SLICE (operator 0) is computed while the model runs, but TensorFlow.js needs it as a constant; convert the model again with fixed shapes.',
  },
]);

check('other places', computed, [
  {
    name: 'TRANSPOSE of three axes: the last one first',
    input: { kind: 'TRANSPOSE', inputs: [x([1, 2, 3], [1, 2, 3, 4, 5, 6]), n([2, 0, 1])], outputs: [y(3, 1, 2)] },
    expected: [[1, 4, 2, 5, 3, 6]],
  },
  {
    name: 'TRANSPOSE by axes counted from the end',
    input: { kind: 'TRANSPOSE', inputs: [six, n([-1, -2])], outputs: [y(3, 2)] },
    expected: [[1, 4, 2, 5, 3, 6]],
  },
  {
    name: 'REVERSE_V2 of columns, counted from the end',
    input: { kind: 'REVERSE_V2', inputs: [six, n([-1])], outputs: [y(2, 3)] },
    expected: [[3, 2, 1, 6, 5, 4]],
  },
  {
    name: 'PAD above and behind',
    input: { kind: 'PAD', inputs: [x([1, 2], [1, 2]), n([1, 0, 0, 1], [2, 2])], outputs: [y(2, 3)] },
    expected: [[0, 0, 0, 1, 2, 0]],
  },
  {
    name: 'PADV2 with a value',
    input: { kind: 'PADV2', inputs: [x([1, 2], [1, 2]), n([0, 0, 1, 2], [2, 2]), c([1], [9])], outputs: [y(1, 5)] },
    expected: [[9, 1, 2, 9, 9]],
  },
  {
    name: 'MIRROR_PAD that reflects leaves the edge out',
    input: {
      kind: 'MIRROR_PAD',
      inputs: [x([1, 3], [1, 2, 3]), n([0, 0, 2, 1], [2, 2])],
      outputs: [y(1, 6)],
      options: { mode: 'REFLECT' },
    },
    expected: [[3, 2, 1, 2, 3, 2]],
  },
  {
    name: 'MIRROR_PAD that is symmetric repeats it',
    input: {
      kind: 'MIRROR_PAD',
      inputs: [x([1, 3], [1, 2, 3]), n([0, 0, 2, 1], [2, 2])],
      outputs: [y(1, 6)],
      options: { mode: 'SYMMETRIC' },
    },
    expected: [[2, 1, 1, 2, 3, 3]],
  },
  {
    name: 'TILE row by row',
    input: { kind: 'TILE', inputs: [x([2, 2], [1, 2, 3, 4]), n([1, 2])], outputs: [y(2, 4)] },
    expected: [[1, 2, 1, 2, 3, 4, 3, 4]],
  },
  {
    name: 'BROADCAST_TO: a column to two matrices',
    input: { kind: 'BROADCAST_TO', inputs: [x([2, 1], [1, 2]), n([2, 2, 2])], outputs: [y(2, 2, 2)] },
    expected: [[1, 1, 2, 2, 1, 1, 2, 2]],
  },
  {
    // A block row by row, each pixel with both of its channels.
    name: 'SPACE_TO_DEPTH',
    input: {
      kind: 'SPACE_TO_DEPTH',
      inputs: [x([1, 2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8])],
      outputs: [y(1, 1, 1, 8)],
      options: { blockSize: 2 },
    },
    expected: [[1, 2, 3, 4, 5, 6, 7, 8]],
  },
  {
    name: 'SPACE_TO_DEPTH of two blocks',
    input: {
      kind: 'SPACE_TO_DEPTH',
      inputs: [x([1, 2, 4, 1], [1, 2, 3, 4, 5, 6, 7, 8])],
      outputs: [y(1, 1, 2, 4)],
      options: { blockSize: 2 },
    },
    expected: [[1, 2, 5, 6, 3, 4, 7, 8]],
  },
  {
    name: 'DEPTH_TO_SPACE: the way back',
    input: {
      kind: 'DEPTH_TO_SPACE',
      inputs: [x([1, 1, 2, 4], [1, 2, 5, 6, 3, 4, 7, 8])],
      outputs: [y(1, 2, 4, 1)],
      options: { blockSize: 2 },
    },
    expected: [[1, 2, 3, 4, 5, 6, 7, 8]],
  },
  {
    // Rows 0 0 0 0 and 0 1 2 3 by twos: even row; even row, odd columns; odd row, even columns; odd row, odd columns.
    name: 'SPACE_TO_BATCH_ND with padding',
    input: {
      kind: 'SPACE_TO_BATCH_ND',
      inputs: [x([1, 1, 3, 1], [1, 2, 3]), n([2, 2]), n([1, 0, 1, 0], [2, 2])],
      outputs: [y(4, 1, 2, 1)],
    },
    expected: [[0, 0, 0, 0, 0, 2, 1, 3]],
  },
  {
    name: 'BATCH_TO_SPACE_ND with a column cropped on both sides',
    input: {
      kind: 'BATCH_TO_SPACE_ND',
      inputs: [x([2, 1, 2, 1], [1, 3, 2, 4]), n([1, 2]), n([0, 0, 1, 1], [2, 2])],
      outputs: [y(1, 1, 2, 1)],
    },
    expected: [[2, 3]],
  },
]);

/** One line of 0, 16, 32, -64. */
async function resized([kind, width, alignCorners = false, halfPixelCenters = false]: readonly [
  'RESIZE_BILINEAR' | 'RESIZE_NEAREST_NEIGHBOR',
  number,
  boolean?,
  boolean?,
]): Promise<Numbers> {
  const inputs = [x([1, 1, 4, 1], [0, 16, 32, -64]), n([1, width])];
  const placing = { alignCorners, halfPixelCenters };
  return (await computed({ kind, inputs, outputs: [y(1, 1, width, 1)], options: placing }))[0];
}

check('resizing a line of four', resized, [
  { name: 'between, to half of the width', input: ['RESIZE_BILINEAR', 2], expected: [0, 32] },
  {
    name: 'between, to twice the width: the last one twice',
    input: ['RESIZE_BILINEAR', 8],
    expected: [0, 8, 16, 24, 32, -16, -64, -64],
  },
  {
    // Places 0, 0.5, 1 …
    name: 'between, with corners that meet',
    input: ['RESIZE_BILINEAR', 7, true],
    expected: [0, 8, 16, 24, 32, -16, -64],
  },
  {
    // Places -0.25, 0.25, 0.75 …: before the first there is nothing but the first.
    name: 'between, by the middles of pixels',
    input: ['RESIZE_BILINEAR', 8, false, true],
    expected: [0, 4, 12, 20, 28, 8, -40, -64],
  },
  { name: 'nearest, to half of the width: the first of two', input: ['RESIZE_NEAREST_NEIGHBOR', 2], expected: [0, 32] },
  {
    name: 'nearest, by the middles of pixels: the second of two',
    input: ['RESIZE_NEAREST_NEIGHBOR', 2, false, true],
    expected: [16, -64],
  },
  {
    // Places 0, 0.75, 1.5, 2.25 and 3, ties upwards.
    name: 'nearest, with corners that meet',
    input: ['RESIZE_NEAREST_NEIGHBOR', 5, true],
    expected: [0, 16, 32, 32, -64],
  },
]);

const step = { padding: 'VALID', strideW: 1, strideH: 1 };

check('layers', computed, [
  {
    // Taps 0 and 2, one column of padding on both sides: 20, 1 + 30, 2 + 40, 3.
    name: 'CONV_2D that is dilated and padded',
    input: {
      kind: 'CONV_2D',
      inputs: [x([1, 1, 4, 1], [1, 2, 3, 4]), c([1, 1, 2, 1], [1, 10])],
      outputs: [y(1, 1, 4, 1)],
      options: { ...step, padding: 'SAME', dilationWFactor: 2 },
    },
    expected: [[20, 31, 42, 3]],
  },
  {
    name: 'CONV_2D that is dilated, of an image that is no multiple',
    input: {
      kind: 'CONV_2D',
      inputs: [x([1, 1, 5, 1], [1, 2, 3, 4, 5]), c([1, 1, 2, 1], [1, 10]), c([1], [0.5])],
      outputs: [y(1, 1, 3, 1)],
      options: { ...step, dilationWFactor: 2 },
    },
    expected: [[31.5, 42.5, 53.5]],
  },
  {
    name: 'CONV_2D with strides and dilations',
    input: {
      kind: 'CONV_2D',
      inputs: [x([1, 1, 5, 1], [1, 2, 3, 4, 5]), c([1, 1, 2, 1], [1, 10])],
      outputs: [y(1, 1, 2, 1)],
      options: { ...step, strideW: 2, dilationWFactor: 2 },
    },
    fails: 'CONV_2D (operator 0) has both strides and dilations above 1, which TensorFlow.js cannot compute.',
  },
  {
    // Channel 0 makes two: 3 x 1 and 3 x 2; channel 1: 5 x 10 and 5 x 20.
    name: 'DEPTHWISE_CONV_2D with a multiplier',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      inputs: [x([1, 1, 1, 2], [3, 5]), c([1, 1, 1, 4], [1, 2, 10, 20]), c([4], [0, 0, 0, 1])],
      outputs: [y(1, 1, 1, 4)],
      options: { ...step, depthMultiplier: 2 },
    },
    expected: [[3, 6, 50, 101]],
  },
  {
    // Each input lays 1, 2, 3 from twice its place on: 1, 2, 3 + 10, 20, 30, and a bias of a half.
    name: 'TRANSPOSE_CONV whose strokes overlap',
    input: {
      kind: 'TRANSPOSE_CONV',
      inputs: [n([1, 1, 5, 1]), c([1, 1, 3, 1], [1, 2, 3]), x([1, 1, 2, 1], [1, 10]), c([1], [0.5])],
      outputs: [y(1, 1, 5, 1)],
      options: { ...step, strideW: 2 },
    },
    expected: [[1.5, 2.5, 13.5, 20.5, 30.5]],
  },
  {
    // Of one row and two columns to 4 places: SAME cuts the last of the five.
    name: 'TRANSPOSE_CONV with SAME padding',
    input: {
      kind: 'TRANSPOSE_CONV',
      inputs: [n([1, 1, 4, 1]), c([1, 1, 3, 1], [1, 2, 3]), x([1, 1, 2, 1], [1, 10])],
      outputs: [y(1, 1, 4, 1)],
      options: { ...step, padding: 'SAME', strideW: 2 },
    },
    expected: [[1, 2, 13, 20]],
  },
  {
    // sqrt((9 + 16) / 2) = 3.5355; then sqrt(64 / 1) alone.
    name: 'L2_POOL_2D leaves padding out',
    input: {
      kind: 'L2_POOL_2D',
      inputs: [x([1, 1, 3, 1], [3, -4, 8])],
      outputs: [y(1, 1, 2, 1)],
      options: { padding: 'SAME', strideW: 2, strideH: 1, filterWidth: 2, filterHeight: 1 },
    },
    expected: [[3.5355, 8]],
  },
  {
    name: 'MAX_POOL_2D of negative numbers leaves padding out',
    input: {
      kind: 'MAX_POOL_2D',
      inputs: [x([1, 1, 3, 1], [-3, -4, -8])],
      outputs: [y(1, 1, 2, 1)],
      options: { padding: 'SAME', strideW: 2, strideH: 1, filterWidth: 2, filterHeight: 1 },
    },
    expected: [[-3, -8]],
  },
  {
    // Two rows of a sample each by three weights, with the bias 1.
    name: 'FULLY_CONNECTED of two samples',
    input: {
      kind: 'FULLY_CONNECTED',
      inputs: [x([1, 2], [1, 2, 3, 4]), c([1, 2], [10, 1]), c([1], [1])],
      outputs: [y(1, 1)],
      options: { fusedActivationFunction: 'NONE' },
      samples: 2,
    },
    expected: [[13, 35]],
  },
  {
    // 1 2 / 3 4 turned is 1 3 / 2 4; 5 6 / 7 8 turned is 5 7 / 6 8.
    name: 'BATCH_MATMUL of two matrices, both turned',
    input: {
      kind: 'BATCH_MATMUL',
      inputs: [x([2, 2], [1, 2, 3, 4]), x([2, 2], [5, 6, 7, 8])],
      outputs: [y(2, 2)],
      options: { adjX: true, adjY: true },
    },
    expected: [[23, 31, 34, 46]],
  },
  {
    name: 'BATCH_MATMUL of a batch against one',
    input: {
      kind: 'BATCH_MATMUL',
      inputs: [x([2, 1, 2], [1, 2, 3, 4]), c([1, 2, 1], [10, 1])],
      outputs: [y(2, 1, 1)],
    },
    expected: [[12, 34]],
  },
]);
