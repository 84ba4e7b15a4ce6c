import { disordersOf } from '../../src/core/model/disorder';
import { floats, graph, operator, tensor } from '../support/build';
import { check } from '../support/check';

const tensors = [
  tensor('x', 'float32', [1]),
  tensor('a', 'float32', [1]),
  tensor('b', 'float32', [1]),
  floats('c', [1], [1]),
  tensor('state', 'float32', [1], { isVariable: true }),
  tensor('empty', 'int32', [0]),
];

/** Pairs of inputs and outputs, one for each operator, as `operator tensor writer`. */
check(
  'the order of operators',
  (operators: readonly (readonly [readonly number[], readonly number[]])[]) =>
    disordersOf(
      graph(
        tensors,
        operators.map(([inputs, outputs]) => operator('ADD', inputs, outputs)),
        { inputs: [0], outputs: [2] },
      ),
    ).map(
      ({ operator: { index }, tensor: { name }, writer }) =>
        `${index} ${name} ${typeof writer === 'string' ? writer : writer.index}`,
    ),
  [
    {
      name: 'inputs, constants, variables, what is left out and what is written before are there',
      input: [
        [[0, 3], [1]],
        [[1, -1, 4, 5], [2]],
      ],
      expected: [],
    },
    {
      name: 'what is written later is not',
      input: [
        [[1, 0], [2]],
        [[0, 3], [1]],
      ],
      expected: ['0 a 1'],
    },
    {
      name: 'two operators that wait for each other: the first',
      input: [
        [[1], [2]],
        [[2], [1]],
      ],
      expected: ['0 a 1'],
    },
    { name: 'what nobody writes', input: [[[0, 1], [2]]], expected: ['0 a nobody'] },
    { name: 'its own output', input: [[[1], [1]]], expected: ['0 a itself'] },
    { name: 'its own output, an input of the graph', input: [[[0, 0], [0]]], expected: ['0 x itself'] },
  ],
);

check(
  'scratch memory of operators that TF Lite does not have',
  (kind: string) => disordersOf(graph(tensors, [operator(kind, [0, 1], [2])], { inputs: [0], outputs: [2] })).length,
  [
    { name: 'nobody has to write it', input: 'CUSTOM', expected: 0 },
    { name: 'all other inputs somebody has', input: 'ADD', expected: 1 },
  ],
);
