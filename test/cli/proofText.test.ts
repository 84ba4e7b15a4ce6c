import { proofText } from '../../src/cli/proofText';
import type { Proof } from '../../src/core/compress/proof';
import { reportOf } from '../measure/reports';
import { check } from '../support/check';

interface Case extends Pick<Proof, 'kind'> {
  /** Samples that it learned from; absent: nothing was measured. */
  readonly learned?: number;
}

function said({ kind, learned }: Case): readonly string[] {
  const isMeasured = learned !== undefined;
  const proof: Proof = {
    ...{ kind, source: { path: 'a', bytes: 1, macs: 1 }, result: { path: 'b', bytes: 1, macs: 1 } },
    ...{ before: reportOf([2]), after: reportOf([1]), decisions: ['Done.'], warnings: [] },
    ...(isMeasured && { fidelity: { sqnrDb: 30, meanSquareError: 0.1, cosine: 0.5, top1Agreement: 0.75 } }),
    data: { source: 'x.csv', isSynthetic: false, calibrationSamples: learned ?? 0, testSamples: 4 },
  };
  return proofText(proof)
    .split('\n')
    .filter((line) => /^(?:Data|Same|Outputs are|Every|Nothing)/.test(line));
}

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
]);
