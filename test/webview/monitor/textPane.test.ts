import type { MonitorLine, TabState, TimestampMode } from '../../../src/protocol/monitorState';
import { hexPane } from '../../../webview/monitor/hex/pane';
import { planList } from '../../../webview/monitor/list';
import type { Scroller } from '../../../webview/monitor/scroller';
import type { PageEvent } from '../../../webview/monitor/store';
import { textPane } from '../../../webview/monitor/text/pane';
import { all, drawn, fire, one, texts, textOf } from '../drawn';
import type { Drawn } from '../drawn';
import { check } from '../../support/check';
import { extentOf, hostOf, lineOf, pageAfter, recorded, tabOf } from './pages';

const still = {
  attach: () => undefined,
  onScroll: () => undefined,
  onWheel: () => undefined,
  geometry: (rows: number) => ({ rows, rowPx: 20, viewPx: 60 }),
} as unknown as Scroller;

interface Shown {
  readonly tab?: Partial<TabState>;
  readonly rows?: number;
  readonly topRow?: number;
  readonly linesPerSecond?: number;
  readonly events?: readonly PageEvent[];
}

function paneOf({ tab = {}, rows = 10, topRow, linesPerSecond = 0, events = [] }: Shown, record = recorded()): Drawn {
  const shown = tabOf(1, tab);
  const extent = extentOf(rows, { linesPerSecond });
  const plan = planList({ first: 0, end: rows }, topRow, still.geometry(0));
  const lineAt = (row: number): MonitorLine | undefined =>
    row < 0 || row >= rows || row === 1 ? undefined : lineOf(row, `line ${row}`, { isSent: row === 2 });
  const page = pageAfter(hostOf([shown]), ...events);
  const context = { page, tab: shown, extent, plan, lineAt, matchesOf: () => undefined, startMs: 0, scroller: still };
  return drawn(textPane({ ...context, actions: record.actions }));
}

check(
  'text pane: rows as they are drawn',
  (shown: Shown) =>
    all(paneOf(shown), '.row').map(
      (row) => `${row.attributes['aria-rowindex']} ${textOf(row)} ${row.attributes['aria-selected']}`,
    ),
  [
    { name: 'the end', input: {}, expected: ['8 line 7 false', '9 line 8 false', '10 line 9 false'] },
    {
      name: 'a row that is not here yet is blank, what was sent is marked',
      input: { topRow: 0 },
      expected: ['1 line 0 false', '2  false', '3 ›line 2 false'],
    },
    {
      name: 'selected rows',
      input: {
        topRow: 3,
        events: [
          { type: 'cursor', row: 4, extend: false },
          { type: 'cursor', row: 9, extend: true },
        ],
      },
      expected: ['4 line 3 false', '5 line 4 true', '6 line 5 true'],
    },
    { name: 'none', input: { rows: 0 }, expected: [] },
  ],
);

check(
  'text pane: what it says of itself',
  (shown: Shown) => {
    const { attributes } = one(paneOf(shown), '.lines');
    const shift = one(paneOf(shown), '.shift').properties.style;
    return [
      attributes.class.trim().replace(/\s+/g, ' '),
      attributes['aria-rowcount'],
      attributes['aria-activedescendant'],
      shift,
    ];
  },
  [
    { name: 'at the end', input: {}, expected: ['lines end', '10', undefined, 'transform: translateY(0px)'] },
    {
      name: 'wrapped, in the middle, with a row under the keyboard',
      input: {
        topRow: 2.5,
        tab: { display: { ...tabOf(1).display, wrap: true } },
        events: [{ type: 'cursor', row: 4, extend: false }],
      },
      expected: ['lines wrap', '10', 'row-4', 'transform: translateY(-10px)'],
    },
  ],
);

check('text pane: new lines for screen readers', (shown: Shown) => texts(one(paneOf(shown), '[role=log]'), 'p'), [
  { name: 'the newest three', input: {}, expected: ['line 7', 'line 8', 'line 9'] },
  { name: 'not those that come too fast to be said', input: { linesPerSecond: 4 }, expected: [] },
  {
    name: 'not while they are not followed',
    input: { tab: { display: { ...tabOf(1).display, follow: false } } },
    expected: [],
  },
  { name: 'not of what was before', input: { topRow: 0 }, expected: [] },
  { name: 'fewer than three', input: { rows: 1 }, expected: ['line 0'] },
]);

