import type { LayerFacts } from '../../../src/core/estimate/report';
import { layerTable } from '../../../webview/model/layerTable';
import type { Column, PageEvent, PageState } from '../../../webview/model/store';
import { initialState, reduce, visibleLayers } from '../../../webview/model/store';
import { all, cells, drawn, fire, one, texts } from '../drawn';
import type { Drawn } from '../drawn';
import { check } from '../../support/check';
import { editorOf, layerOf, recorded, reportOf } from './pages';

const layers: readonly LayerFacts[] = [
  layerOf(0, 'conv', {
    macs: 12_345,
    ramBytes: 4096,
    flashBytes: 1000,
    weightBytes: 900,
    kernelBytes: 100,
    cycles: 30_000,
    variant: 'conv 1x1 s8',
  }),
  layerOf(1, 'dense', { operator: 'FULLY_CONNECTED', macs: 10, ramBytes: 1024, weightBytes: 1, cycles: 10_000 }),
  layerOf(2, 'softmax', { operator: 'SOFTMAX' }),
];

function pageOf(rows: readonly LayerFacts[], ...events: readonly PageEvent[]): PageState {
  const report = reportOf({ layers: rows, arena: arenaWithPeak });
  return [{ type: 'state', state: editorOf(report) } as const, ...events].reduce(reduce, initialState);
}

const arenaWithPeak = {
  minimumBytes: 5000,
  usedBytes: 5000,
  plannedBytes: 4096,
  persistentBytes: 904,
  scratchBytes: 0,
  peakOperator: 0,
  basis: 'exact',
} as const;

function tableOf(page: PageState, { actions } = recorded()): Drawn {
  return drawn(layerTable(page, page.editor!.report!, actions));
}

check('layer table: texts of the cells', (rows: readonly LayerFacts[]) => cells(tableOf(pageOf(rows))), [
  {
    name: 'figures, the peak and shares of the whole',
    input: layers,
    expected: [
      ['0', 'conv', 'CONV_2D', '12.3k', '4.00Kpeak', '0.98K', '30.0k75%'],
      ['1', 'dense', 'FULLY_CONNECTED', '10', '1.00K', '-', '10.0k25%'],
      ['2', 'softmax', 'SOFTMAX', '-', '-', '-', '-'],
    ],
  },
  { name: 'no layers', input: [], expected: [] },
  {
    name: 'columns of what was measured, where anything was',
    input: [
      layerOf(0, 'a', { cycles: 130, measured: { basis: 'measured', cycles: 100, difference: 0.3 } }),
      layerOf(1, 'b', { cycles: 100, measured: { basis: 'measured', ms: 2, difference: -0.2 } }),
      layerOf(2, 'c', { cycles: 10 }),
    ],
    expected: [
      ['0', 'a', 'CONV_2D', '-', '-peak', '-', '13054%', '100', '+30%'],
      ['1', 'b', 'CONV_2D', '-', '-', '-', '10042%', '2.00 ms', '-20%'],
      ['2', 'c', 'CONV_2D', '-', '-', '-', '104%', '-', '-'],
    ],
  },
]);

check(
  'layer table: what is told on hovering',
  (column: string) => all(tableOf(pageOf(layers)), `td.${column}`).map(({ attributes }) => attributes.title),
  [
    {
      name: 'RAM',
      input: 'ramBytes',
      expected: ['4,096 bytes planned while it runs', '1,024 bytes planned while it runs', 'not known'],
    },
    {
      name: 'flash: no part is told that is not known',
      input: 'flashBytes',
      expected: ['weights 900 bytes, kernel 100 bytes', 'weights 1 byte', 'not known'],
    },
    { name: 'cycles', input: 'cycles', expected: ['30,000 · conv 1x1 s8', '10,000', 'not known'] },
    { name: 'whole names', input: 'name', expected: ['conv', 'dense', 'softmax'] },
  ],
);

