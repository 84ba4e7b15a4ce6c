import type { TradeoffPoint, TradeoffView } from '../../../src/protocol/proofPage';
import type { CostAxis, PageState } from '../../../webview/proof/store';
import { initialState } from '../../../webview/proof/store';
import { tradeoff, tradeoffChart } from '../../../webview/proof/tradeoff';
import { all, cells, drawn, fire, focusedBy, named, one, texts } from '../drawn';
import type { Drawn } from '../drawn';
import { check } from '../../support/check';
import { recorded } from './pages';

const points: readonly TradeoffPoint[] = [
  { label: 'original', totals: { macs: 2000, arenaBytes: 4096, ms: 20 }, quality: 0.98 },
  { label: '30 %', note: 'fine-tuned', totals: { macs: 1400, arenaBytes: 3072 }, quality: 0.9765 },
  { label: '60 %', totals: { macs: 800, arenaBytes: 2048, ms: 8 } },
];
const view: TradeoffView = { qualityName: 'accuracy', qualityUnit: 'share', points, taken: 1 };
const pageOf = (more: Partial<PageState> = {}): PageState => ({ ...initialState, ...more });

function draw(shown: TradeoffView, page: PageState, { actions } = recorded()): Drawn {
  return drawn(tradeoff(shown, page, actions));
}

check(
  'trade-off: the table',
  (shown: TradeoffView) => [texts(one(draw(shown, pageOf()), 'thead'), 'th'), ...cells(draw(shown, pageOf()))],
  [
    {
      name: 'costs that are known of at least one point; what is not known is blank',
      input: view,
      expected: [
        ['Point', 'Time', 'RAM', 'MACs', 'accuracy'],
        ['original', '20.0 ms', '4.00 KB', '2.00 k', '98.00 %'],
        ['30 % fine-tuned, written', '', '3.00 KB', '1.40 k', '97.65 %'],
        ['60 %', '8.00 ms', '2.00 KB', '800', ''],
      ],
    },
    {
      name: 'decibels',
      input: {
        qualityName: 'signal',
        qualityUnit: 'dB',
        points: [
          { label: 'a', totals: { macs: 1 }, quality: 31.25 },
          { label: 'b', totals: { macs: 1, flashBytes: 10 }, quality: Infinity },
        ],
      },
      expected: [
        ['Point', 'Flash', 'MACs', 'signal'],
        ['a', '', '1', '31.3 dB'],
        ['b', '10 B', '1', 'equal'],
      ],
    },
    { name: 'no points', input: { ...view, points: [] }, expected: [['Point', 'accuracy']] },
  ],
);

check(
  'trade-off: which row has the focus, and which is chosen',
  (point: number | undefined) =>
    all(one(draw(view, pageOf({ point })), 'tbody'), 'tr').map(
      ({ attributes }) => `${attributes.tabindex} ${attributes['aria-selected']}`,
    ),
  [
    { name: 'none is chosen: the first', input: undefined, expected: ['0 false', '-1 false', '-1 false'] },
    { name: 'the chosen one', input: 2, expected: ['-1 false', '-1 false', '0 true'] },
  ],
);

check(
  'trade-off: keys',
  ({ key, point }: { key: string; point?: number }) => {
    const record = recorded();
    let isPrevented = false;
    const focused = focusedBy(() => {
      ({ isPrevented } = fire(one(draw(view, pageOf({ point }), record), 'table'), 'keydown', { key }));
    });
    return [isPrevented, ...record.done, ...focused];
  },
  [
    {
      name: 'down',
      input: { key: 'ArrowDown' },
      expected: [true, { type: 'movePoint', by: 1 }, '.points [aria-selected="true"]'],
    },
    {
      name: 'up',
      input: { key: 'ArrowUp' },
      expected: [true, { type: 'movePoint', by: -1 }, '.points [aria-selected="true"]'],
    },
    {
      name: 'first',
      input: { key: 'Home' },
      expected: [true, { type: 'movePoint', by: -Infinity }, '.points [aria-selected="true"]'],
    },
    {
      name: 'last',
      input: { key: 'End' },
      expected: [true, { type: 'movePoint', by: Infinity }, '.points [aria-selected="true"]'],
    },
    {
      name: 'Enter writes the chosen one',
      input: { key: 'Enter', point: 2 },
      expected: [true, { type: 'takePoint', point: 2 }, '.points [aria-selected="true"]'],
    },
    { name: 'Enter on what is written already', input: { key: 'Enter', point: 1 }, expected: [false] },
    { name: 'Enter without a choice', input: { key: 'Enter' }, expected: [false] },
    { name: 'any other key', input: { key: 'Tab', point: 0 }, expected: [false] },
  ],
);