check(
  'text pane: where there is nothing',
  ([tab, lines]: readonly [Partial<TabState>, number]) => {
    const extent = extentOf(0, { endLine: lines });
    const plan = planList({ first: 0, end: 0 }, undefined, still.geometry(0));
    const shown = tabOf(1, tab);
    const context = {
      page: pageAfter(hostOf([shown])),
      tab: shown,
      extent,
      plan,
      lineAt: () => undefined,
      matchesOf: () => undefined,
    };
    return texts(drawn(textPane({ ...context, startMs: 0, scroller: still, actions: recorded().actions })), '.empty');
  },
  [
    { name: 'nothing came', input: [{}, 0], expected: ['Nothing received yet.'] },
    { name: 'closed', input: [{ connection: { phase: 'closed' } }, 0], expected: ['Not connected.'] },
    {
      name: 'why',
      input: [{ connection: { phase: 'failed', message: 'It is in use.' } }, 0],
      expected: ['It is in use.'],
    },
    {
      name: 'nothing passes the filter',
      input: [{ filter: { pattern: { text: 'x', kind: 'plain', matchCase: false }, isInverted: false } }, 1234],
      expected: ['No line of 1,234 passes the filter.'],
    },
  ],
);

interface Pressed extends Shown {
  readonly key: string;
  readonly ctrlKey?: boolean;
  readonly shiftKey?: boolean;
}

check(
  'text pane: keys',
  ({ key, ctrlKey = false, shiftKey = false, ...shown }: Pressed) => {
    Object.assign(globalThis, { getSelection: () => ({ isCollapsed: true }) });
    const record = recorded();
    const { isPrevented } = fire(one(paneOf(shown, record), '.lines'), 'keydown', {
      key,
      ctrlKey,
      shiftKey,
      metaKey: false,
    });
    return [isPrevented, ...record.done];
  },
  [
    {
      name: 'down moves the row and brings it into view',
      input: { key: 'ArrowDown', events: [{ type: 'cursor', row: 4, extend: false }] },
      expected: [true, { type: 'cursor', row: 5, extend: false }, ['reveal', 5]],
    },
    {
      name: 'with Shift the selection grows',
      input: { key: 'Home', shiftKey: true, events: [{ type: 'cursor', row: 4, extend: false }] },
      expected: [true, { type: 'cursor', row: 0, extend: true }, ['reveal', 0]],
    },
    {
      name: 'Ctrl+A takes all rows',
      input: { key: 'a', ctrlKey: true },
      expected: [true, { type: 'cursor', row: 0, extend: false }, { type: 'cursor', row: 9, extend: true }],
    },
    { name: 'Ctrl+A of no rows', input: { key: 'a', ctrlKey: true, rows: 0 }, expected: [false] },
    {
      name: 'Ctrl+C copies the selected rows',
      input: { key: 'c', ctrlKey: true, events: [{ type: 'cursor', row: 4, extend: false }] },
      expected: [true, ['copy', { from: 4, to: 4 }]],
    },
    { name: "Ctrl+C without rows is the browser's", input: { key: 'c', ctrlKey: true }, expected: [false] },
    { name: 'Ctrl+End is not ours', input: { key: 'End', ctrlKey: true }, expected: [false] },
    { name: 'other keys', input: { key: 'x' }, expected: [false] },
  ],
);

