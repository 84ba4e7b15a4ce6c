import {
  calledGraphs,
  graphOffsets,
  lifetimesOf,
  tensorCount,
  type ScratchRequest,
} from '../../../src/core/runtimes/tflm/lifetimes';
import type { Model, Operator } from '../../../src/core/model/model';
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

/** An operator that runs this graph once. */
function calling(initSubgraphIndex: number): Operator {
  return operator('CALL_ONCE', [], [], { options: options('CallOnceOptions', { initSubgraphIndex }) });
}

/** `graphs` graphs of which each calls the next. */
function nested(graphs: number): Model {
  return model(Array.from({ length: graphs }, (_, index) => graph([], index + 1 < graphs ? [calling(index + 1)] : [])));
}

/** So many calls of a graph with 998 operators: 1000 steps each; and as many operators more. */
function long(calls: number, more: number): Model {
  const some = (count: number): Operator[] => Array.from({ length: count }, () => operator('RELU', [], []));
  return model([graph([], [...Array.from({ length: calls }, () => calling(1)), ...some(more)]), graph([], some(998))]);
}

/**
 * The operators of a called graph name no tensor where they could: none of those before theirs lives longer by that.
 */
const absent = model([
  graph(['a', 'b'].map(byte), [calling(1)], { inputs: [0], outputs: [] }),
  graph(['x', 'y'].map(byte), [operator('RELU', [-1], [0]), operator('RELU', [0], [-1])], { outputs: [0] }),
]);

/** The output is made in step 1, and made again in step 3. */
const again = model(
  graph(
    ['out', 'a', 'b'].map(byte),
    [operator('RELU', [1], [0]), operator('RELU', [0], [2]), operator('RELU', [2], [0])],
    { inputs: [1], outputs: [0] },
  ),
);

/**
 * Nothing reads what the first operator makes: it lives while the operator runs, like the one that has the number 0.
 */
const unread = model(
  graph(['made', 'in', 'out'].map(byte), [operator('RELU', [1], [0]), operator('ABS', [1], [2])], {
    inputs: [1],
    outputs: [2],
  }),
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
      // CALL_ONCE 1, its graph 2, the operators 3 and 4.
      name: 'operators without tensors touch none',
      input: { model: absent, scratch: [] },
      expected: [
        [0, 0],
        [-1, -1],
        [3, 4],
        [-1, -1],
      ],
    },
    {
      name: 'a tensor that is made twice begins the first time',
      input: { model: again, scratch: [] },
      expected: [
        [1, 3],
        [0, 1],
        [2, 3],
      ],
    },
    {
      name: 'a tensor that nothing reads lives while it is made',
      input: { model: unread, scratch: [] },
      expected: [
        [1, 1],
        [0, 2],
        [2, 2],
      ],
    },
    {
      name: 'graphs 101 deep',
      input: { model: nested(101), scratch: [] },
      fails:
        'The graphs of the model call each other more than 100 deep, so the arena is not planned. Check how the model was made.',
    },
    {
      name: '200,001 steps',
      input: { model: long(200, 1), scratch: [] },
      fails:
        'The graphs of the model call each other more than 200000 times, so the arena is not planned. Check how the model was made.',
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

/** How many steps there are, step 0 included, and at which each operator runs. */
function stepsOf(given: Model): { readonly count: number; readonly at: readonly (readonly [string, number])[] } {
  const lifetimes = lifetimesOf(given, []);
  if ('reason' in lifetimes) throw new Error(lifetimes.reason);
  return { count: lifetimes.stepCount, at: lifetimes.steps.map(({ operator: { kind }, step }) => [kind, step]) };
}

check('lifetimes: steps', stepsOf, [
  {
    name: 'one for each operator',
    input: chain,
    expected: {
      count: 4,
      at: [
        ['RELU', 1],
        ['ADD', 2],
        ['RELU', 3],
      ],
    },
  },
  {
    name: 'one more for each call',
    input: branches,
    expected: {
      count: 7,
      at: [
        ['IF', 1],
        ['RELU', 3],
        ['ABS', 5],
        ['RELU', 6],
      ],
    },
  },
  { name: 'no graph', input: model([]), expected: { count: 1, at: [] } },
]);

check('lifetimes: as many steps and graphs as are followed', (given: Model) => stepsOf(given).count, [
  { name: '200,000 steps', input: long(200, 0), expected: 200_001 },
  // 99 calls with a step each for the operator and the call.
  { name: 'graphs 100 deep', input: nested(100), expected: 199 },
]);

check(
  'lifetimes: where the walk fails',
  (given: Model) => {
    const lifetimes = lifetimesOf(given, []);
    return 'reason' in lifetimes ? [lifetimes.graph, lifetimes.operator] : 'walked';
  },
  [
    {
      name: 'at the operator of the called graph',
      input: model([graph([], [calling(1)]), graph([], [operator('RELU', [], []), calling(9)])]),
      expected: [1, 1],
    },
    { name: 'at the operator that calls its own graph', input: recursive, expected: [0, 0] },
    {
      name: 'a graph may be called twice',
      input: model([graph([], [calling(1), calling(1)]), graph([], [])]),
      expected: 'walked',
    },
  ],
);

check('the graphs that an operator runs', calledGraphs, [
  {
    name: 'IF: then and else',
    input: operator('IF', [], [], { options: options('IfOptions', { thenSubgraphIndex: 3, elseSubgraphIndex: 2 }) }),
    expected: [3, 2],
  },
  {
    name: 'WHILE: condition and body',
    input: operator('WHILE', [], [], {
      options: options('WhileOptions', { condSubgraphIndex: 4, bodySubgraphIndex: 1 }),
    }),
    expected: [4, 1],
  },
  { name: 'IF without options', input: operator('IF', [], []), expected: [0, 0] },
  { name: 'WHILE without options', input: operator('WHILE', [], []), expected: [0, 0] },
  { name: 'CALL_ONCE without options', input: operator('CALL_ONCE', [], []), expected: [0] },
  { name: 'any other', input: operator('ADD', [], []), expected: [] },
]);

check('positions of tensors', (given: Model) => [graphOffsets(given), tensorCount(given)], [
  { name: 'no graph', input: model([]), expected: [[0], 0] },
  { name: 'one after the other', input: branches, expected: [[0, 4, 6, 8], 8] },
]);
