import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compareOutputs } from '../../../src/core/compress/tflm/compareOutputs';
import { oneGraphOf } from '../../../src/core/compress/tflm/oneGraph';
import { rewriteModel } from '../../../src/core/compress/tflm/rewriteModel';
import { fileOf } from '../../../src/core/compress/rewrite/fileOf';
import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';
import { mulberry32 } from '../../support/random';
import { integers } from './proved';

/** A recurrent cell over the rows of an input, as converters write it: rows of a list by SLICE and CONCATENATION. */
interface Cell {
  readonly passes: number;
  /** Rows of the list; as many as passes where a layer gives every step. */
  readonly rows: number;
  /** The first number of a pass. */
  readonly start: number;
  /** What the sum of row and state goes through. */
  readonly functions: readonly string[];
  /** The list is read by another operator of the body, too. */
  readonly isRead: boolean;
  /** What the model gives out: the list, the state of the last pass, or both. */
  readonly gives: 'list' | 'state' | 'both';
}

const plain: Cell = { passes: 3, rows: 3, start: 0, functions: ['TANH'], isRead: false, gives: 'list' };

function cellLoop({ passes, rows, start, functions, isRead, gives }: Cell): Model {
  const scalar = (name: string): Tensor => tensor(name, 'int32', []);
  const row = (name: string): Tensor => tensor(name, 'float32', [1, 2]);
  const list = (name: string): Tensor => tensor(name, 'float32', [rows, 2]);
  const input = tensor('x', 'float32', [passes + start, 2]);
  const plainAdd = { options: options('AddOptions', { fusedActivationFunction: 'NONE' }) };
  const joined = { options: options('ConcatenationOptions', { axis: 0 }) };
  const zeros = Array.from({ length: 2 * rows }, () => 0);
  const outputs = { list: [5], state: [6], both: [5, 6] }[gives];
  const main = graph(
    [
      ...[input, integers('start', [start], []), floats('list', [rows, 2], zeros), floats('h', [1, 2], [0, 0])],
      ...[scalar('i'), list('all'), row('last'), tensor('same', 'float32', [passes + start, 2])],
    ],
    [
      operator('WHILE', [1, 2, 3, 0], [4, 5, 6, 7], {
        options: options('WhileOptions', { condSubgraphIndex: 1, bodySubgraphIndex: 2 }),
      }),
    ],
    { inputs: [0], outputs },
  );
  const states = [scalar('i'), list('l'), row('h'), tensor('x', 'float32', [passes + start, 2])];
  const condition = graph(
    [...states, integers('limit', [start + passes], []), tensor('goes on', 'bool', [])],
    [operator('LESS', [0, 4], [5])],
    { inputs: [0, 1, 2, 3], outputs: [5] },
  );
  const tensors: Tensor[] = [...states];
  const operators: Operator[] = [];
  const add = (each: Tensor): number => tensors.push(each) - 1;
  const made = (kind: string, inputs: readonly number[], to: Tensor, more: Partial<Operator> = {}): number => {
    const output = add(to);
    operators.push(operator(kind, inputs, [output], more));
    return output;
  };
  const next = made('ADD', [0, add(integers('one', [1], []))], scalar('next'), plainAdd);
  const taken = made('GATHER', [3, 0], row('row'), { options: options('GatherOptions', { axis: 0, batchDims: 0 }) });
  let state = made('ADD', [taken, 2], row('sum'), plainAdd);
  for (const kind of functions) state = made(kind, [state], row(kind));
  if (isRead) {
    const first = [add(integers('first', [0, 0])), add(integers('single', [1, 2]))];
    state = made('ADD', [state, made('SLICE', [1, ...first], row('of the list'))], row('with the list'), plainAdd);
  }
  const single = add(integers('as a list', [1]));
  const upTo = made(
    'CONCATENATION',
    [made('RESHAPE', [0, single], tensor('i1', 'int32', [1])), add(integers('rest', [-1]))],
    tensor('size', 'int32', [2]),
    joined,
  );
  const before = made('SLICE', [1, add(integers('begin', [0, 0])), upTo], row('before'));
  const from = made(
    'CONCATENATION',
    [made('RESHAPE', [next, single], tensor('n1', 'int32', [1])), add(integers('zero', [0]))],
    tensor('from', 'int32', [2]),
    joined,
  );
  const after = made('SLICE', [1, from, add(integers('all', [-1, -1]))], row('after'));
  const written = made('CONCATENATION', [before, state, after], list('written'), joined);
  return model([
    main,
    condition,
    graph(tensors, operators, { inputs: [0, 1, 2, 3], outputs: [next, written, state, 3] }),
  ]);
}

check(
  'rewrite for TFLM: loops as one graph',
  (cell: Partial<Cell>) => {
    const [first, ...others] = oneGraphOf(cellLoop({ ...plain, ...cell })).model.graphs;
    return [...first.operators.map(({ kind }) => kind), ...(others.length > 0 ? ['and more graphs'] : [])];
  },
  [
    {
      name: 'whose rows are joined at the end',
      input: { passes: 2, rows: 2 },
      expected: ['GATHER', 'ADD', 'TANH', 'GATHER', 'ADD', 'TANH', 'CONCATENATION'],
    },
    {
      name: 'of which the last state is read',
      input: { passes: 2, rows: 2, gives: 'state' },
      expected: ['GATHER', 'ADD', 'TANH', 'GATHER', 'ADD', 'TANH'],
    },
    {
      name: 'whose list is read while it grows',
      input: { passes: 1, rows: 1, isRead: true },
      expected: ['GATHER', 'ADD', 'TANH', 'SLICE', 'ADD', 'CONCATENATION'],
    },
  ],
);

it('rewrite for TFLM: random loops mean the same as a loop and as one graph', async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = mulberry32(seed);
    const pick = <Value>(...values: readonly Value[]): Value => values[Math.floor(random() * values.length)];
    const [passes, start] = [pick(1, 2, 3, 12), pick(0, 0, 0, 1)];
    const source = fileOf(
      cellLoop({
        passes,
        rows: start + passes + pick(0, 0, 1),
        start,
        functions: pick(['TANH'], ['LOGISTIC', 'NEG'], [], ['ABS']),
        isRead: pick(false, false, true),
        gives: pick('list', 'state', 'both'),
      }),
    ).model;
    const whole = oneGraphOf(source).model;
    for (const each of [whole, rewriteModel(source).model]) {
      const { decision, warning } = await compareOutputs(source, fileOf(each).model);
      assert.equal(warning, undefined, `seed ${seed}`);
      assert.match(decision!, /all values are equal/, `seed ${seed}`);
    }
  }
});
