import type { Proof } from '../../../src/core/compress/proof';
import type { ProofPageState } from '../../../src/protocol/proofPage';
import type { PageEvent } from '../../../webview/proof/store';
import { initialState, reduce } from '../../../webview/proof/store';
import { curveChart, proofPage } from '../../../webview/proof/view';
import { all, drawn, fire, named, one, texts, textOf } from '../drawn';
import type { Drawn } from '../drawn';
import { check } from '../../support/check';
import { proofOf, recorded, shownOf } from './pages';

function pageOf(shown: ProofPageState | undefined, { actions } = recorded()): Drawn {
  return drawn(proofPage({ ...initialState, shown }, actions));
}

check(
  'proof page: its parts',
  (shown: ProofPageState | undefined) => [
    ...texts(pageOf(shown), 'h1'),
    ...texts(pageOf(shown), 'h2'),
    ...texts(pageOf(shown), 'summary'),
  ],
  [
    { name: 'before the host has answered', input: undefined, expected: [] },
    { name: 'no proof yet', input: shownOf({ status: 'working' }), expected: ['Quantize to int8'] },
    {
      name: 'a proof of which nothing was executed',
      input: shownOf({ proof: proofOf() }),
      expected: ['Quantize to int8', 'Costs with tflm-cmsis-nn, no board chosen', 'Outputs compared with the original'],
    },
    {
      name: 'everything',
      input: shownOf({
        result: { name: 'a.int8.tflite', status: 'new' },
        curves: [{ series: 'loss', x: 0, y: 1 }],
        tradeoff: { qualityName: 'accuracy', qualityUnit: 'share', points: [] },
        proof: proofOf({
          decisions: ['One.', 'Two.'],
          layers: [{ name: 'conv', operator: 'CONV_2D', accumulatedSqnrDb: 30 }],
        }),
      }),
      expected: [
        'a.int8.tflite',
        'What pruning costs and keeps',
        'Costs with tflm-cmsis-nn, no board chosen',
        'Outputs compared with the original',
        'Where the error comes from',
        'Fine-tuning',
        'All 2 decisions',
      ],
    },
  ],
);

check(
  'proof page: what came of it',
  (more: Partial<ProofPageState>) => texts(one(pageOf(shownOf(more)), 'header'), 'p'),
  [
    { name: 'nothing was written', input: {}, expected: ['From a.tflite'] },
    {
      name: 'written',
      input: { result: { name: 'b.tflite', status: 'new' } },
      expected: ['Quantize to int8, from a.tflite'],
    },
    {
      name: 'kept',
      input: { result: { name: 'b.tflite', status: 'kept' } },
      expected: ['Quantize to int8, from a.tflite · kept'],
    },
    {
      name: 'discarded',
      input: { result: { name: 'b.tflite', status: 'discarded' } },
      expected: ['Quantize to int8, from a.tflite · discarded: the file is gone'],
    },
  ],
);

const next = {
  learned: 'calibrated',
  unmeasured: '',
  next: { text: 'Quantize the result' },
} as ProofPageState['words'];

check(
  'proof page: buttons of the result',
  (more: Partial<ProofPageState>) => texts(one(pageOf(shownOf(more)), '.buttons'), 'mw-button'),
  [
    { name: 'while it works: none', input: { status: 'working' }, expected: [] },
    { name: 'it failed', input: { status: 'failed' }, expected: ['Do it again…'] },
    {
      name: 'new',
      input: { result: { name: 'b', status: 'new' } },
      expected: ['Keep', 'Discard', 'Show diff', 'Open model', 'Copy JSON', 'Do it again…'],
    },
    {
      name: 'kept, with something to follow',
      input: { result: { name: 'b', status: 'kept' }, words: next },
      expected: ['Show diff', 'Open model', 'Quantize the result', 'Copy JSON', 'Do it again…'],
    },
    {
      name: 'discarded: the proof is left',
      input: { result: { name: 'b', status: 'discarded' }, proof: proofOf() },
      expected: ['Copy JSON', 'Do it again…'],
    },
    {
      name: 'discarded without a proof',
      input: { result: { name: 'b', status: 'discarded' } },
      expected: ['Do it again…'],
    },
  ],
);

check(
  'proof page: what the buttons tell the host',
  (label: string) => {
    const record = recorded();
    const header = one(pageOf(shownOf({ result: { name: 'b', status: 'new' }, words: next }), record), 'header');
    fire(named(header, label === 'a.tflite' ? 'button' : 'mw-button', label), 'click');
    return record.done;
  },
  [
    { name: 'keep', input: 'Keep', expected: [{ type: 'keep' }] },
    { name: 'discard', input: 'Discard', expected: [{ type: 'discard' }] },
    { name: 'difference', input: 'Show diff', expected: [{ type: 'showDiff' }] },
    { name: 'result', input: 'Open model', expected: [{ type: 'openResult' }] },
    { name: 'source', input: 'a.tflite', expected: [{ type: 'openSource' }] },
    { name: 'what follows', input: 'Quantize the result', expected: [{ type: 'compressResult' }] },
    { name: 'JSON', input: 'Copy JSON', expected: [{ type: 'copyJson' }] },
    { name: 'again', input: 'Do it again…', expected: [{ type: 'runAgain' }] },
  ],
);