check(
  'layer table: bars against the largest of the column',
  (column: string) => all(tableOf(pageOf(layers)), `td.${column}`).map((cell) => one(cell, '.fill').properties.style),
  [
    { name: 'RAM', input: 'ramBytes', expected: ['width: 100.0%', 'width: 25.0%', 'width: 0.0%'] },
    { name: 'flash', input: 'flashBytes', expected: ['width: 100.0%', 'width: 0.0%', 'width: 0.0%'] },
    { name: 'cycles', input: 'cycles', expected: ['width: 100.0%', 'width: 33.3%', 'width: 0.0%'] },
  ],
);

check(
  'layer table: errors that stand out',
  (difference: number | undefined) => {
    const measured = { basis: 'measured', cycles: 100, difference } as const;
    const cell = one(tableOf(pageOf([layerOf(0, 'a', { measured })])), 'td.difference');
    return [cell.attributes.class.trim(), cell.attributes.title];
  },
  [
    { name: 'none', input: undefined, expected: ['difference', ''] },
    { name: 'a quarter', input: 0.25, expected: ['difference', 'the estimate is 25 % too high'] },
    { name: 'more than a quarter too low', input: -0.26, expected: ['difference far', 'the estimate is 26 % too low'] },
  ],
);

check(
  'layer table: heads',
  (events: readonly PageEvent[]) =>
    all(tableOf(pageOf(layers, ...events)), 'th').map(
      (head) => `${texts(head, 'button').join('')} ${head.attributes['aria-sort']}`,
    ),
  [
    {
      name: 'in the order of the file',
      input: [],
      expected: ['# ▴ ascending', 'Name none', 'Operator none', 'MACs none', 'RAM none', 'Flash none', 'Cycles none'],
    },
    {
      name: 'the largest cost first',
      input: [{ type: 'sort', column: 'cycles' }],
      expected: ['# none', 'Name none', 'Operator none', 'MACs none', 'RAM none', 'Flash none', 'Cycles ▾ descending'],
    },
  ],
);

check(
  'layer table: order by a column and back',
  ([column, times]: readonly [Column, number]) => {
    const events = Array.from({ length: times }, () => ({ type: 'sort', column }) as const);
    const rows = [
      layerOf(0, 'b', { measured: { basis: 'measured', cycles: 5, difference: -0.5 } }),
      layerOf(1, 'a', { operator: 'ADD', measured: { basis: 'measured', cycles: 7, difference: 0 } }),
      layerOf(2, 'c', { measured: { basis: 'measured', ms: 6, difference: 0.2 } }),
      layerOf(3, 'd'),
    ];
    return visibleLayers(pageOf(rows, ...events))
      .map(({ name }) => name)
      .join('');
  },
  [
    { name: 'name', input: ['name', 1], expected: 'abcd' },
    { name: 'name turned round', input: ['name', 2], expected: 'dcba' },
    { name: 'operator, then as in the file', input: ['operator', 1], expected: 'abcd' },
    { name: 'the largest errors first, whichever way they go', input: ['difference', 1], expected: 'bcad' },
    { name: 'the smallest errors first, none known last', input: ['difference', 2], expected: 'acbd' },
    { name: 'measured', input: ['measured', 1], expected: 'acbd' },
    { name: 'position turned round', input: ['index', 1], expected: 'dcab' },
  ],
);

const tabbable = (page: PageState): readonly string[] =>
  all(tableOf(page), 'tr[tabindex=0]').map(
    (row) => `${texts(row, '.name').join('')} ${row.attributes['aria-selected']}`,
  );

check('layer table: the one row in the tab order', tabbable, [
  { name: 'the first at first', input: pageOf(layers), expected: ['conv false'] },
  { name: 'the selected one', input: pageOf(layers, { type: 'select', layer: 1 }), expected: ['dense true'] },
  {
    name: 'the first that is shown while the selected one is filtered out',
    input: pageOf(layers, { type: 'select', layer: 0 }, { type: 'filter', text: 's' }),
    expected: ['dense false'],
  },
  { name: 'none of none', input: pageOf(layers, { type: 'filter', text: 'zzz' }), expected: [] },
]);

