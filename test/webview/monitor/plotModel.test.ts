import type { PlotPart } from '../../../src/protocol/monitorState';
import { colorVariable, dashesOf } from '../../../webview/monitor/plot/lineStyle';
import { Series } from '../../../webview/monitor/plot/series';
import type { PlotEvent } from '../../../webview/monitor/plot/store';
import {
  initialPlotView,
  padded,
  pairedPoints,
  reducePlot,
  unionOf,
  zoomed,
} from '../../../webview/monitor/plot/store';
import { thinned } from '../../../webview/monitor/plot/thin';
import { check } from '../../support/check';
import { modelOf, part, words } from './plotParts';

check(
  'plot: series as parts arrive',
  (messages: readonly (readonly PlotPart[])[]) => {
    const model = modelOf(...messages);
    return [
      model.pointCount,
      ...model.series.map(({ name, points, lastText }) => `${name} ${points.length} ${lastText ?? ''}`),
    ];
  },
  [
    { name: 'nothing', input: [[]], expected: [0] },
    {
      name: 'points add up',
      input: [[part('a', [1, 2])], [part('a', [3]), part('b', [4])]],
      expected: [4, 'a 3 ', 'b 1 '],
    },
    {
      name: 'points that were cleared',
      input: [[part('a', [1, 2])], [part('a', [3], { isCleared: true })]],
      expected: [1, 'a 1 '],
    },
    { name: 'of states the latest', input: [[words('s', 'on', 'off')]], expected: [0, 's 0 off'] },
    {
      name: 'a state stays until there is another',
      input: [[words('s', 'on')], [words('s')]],
      expected: [0, 's 0 on'],
    },
    {
      name: 'a state that was cleared is gone',
      input: [[words('s', 'on')], [{ ...words('s'), isCleared: true }]],
      expected: [0, 's 0 '],
    },
    {
      name: 'another kind of the same name begins anew',
      input: [[part('a', [1, 2])], [part('a', [3], { kind: 'curve' })]],
      expected: [1, 'a 1 '],
    },
    {
      name: 'another clock begins anew',
      input: [[part('a', [1, 2])], [part('a', [3], { isBoardTime: true })]],
      expected: [1, 'a 1 '],
    },
  ],
);

check(
  'plot: no more than 32 series',
  (count: number) => {
    const parts = Array.from({ length: count }, (_, index) => part(`s${index}`, [index]));
    const model = modelOf(parts, parts);
    return [model.series.length, model.leftOut, model.series.at(-1)?.points.length];
  },
  [
    { name: '32', input: 32, expected: [32, 0, 2] },
    { name: 'names beyond are counted once', input: 35, expected: [32, 3, 2] },
  ],
);

check(
  'plot: what is done to the view',
  (events: readonly PlotEvent[]) => {
    const { mode, zoom, isFrozen, recentMs, cursor } = events.reduce(reducePlot, initialPlotView);
    return [mode, zoom && `${zoom.from}-${zoom.to}`, isFrozen, recentMs, cursor];
  },
  [
    { name: 'nothing', input: [], expected: ['time', undefined, false, undefined, undefined] },
    {
      name: 'frozen where it is',
      input: [{ type: 'frozen', isFrozen: true, span: { from: 1, to: 2 } }],
      expected: ['time', '1-2', true, undefined, undefined],
    },
    {
      name: 'frozen within a zoom',
      input: [
        { type: 'zoom', zoom: { from: 3, to: 4 } },
        { type: 'frozen', isFrozen: true, span: { from: 1, to: 2 } },
      ],
      expected: ['time', '3-4', true, undefined, undefined],
    },
    {
      name: 'going on shows all',
      input: [
        { type: 'frozen', isFrozen: true, span: { from: 1, to: 2 } },
        { type: 'frozen', isFrozen: false },
      ],
      expected: ['time', undefined, false, undefined, undefined],
    },
    {
      name: 'showing all goes on',
      input: [{ type: 'frozen', isFrozen: true, span: { from: 1, to: 2 } }, { type: 'zoom' }],
      expected: ['time', undefined, false, undefined, undefined],
    },
    {
      name: 'a stretch of time ends zoom and freezing',
      input: [
        { type: 'frozen', isFrozen: true, span: { from: 1, to: 2 } },
        { type: 'recent', recentMs: 5000 },
      ],
      expected: ['time', undefined, false, 5000, undefined],
    },
    {
      name: 'another axis has another cursor',
      input: [
        { type: 'cursor', cursor: 7 },
        { type: 'mode', mode: 'xy' },
      ],
      expected: ['xy', undefined, false, undefined, undefined],
    },
  ],
);

