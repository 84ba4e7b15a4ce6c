import type { EventCard, LogState, TabState } from '../../../src/protocol/monitorState';
import { firmwarePane } from '../../../webview/monitor/firmware/pane';
import { inputBar } from '../../../webview/monitor/input/bar';
import { logPane } from '../../../webview/monitor/log/pane';
import type { PageEvent, PageState } from '../../../webview/monitor/store';
import { lineTools, paneTabs } from '../../../webview/monitor/toolbar';
import { monitorPage } from '../../../webview/monitor/view';
import { initialState } from '../../../webview/monitor/store';
import { tabAfter } from '../../../webview/parts/fields';
import { all, cells, drawn, fire, focusedBy, named, one, texts, textOf } from '../drawn';
import type { Drawn } from '../drawn';
import { check } from '../../support/check';
import { extentOf, hostOf, pageAfter, recorded, tabOf } from './pages';

process.env.TZ = 'UTC';

const pattern = { text: 'err', kind: 'plain', matchCase: false } as const;

check('keys of a row of tabs', ([key, index]: readonly [string, number]) => tabAfter(key, index, 3), [
  { name: 'right', input: ['ArrowRight', 0], expected: 1 },
  { name: 'round the end', input: ['ArrowRight', 2], expected: 0 },
  { name: 'left', input: ['ArrowLeft', 2], expected: 1 },
  { name: 'round the beginning', input: ['ArrowLeft', 0], expected: 2 },
  { name: 'first', input: ['Home', 2], expected: 0 },
  { name: 'last', input: ['End', 0], expected: 2 },
  { name: 'others', input: ['ArrowDown', 0], expected: undefined },
]);

const cardOf = (id: number, more: Partial<EventCard> = {}): EventCard => ({
  id,
  line: 1234,
  timeMs: 3_600_000,
  severity: 'error',
  title: `Crash ${id}`,
  actions: [],
  ...more,
});

check(
  'views of a tab',
  ([tab, events]: readonly [Partial<TabState>, readonly PageEvent[]]) => {
    const shown = tabOf(1, tab);
    const views = drawn(paneTabs(pageAfter(hostOf([shown]), ...events), shown, recorded().actions));
    return all(views, '[role=tab]').map((each) => `${textOf(each)} ${each.attributes.tabindex}`);
  },
  [
    { name: 'text at first', input: [{}, []], expected: ['Text 0', 'Hex -1', 'Plot -1', 'Firmware -1', 'Log -1'] },
    {
      name: 'what the firmware said, and a log that runs',
      input: [
        { log: { fileName: 'a.log', bytes: 1, timestamps: false } },
        [
          { type: 'events', tab: 1, events: [cardOf(1), cardOf(2)] },
          { type: 'place', place: { pane: 'firmware' } },
        ],
      ],
      expected: ['Text -1', 'Hex -1', 'Plot -1', 'Firmware 2 0', 'Log ● -1'],
    },
  ],
);

check(
  'views of a tab: keys',
  (key: string) => {
    const record = recorded();
    const views = drawn(paneTabs(pageAfter(hostOf([tabOf(1)])), tabOf(1), record.actions));
    const focused = focusedBy(() => void fire(one(views, '.panes'), 'keydown', { key }));
    return [...record.done, ...focused];
  },
  [
    { name: 'the next', input: 'ArrowRight', expected: [['pane', 'hex'], '#pane-hex'] },
    { name: 'the last', input: 'End', expected: [['pane', 'log'], '#pane-log'] },
    { name: 'others', input: 'Enter', expected: [] },
  ],
);

interface Tools {
  readonly tab?: Partial<TabState>;
  readonly events?: readonly PageEvent[];
  readonly press?: string;
}

function toolsOf({ tab = {}, events = [] }: Tools, record = recorded()): Drawn {
  const shown = tabOf(1, tab);
  return drawn(lineTools(pageAfter(hostOf([shown]), ...events), shown, extentOf(1500), record.actions));
}

