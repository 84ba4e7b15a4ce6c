import type { Toggle } from '../../src/core/compress/kind';
import { kindOf } from '../../src/core/compress/kinds';
import { goalKinds, goalQuestion, goalText } from '../../src/core/compress/goals/goalKinds';
import { questions as pruneQuestions } from '../../src/core/compress/prune/questions';
import { defaultPruneOptions } from '../../src/core/compress/prune/request';
import type { PruneOptions, TradeOffCurve } from '../../src/core/compress/prune/request';
import type { QuantizeOptions } from '../../src/core/compress/quantize/request';
import { defaultQuantizeOptions } from '../../src/core/compress/quantize/request';
import { questions as quantizeQuestions } from '../../src/core/compress/quantize/questions';
import { applyToggle, valueOf } from '../../src/core/compress/toggles';
import type { Report } from '../../src/core/estimate/report';
import { withCalibration } from '../../src/host/compress/calibrationEntry';
import { tradeoffCsv } from '../../src/host/compress/tradeoffCsv';
import { tradeoffView } from '../../src/host/compress/tradeoffView';
import type { CompressionHow } from '../../src/protocol/jobs';
import { check } from '../support/check';

/** The texts of a toggle's values, one choice after another from the default on, until the first comes again. */
function round<Options>(toggle: Toggle<Options>, start: Options): readonly string[] {
  const seen: string[] = [];
  for (let options = start; !seen.includes(valueOf(toggle, options).text); options = applyToggle(toggle, options)) {
    seen.push(valueOf(toggle, options).text);
  }
  return seen;
}

check(
  'options of a quantization',
  (name: string) => round(named(quantizeQuestions.toggles, name), defaultQuantizeOptions),
  [
    { name: 'activations', input: 'Activations', expected: ['int8', 'int16'] },
    { name: 'edges', input: 'Inputs and outputs', expected: ['as the activations', 'float'] },
    {
      name: 'ranges',
      input: 'Ranges of activations',
      expected: ['the best of all', 'smallest to largest', 'percentile', 'least square error', 'entropy'],
    },
    {
      name: 'equalisation',
      input: 'Equalise channels across layers',
      expected: ['where it helps', 'always', 'never'],
    },
    {
      name: 'dense weights',
      input: 'Scales of dense weights',
      expected: ['as the version allows', 'one', 'one an output'],
    },
  ],
);

check('options of a pruning', (name: string) => round(named(pruneQuestions.toggles, name), defaultPruneOptions), [
  { name: 'repair', input: 'Fine-tune afterwards', expected: ['yes', 'no'] },
  { name: 'quantization', input: 'Quantize the result to int8', expected: ['no', 'yes'] },
]);

function named<Options extends QuantizeOptions | PruneOptions>(
  toggles: readonly Toggle<Options>[],
  name: string,
): Toggle<Options> {
  return toggles.find((toggle) => toggle.name === name)!;
}

check(
  'goal of a pruning as it is typed',
  ([label, text]: readonly [string, string]) => goalKinds.find((kind) => kind.label === label)?.read(text)?.goal,
  [
    { name: 'kilobytes', input: ['Until it fits into RAM…', '64'], expected: { ramBytes: 65_536 } },
    { name: 'with a decimal comma', input: ['Until it is fast enough…', ' 12,5 '], expected: { latencyMs: 12.5 } },
    { name: 'percent', input: ['Until it is a part smaller…', '30'], expected: { macsShare: 0.3 } },
    { name: 'all of it is no goal', input: ['Until it is a part smaller…', '100'], expected: undefined },
    { name: 'nothing is no goal', input: ['As far as it stays accurate…', ' '], expected: undefined },
    { name: 'less than nothing neither', input: ['As far as it stays accurate…', '-1'], expected: undefined },
    { name: 'nor a word', input: ['Until it fits into flash…', 'small'], expected: undefined },
  ],
);

const report = (budget: Report['budget'], ms: number): Report => ({
  model: { path: 'a', format: 'tflite', bytes: 1, operators: 1, macs: 1, parameters: 1 },
  target: { runtime: 'tflm-reference', tflmVersion: 'x', optimization: 'O2', rounding: 'double' },
  latency: { ms, basis: 'modelled' },
  budget,
  layers: [],
  findings: [],
});