check(
  'layer table: keys',
  ({ key, selected, inHead = false }: { key: string; selected?: number; inHead?: boolean }) => {
    const record = recorded();
    const page = pageOf(layers, ...(selected === undefined ? [] : [{ type: 'select', layer: selected } as const]));
    const target = { closest: (what: string) => (inHead && what === 'thead' ? {} : null) };
    const { isPrevented } = fire(one(tableOf(page, record), 'table'), 'keydown', { key, target });
    return [isPrevented, ...record.done];
  },
  [
    { name: 'down', input: { key: 'ArrowDown' }, expected: [true, { type: 'move', by: 1 }] },
    { name: 'up', input: { key: 'ArrowUp' }, expected: [true, { type: 'move', by: -1 }] },
    { name: 'to the first', input: { key: 'Home' }, expected: [true, { type: 'move', by: -Infinity }] },
    { name: 'to the last', input: { key: 'End' }, expected: [true, { type: 'move', by: Infinity }] },
    {
      name: 'Enter opens the selected layer',
      input: { key: 'Enter', selected: 2 },
      expected: [true, { type: 'openListing', layer: 2 }],
    },
    { name: 'Enter without a selection', input: { key: 'Enter' }, expected: [false] },
    { name: 'other keys are left alone', input: { key: 'Escape', selected: 1 }, expected: [false] },
    {
      name: 'keys in the head are those of its buttons',
      input: { key: 'Enter', selected: 1, inHead: true },
      expected: [false],
    },
  ],
);

check('layer table: where keys lead', (events: readonly PageEvent[]) => pageOf(layers, ...events).selected, [
  {
    name: 'to the first',
    input: [
      { type: 'select', layer: 2 },
      { type: 'move', by: -Infinity },
    ],
    expected: 0,
  },
  { name: 'to the last', input: [{ type: 'move', by: Infinity }], expected: 2 },
  { name: 'to the first from nowhere', input: [{ type: 'move', by: -Infinity }], expected: 0 },
  {
    name: 'nowhere among no rows',
    input: [
      { type: 'filter', text: 'zzz' },
      { type: 'move', by: 1 },
    ],
    expected: undefined,
  },
  {
    name: 'from a row that is filtered out to the first shown',
    input: [
      { type: 'select', layer: 2 },
      { type: 'filter', text: 'conv' },
      { type: 'move', by: 1 },
    ],
    expected: 0,
  },
  { name: 'a layer that the model does not have', input: [{ type: 'reveal', layer: 3 }], expected: undefined },
]);

check(
  'layer table: clicks',
  (act: (table: Drawn) => void) => {
    const record = recorded();
    act(tableOf(pageOf(layers, { type: 'sort', column: 'name' }), record));
    return record.done;
  },
  [
    { name: 'a row', input: (table) => fire(all(table, 'tr')[2], 'click'), expected: [{ type: 'select', layer: 1 }] },
    {
      name: 'a row twice',
      input: (table) => fire(all(table, 'tr')[3], 'dblclick'),
      expected: [{ type: 'openListing', layer: 2 }],
    },
    {
      name: 'a head',
      input: (table) => fire(all(table, 'button')[4], 'click'),
      expected: [{ type: 'sort', column: 'ramBytes' }],
    },
    {
      name: 'what is typed filters',
      input: (table) => fire(one(table, 'mw-text-field'), 'input', { target: { value: 'x' } }),
      expected: [{ type: 'filter', text: 'x' }],
    },
  ],
);

check(
  'layer table: very long models',
  (count: number) => {
    const rows = Array.from({ length: count }, (_, index) => layerOf(index, `l${index}`));
    const view = tableOf(pageOf(rows));
    return [cells(view).length, ...texts(view, 'p')];
  },
  [
    { name: 'all are drawn', input: 2000, expected: [2000] },
    {
      name: 'the rest is found by the filter',
      input: 3234,
      expected: [2000, '1,234 more layers: narrow the filter to see them.'],
    },
  ],
);
