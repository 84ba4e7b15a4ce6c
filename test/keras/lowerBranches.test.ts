import { convertKeras } from '../../src/core/keras/lower/convert';
import { check } from '../support/check';
import { functional, operatorShapes, type BranchRow } from '../support/kerasModels';

interface Branches {
  readonly input: readonly number[];
  readonly layers: readonly BranchRow[];
  readonly batch?: 'open' | 1;
  readonly flavour?: 'keras2' | 'keras3';
  readonly numbers?: 'int8' | 'int16x8';
  readonly manner?: 'official' | 'ours';
}

/** The operators of a conversion, each with the shape of its output. */
function operatorsOf({ input, layers, batch = 1, flavour, manner = 'official', numbers }: Branches): string {
  return operatorShapes(convertKeras(functional(input, layers, flavour), { manner, batch, numbers }).model);
}

const conv1d = (name: string, from: string, config = {}): BranchRow => [
  'Conv1D',
  name,
  [from],
  { filters: 6, kernel_size: 3, padding: 'same', ...config },
];

const sum: Branches = { input: [10, 4], layers: [conv1d('a', 'x'), conv1d('b', 'x'), ['Add', 'sum', ['a', 'b']]] };

/** What the sum reads is read by a PAD, too. */
const shared: Branches = {
  input: [10, 4],
  layers: [conv1d('a', 'x'), conv1d('b', 'a', { padding: 'causal' }), ['Add', 'sum', ['a', 'b']], conv1d('c', 'sum')],
};

const small = (name: string, from: string, config = {}): BranchRow =>
  conv1d(name, from, { filters: 3, kernel_size: 2, padding: 'valid', ...config });

const functions: Branches = {
  input: [8, 2],
  layers: [small('a', 'x', { activation: 'elu' }), small('b', 'a', { filters: 4 })],
};

// What TensorFlow 2.21 wrote of these layers, made for this test; of our own conversion what follows from them.
check('what moves elements comes behind what is computed of each', operatorsOf, [
  {
    name: 'a sum of two 1D convolutions: before the RESHAPE of both',
    input: sum,
    expected: 'RESHAPE 1x1x10x4, CONV_2D 1x1x10x6, CONV_2D 1x1x10x6, ADD 1x1x10x6, RESHAPE 1x10x6',
  },
  {
    name: 'not where something else reads one of them',
    input: shared,
    expected:
      'RESHAPE 1x1x10x4, CONV_2D 1x1x10x6, RESHAPE 1x10x6, PAD 1x12x6, RESHAPE 1x1x12x6, CONV_2D 1x1x10x6, RESHAPE 1x10x6, ADD 1x10x6, RESHAPE 1x1x10x6, CONV_2D 1x1x10x6, RESHAPE 1x10x6',
  },
  {
    name: 'by our own conversion there, too, as the next convolution has another RESHAPE',
    input: { ...shared, manner: 'ours' },
    expected:
      'RESHAPE 1x1x10x4, CONV_2D 1x1x10x6, RESHAPE 1x10x6, PAD 1x12x6, RESHAPE 1x1x12x6, CONV_2D 1x1x10x6, ADD 1x1x10x6, CONV_2D 1x1x10x6, RESHAPE 1x10x6',
  },
  {
    name: 'a function that the official converter does not move',
    input: functions,
    expected:
      'RESHAPE 1x1x8x2, CONV_2D 1x1x7x3, RESHAPE 1x7x3, ELU 1x7x3, RESHAPE 1x1x7x3, CONV_2D 1x1x6x4, RESHAPE 1x6x4',
  },
  {
    name: 'by our own conversion each function',
    input: { ...functions, manner: 'ours' },
    expected: 'RESHAPE 1x1x8x2, CONV_2D 1x1x7x3, ELU 1x1x7x3, CONV_2D 1x1x6x4, RESHAPE 1x6x4',
  },
]);

const dilated = (name: string, config = {}): BranchRow =>
  conv1d(name, 'x', { filters: 3, kernel_size: 2, padding: 'valid', dilation_rate: 2, ...config });

