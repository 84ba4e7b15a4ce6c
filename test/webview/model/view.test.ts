import type { OperatorCard, TensorCard } from '../../../src/core/analysis/analysis';
import type { LayerFacts } from '../../../src/core/estimate/report';
import type { FindingView, ModelEditorState, OfferView } from '../../../src/protocol/modelEditor';
import { layerDetails } from '../../../webview/model/details';
import { findingList } from '../../../webview/model/findings';
import { offerList, offerTable } from '../../../webview/model/offers';
import type { OfferColumn } from '../../../webview/model/store';
import { initialState } from '../../../webview/model/store';
import { modelPage } from '../../../webview/model/view';
import { all, drawn, fire, named, one, texts, textOf } from '../drawn';
import type { Drawn } from '../drawn';
import { check } from '../../support/check';
import { editorOf, layerOf, recorded, reportOf } from './pages';

function pageOf(editor: ModelEditorState | undefined, { actions } = recorded()): Drawn {
  return drawn(modelPage({ ...initialState, editor }, actions));
}

check(
  'model page: before there are figures',
  (editor: ModelEditorState | undefined) => {
    const main = one(pageOf(editor), 'main');
    return [main.attributes.role, textOf(main)];
  },
  [
    { name: 'before the host has answered', input: undefined, expected: ['status', 'Reading the model …'] },
    {
      name: 'while it reads',
      input: editorOf(undefined, { status: 'loading' }),
      expected: ['status', 'Reading the model …'],
    },
    {
      name: 'a model that cannot be read, with the reason',
      input: editorOf(undefined, { status: 'failed', error: 'It is cut off.' }),
      expected: ['alert', 'It is cut off.'],
    },
    {
      name: 'a model that cannot be read, without',
      input: editorOf(undefined, { status: 'failed' }),
      expected: ['alert', 'The model cannot be read.'],
    },
  ],
);

check('model page: the heading', (editor: ModelEditorState) => texts(one(pageOf(editor), 'header'), 'p'), [
  {
    name: 'without a board',
    input: editorOf(reportOf({})),
    expected: [
      '2,000 bytes · 3 operators · 1.50 k MACs · 40 parameters',
      'Choose a board · tflm-cmsis-nn · TFLM 2025-01 · -Os',
    ],
  },
  {
    name: 'with a board and its clock',
    input: editorOf(reportOf({ target: { ...reportOf({}).target, boardName: 'Nano 33 BLE', clockHz: 64e6 } })),
    expected: [
      '2,000 bytes · 3 operators · 1.50 k MACs · 40 parameters',
      'Nano 33 BLE · 64 MHz · tflm-cmsis-nn · TFLM 2025-01 · -Os',
    ],
  },
]);

check(
  'model page: figures that are not the last word',
  (more: Partial<ModelEditorState>) => texts(pageOf(editorOf(reportOf({}), more)), 'p.stale'),
  [
    { name: 'they are', input: {}, expected: [] },
    {
      name: 'newer ones are on their way',
      input: { stale: true },
      expected: ['The file or the target has changed: these figures are being computed again.'],
    },
    { name: 'newer ones failed', input: { stale: true, error: 'It is cut off.' }, expected: ['It is cut off.'] },
  ],
);

check(
  'model page: buttons of the heading',
  ([selector, label]: readonly [string, string]) => {
    const record = recorded();
    fire(named(one(pageOf(editorOf(reportOf({})), record), 'header'), selector, label), 'click');
    return record.done;
  },
  [
    { name: 'board', input: ['button', 'Choose a board'], expected: [{ type: 'pickBoard' }] },
    { name: 'runtime', input: ['button', 'tflm-cmsis-nn'], expected: [{ type: 'pickRuntime' }] },
    { name: 'listing', input: ['mw-button', 'Open listing'], expected: [{ type: 'openListing' }] },
    {
      name: 'comparison',
      input: ['mw-button', 'Compare with HEAD'],
      expected: [{ type: 'runCommand', command: 'compareWithHead' }],
    },
    {
      name: 'report',
      input: ['mw-button', 'Copy report'],
      expected: [{ type: 'runCommand', command: 'copyReport' }],
    },
  ],
);

