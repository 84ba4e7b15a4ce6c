import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { integers } from './proved';

/** A recurrent cell over the rows of an input, as converters write it: rows of a list by SLICE and CONCATENATION. */
export interface CellLoop {
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

const plain: CellLoop = { passes: 3, rows: 3, start: 0, functions: ['TANH'], isRead: false, gives: 'list' };

/** A model of one such loop; what is not said is that of a layer that gives the states of 3 steps. */
export function cellLoop(cell: Partial<CellLoop> = {}): Model {
  const { passes, rows, start, functions, isRead, gives } = { ...plain, ...cell };
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
