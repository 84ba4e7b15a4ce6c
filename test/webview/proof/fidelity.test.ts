import type { Fidelity, LayerFidelity, Proof } from '../../../src/core/compress/proof';
import type { Report } from '../../../src/core/estimate/report';
import type { Alternative } from '../../../src/core/compress/kind';
import { changeText, comparedFigures } from '../../../webview/proof/comparison';
import { decibelText, fidelity, shareText } from '../../../webview/proof/fidelity';
import { layerErrors } from '../../../webview/proof/layers';
import type { LayerOrder } from '../../../webview/proof/store';
import { totals } from '../../../webview/proof/totals';
import { all, cells, drawn, fire, focusedBy, named, one, textOf, texts } from '../drawn';
import type { Drawn } from '../drawn';
import { check } from '../../support/check';
import { reportOf } from '../model/pages';
import { proofOf, recorded, shownOf } from './pages';

check(
  'proof page: how far the outputs are',
  (measured: Fidelity | undefined) => {
    const view = drawn(fidelity(proofOf({ fidelity: measured }), shownOf().words));
    return [...texts(view, 'p').filter((text) => text !== ''), ...texts(view, '.measure')];
  },
  [
    { name: 'nothing was executed', input: undefined, expected: ['Nothing was executed.'] },
    {
      name: 'errors alone',
      input: { sqnrDb: 31.25, meanSquareError: 0.00123456 },
      expected: ['Signal to noise 31.3 dB', 'Mean square error 0.00123'],
    },
    {
      name: 'equal outputs',
      input: { sqnrDb: Infinity, meanSquareError: 0, cosine: 1 },
      expected: ['Signal to noise equal', 'Cosine 1.00000', 'Mean square error 0'],
    },
    {
      name: 'classes and labels first',
      input: {
        sqnrDb: 20,
        meanSquareError: 1,
        top1Agreement: 0.995,
        accuracy: { before: 0.98, after: 0.97 },
      },
      expected: [
        'Accuracy 97.00 % 98.00 % before (−1.00 points)',
        'Same answer 99.50 % samples with the same largest output',
        'Signal to noise 20.0 dB',
        'Mean square error 1.00',
      ],
    },
    {
      name: 'before a softmax, with what is behind it beside',
      input: {
        sqnrDb: 40,
        meanSquareError: 0.5,
        cosine: 0.9,
        beforeActivation: { operator: 'LOG_SOFTMAX', sqnrDb: 20, meanSquareError: 2, cosine: 0.8 },
      },
      expected: [
        'Signal to noise 20.0 dB before the log-softmax; 40.0 dB behind it',
        'Cosine 0.80000 before the log-softmax; 0.90000 behind it',
        'Mean square error 2.00 before the log-softmax; 0.500 behind it',
      ],
    },
    {
      name: 'a cosine before the function, none behind it',
      input: {
        sqnrDb: 40,
        meanSquareError: 0,
        beforeActivation: { operator: 'TANH', sqnrDb: 20, meanSquareError: 2, cosine: 0.8 },
      },
      expected: [
        'Signal to noise 20.0 dB before the tanh; 40.0 dB behind it',
        'Cosine 0.80000 before the tanh',
        'Mean square error 2.00 before the tanh; 0 behind it',
      ],
    },
    {
      name: 'each output by its name',
      input: {
        sqnrDb: 1,
        meanSquareError: 1,
        outputs: [
          { name: 'boxes', sqnrDb: 30, meanSquareError: 0.25 },
          { name: 'scores', sqnrDb: 10, meanSquareError: 4 },
        ],
      },
      expected: [
        'boxes: signal to noise 30.0 dB',
        'boxes: mean square error 0.250',
        'scores: signal to noise 10.0 dB',
        'scores: mean square error 4.00',
      ],
    },
  ],
);

check('proof page: shares', shareText, [
  { name: 'all', input: 1, expected: '100 %' },
  { name: 'none', input: 0, expected: '0 %' },
  { name: 'as good as all', input: 0.99996, expected: '100 %' },
  { name: 'not quite all', input: 0.9999, expected: '99.99 %' },
  { name: 'a little', input: 0.0001, expected: '0.01 %' },
]);