check(
  'tools of the lines',
  (tools: Tools) => [...texts(toolsOf(tools), 'button'), ...texts(toolsOf(tools), 'mw-button')],
  [
    {
      name: 'of text',
      input: {},
      expected: ['Follow', 'Wrap', 'Echo', 'Pause', 'Find', 'Filter', 'Highlight', 'Copy all'],
    },
    { name: 'of bytes', input: { events: [{ type: 'place', place: { pane: 'hex' } }] }, expected: ['Follow'] },
    {
      name: 'what is on',
      input: {
        tab: { filter: { pattern, isInverted: false }, highlights: [{ pattern, color: 1 }] },
        events: [
          { type: 'cursor', row: 10, extend: false },
          { type: 'cursor', row: 1200, extend: true },
        ],
      },
      expected: ['Follow', 'Wrap', 'Echo', 'Pause', 'Find', 'Filter: on', 'Highlight: 1', 'Copy 1,191 rows'],
    },
    {
      name: 'paused: how much came since',
      input: { tab: { display: { ...tabOf(1).display, pausedAtRow: 99 } } },
      expected: ['Follow', 'Wrap', 'Echo', 'Resume: 1,400 new', 'Find', 'Filter', 'Highlight', 'Copy all'],
    },
  ],
);

check(
  'tools of the lines: what they do',
  ({ press = '', ...tools }: Tools) => {
    const record = recorded();
    const view = toolsOf(tools, record);
    const selector = texts(view, 'button').includes(press) ? 'button' : 'mw-button';
    fire(named(view, selector, press), 'click');
    return record.done;
  },
  [
    { name: 'follow no more', input: { press: 'Follow' }, expected: [['display', { follow: false }]] },
    { name: 'wrap', input: { press: 'Wrap' }, expected: [['display', { wrap: true }]] },
    { name: 'no echo', input: { press: 'Echo' }, expected: [['display', { echo: false }]] },
    { name: 'pause at the last row', input: { press: 'Pause' }, expected: [['display', { pausedAtRow: 1499 }]] },
    {
      name: 'go on',
      input: { press: 'Resume: 1,400 new', tab: { display: { ...tabOf(1).display, pausedAtRow: 99 } } },
      expected: [['display', { pausedAtRow: null }]],
    },
    { name: 'search', input: { press: 'Find' }, expected: [{ type: 'findOpened', isOpen: true }] },
    { name: 'filter', input: { press: 'Filter' }, expected: [{ type: 'drawer', drawer: 'filter' }] },
    { name: 'highlight', input: { press: 'Highlight' }, expected: [{ type: 'drawer', drawer: 'highlights' }] },
    { name: 'copy all', input: { press: 'Copy all' }, expected: [['copy']] },
    {
      name: 'one row under the keyboard is no selection',
      input: { press: 'Copy all', events: [{ type: 'cursor', row: 3, extend: false }] },
      expected: [['copy']],
    },
  ],
);

function inputOf(page: PageState, tab: TabState, record = recorded()): Drawn {
  return drawn(inputBar(page, tab, record.actions));
}

check(
  'sending: what the field says',
  ([kind, phase]: readonly ['text' | 'hex', 'open' | 'closed']) => {
    const page = { ...initialState, input: { ...initialState.input, kind } };
    const { attributes } = one(inputOf(page, tabOf(1, { connection: { phase } })), '#input');
    return [attributes['aria-label'], attributes.placeholder, 'disabled' in attributes];
  },
  [
    { name: 'a line', input: ['text', 'open'], expected: ['Line to send', 'Send a line', false] },
    { name: 'bytes', input: ['hex', 'open'], expected: ['Bytes to send, in hexadecimal', '4d 57 0x31', false] },
    {
      name: 'not connected',
      input: ['hex', 'closed'],
      expected: ['Bytes to send, in hexadecimal', 'Not connected', true],
    },
  ],
);

check(
  'sending: keys',
  ({ key, isComposing = false }: { key: string; isComposing?: boolean }) => {
    const record = recorded();
    const { isPrevented } = fire(one(inputOf(initialState, tabOf(1), record), '#input'), 'keydown', {
      key,
      isComposing,
    });
    return [isPrevented, ...record.done];
  },
  [
    { name: 'Enter sends', input: { key: 'Enter' }, expected: [true, ['send']] },
    {
      name: 'Enter that ends a composed character does not',
      input: { key: 'Enter', isComposing: true },
      expected: [false],
    },
    { name: 'up', input: { key: 'ArrowUp' }, expected: [true, { type: 'recall', by: -1 }] },
    { name: 'down', input: { key: 'ArrowDown' }, expected: [true, { type: 'recall', by: 1 }] },
    { name: 'others', input: { key: 'a' }, expected: [false] },
  ],
);

