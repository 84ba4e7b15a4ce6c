import type { EventCard, MonitorState, PortCard, PortList } from '../../../src/protocol/monitorState';
import { defaultPortSettings } from '../../../src/protocol/serialPort';
import type { PageEvent, PageState } from '../../../webview/monitor/store';
import { initialState, placeOf, reduce, selectedRows, shownRows, shownTab } from '../../../webview/monitor/store';
import { check } from '../../support/check';
import { extentOf, hostOf, pageAfter, tabOf } from './pages';

const two = hostOf([tabOf(1), tabOf(2)]);
const match = { row: 5, column: 0, length: 2 };
const found: readonly PageEvent[] = [
  { type: 'grown', tab: 1, extent: extentOf(9) },
  { type: 'grown', tab: 2, extent: extentOf(9) },
  { type: 'findPattern', pattern: { text: 'ok' } },
  { type: 'findCounted', count: { matches: [match], isMore: false, toRow: 9 } },
  { type: 'found', match },
];

check(
  'monitor page: where the search and the selection stand after',
  (events: readonly PageEvent[]) => {
    const { find, places } = pageAfter(two, ...found, ...events);
    return [find.pattern.text, find.current?.row, find.count?.matches.length, places[1]?.cursorRow];
  },
  [
    { name: 'a match', input: [], expected: ['ok', 5, 1, 5] },
    {
      name: 'growth',
      input: [{ type: 'grown', tab: 1, extent: extentOf(20) }],
      expected: ['ok', 5, 1, 5],
    },
    {
      name: 'rows that mean others: the pattern stays',
      input: [{ type: 'grown', tab: 1, extent: extentOf(2, { generation: 2 }) }],
      expected: ['ok', undefined, undefined, undefined],
    },
    {
      name: 'rows of another tab that mean others',
      input: [{ type: 'grown', tab: 2, extent: extentOf(2, { generation: 2 }) }],
      expected: ['ok', 5, 1, 5],
    },
    {
      name: 'another tab: a match is a place of the tab that it was found in',
      input: [{ type: 'tabChosen', tab: 2 }],
      expected: ['ok', undefined, undefined, 5],
    },
    {
      name: 'the same state again, after the page was hidden',
      input: [{ type: 'state', state: { ...two, extents: [{ tab: 1, extent: extentOf(9) }] } }],
      expected: ['ok', 5, 1, 5],
    },
    {
      name: 'a state whose rows mean others, since the filter was changed while the page was hidden',
      input: [{ type: 'state', state: { ...two, extents: [{ tab: 1, extent: extentOf(3, { generation: 4 }) }] } }],
      expected: ['ok', undefined, undefined, undefined],
    },
    {
      name: 'a state with another tab chosen',
      input: [{ type: 'state', state: { ...two, chosenTab: 2 } }],
      expected: ['ok', undefined, undefined, 5],
    },
  ],
);

const card = (id: number, title = 'boot'): EventCard => ({
  id,
  line: id,
  timeMs: 0,
  severity: 'information',
  title,
  actions: [],
});
const cards = (...ids: readonly number[]): PageEvent => ({ type: 'events', tab: 1, events: ids.map((id) => card(id)) });

check(
  'monitor page: events of the firmware',
  (events: readonly PageEvent[]) => pageAfter(two, ...events).events[1]?.map(({ id, title }) => `${id} ${title}`),
  [
    { name: 'none', input: [], expected: undefined },
    { name: 'in order', input: [cards(1, 2), cards(3)], expected: ['1 boot', '2 boot', '3 boot'] },
    {
      name: 'one that is known already takes its own place',
      input: [cards(1, 2), { type: 'events', tab: 1, events: [card(1, 'renewed'), card(3)] }],
      expected: ['1 renewed', '2 boot', '3 boot'],
    },
    {
      name: 'after clearing they are gone',
      input: [
        { type: 'grown', tab: 1, extent: extentOf(9) },
        cards(1),
        { type: 'grown', tab: 1, extent: extentOf(0, { generation: 2 }) },
      ],
      expected: [],
    },
    {
      name: 'after filtering they are there still',
      input: [
        { type: 'grown', tab: 1, extent: extentOf(9) },
        cards(1),
        { type: 'grown', tab: 1, extent: extentOf(9, { generation: 2, endRow: 1 }) },
      ],
      expected: ['1 boot'],
    },
    { name: 'of a tab that was closed', input: [cards(1), { type: 'tabClosed', tab: 1 }], expected: undefined },
  ],
);

