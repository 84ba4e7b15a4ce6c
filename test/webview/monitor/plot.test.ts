import { nearestIndex, Series, spanOf } from '../../../webview/monitor/plot/series';
import type { Points, Span } from '../../../webview/monitor/plot/series';
import { curvePoints, thinned, valueRange } from '../../../webview/monitor/plot/thin';
import { check } from '../../support/check';

type Pairs = readonly (readonly [number, number])[];

function seriesOf(pairs: Pairs, limit?: number): Series {
  const series = new Series(limit);
  for (const [x, y] of pairs) series.add(x, y);
  return series;
}

function pairsOf({ x, y }: Points): Pairs {
  return [...x].map((value, index) => [value, y[index]]);
}

function contentOf(series: Series): Pairs {
  return Array.from({ length: series.length }, (_, index) => [series.xAt(index), series.yAt(index)]);
}

check(
  'plot buffer: what is kept',
  ({ pairs, limit }: { pairs: Pairs; limit: number }) => contentOf(seriesOf(pairs, limit)),
  [
    { name: 'nothing', input: { pairs: [], limit: 3 }, expected: [] },
    {
      name: 'all within the limit, in order',
      input: {
        pairs: [
          [1, 10],
          [2, 20],
          [3, 30],
        ],
        limit: 3,
      },
      expected: [
        [1, 10],
        [2, 20],
        [3, 30],
      ],
    },
    {
      name: 'the oldest go beyond the limit',
      input: {
        pairs: [
          [1, 10],
          [2, 20],
          [3, 30],
          [4, 40],
          [5, 50],
        ],
        limit: 3,
      },
      expected: [
        [3, 30],
        [4, 40],
        [5, 50],
      ],
    },
  ],
);

check(
  'plot buffer: growth',
  (count: number) => {
    const series = new Series(4096);
    for (let index = 0; index < count; index += 1) series.add(index, -index);
    return [series.length, series.xAt(0), series.yAt(series.length - 1)];
  },
  [
    { name: 'past the first allocation', input: 1025, expected: [1025, 0, -1024] },
    { name: 'to the limit and once round', input: 8193, expected: [4096, 4097, -8192] },
  ],
);

check('plot buffer: span of x', (pairs: Pairs) => spanOf(seriesOf(pairs)), [
  { name: 'no points', input: [], expected: undefined },
  {
    name: 'ascending',
    input: [
      [1, 0],
      [4, 0],
    ],
    expected: { from: 1, to: 4 },
  },
  {
    name: 'a clock that started anew',
    input: [
      [5, 0],
      [9, 0],
      [1, 0],
    ],
    expected: { from: 1, to: 9 },
  },
]);

check('plot buffer: nearest point', ({ pairs, x }: { pairs: Pairs; x: number }) => nearestIndex(seriesOf(pairs), x), [
  { name: 'no points', input: { pairs: [], x: 1 }, expected: undefined },
  {
    name: 'before the first',
    input: {
      pairs: [
        [10, 0],
        [20, 0],
      ],
      x: 1,
    },
    expected: 0,
  },
  {
    name: 'nearer to the left',
    input: {
      pairs: [
        [10, 0],
        [20, 0],
      ],
      x: 14,
    },
    expected: 0,
  },
  {
    name: 'nearer to the right',
    input: {
      pairs: [
        [10, 0],
        [20, 0],
      ],
      x: 16,
    },
    expected: 1,
  },
  {
    name: 'after the last',
    input: {
      pairs: [
        [10, 0],
        [20, 0],
      ],
      x: 99,
    },
    expected: 1,
  },
  {
    name: 'points in any order',
    input: {
      pairs: [
        [10, 0],
        [2, 0],
        [6, 0],
      ],
      x: 7,
    },
    expected: 2,
  },
]);

/** Nine points from 0 to 8, one of them high. */
const spike: Pairs = [
  [0, 1],
  [1, 2],
  [2, 0],
  [3, 3],
  [4, 9],
  [5, 1],
  [6, 1],
  [7, 1],
  [8, 2],
];

check(
  'plot: points thinned to pixels',
  ({ span, buckets, pairs = spike }: { span: Span; buckets: number; pairs?: Pairs }) =>
    pairsOf(thinned(seriesOf(pairs), span, buckets)),
  [
    { name: 'few points come as they are', input: { span: { from: 0, to: 8 }, buckets: 100 }, expected: spike },
    {
      name: 'with a neighbour on each side of the span',
      input: { span: { from: 2.5, to: 4.5 }, buckets: 100 },
      expected: [
        [2, 0],
        [3, 3],
        [4, 9],
        [5, 1],
      ],
    },
    {
      // Two buckets, [0, 4) and [4, 8), and the point at 8 in a third: first, smallest, largest and last of each.
      name: 'first, smallest, largest and last of a column',
      input: { span: { from: 0, to: 8 }, buckets: 2 },
      expected: [
        [0, 1],
        [2, 0],
        [3, 3],
        [4, 9],
        [5, 1],
        [7, 1],
        [8, 2],
      ],
    },
    {
      name: 'a span without points keeps the neighbours',
      input: { span: { from: 1.2, to: 1.8 }, buckets: 9 },
      expected: [
        [1, 2],
        [2, 0],
      ],
    },
    { name: 'no points', input: { span: { from: 0, to: 1 }, buckets: 2, pairs: [] }, expected: [] },
  ],
);

check('plot: range of values', (pairs: Pairs) => valueRange(thinned(seriesOf(pairs), { from: 0, to: 9 }, 9)), [
  { name: 'no points', input: [], expected: undefined },
  { name: 'numbers', input: spike, expected: { from: 0, to: 9 } },
  {
    name: 'not a number and infinity are passed over',
    input: [
      [0, NaN],
      [1, Infinity],
      [2, 5],
      [3, -Infinity],
    ],
    expected: { from: 5, to: 5 },
  },
  { name: 'nothing finite', input: [[0, NaN]], expected: undefined },
]);

check('plot: curve in the plane', (pairs: Pairs) => pairsOf(curvePoints(seriesOf(pairs), 1, 1)), [
  {
    name: 'keeps the order',
    input: [
      [5, 0],
      [0, 5],
      [5, 0],
    ],
    expected: [
      [5, 0],
      [0, 5],
      [5, 0],
    ],
  },
  {
    name: 'drops what falls on the same pixel',
    input: [
      [0, 0],
      [0.4, 0.4],
      [0.4, 0.6],
    ],
    expected: [
      [0, 0],
      [0.4, 0.6],
    ],
  },
]);