const dense = (name: string, config = {}): BranchRow => ['Dense', name, ['x'], { units: 3, ...config }];

const transposed1d: BranchRow = ['Conv1DTranspose', 'up', ['x'], { filters: 3, kernel_size: 2, strides: 2 }];

const attention: Branches = {
  input: [4, 6],
  layers: [['MultiHeadAttention', 'a', ['x', 'x'], { num_heads: 2, key_dim: 3 }]],
};

const excited: Branches = {
  input: [8, 8, 2],
  layers: [
    ['Conv2D', 'a', ['x'], { filters: 4, kernel_size: 3, padding: 'same' }],
    ['GlobalAveragePooling2D', 'mean', ['a'], { keepdims: true }],
    ['Add', 'sum', ['a', 'mean']],
  ],
};

// What TensorFlow 2.21 wrote of these layers, made for this test.
check('the official converter makes of branches', operatorsOf, [
  {
    name: 'a dilated 1D convolution: an option',
    input: { input: [8, 2], layers: [dilated('a')] },
    expected: 'RESHAPE 1x1x8x2, CONV_2D 1x1x6x3, RESHAPE 1x6x3',
  },
  {
    name: 'two that read the same: blocks stay, as both read them',
    input: {
      input: [8, 2],
      layers: [
        dilated('a', { activation: 'tanh' }),
        dilated('b', { activation: 'sigmoid' }),
        ['Multiply', 'gated', ['a', 'b']],
      ],
    },
    expected:
      'SPACE_TO_BATCH_ND 2x4x2, RESHAPE 2x1x4x2, CONV_2D 2x1x3x3, RESHAPE 2x3x3, BATCH_TO_SPACE_ND 1x6x3, ADD 1x6x3, TANH 1x6x3, CONV_2D 2x1x3x3, RESHAPE 2x3x3, BATCH_TO_SPACE_ND 1x6x3, ADD 1x6x3, LOGISTIC 1x6x3, MUL 1x6x3',
  },
  {
    name: 'a product of two vectors: a matrix of one row by one of one column',
    input: { input: [4], layers: [dense('a'), dense('b'), ['Dot', 'product', ['a', 'b'], { axes: 1 }]] },
    expected: 'FULLY_CONNECTED 1x3, RESHAPE 1x1x3, FULLY_CONNECTED 1x3, RESHAPE 1x3x1, BATCH_MATMUL 1x1x1, RESHAPE 1x1',
  },
  {
    name: 'attention of Keras 3: scores, then their factor',
    input: attention,
    expected:
      'FULLY_CONNECTED 1x4x6, RESHAPE 1x4x2x3, FULLY_CONNECTED 1x4x6, RESHAPE 1x4x2x3, TRANSPOSE 1x2x4x3, TRANSPOSE 1x2x3x4, BATCH_MATMUL 1x2x4x4, MUL 1x2x4x4, SOFTMAX 1x2x4x4, FULLY_CONNECTED 1x4x6, RESHAPE 1x4x2x3, TRANSPOSE 1x2x4x3, BATCH_MATMUL 1x2x4x3, TRANSPOSE 1x4x2x3, RESHAPE 1x4x6, FULLY_CONNECTED 1x4x6',
  },
  {
    name: 'attention of Keras 2: the factor in the weights, and scores of keys by queries',
    input: { ...attention, flavour: 'keras2' },
    expected:
      'FULLY_CONNECTED 1x4x6, RESHAPE 1x4x2x3, FULLY_CONNECTED 1x4x6, RESHAPE 1x4x2x3, TRANSPOSE 1x2x4x3, TRANSPOSE 1x2x3x4, BATCH_MATMUL 1x2x4x4, TRANSPOSE 1x2x4x4, SOFTMAX 1x2x4x4, FULLY_CONNECTED 1x4x6, RESHAPE 1x4x2x3, TRANSPOSE 1x2x4x3, BATCH_MATMUL 1x2x4x3, TRANSPOSE 1x4x2x3, RESHAPE 1x4x6, FULLY_CONNECTED 1x4x6',
  },
  {
    name: 'a sum with a vector along the channels in Keras 3: like a bias, without its axes of length 1',
    input: excited,
    expected: 'CONV_2D 1x8x8x4, MEAN 1x1x1x4, RESHAPE 4, ADD 1x8x8x4',
  },
  {
    name: 'the same in Keras 2: a sum',
    input: { ...excited, flavour: 'keras2' },
    expected: 'CONV_2D 1x8x8x4, MEAN 1x1x1x4, ADD 1x8x8x4',
  },
  {
    name: 'outputs of fixed scales that shall have one: each is requantized',
    input: {
      input: [4],
      numbers: 'int8',
      layers: [
        dense('a', { activation: 'sigmoid' }),
        dense('b', { activation: 'tanh' }),
        ['Concatenate', 'joined', ['a', 'b']],
      ],
    },
    expected:
      'FULLY_CONNECTED 1x3, LOGISTIC 1x3, QUANTIZE 1x3, FULLY_CONNECTED 1x3, TANH 1x3, QUANTIZE 1x3, CONCATENATION 1x6',
  },
  {
    name: 'a transposed 1D convolution: one of two axes',
    input: { input: [5, 2], layers: [transposed1d] },
    expected: 'RESHAPE 1x1x5x2, TRANSPOSE_CONV 1x1x10x3, RESHAPE 1x10x3',
  },
  {
    name: 'the same with an open batch: its shape at run time',
    input: { input: [5, 2], batch: 'open', layers: [transposed1d] },
    expected:
      'SHAPE 3, STRIDED_SLICE , RESHAPE 1, CONCATENATION 4, EXPAND_DIMS -1x1x5x2, TRANSPOSE_CONV -1x1x10x3, RESHAPE -1x10x3',
  },
  {
    name: 'a normalization of Keras 2 along an axis that is not the last: not the fused one',
    input: { input: [6, 4], flavour: 'keras2', layers: [['LayerNormalization', 'norm', ['x'], { axis: 1 }]] },
    expected:
      'MEAN 1x1x4, SQUARED_DIFFERENCE 1x6x4, MEAN 1x1x4, ADD 1x1x4, RSQRT 1x1x4, MUL 1x6x4, MUL 1x6x4, MUL 1x6x4, SUB 1x6x4, ADD 1x6x4',
  },
]);

