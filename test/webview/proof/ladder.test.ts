import type { LadderStepView, LadderView } from '../../../src/protocol/proofPage';
import { ladder } from '../../../webview/proof/ladder';
import { all, cells, drawn, fire, one, texts } from '../drawn';
import { check } from '../../support/check';
import { recorded } from './pages';

const steps: readonly LadderStepView[] = [
  {
    title: 'as it is',
    fits: false,
    canBeTaken: false,
    totals: { macs: 1, arenaBytes: 4096, flashBytes: 2048, ms: 30 },
  },
  { title: 'the same outputs', fits: false, canBeTaken: false, reason: 'No plan was found that needs less.' },
  {
    title: 'int8',
    fits: true,
    canBeTaken: true,
    totals: { macs: 1, arenaBytes: 1024, flashBytes: 2048 },
    fidelity: { sqnrDb: 31.25, meanSquareError: 1, top1Agreement: 0.98 },
  },
];
const view: LadderView = { steps, best: 2 };

check('ladder: the table', (shown: LadderView) => cells(drawn(ladder(shown, {}, recorded().actions))), [
  {
    name: 'costs against the source, what is lost, what fits, and why a step brought nothing',
    input: view,
    expected: [
      ['as it is', '4.00 KB', '2.00 KB', '30.0 ms', '', 'too large', ''],
      ['the same outputs', 'No plan was found that needs less.'],
      ['int8', '1.00 KB −75 %', '2.00 KB same', '–', '98.00 % same answers', 'fits', 'Apply up to here'],
    ],
  },
  {
    name: 'what was written, and losses that are none, unmeasured, of accuracy or in decibels',
    input: {
      best: 1,
      taken: 2,
      steps: [
        { title: 'source', fits: false, canBeTaken: false, totals: { macs: 1 } },
        { title: 'a', fits: true, canBeTaken: false, totals: { macs: 1 }, keepsOutputs: true },
        { title: 'b', fits: true, canBeTaken: false, totals: { macs: 1 } },
        {
          ...{ title: 'c', fits: true, canBeTaken: false, totals: { macs: 1 } },
          fidelity: { sqnrDb: 10, meanSquareError: 1, accuracy: { before: 0.5, after: 0.25 } },
        },
        {
          ...{ title: 'd', fits: true, canBeTaken: false, totals: { macs: 1 } },
          fidelity: { sqnrDb: 31.25, meanSquareError: 1 },
        },
      ],
    },
    expected: [
      ['source', '–', '–', '–', '', 'too large', ''],
      ['a', '–', '–', '–', 'nothing, same outputs', 'fits', ''],
      ['b written', '–', '–', '–', 'not measured', 'fits', ''],
      ['c', '–', '–', '–', 'accuracy 50.00 % -> 25.00 %', 'fits', ''],
      ['d', '–', '–', '–', 'signal to noise 31.3 dB', 'fits', ''],
    ],
  },
]);

check(
  'ladder: why nothing fits, and what has to be decided first',
  ([unreachable, status]: readonly [string | undefined, 'new' | 'kept' | undefined]) => {
    const result = status && { name: 'a.fit.tflite', status };
    const page = drawn(ladder({ ...view, unreachable }, { result }, recorded().actions));
    return [...texts(page, 'p'), all(page, 'mw-button').length];
  },
  [
    { name: 'nothing to say', input: [undefined, undefined], expected: [1] },
    {
      name: 'too large',
      input: ['It is too large.', 'kept'],
      expected: ['No step meets the limits. It is too large.', 1],
    },
    {
      name: 'a result that nobody has decided about',
      input: [undefined, 'new'],
      expected: ['Keep or discard what was written before another step is written.', 0],
    },
  ],
);

check(
  'ladder: a step is taken by its button',
  (selector: string) => {
    const { actions, done } = recorded();
    fire(one(drawn(ladder(view, {}, actions)), selector), 'click');
    return done;
  },
  [{ name: 'int8', input: 'mw-button', expected: [{ type: 'takeStep', step: 2 }] }],
);
