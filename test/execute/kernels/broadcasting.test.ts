import { broadcastIndices, positiveAxis, stridesOf, viewIndices } from '../../../src/core/execute/broadcast';
import { check } from '../../support/check';
import type { Case } from './oneOperator';
import { c, out, stored, x } from './oneOperator';

/** Shapes of every rank against each other; all expectations by hand. */

check('elements from one step to the next', stridesOf, [
  { name: 'a scalar', input: [], expected: [] },
  { name: 'a vector', input: [5], expected: [1] },
  { name: 'three dimensions', input: [2, 3, 4], expected: [12, 4, 1] },
  { name: 'a dimension of nothing', input: [2, 0, 4], expected: [0, 4, 1] },
]);

check('an axis counted from the end', ([axis, rank]: readonly [number, number]) => positiveAxis(axis, rank), [
  { name: 'the first', input: [0, 4], expected: 0 },
  { name: 'the last', input: [-1, 4], expected: 3 },
  { name: 'the first from the end', input: [-4, 4], expected: 0 },
]);

check(
  'a strided view',
  ([shape, strides, start]: readonly [readonly number[], readonly number[], number?]) => [
    ...viewIndices(shape, strides, start),
  ],
  [
    { name: 'a scalar', input: [[], []], expected: [0] },
    {
      name: 'rows become columns',
      input: [
        [3, 2],
        [1, 3],
      ],
      expected: [0, 3, 1, 4, 2, 5],
    },
    { name: 'from the end', input: [[3], [-1], 2], expected: [2, 1, 0] },
    { name: 'every second', input: [[2, 2], [4, 2], 1], expected: [1, 3, 5, 7] },
    { name: 'one element again and again', input: [[2, 2], [0, 0], 5], expected: [5, 5, 5, 5] },
    {
      name: 'nothing',
      input: [
        [2, 0],
        [1, 1],
      ],
      expected: [],
    },
  ],
);

check(
  'which element is meant where a shape is broadcast',
  ([from, shape]: readonly [readonly number[], readonly number[]]) => {
    const indices = broadcastIndices(from, shape);
    return indices && [...indices];
  },
  [
    {
      name: 'the same shape',
      input: [
        [2, 2],
        [2, 2],
      ],
      expected: undefined,
    },
    {
      name: 'ones in front change nothing',
      input: [
        [2, 2],
        [1, 1, 2, 2],
      ],
      expected: undefined,
    },
    { name: 'a scalar', input: [[], [2, 2]], expected: [0, 0, 0, 0] },
    { name: 'a row', input: [[2], [2, 2]], expected: [0, 1, 0, 1] },
    {
      name: 'a column',
      input: [
        [2, 1],
        [2, 2],
      ],
      expected: [0, 0, 1, 1],
    },
    {
      name: 'the middle of three',
      input: [
        [2, 1, 2],
        [2, 2, 2],
      ],
      expected: [0, 1, 0, 1, 2, 3, 2, 3],
    },
    {
      name: 'to nothing',
      input: [
        [1, 2],
        [0, 2],
      ],
      expected: [],
    },
  ],
);

/** An operator of two inputs of float32. */
function floats(
  kind: string,
  first: readonly [readonly number[], readonly number[]],
  second: readonly [readonly number[], readonly number[]],
  shape: readonly number[],
): Case {
  return { kind, inputs: [x('float32', ...first), x('float32', ...second)], output: out('float32', shape) };
}