const finding = (more: Partial<FindingView>): FindingView => ({
  id: 'x',
  code: 'float-model',
  severity: 'warning',
  message: 'It is float.',
  actions: [],
  hasOffers: false,
  ...more,
});
const report = reportOf({ layers: [layerOf(0, 'conv'), layerOf(1, 'dense')] });
const actions = [
  { title: 'Quantize', action: 0 },
  { title: 'Ignore', action: 3 },
];

function problemsOf(findings: readonly FindingView[], showsAllFindings = false, { actions: act } = recorded()): Drawn {
  return drawn(findingList({ editor: editorOf(report, { findings }), showsAllFindings }, report, act));
}

check(
  'model page: problems',
  ([findings, all_]: readonly [readonly FindingView[], boolean?]) => {
    const view = problemsOf(findings, all_);
    const items = all(view, 'li').filter(({ attributes }) => attributes.class !== undefined);
    return [...items.map((item) => [item.attributes.class, textOf(item)]), ...texts(view, 'section > button')];
  },
  [
    { name: 'none', input: [[]], expected: [] },
    {
      name: 'the worst first, of the model and of a layer, with what can be done',
      input: [[finding({ hasOffers: true }), finding({ severity: 'error', layer: 1, actions })]],
      expected: [
        ['error', '✕ dense It is float. Fix QuantizeIgnore float-model'],
        ['warning', '▲ It is float. What can be done float-model'],
      ],
    },
  ],
);

check(
  'model page: problems beyond the first three',
  ([count, showsAll]: readonly [number, boolean]) => {
    const record = recorded();
    const view = problemsOf(
      Array.from({ length: count }, () => finding({})),
      showsAll,
      record,
    );
    const more = all(view, 'button').filter((button) => textOf(button).includes('more'));
    for (const button of more) fire(button, 'click');
    return [texts(view, '.text').length, ...more.map(textOf), ...record.done];
  },
  [
    { name: 'there are none', input: [3, false], expected: [3] },
    { name: 'one', input: [4, false], expected: [3, '1 more problem', { type: 'showAllFindings' }] },
    { name: 'two', input: [5, false], expected: [3, '2 more problems', { type: 'showAllFindings' }] },
    { name: 'all that were asked for', input: [5, true], expected: [5] },
  ],
);

check(
  'model page: what a problem does',
  (label: string) => {
    const record = recorded();
    const findings = [finding({ hasOffers: true }), finding({ code: 'y', layer: 1, actions })];
    fire(named(problemsOf(findings, false, record), 'button', label), 'click');
    return record.done;
  },
  [
    { name: 'it leads to its layer', input: 'dense', expected: [{ type: 'reveal', layer: 1 }] },
    { name: 'it is explained', input: 'y', expected: [{ type: 'explainRule', code: 'y' }] },
    { name: 'it leads to offers', input: 'What can be done', expected: [{ type: 'view', view: 'offers' }] },
    { name: 'its actions, by place', input: 'Ignore', expected: [{ type: 'applyAction', finding: 1, action: 3 }] },
  ],
);

const brings = {
  before: { arenaBytes: 2048, flashBytes: 4096, ms: 3, macs: 10 },
  after: { arenaBytes: 1024, flashBytes: 4100, macs: 10 },
  keepsOutputs: false,
} as const;
const offers: readonly OfferView[] = [
  { title: 'Quantize: RAM 2 -> 1 KB', isPossible: true, offer: 0, brings },
  { title: 'Why not prune?', isPossible: false, offer: 1, why: 'It has no channels.' },
  {
    title: 'Save RAM: 2 -> 0.5 KB',
    isPossible: true,
    offer: 2,
    brings: { ...brings, after: { arenaBytes: 512, ms: 6, macs: 10 }, keepsOutputs: true },
  },
  { title: 'Keep float: +1 dB', isPossible: true, offer: 0, layer: 1 },
  { title: 'Why not prune it?', isPossible: false, offer: 1, layer: 1, why: 'It has one channel.' },
];