check('plot: room around values', padded, [
  { name: 'a twentieth on both sides', input: { from: 0, to: 20 }, expected: { from: -1, to: 21 } },
  { name: 'a constant', input: { from: 40, to: 40 }, expected: { from: 38, to: 42 } },
  { name: 'below zero', input: { from: -40, to: -40 }, expected: { from: -42, to: -38 } },
  { name: 'zero', input: { from: 0, to: 0 }, expected: { from: -1, to: 1 } },
]);

check('plot: spans together', unionOf, [
  { name: 'none', input: [undefined], expected: undefined },
  {
    name: 'two that do not touch',
    input: [{ from: 5, to: 6 }, undefined, { from: 1, to: 2 }],
    expected: { from: 1, to: 6 },
  },
]);

check(
  'plot: zoom about a place',
  ([about, factor]: readonly [number, number]) => zoomed({ from: 0, to: 100 }, about, factor),
  [
    { name: 'into the middle', input: [50, 0.5], expected: { from: 25, to: 75 } },
    { name: 'into an end', input: [100, 0.5], expected: { from: 50, to: 100 } },
    { name: 'out again', input: [50, 2], expected: { from: -50, to: 150 } },
  ],
);

function seriesOf(pairs: readonly (readonly [number, number])[]): Series {
  const series = new Series();
  for (const [x, y] of pairs) series.add(x, y);
  return series;
}

check(
  'plot: one series against another, where both have the same time',
  ([across, up]: readonly (readonly (readonly [number, number])[])[]) => {
    const pairs = pairedPoints(seriesOf(across), seriesOf(up));
    return Array.from({ length: pairs.length }, (_, index) => [pairs.xAt(index), pairs.yAt(index)]);
  },
  [
    { name: 'nothing', input: [[], [[1, 2]]], expected: [] },
    {
      name: 'all',
      input: [
        [
          [1, 10],
          [2, 20],
        ],
        [
          [1, 5],
          [2, 6],
        ],
      ],
      expected: [
        [10, 5],
        [20, 6],
      ],
    },
    {
      name: 'some',
      input: [
        [
          [1, 10],
          [3, 30],
        ],
        [
          [2, 5],
          [3, 6],
          [4, 7],
        ],
      ],
      expected: [[30, 6]],
    },
  ],
);

check(
  'plot: numbers among what is none are not lost in thinning',
  (values: readonly number[]) => [
    ...thinned(seriesOf(values.map((y, x) => [x, y])), { from: 0, to: values.length }, 1).y,
  ],
  [
    { name: 'a column that begins without a number', input: [NaN, 5, 9, 1, 2, 3], expected: [NaN, 9, 1, 3] },
    {
      name: 'infinities hide no largest and no smallest',
      input: [2, Infinity, 5, 0, -Infinity, 3],
      expected: [2, 5, 0, 3],
    },
    { name: 'nothing that could be drawn', input: [NaN, NaN, NaN, NaN, NaN], expected: [NaN, NaN] },
  ],
);

check('plot: colours, then dashes', (slot: number) => [colorVariable(slot), [...dashesOf(slot)]], [
  { name: 'the first', input: 0, expected: ['--vscode-charts-blue', []] },
  { name: 'the last whole line', input: 5, expected: ['--vscode-charts-foreground', []] },
  { name: 'the second round', input: 6, expected: ['--vscode-charts-blue', [8, 4]] },
  { name: 'the last of 32', input: 31, expected: ['--vscode-charts-green', [1, 5]] },
]);
