import { lifetimesOf, type ScratchRequest } from '../../../src/core/runtimes/tflm/lifetimes';
import type { Model } from '../../../src/core/model/model';
import { graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';

function byte(name: string): ReturnType<typeof tensor> {
  return tensor(name, 'int8', [1]);
}

const chain = model(
  graph(
    ['in', 'a', 'b', 'out', 'unused'].map(byte),
    [operator('RELU', [0], [1]), operator('ADD', [1, 0], [2]), operator('RELU', [2, -1], [3])],
    { inputs: [0], outputs: [3] },
  ),
);

/** Graph 0 runs `IF` between two operators; the branches have one operator each. */
const branches = model([
  graph(
    ['condition', 'in', 'chosen', 'out'].map(byte),
    [
      operator('IF', [0, 1], [2], { options: options('IfOptions', { thenSubgraphIndex: 1, elseSubgraphIndex: 2 }) }),
      operator('RELU', [2], [3]),
    ],
    { inputs: [0, 1], outputs: [3] },
  ),
  graph(['x', 'y'].map(byte), [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] }),
  graph(['x', 'y'].map(byte), [operator('ABS', [0], [1])], { inputs: [0], outputs: [1] }),
]);

const recursive = model(
  graph([byte('in')], [operator('CALL_ONCE', [], [], { options: options('CallOnceOptions') })], { inputs: [0] }),
);

const missing = model(
  graph([], [operator('CALL_ONCE', [], [], { options: options('CallOnceOptions', { initSubgraphIndex: 7 }) })]),
);

interface Input {
  readonly model: Model;
  readonly scratch: readonly ScratchRequest[];
}

check(
  'lifetimes: first and last step of each buffer',
  (input: Input) => {
    const lifetimes = lifetimesOf(input.model, input.scratch);
    if ('reason' in lifetimes) throw new Error(lifetimes.reason);
    return Array.from(lifetimes.first, (first, index) => [first, lifetimes.last[index]]);
  },
  [
    {
      name: 'inputs live from step 0, outputs to the last step, unused tensors never',
      input: { model: chain, scratch: [] },
      expected: [
        [0, 2],
        [1, 2],
        [2, 3],
        [3, 3],
        [-1, -1],
      ],
    },
    {
      name: 'scratch lives while its operator runs',
      input: { model: chain, scratch: [{ graph: 0, operator: 1, bytes: 8 }] },
      expected: [
        [0, 2],
        [1, 2],
        [2, 3],
        [3, 3],
        [-1, -1],
        [2, 2],
      ],
    },
    {
      // Steps: IF 1, then 2 with its operator 3, else 4 with its operator 5, RELU 6.
      name: 'branches count on, and what the operator takes lives through both',
      input: { model: branches, scratch: [{ graph: 0, operator: 0, bytes: 8 }] },
      expected: [
        [0, 5],
        [0, 5],
        [1, 6],
        [6, 6],
        [2, 3],
        [3, 3],
        [4, 5],
        [5, 5],
        [1, 5],
      ],
    },
    {
      name: 'a graph that calls itself',
      input: { model: recursive, scratch: [] },
      fails:
        'A graph of the model calls itself, which the interpreter cannot run. Unroll the recursion before converting the model.',
    },
    {
      name: 'a graph that is not there',
      input: { model: missing, scratch: [] },
      fails: 'The operator calls graph 7, which the model does not have.',
    },
  ],
);