check(
  'log: what can be done',
  ([label, log]: readonly [string, LogState | undefined]) => {
    const record = recorded();
    const pane = drawn(logPane(tabOf(1, { log }), record.actions));
    fire(named(pane, 'mw-button', label), 'click');
    return record.done;
  },
  [
    {
      name: 'start',
      input: ['Start log', undefined],
      expected: [{ type: 'startLog', tab: 1, timestamps: false, ask: false }],
    },
    {
      name: 'start with times',
      input: ['Start log with times', undefined],
      expected: [{ type: 'startLog', tab: 1, timestamps: true, ask: false }],
    },
    {
      name: 'start elsewhere',
      input: ['Start log in …', undefined],
      expected: [{ type: 'startLog', tab: 1, timestamps: false, ask: true }],
    },
    {
      name: 'start with times elsewhere',
      input: ['Start log with times in …', undefined],
      expected: [{ type: 'startLog', tab: 1, timestamps: true, ask: true }],
    },
    {
      name: 'stop',
      input: ['Stop log', { fileName: 'a', bytes: 1, timestamps: false }],
      expected: [{ type: 'stopLog', tab: 1 }],
    },
    {
      name: 'open',
      input: ['Open file', { fileName: 'a', bytes: 1, timestamps: false }],
      expected: [{ type: 'openLog', tab: 1 }],
    },
    { name: 'save what was received', input: ['Save as …', undefined], expected: [{ type: 'saveHistory', tab: 1 }] },
  ],
);

check(
  'log: what is said',
  (log: LogState | undefined) => {
    const pane = drawn(logPane(tabOf(1, { log }), recorded().actions));
    return [texts(pane, 'h2')[0], ...texts(pane, 'dd'), ...texts(pane, '[role=alert]')];
  },
  [
    { name: 'none', input: undefined, expected: ['No log is written'] },
    {
      name: 'bytes',
      input: { fileName: 'a.log', bytes: 1234, timestamps: false },
      expected: ['A log is written', 'a.log', '1,234 bytes', 'bytes as they came'],
    },
    {
      name: 'stopped by itself',
      input: { fileName: 'a.log', bytes: 1, timestamps: true, problem: 'The disk is full.' },
      expected: ['The log has stopped', 'a.log', '1 byte', 'lines with their times', 'The disk is full.'],
    },
  ],
);

check(
  'firmware: cards, the newest first',
  (events: readonly EventCard[]) => {
    const pane = drawn(firmwarePane(tabOf(1), events, recorded().actions));
    return all(pane, 'article').map((card) =>
      [card.attributes['aria-posinset'], card.attributes['aria-setsize'], textOf(card)].join(' | '),
    );
  },
  [
    { name: 'none', input: [], expected: [] },
    {
      name: 'two',
      input: [cardOf(1), cardOf(2, { severity: 'warning', detail: 'It is small.', actions: ['Set it'] })],
      expected: [
        '1 | 2 | Warning Crash 2 01:00:00.000 · line 1,234 It is small. Set it',
        '2 | 2 | Error Crash 1 01:00:00.000 · line 1,234',
      ],
    },
  ],
);

check(
  'firmware: tables',
  (numeric: readonly number[]) => {
    const table = { headings: ['Layer', 'Ticks'], rows: [['conv', '12']], numeric };
    const pane = drawn(firmwarePane(tabOf(1), [cardOf(1, { table })], recorded().actions));
    return [...cells(pane), ...all(pane, 'td').map(({ attributes }) => attributes.class)];
  },
  [
    { name: 'figures to the right', input: [1], expected: [['conv', '12'], '', 'number'] },
    { name: 'no figures', input: [], expected: [['conv', '12'], '', ''] },
  ],
);

