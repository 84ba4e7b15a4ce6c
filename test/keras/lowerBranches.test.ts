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
