import type { ProofWords } from '../../src/core/compress/kind';
import type { LayerFidelity, Proof } from '../../src/core/compress/proof';
import type { Report } from '../../src/core/estimate/report';
import type { ProofPageState } from '../../src/protocol/proofPage';
import { changeText, comparedFigures } from '../../webview/proof/comparison';
import { dataSentence } from '../../webview/proof/fidelity';
import type { PageEvent, PageState } from '../../webview/proof/store';
import { initialState, orderedLayers, reduce, seriesOf } from '../../webview/proof/store';
import { check } from '../support/check';

check(
  'proof page: how a change is told',
  ([before, after, isTime]: readonly [number, number, boolean]) => changeText(before, after, isTime),
  [
    { name: 'a quarter', input: [400, 100, false], expected: '−75 %' },
    { name: 'a little, with a digit', input: [1000, 991, false], expected: '−0.9 %' },
    { name: 'more', input: [100, 150, false], expected: '+50 %' },
    { name: 'nothing', input: [7, 7, true], expected: 'same' },
    { name: 'a time that is much shorter, as a factor', input: [38, 10, true], expected: '3.8x faster' },
    { name: 'a time that is much longer', input: [10, 20, true], expected: '2.0x slower' },
    { name: 'a time that is a little shorter', input: [100, 90, true], expected: '−10 %' },
  ],
);

const report = (ramBytes: number, ms: number | undefined, bytes: number): Report => ({
  model: { path: 'a.tflite', format: 'tflite', bytes, operators: 1, macs: 1000, parameters: 0 },
  target: { runtime: 'tflm-cmsis-nn', tflmVersion: 'x', optimization: 'O2', rounding: 'double' },
  arena: {
    minimumBytes: ramBytes,
    usedBytes: ramBytes,
    plannedBytes: ramBytes,
    persistentBytes: 0,
    scratchBytes: 0,
    basis: 'exact',
  },
  latency: ms === undefined ? undefined : { ms, basis: 'modelled' },
  budget: { ramBytes: 1000 },
  layers: [],
  findings: [],
});

const proof: Proof = {
  kind: 'quantize',
  source: { path: 'a.tflite', bytes: 4000, macs: 1000 },
  result: { path: 'a.int8.tflite', bytes: 1000, macs: 1000 },
  before: report(2000, 40, 4000),
  after: report(500, 10, 1000),
  decisions: [],
  warnings: [],
  data: { source: 'x', isSynthetic: false, calibrationSamples: 1, testSamples: 1 },
};

check(
  'proof page: figures side by side',
  (input: Proof) =>
    comparedFigures(input).map(
      ({ name, before, after, change, budgetShare }) =>
        `${name}: ${before ?? '-'} ${after} ${change ?? '-'}${budgetShare === undefined ? '' : ` ${budgetShare}`}`,
    ),
  [
    {
      name: 'what is known of both',
      input: proof,
      expected: [
        'RAM: 1.95 KB 500 B −75 % 0.5',
        'Time: 40.0 ms 10.0 ms 4.0x faster',
        'MACs: 1.00 k 1.00 k same',
        'File: 4,000 bytes 1,000 bytes −75 %',
      ],
    },
    {
      name: 'of a source that TFLM refuses only file and MACs are known',
      input: { ...proof, before: undefined, beforeRefusal: 'It is hybrid.' },
      expected: [
        'RAM: - 500 B - 0.5',
        'Time: - 10.0 ms -',
        'MACs: 1.00 k 1.00 k same',
        'File: 4,000 bytes 1,000 bytes −75 %',
      ],
    },
    {
      name: 'of a result that TFLM refuses only file and MACs are shown',
      input: { ...proof, afterRefusal: 'Mystery is a custom operator.' },
      expected: ['MACs: 1.00 k 1.00 k same', 'File: 4,000 bytes 1,000 bytes −75 %'],
    },
    {
      name: 'what is not known of the result is left out',
      input: { ...proof, after: report(500, undefined, 1000) },
      expected: ['RAM: 1.95 KB 500 B −75 % 0.5', 'MACs: 1.00 k 1.00 k same', 'File: 4,000 bytes 1,000 bytes −75 %'],
    },
  ],
);