check(
  'firmware: what a card does',
  async ([selector, tab, reply]: readonly [string, Partial<TabState>, unknown]) => {
    const record = recorded(initialState, reply);
    const pane = drawn(firmwarePane(tabOf(1, tab), [cardOf(7, { actions: ['A', 'B'] })], record.actions));
    fire(selector === 'line' ? one(pane, '.link') : named(pane, 'mw-button', selector), 'click');
    await Promise.resolve();
    await Promise.resolve();
    return record.done;
  },
  [
    {
      name: 'its line is shown',
      input: ['line', {}, undefined],
      expected: [['pane', 'text'], { type: 'cursor', row: 1234, extend: false }, ['reveal', 1234]],
    },
    {
      name: 'rows are lines only without a filter: it is taken away first',
      input: ['line', { filter: { pattern, isInverted: false } }, { type: 'done' }],
      expected: [
        { type: 'setFilter', tab: 1 },
        ['pane', 'text'],
        { type: 'cursor', row: 1234, extend: false },
        ['reveal', 1234],
      ],
    },
    {
      name: 'where the filter could not be taken away nothing is shown',
      input: ['line', { filter: { pattern, isInverted: false } }, undefined],
      expected: [{ type: 'setFilter', tab: 1 }],
    },
    {
      name: 'its actions, by place',
      input: ['B', {}, undefined],
      expected: [{ type: 'runEventAction', tab: 1, event: 7, action: 1 }],
    },
    {
      name: 'calibration',
      input: ['Calibrate the board from measurements', {}, undefined],
      expected: [{ type: 'runCommand', command: 'calibrate' }],
    },
  ],
);

check(
  'monitor page: what is said',
  ([state, events]: readonly [Parameters<typeof pageAfter>[0] | undefined, readonly PageEvent[]]) => {
    const page = state === undefined ? initialState : pageAfter(state, ...events);
    const view = drawn(monitorPage(page, {}, recorded().actions));
    return [...texts(view, '[role=status]'), ...texts(view, '[role=alert]'), ...texts(view, 'main p')].filter(
      (text) => text !== '',
    );
  },
  [
    { name: 'before the host has answered', input: [undefined, []], expected: ['Starting …'] },
    { name: 'an open connection', input: [hostOf([tabOf(1)]), []], expected: ['ttyACM1 is open at 115200 baud.'] },
    {
      name: 'a failure of a request',
      input: [hostOf([tabOf(1)]), [{ type: 'notice', notice: { severity: 'error', text: 'It is in use.' } }]],
      expected: ['ttyACM1 is open at 115200 baud.', 'It is in use.'],
    },
    {
      name: 'the latest failure of the firmware',
      input: [hostOf([tabOf(1)]), [{ type: 'events', tab: 1, events: [cardOf(1), cardOf(2)] }]],
      expected: ['ttyACM1 is open at 115200 baud.', 'Crash 2'],
    },
    {
      name: 'no failure of the firmware is the latest',
      input: [
        hostOf([tabOf(1)]),
        [{ type: 'events', tab: 1, events: [cardOf(1), cardOf(2, { severity: 'information' })] }],
      ],
      expected: ['ttyACM1 is open at 115200 baud.'],
    },
  ],
);

check(
  'monitor page: without a port',
  (state: Parameters<typeof pageAfter>[0]) => {
    const view = drawn(monitorPage(pageAfter(state, { type: 'adding', isAdding: true }), {}, recorded().actions));
    return texts(one(view, 'main'), 'p')[0];
  },
  [
    { name: 'the first', input: hostOf([]), expected: 'Choose a port and connect to see what the board says.' },
    { name: 'another', input: hostOf([tabOf(1)]), expected: 'Choose a port for a further connection.' },
  ],
);

check(
  'monitor page: without a port, what firmware can be given to print',
  (state: Parameters<typeof pageAfter>[0]) => {
    const { actions, done } = recorded();
    const view = one(drawn(monitorPage(pageAfter(state, { type: 'adding', isAdding: true }), {}, actions)), 'main');
    for (const button of all(view, 'button')) fire(button, 'click');
    return done;
  },
  [
    { name: 'the first', input: hostOf([]), expected: [{ type: 'runCommand', command: 'addProfiler' }] },
    { name: 'another', input: hostOf([tabOf(1)]), expected: [] },
  ],
);
