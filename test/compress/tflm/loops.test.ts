import { rewriteModel } from '../../../src/core/compress/tflm/rewriteModel';
import type { Model, Tensor } from '../../../src/core/model/model';
import { storedValues } from '../../../src/core/model/values/stored';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';
import { exactly, integers, operatorsOf, proved } from './proved';

const scalar = (name: string): Tensor => tensor(name, 'int32', []);

/** A loop that writes each of 3 steps into a list of `rows` by SLICE and CONCATENATION, as a recurrent layer does. */
function growing(rows: number): Model {
  const list = (name: string, length: number): Tensor => tensor(name, 'float32', [length, 2]);
  const loop = operator('WHILE', [1, 2, 3], [4, 5, 6], {
    options: options('WhileOptions', { condSubgraphIndex: 1, bodySubgraphIndex: 2 }),
  });
  const main = graph(
    [
      list('x', 1),
      integers('zero', [0], []),
      floats(
        'list',
        [rows, 2],
        Array.from({ length: rows * 2 }, () => 0),
      ),
      list('in', 1),
      scalar('i'),
      list('o', rows),
      list('last', 1),
    ],
    [operator('NEG', [0], [3]), loop],
    { inputs: [0], outputs: [5] },
  );
  const condition = graph(
    [scalar('i'), list('l', rows), list('x', 1), integers('limit', [3], []), tensor('goes on', 'bool', [])],
    [operator('LESS', [0, 3], [4])],
    {
      inputs: [0, 1, 2],
      outputs: [4],
    },
  );
  const body = graph(
    [
      ...[scalar('i'), list('l', rows), list('x', 1), integers('one', [1], []), scalar('next')],
      ...[integers('single', [1]), tensor('i1', 'int32', [1]), integers('rest', [-1]), tensor('size', 'int32', [2])],
      ...[integers('begin', [0, 0]), list('before', 1), tensor('n1', 'int32', [1]), integers('no', [0])],
      ...[tensor('from', 'int32', [2]), integers('all', [-1, -1]), list('after', 1), list('made', rows), list('z', 1)],
    ],
    [
      operator('ADD', [0, 3], [4], { options: options('AddOptions') }),
      operator('RESHAPE', [0, 5], [6]),
      operator('CONCATENATION', [6, 7], [8], { options: options('ConcatenationOptions', { axis: 0 }) }),
      operator('SLICE', [1, 9, 8], [10]),
      operator('RESHAPE', [4, 5], [11]),
      operator('CONCATENATION', [11, 12], [13], { options: options('ConcatenationOptions', { axis: 0 }) }),
      operator('SLICE', [1, 13, 14], [15]),
      operator('CONCATENATION', [10, 2, 15], [16], { options: options('ConcatenationOptions', { axis: 0 }) }),
      operator('ADD', [2, 2], [17], { options: options('AddOptions') }),
    ],
    { inputs: [0, 1, 2], outputs: [4, 16, 17] },
  );
  return model([main, condition, body]);
}

check('rewrite for TFLM: a loop whose tensors grow', proved, [
  { name: 'chooses between a row and the list', input: growing(3), expected: exactly(['NEG 1x2', 'WHILE  3x2 1x2']) },
  {
    name: 'is its passes where some rows are written by none',
    input: growing(4),
    expected: exactly([
      ...['NEG 1x2', 'SLICE 3x2', 'CONCATENATION 4x2', 'ADD 1x2', 'SLICE 1x2', 'SLICE 2x2', 'CONCATENATION 4x2'],
      ...['ADD 1x2', 'SLICE 2x2', 'SLICE 1x2', 'CONCATENATION 4x2'],
    ]),
  },
]);

check(
  'rewrite for TFLM: what each pass of a loop does then',
  (from: Model) => rewriteModel(from).model.graphs[2].operators.map(({ kind }) => kind),
  [{ name: 'without SLICE', input: growing(3), expected: ['ADD', 'EQUAL', 'SELECT_V2', 'ADD'] }],
);

