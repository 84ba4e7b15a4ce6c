import { byRow, findText, initialFind, nextMatch, reduceFind } from '../../../webview/monitor/find/store';
import type { FindEvent, FindState } from '../../../webview/monitor/find/store';
import { initialInput, reduceInput } from '../../../webview/monitor/input/store';
import type { InputEvent } from '../../../webview/monitor/input/store';
import { check } from '../../support/check';

check(
  'monitor page: what is written to the board',
  (events: readonly InputEvent[]) => {
    const { text, history, at } = events.reduce(reduceInput, { ...initialInput, history: ['old', 'new'] });
    return [text, history.join(' '), at];
  },
  [
    { name: 'nothing', input: [], expected: ['', 'old new', undefined] },
    { name: 'up is the newest', input: [{ type: 'recall', by: -1 }], expected: ['new', 'old new', 1] },
    {
      name: 'up stays at the oldest',
      input: [
        { type: 'recall', by: -1 },
        { type: 'recall', by: -1 },
        { type: 'recall', by: -1 },
      ],
      expected: ['old', 'old new', 0],
    },
    {
      name: 'down comes back to what had been typed',
      input: [
        { type: 'typed', text: 'dra' },
        { type: 'recall', by: -1 },
        { type: 'recall', by: 1 },
      ],
      expected: ['dra', 'old new', undefined],
    },
    {
      name: 'down from what is typed does nothing',
      input: [
        { type: 'typed', text: 'dra' },
        { type: 'recall', by: 1 },
      ],
      expected: ['dra', 'old new', undefined],
    },
    {
      name: 'typing in a line of the history makes it a new one',
      input: [
        { type: 'recall', by: -1 },
        { type: 'typed', text: 'newer' },
        { type: 'recall', by: -1 },
      ],
      expected: ['new', 'old new', 1],
    },
    {
      name: 'what was sent goes to the end, once',
      input: [
        { type: 'typed', text: 'old' },
        { type: 'sent', text: 'old' },
      ],
      expected: ['', 'new old', undefined],
    },
    {
      name: 'an empty line is sent and not remembered',
      input: [{ type: 'sent', text: '' }],
      expected: ['', 'old new', undefined],
    },
    {
      name: 'what was typed while a line was on its way stays',
      input: [
        { type: 'typed', text: 'one' },
        { type: 'typed', text: 'one, two' },
        { type: 'sent', text: 'one' },
      ],
      expected: ['one, two', 'old new one', undefined],
    },
    {
      name: 'another kind keeps the text',
      input: [
        { type: 'typed', text: '4d' },
        { type: 'inputKind', kind: 'hex' },
      ],
      expected: ['4d', 'old new', undefined],
    },
  ],
);

const counted = (rows: readonly number[], isMore = false): FindEvent => ({
  type: 'findCounted',
  count: { matches: rows.map((row) => ({ row, column: 0, length: 1 })), isMore, toRow: 9 },
});
const at = (row: number): Partial<FindState> => ({ current: { row, column: 0, length: 1 } });

check(
  'monitor page: where the search stands, in words',
  ({ events, start = {} }: { events: readonly FindEvent[]; start?: Partial<FindState> }) =>
    findText(events.reduce(reduceFind, { ...initialFind, pattern: { ...initialFind.pattern, text: 'x' }, ...start })),
  [
    { name: 'not counted yet', input: { events: [] }, expected: '' },
    { name: 'no match', input: { events: [counted([])] }, expected: 'No match' },
    { name: 'one', input: { events: [counted([3])] }, expected: '1 match' },
    { name: 'several', input: { events: [counted([3, 4])] }, expected: '2 matches' },
    { name: 'at one of them', input: { events: [counted([3, 4])], start: at(4) }, expected: '2 of 2' },
    {
      name: 'at one that is no longer kept',
      input: { events: [counted([3, 4])], start: at(1) },
      expected: '2 matches',
    },
    {
      name: 'more than were counted',
      input: { events: [counted([3, 4], true)], start: at(3) },
      expected: '1 of more than 2',
    },
    {
      name: 'more than were counted, at none',
      input: { events: [counted([3, 4], true)] },
      expected: 'more than 2 matches',
    },
    {
      name: 'a pattern that cannot be used',
      input: { events: [counted([3]), { type: 'findFailed', problem: 'A bracket is not closed.' }] },
      expected: 'A bracket is not closed.',
    },
    {
      name: 'another pattern is counted anew',
      input: { events: [counted([3]), { type: 'findPattern', pattern: { text: 'y' } }] },
      expected: '',
    },
    {
      name: 'no pattern',
      input: { events: [{ type: 'findPattern', pattern: { text: '' } }, counted([3])] },
      expected: '',
    },
  ],
);

const places = [
  { row: 2, column: 4, length: 1 },
  { row: 1, column: 0, length: 1 },
  { row: 2, column: 0, length: 1 },
];

check(
  'monitor page: the next match',
  ([current, direction]: readonly [(typeof places)[0] | undefined, 'forward' | 'backward']) =>
    nextMatch(places, current, direction),
  [
    { name: 'the first', input: [undefined, 'forward'], expected: places[1] },
    { name: 'the last', input: [undefined, 'backward'], expected: places[0] },
    { name: 'in the same row, further on', input: [places[2], 'forward'], expected: places[0] },
    { name: 'in the row before', input: [places[2], 'backward'], expected: places[1] },
    { name: 'beyond the last there is none', input: [places[0], 'forward'], expected: undefined },
  ],
);

check(
  'monitor page: matches by row',
  (rows: typeof places) => [...byRow(rows)].map(([row, { length }]) => [row, length]),
  [
    { name: 'none', input: [], expected: [] },
    {
      name: 'two of one row',
      input: places,
      expected: [
        [2, 2],
        [1, 1],
      ],
    },
  ],
);