const words: ProofWords = { learned: 'calibrated', unmeasured: 'Nothing was executed.' };

check('proof page: the data', (data: Proof['data']) => dataSentence(data, words), [
  {
    name: 'of the user',
    input: { source: '1,100 samples of speech', isSynthetic: false, calibrationSamples: 100, testSamples: 1000 },
    expected: 'Measured on 1,000 samples, calibrated with 100 others: 1,100 samples of speech.',
  },
  {
    name: 'random numbers',
    input: { source: 'seed 1', isSynthetic: true, calibrationSamples: 64, testSamples: 16 },
    expected: 'Measured on 16 samples, calibrated with 64 others: random numbers.',
  },
  {
    name: 'none',
    input: { source: '', isSynthetic: false, calibrationSamples: 0, testSamples: 0 },
    expected: '',
  },
]);

const layer = (name: string, rank?: number): LayerFidelity => ({
  name,
  operator: 'CONV_2D',
  accumulatedSqnrDb: 30,
  rank,
});

check(
  'proof page: order of layers',
  (order: 'blame' | 'execution') =>
    orderedLayers([layer('a', 2), layer('b'), layer('c', 1)], order).map(({ name }) => name),
  [
    { name: 'those to blame first, those without a rank last', input: 'blame', expected: ['c', 'a', 'b'] },
    { name: 'as they run', input: 'execution', expected: ['a', 'b', 'c'] },
  ],
);

const shown = (more: Partial<ProofPageState>): PageEvent => ({
  type: 'state',
  state: { title: 'Prune', sourceName: 'a.tflite', words, status: 'working', curves: [], ...more },
});
const points = [1, 2, 3].map((macs) => ({ label: `${macs}`, totals: { macs } }));
const tradeoff = { qualityName: 'accuracy', qualityUnit: 'share', points, taken: 1 } as const;
const after = (...events: readonly PageEvent[]): PageState => events.reduce(reduce, initialState);

check(
  'proof page: what happens to it',
  (events: readonly PageEvent[]) => {
    const { shown: state, point } = after(...events);
    return {
      share: state?.work?.share,
      curves: state && [...seriesOf(state.curves)].map(([name, list]) => [name, list.length]),
      point,
    };
  },
  [
    {
      name: 'progress and points of two curves arrive while it works',
      input: [
        shown({}),
        { type: 'progress', work: { stage: 'Fine-tuning', share: 0.5 } },
        {
          type: 'points',
          points: [
            { series: 'loss', x: 0, y: 1 },
            { series: 'validation', x: 0, y: 1 },
          ],
        },
        { type: 'points', points: [{ series: 'loss', x: 1, y: 0.5 }] },
      ],
      expected: {
        share: 0.5,
        curves: [
          ['loss', 2],
          ['validation', 1],
        ],
        point: undefined,
      },
    },
    {
      name: 'progress that comes late changes nothing',
      input: [shown({ status: 'done' }), { type: 'progress', work: { stage: 'x', share: 0.5 } }],
      expected: { share: undefined, curves: [], point: undefined },
    },
    {
      name: 'the point that was written is chosen at first',
      input: [shown({ tradeoff })],
      expected: { share: undefined, curves: [], point: 1 },
    },
    {
      name: 'keys move through the points and stop at the ends',
      input: [shown({ tradeoff }), { type: 'movePoint', by: 1 }, { type: 'movePoint', by: Infinity }],
      expected: { share: undefined, curves: [], point: 2 },
    },
    {
      name: 'a point that is not there any more is given up',
      input: [
        shown({ tradeoff }),
        { type: 'choosePoint', point: 2 },
        shown({ tradeoff: { ...tradeoff, points: points.slice(0, 2) } }),
      ],
      expected: { share: undefined, curves: [], point: 1 },
    },
  ],
);
