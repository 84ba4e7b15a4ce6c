import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, mock } from 'node:test';
import type { Proof } from '../../src/core/compress/proof';
import { isAboutResult } from '../../src/cli/exitCodes';
import { writeCompressed } from '../../src/cli/writeCompressed';
import { reportOf } from '../measure/reports';
import { check } from '../support/check';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-write-'));
after(() => rmSync(folder, { recursive: true }));

/** A proof of a model of one layer that takes so many cycles, before and after. */
function proofFrom(before: number, now: number, afterRefusal?: string): Proof {
  return {
    kind: 'prune',
    source: { path: 'a.tflite', bytes: 1, macs: 1 },
    result: { path: 'b.tflite', bytes: 1, macs: 1 },
    before: reportOf([before]),
    after: reportOf([now]),
    ...(afterRefusal !== undefined && { afterRefusal }),
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

interface Asked {
  readonly cycles: readonly [number, number];
  readonly name: string;
  readonly force?: boolean;
  readonly refusal?: string;
}

function write({ cycles, name, force, refusal }: Asked): Written {
  const path = join(folder, name);
  const said: string[] = [];
  const stderr = mock.method(process.stderr, 'write', (text: string | Uint8Array) => said.push(text.toString()) > 0);
  try {
    writeCompressed(path, { bytes: new Uint8Array(1), proof: proofFrom(...cycles, refusal), force });
    return { isWritten: existsSync(path), exitCode: process.exitCode, errors: said.join('') };
  } finally {
    stderr.mock.restore();
    process.exitCode = undefined;
  }
}

check('whether a result is written', write, [
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
    name: 'it costs less, and no board runs it',
    input: { cycles: [64_000, 32_000], refusal: 'Mystery is a custom operator.', name: 'refused' },
    expected: {
      isWritten: false,
      exitCode: 1,
      errors:
        'TensorFlow Lite Micro will not run the result: Mystery is a custom operator. Nothing was written; --force writes it all the same.\n',
    },
  },
  {
    name: 'no board runs it, and somebody insists',
    input: {
      cycles: [64_000, 32_000],
      refusal: 'Mystery is a custom operator.',
      force: true,
      name: 'refused-insisted',
    },
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
]);

check('an error about what would have come of a command', (code: string) => isAboutResult({ code }), [
  { name: 'a result that would cost more', input: 'prune-worse', expected: true },
  { name: 'a wrong use', input: 'prune-ratio', expected: false },
]);