interface Cell {
  /** What the loop gives out: the hidden state of every step, or of the last one. */
  readonly gives?: 'all' | 'last';
  /** Function of the candidate. */
  readonly candidate?: string;
  /** The first number of a pass. */
  readonly from?: number;
  readonly output?: 'hidden' | 'cell';
}

/** 3 steps of one number, 2 units: weights 1 to 8 of the input, 11 to 26 of the state, biases in hundredths. */
function lstmLoop({ gives = 'all', candidate = 'TANH', from = 0, output = 'hidden' }: Cell): Model {
  const rows = gives === 'all' ? 3 : 1;
  const step = (name: string, rank = 2): Tensor => tensor(name, 'float32', rank === 3 ? [1, 1, 2] : [1, 2]);
  const list = (name: string): Tensor => tensor(name, 'float32', [rows, 1, 2]);
  const zeros = (name: string, shape: readonly number[]): Tensor =>
    floats(
      name,
      shape,
      Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => 0),
    );
  const loop = operator('WHILE', [1, 2, 3, 4, 0], [5, 6, 7, 8, 9], {
    options: options('WhileOptions', { condSubgraphIndex: 1, bodySubgraphIndex: 2 }),
  });
  const main = graph(
    [
      ...[tensor('x', 'float32', [3, 1, 1]), integers('start', [from], []), zeros('list', [rows, 1, 2])],
      ...[zeros('h0', [1, 2]), zeros('c0', [1, 2]), scalar('i'), list('steps'), step('h'), step('c')],
      tensor('same', 'float32', [3, 1, 1]),
    ],
    [loop],
    { inputs: [0], outputs: [output === 'cell' ? 8 : 6] },
  );
  const condition = graph(
    [
      ...[scalar('i'), list('l'), step('h'), step('c'), tensor('x', 'float32', [3, 1, 1])],
      ...[integers('limit', [3], []), tensor('goes on', 'bool', [])],
    ],
    [operator('LESS', [0, 5], [6])],
    { inputs: [0, 1, 2, 3, 4], outputs: [6] },
  );
  const numbers = (count: number, first: number, size: number): number[] =>
    Array.from({ length: count }, (_, place) => (first + place) * size);
  const plain = (kind: string) => ({ options: options(kind, { fusedActivationFunction: 'NONE' }) });
  const body = graph(
    [
      ...[scalar('i'), list('l'), step('h'), step('c'), tensor('x', 'float32', [3, 1, 1]), integers('one', [1], [])],
      ...[scalar('next'), tensor('row', 'float32', [1, 1]), floats('w', [8, 1], numbers(8, 1, 0.1))],
      ...[floats('r', [8, 2], numbers(16, 11, 0.02)), floats('b', [8], numbers(8, 1, 0.01))],
      ...['wx', 'rh', 'sum', 'sums'].map((name) => tensor(name, 'float32', [1, 8])),
      ...['i', 'f', 'g', 'o', 'si', 'sf', 'tg', 'so', 'fc', 'ig', 'c1', 'tc', 'h1'].map((name) => step(name)),
      ...[
        integers('single', [1]),
        tensor('i1', 'int32', [1]),
        integers('rest', [-1, -1]),
        tensor('size', 'int32', [3]),
      ],
      ...[integers('begin', [0, 0, 0]), step('before', 3), tensor('n1', 'int32', [1]), integers('no', [0, 0])],
      ...[tensor('from', 'int32', [3]), integers('all', [-1, -1, -1]), step('after', 3), list('made')],
      ...[integers('third', [1, 1, 2]), step('h3', 3)],
    ],
    [
      operator('ADD', [0, 5], [6], plain('AddOptions')),
      operator('GATHER', [4, 0], [7], { options: options('GatherOptions', { axis: 0, batchDims: 0 }) }),
      operator('FULLY_CONNECTED', [7, 8, -1], [11], plain('FullyConnectedOptions')),
      operator('FULLY_CONNECTED', [2, 9, -1], [12], plain('FullyConnectedOptions')),
      operator('ADD', [11, 12], [13], plain('AddOptions')),
      operator('ADD', [13, 10], [14], plain('AddOptions')),
      operator('SPLIT', [5, 14], [15, 16, 17, 18], { options: options('SplitOptions', { numSplits: 4 }) }),
      operator('LOGISTIC', [15], [19]),
      operator('LOGISTIC', [16], [20]),
      operator(candidate, [17], [21]),
      operator('LOGISTIC', [18], [22]),
      operator('MUL', [20, 3], [23], plain('MulOptions')),
      operator('MUL', [19, 21], [24], plain('MulOptions')),
      operator('ADD', [23, 24], [25], plain('AddOptions')),
      operator('TANH', [25], [26]),
      operator('MUL', [22, 26], [27], plain('MulOptions')),
      operator('RESHAPE', [27, 40], [41]),
      ...(gives === 'last'
        ? []
        : [
            operator('RESHAPE', [0, 28], [29]),
            operator('CONCATENATION', [29, 30], [31], { options: options('ConcatenationOptions', { axis: 0 }) }),
            operator('SLICE', [1, 32, 31], [33]),
            operator('RESHAPE', [6, 28], [34]),
            operator('CONCATENATION', [34, 35], [36], { options: options('ConcatenationOptions', { axis: 0 }) }),
            operator('SLICE', [1, 36, 37], [38]),
            operator('CONCATENATION', [33, 41, 38], [39], { options: options('ConcatenationOptions', { axis: 0 }) }),
          ]),
    ],
    { inputs: [0, 1, 2, 3, 4], outputs: [6, gives === 'last' ? 41 : 39, 27, 25, 4] },
  );
  return model([main, condition, body]);
}