/** Layers of which the official operators are not sure. */
function unprovenOf({ input, layers, batch = 1, flavour, numbers }: Branches): readonly string[] {
  return convertKeras(functional(input, layers, flavour), { manner: 'official', batch, numbers }).unproven;
}

check('layers whose official operators no file was found equal to are named', unprovenOf, [
  {
    name: 'a normalization of Keras 2 along the last axis, by its fused kernel',
    input: { input: [6, 4], flavour: 'keras2', layers: [['LayerNormalization', 'norm', ['x'], { axis: -1 }]] },
    expected: ['norm'],
  },
  {
    name: 'not along another',
    input: { input: [6, 4], flavour: 'keras2', layers: [['LayerNormalization', 'norm', ['x'], { axis: 1 }]] },
    expected: [],
  },
  {
    name: 'parts that are put together in int16, which calibration decides',
    input: {
      input: [4],
      numbers: 'int16x8',
      layers: [dense('a'), dense('b'), ['Concatenate', 'joined', ['a', 'b']]],
    },
    expected: ['joined'],
  },
  {
    name: 'not in int8',
    input: { input: [4], numbers: 'int8', layers: [dense('a'), dense('b'), ['Concatenate', 'joined', ['a', 'b']]] },
    expected: [],
  },
  {
    name: 'steps that are unrolled',
    input: { input: [4, 2], layers: [['GRU', 'memory', ['x'], { units: 3, unroll: true }]] },
    expected: ['memory'],
  },
]);
