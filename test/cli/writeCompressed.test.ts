import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, mock } from 'node:test';
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

interface Written {
  readonly isWritten: boolean;
  readonly exitCode: typeof process.exitCode;
  readonly errors: string;
}

function write([before, now]: readonly [number, number], path: string, force?: boolean): Written {
  const said: string[] = [];
  const stderr = mock.method(process.stderr, 'write', (text: string | Uint8Array) => said.push(text.toString()) > 0);
  try {
    writeCompressed(path, { bytes: new Uint8Array(1), proof: proofFrom(before, now), force });
    return { isWritten: existsSync(path), exitCode: process.exitCode, errors: said.join('') };
  } finally {
    stderr.mock.restore();
    process.exitCode = undefined;
  }
}

check(
  'whether a result is written',
  ({ cycles, force, name }: { cycles: readonly [number, number]; force?: boolean; name: string }) =>
    write(cycles, join(folder, name), force),
  [
    {
      name: 'it costs less',
      input: { cycles: [64_000, 32_000], name: 'less' },
      expected: { isWritten: true, exitCode: undefined, errors: '' },
    },
    {
      name: 'it costs more, and somebody insists',
      input: { cycles: [64_000, 128_000], force: true, name: 'insisted' },
      expected: { isWritten: true, exitCode: undefined, errors: '' },
    },
    {
      name: 'it costs more',
      input: { cycles: [64_000, 128_000], name: 'more' },
      expected: {
        isWritten: false,
        exitCode: 1,
        errors:
          'The result costs more than the source: time 640 ms -> 1.28 s. Nothing was written; --force writes it all the same.\n',
      },
    },
  ],
);