check('proof page: decibels', decibelText, [
  { name: 'no noise', input: Infinity, expected: 'equal' },
  { name: 'less than rounding of doubles', input: 300, expected: 'equal' },
  { name: 'noise as large as the signal', input: 0, expected: '0.0 dB' },
  { name: 'more noise than signal', input: -3.25, expected: '-3.3 dB' },
]);

check(
  'proof page: changes at the edges',
  ([before, after]: readonly [number, number]) => changeText(before, after, true),
  [
    { name: 'one and a half times is told as a factor', input: [15, 10], expected: '1.5x faster' },
    { name: 'a little less in percent', input: [14.9, 10], expected: '−33 %' },
    { name: 'ten times', input: [100, 10], expected: '10x faster' },
    { name: 'what is lost in rounding', input: [100_000, 99_980], expected: 'almost the same' },
    { name: 'the least that is seen', input: [1000, 1001], expected: '+0.1 %' },
  ],
);

const board = (more: Partial<Report>): Report => reportOf({ budget: { ramBytes: 4096, flashBytes: 1000 }, ...more });
const arena = { minimumBytes: 2048, usedBytes: 1, plannedBytes: 1, persistentBytes: 0, scratchBytes: 0 } as const;

check(
  'proof page: what is a lower bound, and what is modelled',
  (proof: Proof) =>
    comparedFigures(proof)
      .filter(({ name }) => name === 'RAM' || name === 'Flash')
      .map(({ name, before, after, change, isBetter, budgetShare }) => [
        name,
        before,
        after,
        change,
        isBetter,
        budgetShare,
      ]),
  [
    {
      name: 'an exact arena',
      input: proofOf({
        before: board({ arena: { ...arena, minimumBytes: 4096, basis: 'exact' } }),
        after: board({ arena: { ...arena, basis: 'exact' } }),
      }),
      expected: [['RAM', '4.00 KB', '2.00 KB', '−50 %', true, 0.5]],
    },
    {
      name: 'a modelled arena is what has to be reserved',
      input: proofOf({ after: board({ arena: { ...arena, basis: 'modelled' } }) }),
      expected: [['RAM', undefined, '3.00 KB', undefined, undefined, 0.75]],
    },
    {
      name: 'a lower bound after: no change, and within the budget says nothing',
      input: proofOf({
        before: board({ flash: { modelBytes: 900, totalBytes: 900, basis: 'exact' } }),
        after: board({ flash: { modelBytes: 500, totalBytes: 500, basis: 'modelled', isLowerBound: true } }),
      }),
      expected: [['Flash', '900 B', 'over 500 B', undefined, undefined, undefined]],
    },
    {
      name: 'a lower bound before',
      input: proofOf({
        before: board({ flash: { modelBytes: 900, totalBytes: 900, basis: 'modelled', isLowerBound: true } }),
        after: board({ flash: { modelBytes: 500, totalBytes: 500, basis: 'exact' } }),
      }),
      expected: [['Flash', 'over 900 B', '500 B', undefined, undefined, 0.5]],
    },
    {
      name: 'a lower bound over the budget does not fit',
      input: proofOf({
        after: board({ flash: { modelBytes: 1500, totalBytes: 1500, basis: 'modelled', isLowerBound: true } }),
      }),
      expected: [['Flash', undefined, 'over 1.46 KB', undefined, undefined, 1.5]],
    },
  ],
);

check(
  'proof page: words for the budget',
  (totalBytes: number) => {
    const proof = proofOf({ after: board({ flash: { modelBytes: 1, totalBytes, basis: 'exact' } }) });
    const view = drawn(totals(proof));
    return [...texts(view, '.fits'), ...texts(view, '.over')];
  },
  [
    { name: 'within', input: 250, expected: ['25 %, fits'] },
    { name: 'all of it', input: 1000, expected: ['100 %, fits'] },
    { name: 'a little over', input: 1001, expected: ['>100 %, does not fit'] },
    { name: 'far over', input: 2500, expected: ['250 %, does not fit'] },
  ],
);

