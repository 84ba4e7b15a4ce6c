import type { OperatorCard, TensorCard } from '../../../src/core/analysis/analysis';
import { graphPicture, mostDrawnLayers } from '../../../webview/model/graphLayout';
import { graphView } from '../../../webview/model/graphView';
import { initialState, reduce } from '../../../webview/model/store';
import type { PageEvent, PageState } from '../../../webview/model/store';
import { all, drawn, fire, named, one, textOf, texts } from '../drawn';
import { check } from '../../support/check';
import { editorOf, layerOf, recorded, reportOf } from './pages';

const card = (inputs: readonly number[], outputs: readonly number[], graph = 0): OperatorCard => ({
  graph,
  index: 0,
  kind: 'ADD',
  summary: '',
  version: 1,
  inputs,
  outputs,
  options: [],
});
const tensor = (index: number, name: string, more: Partial<TensorCard> = {}): TensorCard => ({
  graph: 0,
  tensor: index,
  name,
  type: 'int8',
  shape: [1],
  bytes: 1,
  constant: false,
  variable: false,
  ...more,
});
const tensors = [tensor(0, 'image'), tensor(9, 'weights', { constant: true }), tensor(8, 'state', { variable: true })];

/** x -> a; a -> b; a and b -> c: a branch that joins again. */
const branch = [card([0, 9], [1]), card([1, 8], [2]), card([1, 2, -1], [3])];

check(
  'graph of a model: its boxes from top to bottom, and lines between them',
  ([operators, cards]: readonly [readonly OperatorCard[], readonly TensorCard[]]) => {
    const picture = graphPicture(operators, cards);
    if (picture === undefined) return 'not drawn';
    const order = [...picture.nodes].sort((a, b) => a.top - b.top).map(({ id, input }) => input ?? id);
    const isInside = picture.nodes.every(
      ({ left, top, width, height }) =>
        left >= 0 && top >= 0 && left + width <= picture.width && top + height <= picture.height,
    );
    return [order, picture.edges.length, isInside];
  },
  [
    {
      name: 'a branch that joins, without constants and states',
      input: [branch, tensors],
      expected: [['image', '0', '1', '2'], 4, true],
    },
    { name: 'nothing', input: [[], []], expected: [[], 0, true] },
    {
      name: 'a layer that writes its own input',
      input: [[card([5, 0], [5])], tensors],
      expected: [['image', '0'], 1, true],
    },
    {
      name: 'the main graph alone',
      input: [[card([0], [1]), card([0], [1], 1)], tensors],
      expected: [['image', '0'], 1, true],
    },
    {
      name: 'layers that feed each other in a circle',
      input: [[card([2], [1]), card([1], [2])], []],
      expected: [['0', '1'], 2, true],
    },
    {
      name: 'more layers than a picture can show',
      input: [Array.from({ length: mostDrawnLayers + 1 }, (_, index) => card([index], [index + 1])), []],
      expected: 'not drawn',
    },
  ],
);

const layers = [
  layerOf(0, 'stem', { cycles: 100, ramBytes: 2048 }),
  layerOf(1, 'a/very/long/name/of/a/layer', { cycles: 300, ramBytes: 1024 }),
  layerOf(2, 'join', { operator: 'ADD' }),
];
const report = reportOf({ layers });

function pageOf(...events: readonly PageEvent[]): PageState {
  const editor = editorOf(report, { operators: branch, tensors });
  return [{ type: 'state', state: editor } as const, ...events].reduce(reduce, initialState);
}

const boxesOf = (page: PageState): readonly unknown[] =>
  all(drawn(graphView(page, report, recorded().actions)), 'g.layer').map((box) => [
    box.attributes['aria-label'],
    one(box, '.fill').attributes['fill-opacity'],
    `${box.attributes.tabindex} ${box.attributes['aria-pressed']}`,
  ]);

check('graph of a model: cost as colour', boxesOf, [
  {
    name: 'shares of all cycles',
    input: pageOf(),
    expected: [
      ['stem, CONV_2D, 25%', '0.23', '0 false'],
      ['a/very/long/name/of/a/layer, CONV_2D, 75%', '0.70', '-1 false'],
      ['join, ADD, -', '0.00', '-1 false'],
    ],
  },
  {
    name: 'RAM, with a layer chosen',
    input: pageOf({ type: 'graphCost', cost: 'ramBytes' }, { type: 'select', layer: 1 }),
    expected: [
      ['stem, CONV_2D, 2.00K', '0.70', '-1 false'],
      ['a/very/long/name/of/a/layer, CONV_2D, 1.00K', '0.35', '0 true'],
      ['join, ADD, -', '0.00', '-1 false'],
    ],
  },
]);

check(
  'graph of a model: names that are too long lose their beginnings',
  (page: PageState) => texts(drawn(graphView(page, report, recorded().actions)), '.name'),
  [{ name: 'of layers', input: pageOf(), expected: ['stem', '…ame/of/a/layer', 'join'] }],
);

check(
  'graph of a model: what mouse and keys do',
  ([type, key]: readonly [string, string]) => {
    const record = recorded();
    const view = drawn(graphView(pageOf(), report, record.actions));
    if (type === 'keydown') fire(one(view, 'svg'), type, { key, target: { dataset: { layer: '1' } } });
    else if (type === 'cost') fire(named(view, 'button', key), 'click');
    else fire(all(view, 'g.layer')[2], type);
    return record.done;
  },
  [
    { name: 'a click chooses', input: ['click', ''], expected: [{ type: 'select', layer: 2 }] },
    {
      name: 'a second one leads to the listing',
      input: ['dblclick', ''],
      expected: [{ type: 'openListing', layer: 2 }],
    },
    { name: 'the arrow goes on', input: ['keydown', 'ArrowDown'], expected: [{ type: 'move', by: 1 }] },
    { name: 'the space bar chooses', input: ['keydown', ' '], expected: [{ type: 'select', layer: 1 }] },
    { name: 'Enter leads to the listing', input: ['keydown', 'Enter'], expected: [{ type: 'openListing', layer: 1 }] },
    { name: 'letters do nothing', input: ['keydown', 'x'], expected: [] },
    { name: 'another cost', input: ['cost', 'Flash'], expected: [{ type: 'graphCost', cost: 'flashBytes' }] },
  ],
);

check(
  'graph of a model that has too many layers',
  (count: number) => {
    const operators = Array.from({ length: count }, (_, index) => card([index], [index + 1]));
    const page = { ...initialState, editor: editorOf(report, { operators, tensors: [] }) };
    return textOf(drawn(graphView(page, report, recorded().actions)));
  },
  [
    {
      name: 'says where they are',
      input: mostDrawnLayers + 1,
      expected: 'The graph is drawn for models of up to 400 layers: the table and the listing show all of this one.',
    },
  ],
);
