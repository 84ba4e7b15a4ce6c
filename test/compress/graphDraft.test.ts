import {
  addTensor,
  draftOf,
  dropDeadOperators,
  producerOf,
  readerCount,
  redirect,
} from '../../src/core/compress/rewrite/graphDraft';
import type { GraphDraft } from '../../src/core/compress/rewrite/graphDraft';
import { graph, operator, tensor } from '../support/build';
import { check } from '../support/check';

/** x -> ABS -> a -> NEG -> b, a -> RELU -> c; b and a are given out, nobody reads c. */
function draft(): GraphDraft {
  const names = ['x', 'a', 'b', 'c'];
  return draftOf(
    graph(
      names.map((name) => tensor(name, 'float32', [1])),
      [operator('ABS', [0], [1]), operator('NEG', [1], [2]), operator('RELU', [1], [3])],
      { inputs: [0], outputs: [2, 1] },
    ),
  );
}

const kinds = ({ operators }: GraphDraft): readonly string[] => operators.map(({ kind }) => kind);

check('readers of a tensor, the graph itself among them', (index: number) => readerCount(draft(), index), [
  { name: 'an input that one operator reads', input: 0, expected: 1 },
  { name: 'two operators and the graph', input: 1, expected: 3 },
  { name: 'the graph alone', input: 2, expected: 1 },
  { name: 'nobody', input: 3, expected: 0 },
]);

check('the operator that computes a tensor', (index: number) => producerOf(draft(), index)?.kind, [
  { name: 'of an input there is none', input: 0, expected: undefined },
  { name: 'of a result its own', input: 2, expected: 'NEG' },
]);

check(
  'operators that are left when readers read something else',
  ([from, to]: readonly [number, number]) => {
    const changed = draft();
    redirect(changed, from, to);
    const dropped = dropDeadOperators(changed);
    return { dropped, kinds: kinds(changed), outputs: changed.outputs };
  },
  [
    {
      name: 'nothing moved: only what nobody reads goes',
      input: [3, 3],
      expected: { dropped: 1, kinds: ['ABS', 'NEG'], outputs: [2, 1] },
    },
    { name: 'past NEG', input: [2, 1], expected: { dropped: 2, kinds: ['ABS'], outputs: [1, 1] } },
    {
      name: 'past ABS, whose readers read the input',
      input: [1, 0],
      expected: { dropped: 2, kinds: ['NEG'], outputs: [2, 0] },
    },
  ],
);

check(
  'a tensor that is added',
  () => {
    const changed = draft();
    const index = addTensor(changed, tensor('new', 'int8', [2]));
    return { index, own: changed.tensors[index].index, before: draft().tensors.length };
  },
  [{ name: 'takes the next number', input: undefined, expected: { index: 4, own: 4, before: 4 } }],
);
