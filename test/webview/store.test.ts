import type { LayerFacts } from '../../src/core/estimate/report';
import type { PageEvent, PageState } from '../../webview/model/store';
import { initialState, reduce, visibleLayers } from '../../webview/model/store';
import { check } from '../support/check';

const layer = (index: number, name: string, figures: Partial<LayerFacts> = {}): LayerFacts => ({
  index,
  graph: 0,
  position: index,
  operator: 'CONV_2D',
  name,
  ...figures,
});

const loaded: PageEvent = {
  type: 'state',
  state: {
    fileName: 'a.tflite',
    status: 'ready',
    stale: false,
    findings: [],
    offers: [],
    report: {
      model: { path: 'a.tflite', format: 'tflite', bytes: 1, operators: 3, macs: 0, parameters: 0 },
      target: { runtime: 'tflm-reference', tflmVersion: 'x', optimization: 'O2', rounding: 'double' },
      layers: [
        layer(0, 'beta', { ramBytes: 10, cycles: 5 }),
        layer(1, 'alpha', { ramBytes: 30 }),
        layer(2, 'gamma', { ramBytes: 20, instructions: 7 }),
      ],
      findings: [],
    },
  },
};

const after = (...events: readonly PageEvent[]): PageState => [loaded, ...events].reduce(reduce, initialState);

check(
  'layer table: order of rows',
  (events: readonly PageEvent[]) => visibleLayers(after(...events)).map(({ name }) => name),
  [
    { name: 'file order at first', input: [], expected: ['beta', 'alpha', 'gamma'] },
    {
      name: 'figures largest first',
      input: [{ type: 'sort', column: 'ramBytes' }],
      expected: ['alpha', 'gamma', 'beta'],
    },
    {
      name: 'again turns the order round',
      input: [
        { type: 'sort', column: 'ramBytes' },
        { type: 'sort', column: 'ramBytes' },
      ],
      expected: ['beta', 'gamma', 'alpha'],
    },
    { name: 'names smallest first', input: [{ type: 'sort', column: 'name' }], expected: ['alpha', 'beta', 'gamma'] },
    { name: 'unknown cost last', input: [{ type: 'sort', column: 'cycles' }], expected: ['gamma', 'beta', 'alpha'] },
    {
      name: 'unknown cost last when turned round too',
      input: [
        { type: 'sort', column: 'cycles' },
        { type: 'sort', column: 'cycles' },
      ],
      expected: ['beta', 'gamma', 'alpha'],
    },
    { name: 'filter by name', input: [{ type: 'filter', text: ' ALP ' }], expected: ['alpha'] },
  ],
);

check('layer table: selection', (events: readonly PageEvent[]) => after(...events).selected, [
  { name: 'none at first', input: [], expected: undefined },
  { name: 'down from none takes the first row', input: [{ type: 'move', by: 1 }], expected: 0 },
  { name: 'up from none takes the last row', input: [{ type: 'move', by: -1 }], expected: 2 },
  {
    name: 'down follows the order shown',
    input: [
      { type: 'sort', column: 'ramBytes' },
      { type: 'select', layer: 1 },
      { type: 'move', by: 1 },
    ],
    expected: 2,
  },
  {
    name: 'stops at the end',
    input: [
      { type: 'select', layer: 2 },
      { type: 'move', by: 1 },
    ],
    expected: 2,
  },
  {
    name: 'reveal clears the filter and selects',
    input: [
      { type: 'filter', text: 'alpha' },
      { type: 'reveal', layer: 2 },
    ],
    expected: 2,
  },
  { name: 'a row that a new state no longer has', input: [{ type: 'select', layer: 9 }, loaded], expected: undefined },
]);
