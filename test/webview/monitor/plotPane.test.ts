import type { PlotPart } from '../../../src/protocol/monitorState';
import { frameOf } from '../../../webview/monitor/plot/frame';
import { plotPane, plotTools } from '../../../webview/monitor/plot/pane';
import type { PlotContext } from '../../../webview/monitor/plot/plotContext';
import type { PlotView } from '../../../webview/monitor/plot/store';
import { initialPlotView } from '../../../webview/monitor/plot/store';
import { all, cells, drawn, fire, named, one, texts } from '../drawn';
import type { Drawn } from '../drawn';
import { check } from '../../support/check';
import { recorded, tabOf } from './pages';
import { modelOf, part, words } from './plotParts';

const two = [part('a', [0, 10, 20]), part('b', [5, 5, 5], { unit: 'V' })];

interface Plotted {
  readonly parts?: readonly PlotPart[];
  readonly view?: Partial<PlotView>;
}

function contextOf({ parts = two, view = {} }: Plotted, record = recorded()): PlotContext {
  const model = modelOf(parts);
  const shown = { ...initialPlotView, ...view };
  const frame = frameOf(model, shown, { widthPx: 100, heightPx: 100 });
  return { tab: tabOf(1), model, view: shown, frame, attach: () => undefined, actions: record.actions };
}

const paneOf = (plotted: Plotted): Drawn => drawn(plotPane(contextOf(plotted)));

check(
  'plot: its values as a table',
  (plotted: Plotted) => [texts(one(paneOf(plotted), 'thead'), 'th').join(' '), ...cells(paneOf(plotted))],
  [
    {
      name: 'last, range and count',
      input: {},
      expected: ['Series Last Min Max Points', ['a', '20', '0', '20', '3'], ['b (V)', '5', '5', '5', '3']],
    },
    {
      name: 'the value nearest to the cursor',
      input: { view: { cursor: 120 } },
      expected: [
        'Series Last Cursor Min Max Points',
        ['a', '20', '10', '0', '20', '3'],
        ['b (V)', '5', '5', '5', '5', '3'],
      ],
    },
    {
      name: 'a series that is turned off has no range',
      input: { view: { shown: { a: false } } },
      expected: ['Series Last Min Max Points', ['a', '20', '', '', '3'], ['b (V)', '5', '5', '5', '3']],
    },
    {
      name: 'states, six digits, and what is no number',
      input: { parts: [words('s', 'idle'), part('c', [1234.56789]), part('d', [NaN])] },
      expected: [
        'Series Last Min Max Points',
        ['s', 'idle', '', '', ''],
        ['c', '1234.57', '1234.57', '1234.57', '1'],
        ['d', 'not a number', '', '', '1'],
      ],
    },
  ],
);

check(
  'plot: where there is nothing to see',
  (plotted: Plotted) => texts(paneOf(plotted), '.empty').map((text) => text.slice(0, 30)),
  [
    { name: 'points', input: {}, expected: [] },
    { name: 'nothing came', input: { parts: [] }, expected: ['No values yet. The plot unders'] },
    {
      name: 'all is turned off',
      input: { view: { shown: { a: false, b: false } } },
      expected: ['All series are turned off.'],
    },
    { name: 'no curve', input: { view: { mode: 'xy' } }, expected: ['No curve yet: choose which ser'] },
    { name: 'a series across', input: { view: { mode: 'xy', across: 'a' } }, expected: [] },
  ],
);