check('two inputs of other ranks', stored, [
  {
    name: 'ADD of a scalar',
    input: floats(
      'ADD',
      [[], [10]],
      [
        [2, 2],
        [1, 2, 3, 4],
      ],
      [2, 2],
    ),
    expected: [11, 12, 13, 14],
  },
  {
    name: 'SUB of a column from a row',
    input: floats(
      'SUB',
      [[3], [1, 2, 3]],
      [
        [2, 1],
        [10, 20],
      ],
      [2, 3],
    ),
    expected: [-9, -8, -7, -19, -18, -17],
  },
  {
    name: 'MUL where each is broadcast along the other',
    input: floats(
      'MUL',
      [
        [2, 1, 1, 2],
        [1, 2, 3, 4],
      ],
      [
        [1, 2, 1, 1],
        [10, 100],
      ],
      [2, 2, 1, 2],
    ),
    expected: [10, 20, 100, 200, 30, 40, 300, 400],
  },
  {
    name: 'DIV by a row',
    input: floats(
      'DIV',
      [
        [2, 2],
        [4, 9, 8, 27],
      ],
      [[2], [2, 3]],
      [2, 2],
    ),
    expected: [2, 3, 4, 9],
  },
  {
    name: 'MINIMUM of a column and a row',
    input: floats(
      'MINIMUM',
      [
        [2, 1],
        [2, 5],
      ],
      [
        [1, 3],
        [1, 3, 9],
      ],
      [2, 3],
    ),
    expected: [1, 2, 2, 1, 3, 5],
  },
  {
    name: 'FLOOR_DIV of a row by a scalar',
    input: floats('FLOOR_DIV', [[3], [7, -7, 6]], [[1], [2]], [3]),
    expected: [3, -4, 3],
  },
  {
    name: 'SQUARED_DIFFERENCE of a row and a matrix',
    input: floats(
      'SQUARED_DIFFERENCE',
      [[2], [1, 5]],
      [
        [2, 2],
        [1, 2, 4, 8],
      ],
      [2, 2],
    ),
    expected: [0, 9, 9, 9],
  },
  {
    name: 'LESS of a column and a row',
    input: {
      ...floats(
        'LESS',
        [
          [2, 1],
          [2, 5],
        ],
        [
          [1, 3],
          [1, 3, 9],
        ],
        [2, 3],
      ),
      output: out('bool', [2, 3]),
    },
    expected: [0, 1, 1, 0, 0, 1],
  },
  {
    name: 'NOT_EQUAL of a scalar',
    input: { ...floats('NOT_EQUAL', [[1], [2]], [[3], [1, 2, 3]], [3]), output: out('bool', [3]) },
    expected: [1, 0, 1],
  },
  {
    name: 'LOGICAL_AND of a row and a column',
    input: {
      kind: 'LOGICAL_AND',
      inputs: [x('bool', [2], [1, 0]), x('bool', [2, 1], [1, 0])],
      output: out('bool', [2, 2]),
    },
    expected: [1, 0, 0, 0],
  },
  {
    name: 'SELECT_V2 of three shapes',
    input: {
      kind: 'SELECT_V2',
      inputs: [x('bool', [2, 1], [1, 0]), x('float32', [1, 2], [1, 2]), x('float32', [1], [9])],
      output: out('float32', [2, 2]),
    },
    expected: [1, 2, 9, 9],
  },
  {
    name: 'BROADCAST_TO',
    input: {
      kind: 'BROADCAST_TO',
      inputs: [x('float32', [2, 1], [4, 7]), c('int32', [3], [2, 2, 2])],
      output: out('float32', [2, 2, 2]),
    },
    expected: [4, 4, 7, 7, 4, 4, 7, 7],
  },
  {
    name: 'PRELU with a slope for each channel',
    input: {
      kind: 'PRELU',
      inputs: [x('float32', [1, 1, 2, 2], [-1, -1, 3, -4]), c('float32', [1, 1, 2], [0.5, 2])],
      output: out('float32', [1, 1, 2, 2]),
    },
    expected: [-0.5, -2, 3, -8],
  },
]);

check('stops at what a device stops at', stored, [
  {
    name: 'FLOOR_DIV by 0',
    input: floats('FLOOR_DIV', [[2], [1, 2]], [[2], [1, 0]], [2]),
    fails: 'Operator 0 (FLOOR_DIV) divides by 0, at which a device stops. Give other inputs.',
  },
]);