check(
  'trade-off: the button that writes a model',
  (point: number | undefined) => {
    const record = recorded();
    const taking = all(draw(view, pageOf({ point }), record), '.take');
    for (const button of taking.flatMap((each) => all(each, 'mw-button'))) fire(button, 'click');
    return [...taking.flatMap((each) => texts(each, 'mw-button')), ...record.done];
  },
  [
    { name: 'no choice', input: undefined, expected: [] },
    { name: 'written already', input: 1, expected: [] },
    { name: 'another', input: 0, expected: ['Write the model of “original”', { type: 'takePoint', point: 0 }] },
  ],
);

check(
  'trade-off: the cost across',
  (wanted: CostAxis) => {
    const record = recorded();
    const page = draw(view, pageOf({ cost: wanted }), record);
    fire(named(page, 'button', 'RAM'), 'click');
    return [...all(one(page, '.switch'), 'button').map(({ attributes }) => attributes['aria-pressed']), ...record.done];
  },
  [
    {
      name: 'time at first',
      input: 'time',
      expected: ['true', 'false', 'false', { type: 'cost', cost: 'arenaBytes' }],
    },
    { name: 'MACs', input: 'macs', expected: ['false', 'false', 'true', { type: 'cost', cost: 'arenaBytes' }] },
    {
      name: 'one that is not known of any point: the first that is',
      input: 'flashBytes',
      expected: ['true', 'false', 'false', { type: 'cost', cost: 'arenaBytes' }],
    },
  ],
);

check(
  'trade-off: the chart',
  (page: Partial<PageState>) => {
    const { xName, lines, chosen, xText, yText } = tradeoffChart(view, pageOf(page), recorded().actions);
    return [xName, lines[0].points, chosen?.point, xText(2048), yText(0.9)];
  },
  [
    {
      // The second has no time and the third no quality: one point is drawn.
      name: 'points without a cost or a quality are not drawn',
      input: { cost: 'time', point: 0 },
      expected: ['Time', [[20, 0.98]], 0, '2.05 s', '90 %'],
    },
    {
      name: 'the chosen one, by its place among those drawn',
      input: { cost: 'macs', point: 1 },
      expected: [
        'MACs',
        [
          [2000, 0.98],
          [1400, 0.9765],
        ],
        1,
        '2.05 k',
        '90 %',
      ],
    },
    {
      name: 'a chosen one that is not drawn has no ring',
      input: { cost: 'time', point: 2 },
      expected: ['Time', [[20, 0.98]], undefined, '2.05 s', '90 %'],
    },
    {
      name: 'no choice, no ring',
      input: { cost: 'time' },
      expected: ['Time', [[20, 0.98]], undefined, '2.05 s', '90 %'],
    },
  ],
);

check(
  'trade-off: a click on the chart chooses by the place in the table',
  (place: number) => {
    const record = recorded();
    const spread: TradeoffView = { ...view, points: [points[2], points[0], points[1]] };
    tradeoffChart(spread, pageOf({ cost: 'macs' }), record.actions).chosen?.choose(place);
    return record.done;
  },
  [
    { name: 'the first that is drawn', input: 0, expected: [{ type: 'choosePoint', point: 1 }] },
    { name: 'the second', input: 1, expected: [{ type: 'choosePoint', point: 2 }] },
  ],
);

check(
  'trade-off: the rest of it',
  (shown: TradeoffView) => {
    const record = recorded();
    const page = draw(shown, pageOf(), record);
    fire(named(page, 'mw-button', 'Save picture'), 'click');
    fire(named(page, 'mw-button', 'Save as CSV'), 'click');
    fire(all(one(page, 'tbody'), 'tr')[2], 'click');
    return [...texts(page, '.note'), ...record.done];
  },
  [
    {
      name: 'picture, table and a click on a row',
      input: view,
      expected: ['picture', { type: 'exportCsv' }, { type: 'choosePoint', point: 2 }],
    },
    {
      name: 'why the goal was not reached',
      input: { ...view, unreachable: 'No point has 99 %.' },
      expected: ['No point has 99 %.', 'picture', { type: 'exportCsv' }, { type: 'choosePoint', point: 2 }],
    },
  ],
);