const int16 = { option: 'activations', value: 'int16' } as const;
const auto = { option: 'method', value: 'auto' } as const;
const change = { option: 'keepFloat', layer: 'b' } as const;
const errors: readonly LayerFidelity[] = [
  { name: 'a', operator: 'CONV_2D', accumulatedSqnrDb: 90, aloneSqnrDb: 30, rank: 4 },
  { name: 'b', operator: 'SOFTMAX', accumulatedSqnrDb: -5, rank: 1, suggestions: [{ text: 'Keep b float', change }] },
  { name: 'c', operator: 'ADD', accumulatedSqnrDb: Infinity },
];

function errorsOf(order: LayerOrder, alternatives: readonly Alternative[] = [], record = recorded()): Drawn {
  return drawn(layerErrors(errors, alternatives, order, record.actions));
}

check('proof page: layers and their errors', (order: LayerOrder) => cells(errorsOf(order)), [
  {
    name: 'those to blame first',
    input: 'blame',
    expected: [
      ['1', 'b', 'SOFTMAX', '', '-5.0 dB', 'Keep b float'],
      ['4', 'a', 'CONV_2D', '30.0 dB', '90.0 dB', ''],
      ['', 'c', 'ADD', '', 'equal', ''],
    ],
  },
  {
    name: 'as they run',
    input: 'execution',
    expected: [
      ['4', 'a', 'CONV_2D', '30.0 dB', '90.0 dB', ''],
      ['1', 'b', 'SOFTMAX', '', '-5.0 dB', 'Keep b float'],
      ['', 'c', 'ADD', '', 'equal', ''],
    ],
  },
]);

check(
  'proof page: bars end at 60 dB, and the first three ranks stand out',
  () => {
    const view = errorsOf('execution');
    return [...all(view, '.fill').map(({ properties }) => properties.style), all(view, '.blamed').length];
  },
  [{ name: 'all', input: undefined, expected: ['width: 50.0%', 'width: 100.0%', 'width: 0.0%', 'width: 100.0%', 1] }],
);

check(
  'proof page: what can be done about errors',
  ([text, alternatives]: readonly [string, readonly Alternative[]]) => {
    const record = recorded();
    const view = errorsOf('blame', alternatives, record);
    fire(named(view, 'button', text), 'click');
    return [texts(view, 'p.facts').join(''), ...record.done];
  },
  [
    {
      name: 'of one layer',
      input: ['Keep b float', []],
      expected: [
        'Signal to noise in decibels: longer is better, and bars end at 60 dB.',
        { type: 'applySuggestion', change },
      ],
    },
    {
      name: 'of the whole',
      input: [
        'Use int16',
        [
          { text: 'Use int16', change: int16 },
          { text: 'Try all', change: auto },
        ],
      ],
      expected: [
        'Signal to noise in decibels: longer is better, and bars end at 60 dB. Of the whole: Use int16 · Try all',
        { type: 'applySuggestion', change: int16 },
      ],
    },
  ],
);

check(
  'proof page: keys of the order',
  (key: string) => {
    const record = recorded();
    const [blame, execution] = all(errorsOf('blame', [], record), '[role=radio]');
    const focused = focusedBy(() => void fire(blame, 'keydown', { key }));
    fire(execution, 'click');
    return [blame.attributes.tabindex, execution.attributes.tabindex, ...record.done, ...focused];
  },
  [
    {
      name: 'an arrow goes to the other',
      input: 'ArrowRight',
      expected: ['0', '-1', { type: 'order', order: 'execution' }, { type: 'order', order: 'execution' }],
    },
    { name: 'others do not', input: 'x', expected: ['0', '-1', { type: 'order', order: 'execution' }] },
  ],
);

check('proof page: no layers, no table', () => textOf(drawn(layerErrors([], [], 'blame', recorded().actions))), [
  { name: 'none', input: undefined, expected: '' },
]);

check(
  'proof page: the place of the costs',
  (more: Partial<Report>) => textOf(one(drawn(totals(proofOf({ after: reportOf(more) }))), 'h2')),
  [
    { name: 'no board', input: {}, expected: 'Costs with tflm-cmsis-nn, no board chosen' },
    {
      name: 'a board',
      input: { target: { ...reportOf({}).target, boardName: 'Nano 33 BLE' } },
      expected: 'Costs on Nano 33 BLE, tflm-cmsis-nn',
    },
  ],
);
