import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Proof } from '../../src/core/compress/proof';
import { writeCompressed } from '../../src/cli/writeCompressed';
import { reportOf } from '../measure/reports';
import { check } from '../support/check';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-write-'));
after(() => rmSync(folder, { recursive: true }));

/** A proof of a model of one layer that takes so many cycles, before and after. */
function proofFrom(before: number, now: number): Proof {
  return {
    kind: 'prune',
    source: { path: 'a.tflite', bytes: 1, macs: 1 },
    result: { path: 'b.tflite', bytes: 1, macs: 1 },
    before: reportOf([before]),
    after: reportOf([now]),
    decisions: [],
    warnings: [],
    data: { source: 'none', isSynthetic: true, calibrationSamples: 0, testSamples: 0 },
  };
}

check(
  'whether a result is written',
  ({ cycles: [before, now], force, name }: { cycles: readonly [number, number]; force?: boolean; name: string }) => {
    const path = join(folder, name);
    writeCompressed(path, { bytes: new Uint8Array(1), proof: proofFrom(before, now), force });
    return existsSync(path);
  },
  [
    { name: 'it costs less', input: { cycles: [64_000, 32_000], name: 'less' }, expected: true },
    {
      name: 'it costs more, and somebody insists',
      input: { cycles: [64_000, 128_000], force: true, name: 'insisted' },
      expected: true,
    },
    {
      name: 'it costs more',
      input: { cycles: [64_000, 128_000], name: 'more' },
      fails:
        'The result costs more than the source: time 640 ms -> 1.28 s. Nothing was written; --force writes it all the same.',
    },
  ],
);
