import type { Channels } from '../../../src/core/compress/channels/channels';
import { curveText } from '../../../src/core/compress/prune/curve';
import { filterImportance } from '../../../src/core/compress/prune/filterImportance';
import type { TradeOffCurve } from '../../../src/core/compress/prune/request';
import { inOrder } from '../../../src/core/compress/prune/searchPath';
import { selectByRatio } from '../../../src/core/compress/prune/selection';
import { floats, graph, operator, tensor } from '../../support/build';
import { check } from '../../support/check';

/** A dense layer `y` of one row of weights a channel, all of one group, then a layer that nothing may go from. */
function dense(rows: readonly (readonly number[])[]): Channels {
  const [count, size] = [rows.length, rows[0].length];
  const ids = rows.map((_, id) => id);
  return {
    graph: graph(
      [tensor('x', 'float32', [1, size]), floats('w', [count, size], rows.flat()), tensor('y', 'float32', [1, count])],
      [operator('FULLY_CONNECTED', [0, 1, -1], [2])],
      { inputs: [0], outputs: [2] },
    ),
    channels: ids.map((id) => ({ id, places: [{ tensor: 1, axis: 0, indices: [id] }] })),
    groups: [{ id: 0, layers: [0], channels: ids }],
    layers: [
      { operator: 0, kind: 'FULLY_CONNECTED', name: 'hidden', outputs: count, groups: [0] },
      { operator: 0, kind: 'FULLY_CONNECTED', name: 'scores', outputs: 2, groups: [], reason: 'It is an output.' },
    ],
  };
}

check(
  'importance of filters as shares of their mean',
  ({ rows, kind }: { rows: readonly (readonly number[])[]; kind: Parameters<typeof filterImportance>[1] }) =>
    [...filterImportance(dense(rows), kind)].map((value) => Number(value.toFixed(6))),
  [
    // Norms 7 and 1, mean 4.
    {
      name: 'sum of magnitudes',
      input: {
        rows: [
          [3, -4],
          [0, 1],
        ],
        kind: 'l1',
      },
      expected: [1.75, 0.25],
    },
    // Norms 5 and 1, mean 3.
    {
      name: 'root of squares',
      input: {
        rows: [
          [3, -4],
          [0, 1],
        ],
        kind: 'l2',
      },
      expected: [1.666667, 0.333333],
    },
    // Distances 1 + 5, 1 + 4 and 5 + 4, mean 20 / 3.
    {
      name: 'distance to the others: the one amid them matters least',
      input: { rows: [[0], [1], [5]], kind: 'geometric-median' },
      expected: [0.9, 0.75, 1.35],
    },
    { name: 'all zero: no division by the mean', input: { rows: [[0], [0]], kind: 'l2' }, expected: [0, 0] },
  ],
);

check('order of channels', (importances: readonly number[]) => inOrder([0, 1, 2], Float64Array.from(importances)), [
  { name: 'the least important first', input: [3, 1, 2], expected: [1, 2, 0] },
  { name: 'of equal ones the later first', input: [1, 1, 0.5], expected: [2, 1, 0] },
]);

const four = [[4], [1], [3], [2]];
const selection = (more: {
  ratio?: number;
  layers?: readonly { name: string; ratio: number }[];
}): readonly number[] => [...selectByRatio(dense(four), filterImportance(dense(four), 'l1'), { layers: [], ...more })];

check('channels that a ratio removes', selection, [
  { name: 'half of four: the two smallest', input: { ratio: 0.5 }, expected: [1, 3] },
  { name: 'a fifth of four is rounded to one', input: { ratio: 0.2 }, expected: [1] },
  { name: 'a tenth to none', input: { ratio: 0.1 }, expected: [] },
  { name: 'one stays however much is asked for', input: { ratio: 0.99 }, expected: [1, 3, 2] },
  {
    name: "a layer's own ratio before the one for all",
    input: { ratio: 0.75, layers: [{ name: 'hidden', ratio: 0.25 }] },
    expected: [1],
  },
  {
    name: 'no share of a whole',
    input: { ratio: 1 },
    fails: 'A ratio of 1 is not between 0 and 1. Write for instance 0.25 to remove a quarter of the channels.',
  },
  {
    name: 'a layer of which nothing may go',
    input: { layers: [{ name: 'scores', ratio: 0.5 }] },
    fails: '"scores" cannot be pruned. It is an output. Choose another layer.',
  },
  {
    name: 'a name that is nearly one',
    input: { layers: [{ name: 'hiden', ratio: 0.5 }] },
    fails: 'There is no layer with weights called "hiden". Did you mean "hidden"?',
  },
]);

check('a curve for other programs', (points: TradeOffCurve['points']) => curveText({ points } as TradeOffCurve), [
  {
    name: 'what is not known stays empty',
    input: [
      { index: 0, totals: { macs: 8, arenaBytes: 64 } as never, removedChannels: 0 },
      {
        ...{ index: 1, totals: { macs: 4, ms: 2.5 } as never, removedChannels: 3, repaired: true },
        fidelity: { sqnrDb: 20, top1Agreement: 0.5 },
      },
    ],
    expected: [
      'point,arenaBytes,flashBytes,instructions,cycles,ms,macs,removedChannels,top1Agreement,accuracy,sqnrDb,repaired',
      '0,64,,,,,8,0,,,,0',
      '1,,,,,2.5,4,3,0.5,,20,1',
    ].join('\n'),
  },
]);