const cell = ['RESHAPE 1x3x1', 'RESHAPE 1x2', 'RESHAPE 1x2', 'UNIDIRECTIONAL_SEQUENCE_LSTM 1x3x2'];

/** Outputs that differ by roundings of float32: the four sums are added up in another order. */
const nearly = (operators: readonly string[]): unknown => ({
  ...{ operators, equal: false, warning: undefined, wrong: [], again: [] },
});

check('rewrite for TFLM: the loop of an LSTM', proved, [
  { name: 'that gives every step', input: lstmLoop({}), expected: nearly([...cell, 'RESHAPE 3x1x2']) },
  {
    name: 'that gives the last step',
    input: lstmLoop({ gives: 'last' }),
    expected: nearly([...cell, 'SLICE 1x1x2', 'RESHAPE 1x1x2']),
  },
]);

check('rewrite for TFLM: a loop that is nearly an LSTM', operatorsOf, [
  { name: 'with another function', input: lstmLoop({ candidate: 'RELU' }), expected: ['WHILE  3x1x2 1x2 1x2 3x1x1'] },
  {
    name: 'that gives its cells',
    input: lstmLoop({ output: 'cell', gives: 'last' }),
    expected: ['WHILE  1x1x2 1x2 1x2 3x1x1'],
  },
  {
    name: 'from its second row on',
    input: lstmLoop({ from: 1, gives: 'last' }),
    expected: ['WHILE  1x1x2 1x2 1x2 3x1x1'],
  },
]);

check(
  'rewrite for TFLM: weights of an LSTM',
  (position: number) => {
    const { operators, tensors } = rewriteModel(lstmLoop({})).model.graphs[0];
    const lstm = operators.find(({ kind }) => kind === 'UNIDIRECTIONAL_SEQUENCE_LSTM')!;
    return [...storedValues(tensors[lstm.inputs[position]])!].map((value) => Math.round(value * 100));
  },
  [
    { name: 'of the input, for the input gate', input: 1, expected: [10, 20] },
    { name: 'of the input, for the cell', input: 3, expected: [50, 60] },
    { name: 'of the state, for the forget gate', input: 6, expected: [30, 32, 34, 36] },
    { name: 'of the state, for the output gate', input: 8, expected: [46, 48, 50, 52] },
    { name: 'bias of the output gate', input: 15, expected: [7, 8] },
  ],
);