check(
  'model page: what can be done with the model',
  ([offered, offerSort]: readonly [readonly OfferView[], OfferColumn?]) => {
    const page = { ...initialState, editor: editorOf(report), offerSort };
    const view = drawn(offerTable(page, offered, recorded().actions));
    return [...texts(view, 'tr'), ...texts(view, 'p')].map((text) => text.replace(/\s+/g, ' ').trim());
  },
  [
    {
      name: 'costs and changes, what cannot be done with its reason',
      input: [offers],
      expected: [
        'What RAM Flash Time Outputs',
        'The model as it is 2.00 KB4.00 KB3.00 ms',
        'Quantize 1.00 KB -50 % 4.00 KB +<1 % - measured Start',
        'Save RAM 512 B -75 % - 6.00 ms +100 % the same Start',
        'Why not prune? It has no channels.',
      ],
    },
    {
      name: 'the least RAM first',
      input: [offers, 'arenaBytes'],
      expected: [
        'What RAM ▴ Flash Time Outputs',
        'The model as it is 2.00 KB4.00 KB3.00 ms',
        'Save RAM 512 B -75 % - 6.00 ms +100 % the same Start',
        'Quantize 1.00 KB -50 % 4.00 KB +<1 % - measured Start',
        'Why not prune? It has no channels.',
      ],
    },
    {
      name: 'while they are estimated',
      input: [[{ title: 'Quantize to int8 (estimating)', isPossible: true, offer: 0 }]],
      expected: ['What RAM Flash Time Outputs', 'Quantize to int8 (estimating) - - - Start'],
    },
    { name: 'nothing', input: [[]], expected: ['What RAM Flash Time Outputs', 'Nothing is offered for this model.'] },
  ],
);

check(
  'model page: what the table of offers does',
  (label: string) => {
    const record = recorded();
    const view = drawn(offerTable({ ...initialState, editor: editorOf(report) }, offers, record.actions));
    if (label === 'Start') all(view, 'mw-button').forEach((button) => fire(button, 'click'));
    else fire(named(view, 'button', label), 'click');
    return record.done;
  },
  [
    { name: 'sorts', input: 'Time', expected: [{ type: 'sortOffers', column: 'ms' }] },
    {
      name: 'starts, by place',
      input: 'Start',
      expected: [
        { type: 'applyOffer', layer: undefined, offer: 0 },
        { type: 'applyOffer', layer: undefined, offer: 2 },
      ],
    },
  ],
);

check(
  'model page: offers of a layer',
  (layer: number) => {
    const record = recorded();
    const view = drawn(offerList(offers, layer, record.actions));
    for (const button of all(view, 'mw-button')) fire(button, 'click');
    return [...texts(view, 'li'), ...record.done];
  },
  [
    {
      name: 'what cannot be done says why',
      input: 1,
      expected: [
        'Keep float +1 dB',
        'Why not prune it? It has one channel.',
        { type: 'applyOffer', layer: 1, offer: 0 },
      ],
    },
    { name: 'none', input: 0, expected: [] },
  ],
);

/** Names and values of the list of figures. */
function figures(more: Partial<LayerFacts>, editor: Partial<ModelEditorState> = {}): readonly string[] {
  const state = editorOf(reportOf({ layers: [layerOf(0, 'conv', more)] }), editor);
  const view = drawn(layerDetails({ ...initialState, editor: state, selected: 0 }, recorded().actions));
  const values = texts(view, 'dd');
  return texts(view, 'dt').map((name, index) => `${name}: ${values[index]}`);
}

