import { dependenciesOf } from '../../../src/core/compress/fit/order/dependencies';
import { orderOf } from '../../../src/core/compress/fit/order/orderSearch';
import type { Graph } from '../../../src/core/model/model';
import { check } from '../../support/check';
import { graph, operator, tensor } from '../../support/build';

const never = (): boolean => false;

/** Tensors of these bytes, the first the input, the last the output; operators as `[kind, inputs, outputs]`. */
function network(
  bytes: readonly number[],
  operators: readonly (readonly [string, readonly number[], readonly number[]])[],
  variables: readonly number[] = [],
): Graph {
  return graph(
    bytes.map((size, index) => tensor(`t${index}`, 'int8', [size], { isVariable: variables.includes(index) })),
    operators.map(([kind, inputs, outputs]) => operator(kind, inputs, outputs)),
    { inputs: [0], outputs: [bytes.length - 1] },
  );
}

function orderOfBytes(net: Graph): readonly number[] {
  const sizes = { tensorBytes: (index: number) => net.tensors[index].shape[0], scratchBytes: () => 0 };
  return orderOf(net, sizes, never);
}

/** Two branches of the input: each swells to 100 and shrinks to 10. */
const branches = network(
  [20, 100, 100, 10, 10, 20],
  [
    ['RELU', [0], [1]],
    ['RELU', [0], [2]],
    ['SUM', [1], [3]],
    ['SUM', [2], [4]],
    ['ADD', [3, 4], [5]],
  ],
);

check('order of operators: fewest bytes at the worst step', orderOfBytes, [
  // As given 20 + 100 + 100 are alive at the second operator; one branch after the other: 20 + 10 + 100.
  { name: 'one branch after the other', input: branches, expected: [0, 2, 1, 3, 4] },
  {
    name: 'a chain has one order',
    input: network(
      [8, 16, 8],
      [
        ['RELU', [0], [1]],
        ['RELU', [1], [2]],
      ],
    ),
    expected: [0, 1],
  },
  {
    // Branches of 100 -> 50 and 100 -> 10: the one that leaves less behind goes first: 20 + 10 + 100 instead of 170.
    name: 'the branch that leaves less behind first',
    input: network(
      [20, 100, 100, 50, 10, 20],
      [
        ['RELU', [0], [1]],
        ['SUM', [1], [3]],
        ['RELU', [0], [2]],
        ['SUM', [2], [4]],
        ['ADD', [3, 4], [5]],
      ],
    ),
    expected: [2, 3, 0, 1, 4],
  },
  { name: 'no operators', input: network([4], []), expected: [] },
]);

check(
  'order of operators: scratch counts where it is asked for',
  (scratch: readonly number[]) =>
    orderOf(
      branches,
      { tensorBytes: (index) => branches.tensors[index].shape[0], scratchBytes: (index) => scratch[index] },
      never,
    ),
  [
    { name: 'none', input: [0, 0, 0, 0, 0], expected: [0, 2, 1, 3, 4] },
    // First 20 + 100 + 60 are alive at it, last 10 more of the other branch.
    { name: 'much at the first branch', input: [60, 0, 0, 0, 0], expected: [0, 2, 1, 3, 4] },
    { name: 'much at the second branch', input: [0, 60, 0, 0, 0], expected: [1, 3, 0, 2, 4] },
  ],
);

check('order of operators: what must run before each', (net: Graph) => dependenciesOf(net), [
  {
    name: 'producers of its inputs',
    input: branches,
    expected: [[], [], [0], [1], [2, 3]],
  },
  {
    name: 'operators with effects stay in their order',
    input: network(
      [4, 4, 4, 4],
      [
        ['VAR_HANDLE', [], [1]],
        ['READ_VARIABLE', [1], [2]],
        ['RELU', [0], [3]],
        ['ASSIGN_VARIABLE', [1, 3], []],
      ],
    ),
    expected: [[], [0], [], [0, 2, 1]],
  },
  {
    name: 'operators that share a state tensor stay in their order',
    input: network(
      [4, 8, 4, 4],
      [
        ['SVDF', [0, 1], [2]],
        ['SVDF', [0, 1], [3]],
      ],
      [1],
    ),
    expected: [[], [0]],
  },
]);

check(
  'order of operators: a search that is called off keeps the order',
  (net: Graph) =>
    orderOf(net, { tensorBytes: (index) => net.tensors[index].shape[0], scratchBytes: () => 0 }, () => true),
  [{ name: 'as given', input: branches, expected: [0, 1, 2, 3, 4] }],
);
