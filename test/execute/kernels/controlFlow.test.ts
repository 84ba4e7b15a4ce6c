import { prepare } from '../../../src/core/execute/prepare';
import { underBudget } from '../../../src/core/model/budget';
import type { Graph, Model } from '../../../src/core/model/model';
import { heldValues } from '../../../src/core/model/values/real';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';

/** Loops, branches and states: how often graphs run, on what, and what ends them. */

const scalar = (name: string): ReturnType<typeof tensor> => tensor(name, 'float32', [1]);
const flag = tensor('flag', 'bool', [1]);

/** Whether the number is below `limit`. */
function below(limit: number): Graph {
  const test = operator('LESS', [0, 1], [2]);
  return graph([scalar('i'), floats('limit', [1], [limit]), flag], [test], {
    name: 'condition',
    inputs: [0],
    outputs: [2],
  });
}

/** The number and `step` more. */
function plus(step: number, name = 'body'): Graph {
  return graph([scalar('i'), floats('step', [1], [step]), scalar('next')], [operator('ADD', [0, 1], [2])], {
    name,
    inputs: [0],
    outputs: [2],
  });
}

function loop(limit: number, step: number): Model {
  const run = operator('WHILE', [0], [1], {
    options: options('WhileOptions', { condSubgraphIndex: 1, bodySubgraphIndex: 2 }),
  });
  return model([graph([scalar('x'), scalar('y')], [run], { inputs: [0], outputs: [1] }), below(limit), plus(step)]);
}

function branch(): Model {
  const run = operator('IF', [0, 1], [2], {
    options: options('IfOptions', { thenSubgraphIndex: 1, elseSubgraphIndex: 2 }),
  });
  const main = graph([flag, scalar('x'), scalar('y')], [run], { inputs: [0, 1], outputs: [2] });
  return model([main, plus(10, 'then'), plus(-10, 'else')]);
}

const bytesOf = (value: number): Uint8Array => new Uint8Array(Float32Array.of(value).buffer);

check(
  'WHILE: how far it gets',
  ([start, limit, step]: readonly [number, number, number]) => {
    const [result] = prepare(loop(limit, step), { rounding: 'double' }).invoke([bytesOf(start)]);
    return heldValues(result)[0];
  },
  [
    { name: 'not once: the inputs come out', input: [5, 5, 1], expected: 5 },
    { name: 'once', input: [4, 5, 1], expected: 5 },
    { name: 'past the limit', input: [0, 10, 4], expected: 12 },
    { name: 'from below zero', input: [-2, 0, 0.5], expected: 0 },
    { name: 'never for what is not a number', input: [NaN, 5, 1], expected: NaN },
  ],
);

check(
  'WHILE: again from the beginning at each inference',
  (starts: readonly number[]) => {
    const executable = prepare(loop(10, 3), { rounding: 'double' });
    return starts.map((start) => heldValues(executable.invoke([bytesOf(start)])[0])[0]);
  },
  [{ name: 'three inferences', input: [0, 9, 1], expected: [12, 12, 10] }],
);

check(
  'WHILE: which operators are observed',
  (start: number) => {
    const seen: string[] = [];
    prepare(loop(2, 1), { rounding: 'double' }).invoke([bytesOf(start)], ({ graph: { name }, operator: { kind } }) => {
      seen.push(`${name} ${kind}`);
    });
    return seen;
  },
  [
    {
      name: 'the last test finds an end',
      input: 1,
      expected: ['condition LESS', 'body ADD', 'condition LESS', 'main WHILE'],
    },
    { name: 'no body', input: 2, expected: ['condition LESS', 'main WHILE'] },
  ],
);

check(
  'WHILE: a budget ends what does not end by itself',
  (steps: number) => {
    const executable = prepare(loop(1, 0), { rounding: 'double' });
    return underBudget({ steps, bytes: 1e6 }, () => heldValues(executable.invoke([bytesOf(0)])[0])[0]);
  },
  [
    {
      name: 'a thousand steps',
      input: 1000,
      fails:
        'This model would take more computing than is given to one model here: its shapes or loops name more than any microcontroller holds. Convert it again with the shapes that are meant.',
    },
  ],
);

check(
  'IF: one of two graphs',
  ([condition, value]: readonly [number, number]) =>
    heldValues(prepare(branch(), { rounding: 'double' }).invoke([Uint8Array.of(condition), bytesOf(value)])[0])[0],
  [
    { name: 'true', input: [1, 5], expected: 15 },
    { name: 'false', input: [0, 5], expected: -5 },
    { name: 'whatever is not 0 is true', input: [2, 5], expected: 15 },
  ],
);

/** A graph that calls itself: what no converter writes and a damaged file may say. */
function calling(graphIndex: number): Model {
  const run = operator('IF', [0, 1], [2], {
    options: options('IfOptions', { thenSubgraphIndex: graphIndex, elseSubgraphIndex: graphIndex }),
  });
  const main = graph([flag, scalar('x'), scalar('y')], [run], { inputs: [0, 1], outputs: [2] });
  return model([main]);
}

check(
  'graphs that call themselves',
  (graphIndex: number) =>
    prepare(calling(graphIndex), { rounding: 'double' }).invoke([Uint8Array.of(1), bytesOf(0)]).length,
  [
    {
      name: 'without end',
      input: 0,
      fails: 'The graph "main" calls itself without end. Convert the model again.',
    },
  ],
);

/** Adds its input to a number that stays from one inference to the next. */
function counter(): Model {
  const handle = tensor('handle', 'resource', [1]);
  const named = options('VarHandleOptions', { container: '', sharedName: 'sum' });
  const operators = [
    operator('VAR_HANDLE', [], [1], { options: named }),
    operator('READ_VARIABLE', [1], [2]),
    operator('ADD', [0, 2], [3]),
    operator('ASSIGN_VARIABLE', [1, 3], []),
  ];
  return model(graph([scalar('x'), handle, scalar('before'), scalar('y')], operators, { inputs: [0], outputs: [3] }));
}

check(
  'states: what stays from one inference to the next',
  (steps: readonly (number | 'reset')[]) => {
    const executable = prepare(counter(), { rounding: 'double' });
    return steps.flatMap((step) => {
      if (step !== 'reset') return [heldValues(executable.invoke([bytesOf(step)])[0])[0]];
      executable.reset();
      return [];
    });
  },
  [
    { name: 'begins at nothing', input: [3], expected: [3] },
    { name: 'adds up', input: [3, 4, -2], expected: [3, 7, 5] },
    { name: 'begins anew after a reset', input: [3, 4, 'reset', 1], expected: [3, 7, 1] },
  ],
);

check(
  'states: two instances of a model share none',
  (value: number) => {
    const [first, second] = [prepare(counter(), { rounding: 'double' }), prepare(counter(), { rounding: 'double' })];
    first.invoke([bytesOf(value)]);
    return heldValues(second.invoke([bytesOf(1)])[0])[0];
  },
  [{ name: 'the second begins at nothing', input: 100, expected: 1 }],
);