check('model page: figures of a layer', (more: Partial<LayerFacts>) => figures(more), [
  { name: 'nothing is known', input: {}, expected: ['instructions: not known'] },
  {
    name: 'all is known',
    input: {
      macs: 1000,
      ramBytes: 64,
      weightBytes: 1,
      kernelBytes: 2000,
      instructions: 2500,
      instructionsLow: 2000,
      instructionsHigh: 3000,
      cycles: 3200,
      ms: 0.05,
      variant: 'conv 1x1 s8',
      variantReason: 'The filter is 1x1.',
    },
    expected: [
      'MACs: 1,000',
      'RAM at this step: 64 bytes',
      'weights: 1 byte',
      'kernel code, first use here: 2,000 bytes',
      'instructions: 2,500 (2.50 a MAC)',
      'band: 2,000 to 3,000',
      'cycles: 3,200',
      'time: 50.0 µs',
      'kernel: conv 1x1 s8',
      'why this kernel: The filter is 1x1.',
    ],
  },
  {
    name: 'instructions of an operator without MACs',
    input: { macs: 0, instructions: 9 },
    expected: ['MACs: 0', 'instructions: 9'],
  },
  {
    name: 'what was measured',
    input: { instructions: 1, measured: { basis: 'measured', cycles: 100, ms: 1.5, difference: -0.5 } },
    expected: ['instructions: 1', 'measured cycles: 100', 'measured time: 1.50 ms', 'estimate: 50 % too low'],
  },
]);

const operator: OperatorCard = {
  graph: 0,
  index: 0,
  kind: 'CONV_2D',
  summary: 'A convolution.',
  version: 3,
  inputs: [4, -1],
  outputs: [5],
  options: [['padding', 'SAME']],
};
const tensor = (index: number, more: Partial<TensorCard>): TensorCard => ({
  graph: 0,
  tensor: index,
  name: `t${index}`,
  type: 'int8',
  shape: [1, 2],
  bytes: 2,
  constant: false,
  variable: false,
  ...more,
});
const detailed: Partial<ModelEditorState> = {
  operators: [operator],
  tensors: [
    tensor(4, { constant: true, quantization: 'scale 0.5' }),
    tensor(5, { shape: [] }),
    tensor(5, { graph: 1, name: 'other' }),
  ],
  arenaDetail: {
    persistent: [],
    minimumDecidedBy: 'run',
    buffers: [
      { kind: 'tensor', graph: 0, index: 4, name: 'in', bytes: 1, offset: 2000, firstStep: 0, lastStep: 1 },
      { kind: 'tensor', graph: 0, index: 5, name: 'later', bytes: 1, offset: 0, firstStep: 2, lastStep: 3 },
    ],
  },
};

check(
  'model page: what is known of a layer besides',
  ({ selected, editor, step }: { selected?: number; editor: Partial<ModelEditorState>; step?: number }) => {
    const record = recorded();
    const state = editorOf(reportOf({ layers: [layerOf(0, 'conv', { step })] }), editor);
    const view = drawn(layerDetails({ ...initialState, editor: state, selected }, record.actions));
    for (const button of all(view, 'mw-button')) fire(button, 'click');
    return [
      ...texts(view, 'p.facts'),
      ...texts(view, 'h3'),
      ...texts(view, 'dd'),
      ...texts(view, 'li'),
      ...record.done,
    ];
  },
  [
    {
      name: 'no layer is chosen: what the totals are made of',
      input: { editor: {} },
      expected: [
        'Select a layer to see its parts.',
        'RAM (arena) not known',
        'Time not known',
        'Energy not known',
        'The arena cannot be planned: see the problems.',
        'No kernel of this runtime was measured on this core.',
        'Power or time of this board is not known.',
      ],
    },
    {
      name: 'a layer that is not there',
      input: { selected: 5, editor: {} },
      expected: [
        'Select a layer to see its parts.',
        'RAM (arena) not known',
        'Time not known',
        'Energy not known',
        'The arena cannot be planned: see the problems.',
        'No kernel of this runtime was measured on this core.',
        'Power or time of this board is not known.',
      ],
    },
    {
      name: 'its card, its tensors but the absent one, and what lies in memory beside it',
      input: { selected: 0, editor: detailed, step: 1 },
      expected: [
        'CONV_2D (version 3): A convolution.',
        'Options',
        'Tensors',
        'In memory at this step',
        'not known',
        'SAME',
        '1 byte',
        'in int8[1,2] t4 constant, 2 bytes scale 0.5',
        'out int8[] t5',
        { type: 'openListing', layer: 0 },
      ],
    },
    {
      name: 'nothing but its operator',
      input: { selected: 0, editor: {}, step: 1 },
      expected: ['CONV_2D', 'Tensors', 'not known', { type: 'openListing', layer: 0 }],
    },
  ],
);