check(
  'text pane: the pointer',
  ({
    type,
    isGutter = false,
    ...more
  }: {
    type: string;
    isGutter?: boolean;
    button?: number;
    buttons?: number;
    shiftKey?: boolean;
  }) => {
    const record = recorded();
    const target = { closest: (what: string) => (isGutter && what === '.gutter' ? {} : null) };
    const { isPrevented } = fire(all(paneOf({}, record), '.row')[1], type, {
      button: 0,
      shiftKey: false,
      ...more,
      target,
    });
    return [isPrevented, ...record.done];
  },
  [
    {
      name: 'takes the row, and leaves its text to be selected',
      input: { type: 'pointerdown' },
      expected: [false, { type: 'cursor', row: 8, extend: false }],
    },
    {
      name: 'with Shift up to the row',
      input: { type: 'pointerdown', shiftKey: true },
      expected: [true, { type: 'cursor', row: 8, extend: true }],
    },
    {
      name: 'on the gutter no text is selected',
      input: { type: 'pointerdown', isGutter: true },
      expected: [true, { type: 'cursor', row: 8, extend: false }],
    },
    { name: 'another button', input: { type: 'pointerdown', button: 2 }, expected: [false] },
    {
      name: 'drawn over the gutter',
      input: { type: 'pointerover', isGutter: true, buttons: 1 },
      expected: [false, { type: 'cursor', row: 8, extend: true }],
    },
    { name: 'drawn over the text', input: { type: 'pointerover', buttons: 1 }, expected: [false] },
    { name: 'moved over the gutter', input: { type: 'pointerover', isGutter: true, buttons: 0 }, expected: [false] },
  ],
);

function hexOf(rows: number, topRow?: number, timestamps: TimestampMode = 'off', record = recorded()): Drawn {
  const range = { first: 256, end: 256 + rows };
  const plan = planList(range, topRow, still.geometry(0));
  const rowAt = (row: number): { offset: number; hex: string; ascii: string; timeMs: number } | undefined =>
    row === 257 ? undefined : { offset: row * 16, hex: '4d 57', ascii: 'MW', timeMs: row * 10 };
  const tab = tabOf(1, { display: { ...tabOf(1).display, timestamps } });
  return drawn(hexPane({ tab, range, plan, rowAt, startMs: 2000, scroller: still, actions: record.actions }));
}

check(
  'hex pane: rows with the offset of their first byte',
  ([topRow, timestamps]: readonly [number | undefined, TimestampMode]) =>
    all(hexOf(9, topRow, timestamps), '.row').map((row) =>
      [row.attributes['aria-rowindex'], ...texts(row, 'span')].join('|'),
    ),
  [
    {
      name: 'the end',
      input: [undefined, 'off'],
      expected: ['7|00001060|4d 57|MW', '8|00001070|4d 57|MW', '9|00001080|4d 57|MW'],
    },
    {
      name: 'the beginning: a row that is not here yet has its offset already',
      input: [256, 'off'],
      expected: ['1|00001000|4d 57|MW', '2|00001010||', '3|00001020|4d 57|MW'],
    },
    {
      name: 'with times; the delta is known where the row before is here',
      input: [257, 'delta'],
      expected: ['2|00001010||', '3|+0.000|00001020|4d 57|MW', '4|+0.010|00001030|4d 57|MW'],
    },
    {
      name: 'since the start',
      input: [262, 'relative'],
      expected: [
        '7|00:00:00.620|00001060|4d 57|MW',
        '8|00:00:00.630|00001070|4d 57|MW',
        '9|00:00:00.640|00001080|4d 57|MW',
      ],
    },
  ],
);

check(
  'hex pane: keys move the view',
  ({ key, altKey = false }: { key: string; altKey?: boolean }) => {
    const record = recorded();
    const more = { key, altKey, ctrlKey: false, metaKey: false };
    const { isPrevented } = fire(one(hexOf(9, 258, 'off', record), '.lines'), 'keydown', more);
    return [isPrevented, ...record.done];
  },
  [
    { name: 'down: the row below the last in view', input: { key: 'ArrowDown' }, expected: [true, ['reveal', 261]] },
    { name: 'up: the row above the first in view', input: { key: 'ArrowUp' }, expected: [true, ['reveal', 257]] },
    { name: 'first', input: { key: 'Home' }, expected: [true, ['reveal', 256]] },
    { name: 'last', input: { key: 'End' }, expected: [true, ['reveal', 264]] },
    { name: 'a key for the editor', input: { key: 'ArrowDown', altKey: true }, expected: [false] },
    { name: 'other keys', input: { key: 'x' }, expected: [false] },
  ],
);

check('hex pane: where there is nothing', (rows: number) => texts(hexOf(rows), '.empty'), [
  { name: 'no bytes', input: 0, expected: ['Nothing received yet.'] },
  { name: 'bytes', input: 1, expected: [] },
]);