check(
  'monitor page: no more events are kept than 500',
  (count: number) => {
    const kept = pageAfter(two, cards(...Array.from({ length: count }, (_, id) => id))).events[1];
    return [kept?.length, kept?.[0].id];
  },
  [
    { name: '500', input: 500, expected: [500, 0] },
    { name: 'the oldest go', input: 503, expected: [500, 3] },
  ],
);

check(
  'monitor page: tabs',
  (events: readonly PageEvent[]) => {
    const page = pageAfter(two, ...events);
    return [
      page.tabs.map(({ id, title }) => `${id} ${title}`).join(', '),
      shownTab(page)?.id,
      page.isAdding,
      placeOf(page).pane,
    ];
  },
  [
    { name: 'as the host tells', input: [], expected: ['1 ttyACM1, 2 ttyACM2', 1, false, 'text'] },
    {
      name: 'a new one in the view that the host kept',
      input: [
        { type: 'tab', tab: tabOf(3, { display: { ...tabOf(3).display, view: 'plot' } }) },
        { type: 'tabChosen', tab: 3 },
      ],
      expected: ['1 ttyACM1, 2 ttyACM2, 3 ttyACM3', 3, false, 'plot'],
    },
    {
      name: 'one that is known is replaced in its place',
      input: [{ type: 'tab', tab: tabOf(1, { title: 'new' }) }],
      expected: ['1 new, 2 ttyACM2', 1, false, 'text'],
    },
    {
      name: 'the chosen one is closed',
      input: [{ type: 'tabClosed', tab: 1 }],
      expected: ['2 ttyACM2', undefined, false, 'text'],
    },
    { name: 'another is closed', input: [{ type: 'tabClosed', tab: 2 }], expected: ['1 ttyACM1', 1, false, 'text'] },
    {
      name: 'a choice before its tab is known',
      input: [{ type: 'tabChosen', tab: 9 }],
      expected: ['1 ttyACM1, 2 ttyACM2', undefined, false, 'text'],
    },
    {
      name: 'choosing ends adding',
      input: [
        { type: 'adding', isAdding: true },
        { type: 'tabChosen', tab: 2 },
      ],
      expected: ['1 ttyACM1, 2 ttyACM2', 2, false, 'text'],
    },
    {
      name: "the view is the tab's own",
      input: [
        { type: 'place', place: { pane: 'hex' } },
        { type: 'tabChosen', tab: 2 },
      ],
      expected: ['1 ttyACM1, 2 ttyACM2', 2, false, 'text'],
    },
    {
      name: 'and there again on coming back',
      input: [
        { type: 'place', place: { pane: 'hex' } },
        { type: 'tabChosen', tab: 2 },
        { type: 'tabChosen', tab: 1 },
      ],
      expected: ['1 ttyACM1, 2 ttyACM2', 1, false, 'hex'],
    },
  ],
);

check(
  'monitor page: selection of rows',
  (events: readonly PageEvent[]) => selectedRows(placeOf(pageAfter(two, ...events))),
  [
    { name: 'none', input: [], expected: undefined },
    { name: 'one', input: [{ type: 'cursor', row: 4, extend: false }], expected: { from: 4, to: 4 } },
    {
      name: 'extended upwards, then down past where it began',
      input: [
        { type: 'cursor', row: 4, extend: false },
        { type: 'cursor', row: 2, extend: true },
        { type: 'cursor', row: 7, extend: true },
      ],
      expected: { from: 4, to: 7 },
    },
    { name: 'extended from nowhere', input: [{ type: 'cursor', row: 4, extend: true }], expected: undefined },
    {
      name: 'begun anew',
      input: [
        { type: 'cursor', row: 4, extend: false },
        { type: 'cursor', row: 7, extend: true },
        { type: 'cursor', row: 1, extend: false },
      ],
      expected: { from: 1, to: 1 },
    },
  ],
);