check(
  'plot: keys',
  ({
    key,
    view,
    parts,
    shiftKey = false,
    ctrlKey = false,
  }: Plotted & { key: string; shiftKey?: boolean; ctrlKey?: boolean }) => {
    const record = recorded();
    const chart = one(drawn(plotPane(contextOf({ view, parts }, record))), '.chart');
    const { isPrevented } = fire(chart, 'keydown', { key, shiftKey, ctrlKey, metaKey: false, altKey: false });
    return [isPrevented, ...record.done];
  },
  [
    // The points lie from 0 to 200 milliseconds.
    {
      name: 'the cursor begins in the middle',
      input: { key: 'ArrowRight' },
      expected: [true, { type: 'cursor', cursor: 102 }],
    },
    {
      name: 'and stops at the edge',
      input: { key: 'ArrowLeft', view: { cursor: 1 } },
      expected: [true, { type: 'cursor', cursor: 0 }],
    },
    {
      name: 'the view is moved',
      input: { key: 'ArrowLeft', shiftKey: true },
      expected: [true, { type: 'zoom', zoom: { from: -20, to: 180 } }],
    },
    {
      name: 'in about the cursor',
      input: { key: '+', view: { cursor: 200 } },
      expected: [true, { type: 'zoom', zoom: { from: 40, to: 200 } }],
    },
    { name: 'out', input: { key: '-' }, expected: [true, { type: 'zoom', zoom: { from: -25, to: 225 } }] },
    { name: 'all', input: { key: '0' }, expected: [true, { type: 'zoom' }] },
    { name: 'all with Escape', input: { key: 'Escape' }, expected: [true, { type: 'zoom' }] },
    { name: 'curves are not zoomed', input: { key: '+', view: { mode: 'xy', across: 'a' } }, expected: [false] },
    { name: 'a key for the editor', input: { key: '0', ctrlKey: true }, expected: [false] },
    { name: 'nothing to move in', input: { key: '0', parts: [] }, expected: [false] },
  ],
);

const both = [part('a', [1]), part('t', [1], { isBoardTime: true })];

check(
  'plot: tools',
  ([plotted, label]: readonly [Plotted, string]) => {
    const record = recorded();
    const tools = drawn(plotTools(contextOf(plotted, record)));
    fire(named(tools, 'mw-button', label), 'click');
    return [
      ...all(tools, 'select').map(({ attributes }) => attributes['aria-label']),
      ...texts(tools, '.facts'),
      ...record.done,
    ];
  },
  [
    {
      name: 'freeze what is shown now',
      input: [{}, 'Freeze'],
      expected: ['Stretch of time', '6 points', { type: 'frozen', isFrozen: true, span: { from: 0, to: 200 } }],
    },
    {
      name: 'go on',
      input: [{ view: { isFrozen: true, zoom: { from: 0, to: 1 } } }, 'Go on'],
      expected: ['Stretch of time', '6 points', { type: 'frozen', isFrozen: false, span: { from: 0, to: 1 } }],
    },
    {
      name: 'leave a zoom',
      input: [{ view: { zoom: { from: 0, to: 1 } } }, 'Zoomed: show all'],
      expected: ['Stretch of time', '6 points', { type: 'zoom' }],
    },
    {
      name: 'two clocks are told apart',
      input: [{ parts: both }, 'Clear'],
      expected: ['Stretch of time', 'Clock', '2 points', { type: 'clear', tab: 1 }],
    },
    {
      name: 'a series across',
      input: [{ view: { mode: 'xy' } }, 'Save CSV …'],
      expected: ['Stretch of time', 'Series across', '6 points', { type: 'exportPlotCsv', tab: 1 }],
    },
    { name: 'a picture', input: [{}, 'Save PNG …'], expected: ['Stretch of time', '6 points', ['picture']] },
  ],
);

check(
  'plot: choices',
  ([view, label, target]: readonly [Partial<PlotView>, string, object]) => {
    const record = recorded();
    const tools = drawn(plotTools(contextOf({ view, parts: both }, record)));
    fire(one(tools, `[aria-label=${label}]`), 'change', { target });
    return record.done;
  },
  [
    {
      name: 'the last five seconds',
      input: [{}, 'Stretch of time', { selectedIndex: 1 }],
      expected: [{ type: 'recent', recentMs: 5000 }],
    },
    {
      name: 'all',
      input: [{}, 'Stretch of time', { selectedIndex: 0 }],
      expected: [{ type: 'recent', recentMs: undefined }],
    },
    {
      name: "the board's clock",
      input: [{}, 'Clock', { value: 'board' }],
      expected: [{ type: 'clock', clock: 'board' }],
    },
    {
      name: 'across',
      input: [{ mode: 'xy' }, 'Series across', { value: 'a' }],
      expected: [{ type: 'across', across: 'a' }],
    },
    {
      name: 'curves only',
      input: [{ mode: 'xy' }, 'Series across', { value: '' }],
      expected: [{ type: 'across', across: undefined }],
    },
  ],
);