check('budget that a model breaks', (input: Report) => goalQuestion.ready(input)?.options.goal, [
  { name: 'none', input: report({ latencyMs: 20 }, 20), expected: undefined },
  { name: 'time', input: report({ latencyMs: 20, ramBytes: 1 }, 21), expected: { latencyMs: 20 } },
]);

check('goal in words', goalText, [
  { name: 'several', input: { ramBytes: 65_536, latencyMs: 20 }, expected: 'RAM 64.0 KB, 20.0 ms' },
  { name: 'a part', input: { macsShare: 0.305 }, expected: '30.5 % fewer MACs' },
]);

check(
  'data of a model in milliwatt.json',
  (models: unknown) => withCalibration(models, { path: 'm/a.tflite', calibration: 'data' }),
  [
    { name: 'no models yet', input: undefined, expected: [{ path: 'm/a.tflite', calibration: 'data' }] },
    {
      name: 'an entry keeps what else it says',
      input: [{ path: './m/a.tflite', board: 'x', calibration: 'old' }, { path: 'b.tflite' }],
      expected: [{ path: './m/a.tflite', board: 'x', calibration: 'data' }, { path: 'b.tflite' }],
    },
  ],
);

const curve: TradeOffCurve = {
  guidedBy: 'cycles',
  points: [
    { index: 0, totals: { macs: 1000, ms: 20 }, removedChannels: 0 },
    {
      index: 1,
      totals: { macs: 700, ms: 15 },
      removedChannels: 4,
      fidelity: { sqnrDb: 20, top1Agreement: 0.99 },
      repaired: true,
      chosen: true,
    },
    { index: 2, totals: { macs: 950 }, removedChannels: 1, fidelity: { sqnrDb: 30 } },
  ],
};

check('trade-off as the page shows it', (input: TradeOffCurve) => tradeoffView(input), [
  {
    name: 'by the answers where they are known',
    input: curve,
    expected: {
      qualityName: 'Same answer',
      qualityUnit: 'share',
      points: [
        { label: 'Original', note: undefined, totals: { macs: 1000, ms: 20 }, quality: 1 },
        { label: '−30 % MACs', note: 'fine-tuned', totals: { macs: 700, ms: 15 }, quality: 0.99 },
        { label: '−5.0 % MACs', note: undefined, totals: { macs: 950 }, quality: undefined },
      ],
      taken: 1,
      unreachable: undefined,
    },
  },
]);

check('trade-off as a table', (input: TradeOffCurve) => tradeoffCsv(tradeoffView(input)).split('\r\n'), [
  {
    name: 'with units in the heads, what is not known empty',
    input: curve,
    expected: [
      'point,MACs,arena bytes,flash bytes,ms,cycles,same answer (0 to 1)',
      'Original,1000,,,20,,1',
      '−30 % MACs,700,,,15,,0.99',
      '−5.0 % MACs,950,,,,,',
      '',
    ],
  },
]);

const quantizing = (kind: 'synthetic' | 'files', options: object): CompressionHow => ({
  kind: 'quantize',
  data: kind === 'synthetic' ? { kind } : { kind, address: 'file:///a.npy', name: 'a.npy' },
  options: { ...defaultQuantizeOptions, ...options },
});

check(
  'other calibrations of a whole quantization',
  (how: CompressionHow) =>
    kindOf(how.kind)
      .alternatives(how.options, how.data?.kind === 'synthetic')
      .map(({ text, change }) => [text, change?.option]),
  [
    {
      name: 'of random numbers: real ones',
      input: quantizing('synthetic', {}),
      expected: [['Calibrate with inputs like those on the device…', undefined]],
    },
    {
      name: 'with one way of choosing ranges: all of them',
      input: quantizing('files', { method: 'min-max' }),
      expected: [
        ['Try every way of choosing ranges and take the best', 'method'],
        ['Calibrate with other data…', undefined],
      ],
    },
    {
      name: 'of a pruning: none',
      input: { kind: 'prune', options: defaultPruneOptions },
      expected: [],
    },
  ],
);