check(
  'monitor page: rows up to a pause',
  ([pausedAtRow, firstRow]: readonly [number | null | undefined, number]) => {
    const tab = tabOf(1, { display: { ...tabOf(1).display, pausedAtRow } });
    return shownRows(tab, extentOf(10, { firstRow }));
  },
  [
    { name: 'not paused', input: [undefined, 0], expected: { first: 0, end: 10 } },
    { name: 'the pause was ended', input: [null, 0], expected: { first: 0, end: 10 } },
    { name: 'paused at a row', input: [4, 0], expected: { first: 0, end: 5 } },
    { name: 'paused before anything came', input: [-1, 0], expected: { first: 0, end: 0 } },
    { name: 'paused beyond what there is', input: [99, 0], expected: { first: 0, end: 10 } },
    { name: 'the paused row is no longer kept', input: [4, 8], expected: { first: 8, end: 8 } },
  ],
);

const port = (address: string, more: Partial<PortCard> = {}): PortCard => ({
  address,
  boards: [],
  settings: defaultPortSettings,
  ...more,
});
const nano = { id: 'nano', name: 'Nano 33 BLE' };
const listed = (...ports: readonly PortCard[]): PortList => ({ ports, isLooking: false });

check(
  'monitor page: the port that is proposed',
  (events: readonly PageEvent[]) => events.reduce(reduce, initialState).draft.address,
  [
    { name: 'none', input: [{ type: 'ports', ports: listed() }], expected: '' },
    { name: 'the only one', input: [{ type: 'ports', ports: listed(port('COM3')) }], expected: 'COM3' },
    { name: 'of two none', input: [{ type: 'ports', ports: listed(port('COM3'), port('COM4')) }], expected: '' },
    {
      name: 'of two that with a board',
      input: [{ type: 'ports', ports: listed(port('COM3'), port('COM4', { boards: [nano] })) }],
      expected: 'COM4',
    },
    {
      name: 'never one that is open',
      input: [{ type: 'ports', ports: listed(port('COM3', { tab: 1, boards: [nano] }), port('COM4')) }],
      expected: 'COM4',
    },
    {
      name: 'not in place of what was chosen',
      input: [
        { type: 'draft', draft: { address: 'COM9' } },
        { type: 'ports', ports: listed(port('COM3')) },
      ],
      expected: 'COM9',
    },
    {
      name: 'not while an address is typed',
      input: [
        { type: 'draft', draft: { isAddressTyped: true } },
        { type: 'ports', ports: listed(port('COM3')) },
      ],
      expected: '',
    },
  ],
);

check(
  'monitor page: other changes',
  (event: PageEvent) => {
    const state: MonitorState = { ...two, extents: [{ tab: 1, extent: extentOf(3) }], inputHistory: ['help'] };
    const before = pageAfter(
      state,
      { type: 'notice', notice: { severity: 'error', text: 'No.' } },
      { type: 'drawer', drawer: 'filter' },
    );
    const after = reduce(before, event);
    return (Object.keys(after) as (keyof PageState)[]).filter((key) => after[key] !== before[key]);
  },
  [
    { name: 'a drawer again closes it', input: { type: 'drawer', drawer: 'filter' }, expected: ['drawer'] },
    { name: 'the display of a tab', input: { type: 'display', tab: 1, display: { wrap: true } }, expected: ['tabs'] },
    { name: 'no notice', input: { type: 'notice' }, expected: ['notice'] },
    {
      name: 'adding takes the notice away',
      input: { type: 'adding', isAdding: true },
      expected: ['isAdding', 'notice'],
    },
    { name: 'typing', input: { type: 'typed', text: 'a' }, expected: ['input'] },
    { name: 'searching', input: { type: 'findOpened', isOpen: true }, expected: ['find'] },
  ],
);