check(
  'proof page: while it works',
  (more: Partial<ProofPageState>) => {
    const record = recorded();
    const view = pageOf(shownOf(more), record);
    if (all(view, '.work').length === 0) return 'no work';
    fire(named(view, 'mw-button', 'Stop'), 'click');
    const { attributes, children } = one(view, '[role=progressbar]');
    const bar = children.find((child): child is Drawn => typeof child !== 'string');
    return [
      textOf(one(view, '[role=status]')),
      attributes['aria-label'],
      attributes['aria-valuenow'],
      bar?.properties.style,
      ...record.done,
    ];
  },
  [
    {
      name: 'before the first news',
      input: { status: 'working' },
      expected: ['Starting … 0 %', 'Starting', '0', 'width: 0%', { type: 'cancel' }],
    },
    {
      name: 'in the middle',
      input: { status: 'working', work: { stage: 'Fine-tuning', share: 0.505 } },
      expected: ['Fine-tuning … 51 %', 'Fine-tuning', '51', 'width: 51%', { type: 'cancel' }],
    },
    { name: 'news that are old', input: { status: 'done', work: { stage: 'x', share: 1 } }, expected: 'no work' },
    { name: 'stopped', input: { status: 'cancelled' }, expected: 'no work' },
  ],
);

check(
  'proof page: failures, warnings and decisions',
  (shown: ProofPageState) => [
    ...texts(pageOf(shown), '[role=alert]'),
    ...texts(pageOf(shown), '[aria-label=Warnings]'),
    ...texts(pageOf(shown), 'ol'),
  ],
  [
    { name: 'none', input: shownOf({ proof: proofOf() }), expected: [] },
    {
      name: 'why there is no result',
      input: shownOf({ status: 'failed', error: 'The model is cut off.' }),
      expected: ['The model is cut off.'],
    },
    {
      name: 'warnings and decisions',
      input: shownOf({ proof: proofOf({ warnings: ['Mind.', 'Look.'], decisions: ['Done.'] }) }),
      expected: ['Mind.Look.', 'Done.'],
    },
  ],
);

const curves = [
  { series: 'loss', x: 0, y: 2.5 },
  { series: 'validation', x: 0, y: 3 },
  { series: 'loss', x: 1, y: 1.25 },
];

check(
  'proof page: curves',
  (points: ProofPageState['curves']) => {
    const view = pageOf(shownOf({ curves: points }));
    const { lines, xText, yText } = curveChart(shownOf({ curves: points }));
    return [
      ...all(view, '#curve-plot').map(({ attributes }) => attributes['aria-label']),
      lines,
      xText(3),
      yText(0.012345),
    ];
  },
  [
    { name: 'none yet', input: [], expected: [[], '3', '0.0123'] },
    {
      name: 'two, the words tell where each began and where it stands',
      input: curves,
      expected: [
        'Curves of the fine-tuning: loss from 2.50 to 1.25, validation from 3.00 to 3.00.',
        [
          {
            name: 'loss',
            points: [
              [0, 2.5],
              [1, 1.25],
            ],
          },
          { name: 'validation', points: [[0, 3]] },
        ],
        '3',
        '0.0123',
      ],
    },
  ],
);

check(
  'proof page: costs in the table',
  (more: Partial<Proof>) => {
    const view = pageOf(shownOf({ proof: proofOf(more) }));
    return [...texts(view, 'p.note'), ...texts(one(view, '.costs'), 'tr').slice(1)];
  },
  [
    {
      name: 'files alone are known',
      input: {},
      expected: ['MACs 1.50 k 1.50 k same', 'File 4,000 bytes 1,000 bytes −75 %'],
    },
    {
      name: 'the source was refused',
      input: { beforeRefusal: 'It is hybrid.' },
      expected: [
        'Before: refused by TensorFlow Lite Micro. It is hybrid.',
        'MACs 1.50 k 1.50 k same',
        'File 4,000 bytes 1,000 bytes −75 %',
      ],
    },
    {
      name: 'the result was refused',
      input: { afterRefusal: 'It is custom.' },
      expected: [
        'After: refused by TensorFlow Lite Micro. It is custom.',
        'MACs 1.50 k 1.50 k same',
        'File 4,000 bytes 1,000 bytes −75 %',
      ],
    },
  ],
);

check(
  'proof page: messages in any order',
  (events: readonly PageEvent[]) => {
    const { shown, point } = events.reduce(reduce, initialState);
    return { status: shown?.status, share: shown?.work?.share, curves: shown?.curves.length, point };
  },
  [
    {
      name: 'progress and points before the state say nothing',
      input: [
        { type: 'progress', work: { stage: 'x', share: 0.1 } },
        { type: 'points', points: curves },
      ],
      expected: { status: undefined, share: undefined, curves: undefined, point: undefined },
    },
    {
      name: 'a whole state replaces points that came',
      input: [
        { type: 'state', state: shownOf({ status: 'working' }) },
        { type: 'points', points: curves },
        { type: 'state', state: shownOf({ curves: curves.slice(0, 1) }) },
      ],
      expected: { status: 'done', share: undefined, curves: 1, point: undefined },
    },
    {
      name: 'a point chosen before there is a curve is given up',
      input: [
        { type: 'choosePoint', point: 3 },
        { type: 'state', state: shownOf() },
      ],
      expected: { status: 'done', share: undefined, curves: 0, point: undefined },
    },
    {
      name: 'keys without a curve do nothing',
      input: [{ type: 'movePoint', by: 1 }],
      expected: { status: undefined, share: undefined, curves: undefined, point: undefined },
    },
  ],
);
