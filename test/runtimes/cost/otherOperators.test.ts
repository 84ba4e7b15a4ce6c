import type { DataType } from '../../../src/core/model/dataType';
import { selectors } from '../../../src/core/runtimes/cost/selectors';
import { graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';
import { callOf, type Case, countsOf } from './callOf';

/** Loops of operators that are rare in models; all expectations by hand. */

/** The variant, and the counts that are not 0. */
function calls(input: Case): unknown {
  return [callOf(input)?.variant, countsOf(input)];
}

type Shape = readonly number[];

/** One tensor of 2 x 7 values. */
function one(kind: string, type: DataType, to: DataType = type): Case {
  return { kind, inputs: [[type, [2, 7]]], output: [to, [2, 7]] };
}

const flat = { call: 1, element: 14 };

check('Loop counts of one tensor of 2 x 7 values', calls, [
  { name: 'ABS', input: one('ABS', 'int8'), expected: ['abs int8', flat] },
  { name: 'LEAKY_RELU', input: one('LEAKY_RELU', 'int16'), expected: ['leaky relu int16', flat] },
  { name: 'LOGICAL_NOT', input: one('LOGICAL_NOT', 'bool'), expected: ['logical not bool', flat] },
  { name: 'ELU', input: one('ELU', 'int8'), expected: ['elu int8', flat] },
  { name: 'SQUARE', input: one('SQUARE', 'float32'), expected: ['square float32', flat] },
  { name: 'RSQRT', input: one('RSQRT', 'float32'), expected: ['rsqrt float32', flat] },
  { name: 'DEQUANTIZE', input: one('DEQUANTIZE', 'int8', 'float32'), expected: ['dequantize int8 to float32', flat] },
  { name: 'CAST', input: one('CAST', 'int32', 'int8'), expected: ['cast int32 to int8', flat] },
  { name: 'a table of 16 bits', input: one('TANH', 'int16', 'int8'), expected: ['tanh int16 to int8', flat] },
]);

check(
  'Operators that are one loop over floats in every library',
  (kind: string) => [countsOf(one(kind, 'float32')), callOf(one(kind, 'float32'))?.shared],
  ['NEG', 'FLOOR', 'CEIL', 'ROUND', 'SQRT', 'EXP', 'LOG', 'SIN', 'COS'].map((kind) => ({
    name: kind,
    input: kind,
    expected: [flat, true],
  })),
);

function two(kind: string, type: DataType, [first, second, output]: readonly [Shape, Shape, Shape]): Case {
  return {
    kind,
    inputs: [
      [type, first],
      [type, second],
    ],
    output: [type, output],
  };
}

const six: readonly [Shape, Shape, Shape] = [
  [2, 3],
  [2, 3],
  [2, 3],
];
const leadingOnes: readonly [Shape, Shape, Shape] = [[1, 1, 6], [6], [1, 1, 6]];
// Both axes are of one input each: 1 loop, 4 runs of 3 values, the first input's value fixed in each.
const crossed: readonly [Shape, Shape, Shape] = [
  [4, 1],
  [1, 3],
  [4, 3],
];

check('Loop counts of comparisons, divisions and logic', calls, [
  { name: 'LESS', input: two('LESS', 'int8', six), expected: ['less int8', { call: 1, element: 6 }] },
  { name: 'EQUAL', input: two('EQUAL', 'float32', six), expected: ['equal float32', { call: 1, element: 6 }] },
  { name: 'NOT_EQUAL', input: two('NOT_EQUAL', 'bool', six), expected: ['not equal bool', { call: 1, element: 6 }] },
  {
    name: 'GREATER of a column and a row',
    input: two('GREATER', 'int8', crossed),
    expected: ['greater int8 broadcast', { call: 1, axis: 2, loop: 1, run: 4, elementFirstFixed: 12 }],
  },
  {
    name: 'LOGICAL_AND does not leave out leading ones',
    input: two('LOGICAL_AND', 'bool', leadingOnes),
    expected: ['logical and bool broadcast', { call: 1, axis: 3, run: 1, element: 6 }],
  },
  { name: 'LOGICAL_OR', input: two('LOGICAL_OR', 'bool', six), expected: ['logical or bool', { call: 1, element: 6 }] },
  {
    name: 'DIV leaves them out',
    input: two('DIV', 'float32', leadingOnes),
    expected: ['div float32', { call: 1, element: 6 }],
  },
  {
    name: 'SUB of int16 leaves them out',
    input: two('SUB', 'int16', leadingOnes),
    expected: ['sub int16', { call: 1, element: 6 }],
  },
  {
    name: 'SUB of int32 does not',
    input: two('SUB', 'int32', leadingOnes),
    expected: ['sub int32 broadcast', { call: 1, axis: 3, run: 1, element: 6 }],
  },
  {
    name: 'FLOOR_DIV by one value',
    input: two('FLOOR_DIV', 'float32', [[2, 3], [1], [2, 3]]),
    expected: ['floor div float32 broadcast', { call: 1, axis: 2, run: 1, elementSecondFixed: 6 }],
  },
  {
    name: 'FLOOR_MOD',
    input: two('FLOOR_MOD', 'int32', six),
    expected: ['floor mod int32', { call: 1, element: 6 }],
  },
  {
    name: 'SQUARED_DIFFERENCE',
    input: two('SQUARED_DIFFERENCE', 'int8', six),
    expected: ['squared difference int8', { call: 1, element: 6 }],
  },
  {
    name: 'MINIMUM is CMSIS-NN’s own: a four and two',
    input: two('MINIMUM', 'int8', six),
    expected: ['minimum int8', { call: 1, block4: 1, rest: 2 }],
  },
  {
    // The second input advances along the first and last axis, the first along all.
    name: 'an axis in the middle that only one input has',
    input: two('MAXIMUM', 'int8', [
      [2, 5, 3],
      [2, 1, 3],
      [2, 5, 3],
    ]),
    expected: ['maximum int8 broadcast', { call: 1, axis: 3, loop: 3, run: 10, element: 30 }],
  },
]);

function from(kind: string, input: Case['inputs'][number], output: Case['output'], more: Partial<Case> = {}): Case {
  return { kind, inputs: [input], output, ...more };
}

check('Loop counts of copies and parts', calls, [
  {
    // 15 floats are 60 bytes: 3 blocks of 16 and 3 words.
    name: 'SQUEEZE',
    input: from('SQUEEZE', ['float32', [1, 3, 5]], ['float32', [3, 5]]),
    expected: ['squeeze', { call: 1, copy: 1, copyBlock16: 3, copyWord: 3, copyByte: 60 }],
  },
  {
    // 70 bytes: a block of 64, a word, 2 left; a copy of an even length begins at a word every other time.
    name: 'EXPAND_DIMS',
    input: from('EXPAND_DIMS', ['int16', [35]], ['int16', [1, 35]]),
    expected: [
      'expand dims',
      { call: 1, copy: 1, copyBlock64: 1, copyWord: 1, copyTail: 1, copyByte: 70, copyUnaligned: 35 },
    ],
  },
  {
    name: 'READ_VARIABLE: what is read is the output',
    input: from('READ_VARIABLE', ['resource', [1]], ['int8', [7]]),
    expected: ['read variable', { call: 1, copy: 1, copySmallByte: 7 }],
  },
  {
    name: 'UNPACK along the middle axis, by -2: its one part has 2 outer indices',
    input: from('UNPACK', ['int8', [2, 1, 4]], ['int8', [2, 4]], { options: { axis: -2 } }),
    expected: ['unpack int8', { call: 1, part: 1, copy: 2, element: 8 }],
  },
  {
    name: 'UNPACK along an axis that is not there',
    input: from('UNPACK', ['int8', [2, 4]], ['int8', [4]], { options: { axis: 2 } }),
    expected: [undefined, {}],
  },
  {
    name: 'SPACE_TO_DEPTH: 2 x 3 pixels of 8 channels',
    input: from('SPACE_TO_DEPTH', ['int8', [1, 4, 6, 2]], ['int8', [1, 2, 3, 8]]),
    expected: ['space to depth int8', { call: 1, line: 2, row: 6, element: 48 }],
  },
  {
    name: 'DEPTH_TO_SPACE',
    input: from('DEPTH_TO_SPACE', ['int8', [1, 2, 3, 8]], ['int8', [1, 4, 6, 2]]),
    expected: ['depth to space int8', { call: 1, line: 4, row: 24, element: 48 }],
  },
  {
    name: 'RESIZE_NEAREST_NEIGHBOR of two images',
    input: from('RESIZE_NEAREST_NEIGHBOR', ['float32', [2, 2, 2, 3]], ['float32', [2, 4, 5, 3]]),
    expected: ['resize nearest neighbor float32', { call: 1, line: 8, row: 40, element: 120 }],
  },
  {
    name: 'SHAPE: a value for each axis',
    input: from('SHAPE', ['int8', [4, 5, 6]], ['int32', [3]]),
    expected: ['shape', { call: 1, value: 3 }],
  },
  {
    name: 'VAR_HANDLE',
    input: from('VAR_HANDLE', null, ['resource', [1]]),
    expected: ['var handle', { call: 1 }],
  },
  {
    name: 'MIRROR_PAD of three axes, 16 bits',
    input: from('MIRROR_PAD', ['int16', [2, 3, 4]], ['int16', [4, 3, 4]]),
    expected: ['mirror pad 16 bit', { call: 1, element: 48, elementAxis: 144 }],
  },
  {
    // The outermost axis grows from 1 to 4: the first image of 2 x 5 x 3 x 2 = 60 bytes is copied 3 times. Within it 2
    // rows of 3 values, 6 bytes, are written 5 times each. Visited: the fifth axis, one image, its 2 rows.
    name: 'BROADCAST_TO over two axes',
    input: from('BROADCAST_TO', ['int16', [1, 2, 1, 3]], ['int16', [4, 2, 5, 3]]),
    expected: [
      'broadcast to',
      { call: 1, visit: 4, grown: 3, copy: 13, copyBlock16: 9, copyWord: 9, copyByte: 180, copySmallByte: 60 },
    ],
  },
  {
    name: 'GATHER_ND by one index each: a slice is a row of 2 x 4',
    input: {
      kind: 'GATHER_ND',
      inputs: [
        ['float32', [6, 2, 4]],
        ['int32', [3, 1]],
      ],
      output: ['float32', [3, 2, 4]],
    },
    expected: ['gather nd float32', { call: 1, axis: 3, slice: 3, index: 3, element: 24 }],
  },
  {
    name: 'EMBEDDING_LOOKUP of bytes as floats: 3 rows of 5',
    input: {
      kind: 'EMBEDDING_LOOKUP',
      inputs: [
        ['int32', [3]],
        ['int8', [10, 5]],
      ],
      output: ['float32', [3, 5]],
    },
    expected: ['embedding lookup int8 to float32', { call: 1, row: 3, element: 15 }],
  },
  {
    name: 'TRANSPOSE of four axes in 16 bits: 1 + 2 + 6 loops',
    input: from('TRANSPOSE', ['int16', [5, 4, 3, 2]], ['int16', [2, 3, 4, 5]]),
    expected: ['transpose int16', { call: 1, axis: 4, loop: 9, run: 24, element: 120 }],
  },
]);

check('Loop counts of reductions and rows', calls, [
  {
    // Axis 0 is compared with one and found; axis 1 is compared and kept. Carries: 12 / 4.
    name: 'REDUCE_MIN along the first axis',
    input: {
      kind: 'REDUCE_MIN',
      inputs: [
        ['int8', [3, 4]],
        ['int32', [1], [0]],
      ],
      output: ['int8', [4]],
    },
    expected: [
      'reduce min int8',
      { call: 1, output: 4, element: 12, elementAxis: 24, elementCompared: 24, elementKept: 12, carry: 3 },
    ],
  },
  {
    name: 'SOFTMAX of floats: 6 rows of 5',
    input: from('SOFTMAX', ['float32', [2, 3, 5]], ['float32', [2, 3, 5]]),
    expected: ['softmax float32', { call: 1, row: 6, element: 30 }],
  },
  {
    name: 'SOFTMAX to 16 bits',
    input: from('SOFTMAX', ['int16', [1, 5]], ['int16', [1, 5]]),
    expected: ['softmax int16', { call: 1, row: 1, element: 5 }],
  },
]);

/** CALL_ONCE of a graph with as many operators. */
function callOnce(operators: number): unknown {
  const calling = operator('CALL_ONCE', [], [], { options: options('CallOnceOptions', { initSubgraphIndex: 1 }) });
  const main = graph([], [calling]);
  const assigns = Array.from({ length: operators }, () => operator('ASSIGN_VARIABLE', [0, 0], []));
  const called = { ...graph([tensor('v', 'int8', [1])], assigns), index: 1 };
  const whole = { ...model(main), graphs: operators < 0 ? [main] : [main, called] };
  const context = {
    operator: main.operators[0],
    graph: main,
    model: whole,
    library: 'reference',
    path: 'none',
  } as const;
  return selectors.get('CALL_ONCE')?.(context)?.counts;
}

check('Calls of operators by CALL_ONCE: its own work is one and a half', callOnce, [
  { name: 'of a graph of two', input: 2, expected: { operatorCall: 3.5 } },
  { name: 'of an empty graph', input: 0, expected: { operatorCall: 1.5 } },
  { name: 'of a graph that is not there', input: -1, expected: undefined },
]);
