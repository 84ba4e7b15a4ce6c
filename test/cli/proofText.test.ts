import { proofText } from '../../src/cli/proofText';
import type { Proof } from '../../src/core/compress/proof';
import { reportOf } from '../measure/reports';
import { check } from '../support/check';

interface Case extends Pick<Proof, 'kind' | 'compared'> {
  /** Samples that it learned from; absent: nothing was measured. */
  readonly learned?: number;
}

function said({ kind, learned, compared }: Case): readonly string[] {
  const isMeasured = learned !== undefined;
  const proof: Proof = {
    ...{ kind, source: { path: 'a', bytes: 1, macs: 1 }, result: { path: 'b', bytes: 1, macs: 1 } },
    ...{ before: reportOf([2]), after: reportOf([1]), decisions: ['Done.'], warnings: [] },
    ...(compared !== undefined && { compared }),
    ...(isMeasured && { fidelity: { sqnrDb: 30, meanSquareError: 0.1, cosine: 0.5, top1Agreement: 0.75 } }),
    data: { source: 'x.csv', isSynthetic: false, calibrationSamples: learned ?? 0, testSamples: 4 },
  };
  return proofText(proof)
    .split('\n')
    .filter((line) => /^(?:Data|Same|Outputs (?:are|were)|Every|Nothing)/.test(line));
}

/** Lines about the official converter. */
function besideOfficial(official: Proof['official']): readonly string[] {
  const file = { path: 'a', bytes: 1, macs: 1 };
  const data = { source: '', isSynthetic: true, calibrationSamples: 0, testSamples: 0 };
  const proof = {
    kind: 'rewrite',
    source: file,
    result: file,
    after: reportOf([1]),
    decisions: [],
    warnings: [],
    data,
  };
  const lines = proofText({ ...proof, official }).split('\n');
  return lines
    .slice(lines.findIndex((line) => /official|batch/.test(line)))
    .filter((line) => !/^$|^Outputs/.test(line));
}

check('proof in a terminal: beside the official converter', besideOfficial, [
  {
    name: 'figures, what is not known, layers',
    input: {
      official: { operators: 13, ramBytes: 3000, flashBytes: 60_000 },
      result: { operators: 3, ramBytes: 2000, flashBytes: 50_000, cycles: 1234 },
      layers: [{ name: 'dense', kind: 'Dense', official: ['SHAPE', 'ADD', 'ADD'], ours: ['FULLY_CONNECTED'] }],
      ...{ moreLayers: 1, troubles: [], batch: 'With the batch left open.' },
    },
    expected: [
      'With the batch left open.',
      '               official   this result',
      'operators            13             3',
      'arena       3,000 bytes   2,000 bytes',
      'flash      60,000 bytes  50,000 bytes',
      'cycles                -         1,234',
      '  dense: SHAPE, 2 ADD -> FULLY_CONNECTED',
      '  One more layer differs.',
    ],
  },
  {
    name: 'a file that it refuses',
    input: {
      ...{ result: { operators: 3 }, layers: [], moreLayers: 0, troubles: [] },
      refused: 'The official converter refuses it.',
    },
    expected: ['The official converter refuses it.'],
  },
]);

check('proof in a terminal: what was done with samples, in the words of the kind', said, [
  {
    name: 'quantized',
    input: { kind: 'quantize', learned: 8 },
    expected: ['Same answer as the source: 75.0 %', 'Data: x.csv; calibrated with 8 samples, measured on 4 others.'],
  },
  {
    name: 'pruned, of samples that judge alone',
    input: { kind: 'prune', learned: 0 },
    expected: ['Same answer as the source: 75.0 %', 'Data: x.csv; measured on 4 samples.'],
  },
  {
    name: 'fitted, which takes no samples',
    input: { kind: 'fit' },
    expected: ['Every step keeps all outputs as they are, bit for bit.'],
  },
  {
    name: 'rewritten, which makes inputs of its own',
    input: { kind: 'rewrite' },
    expected: [
      'Outputs are compared with what TF Lite makes of the source, on random inputs, where both can be executed.',
    ],
  },
  {
    name: 'rewritten, and compared',
    input: { kind: 'rewrite', compared: 'Outputs were compared: all are equal.' },
    expected: ['Outputs were compared: all are equal.'],
  },
  {
    name: 'rewritten, and compared on samples as well',
    input: { kind: 'rewrite', learned: 0, compared: 'Outputs were compared: all are equal.' },
    expected: [
      'Same answer as the source: 75.0 %',
      'Data: x.csv; measured on 4 samples.',
      'Outputs were compared: all are equal.',
    ],
  },
]);
