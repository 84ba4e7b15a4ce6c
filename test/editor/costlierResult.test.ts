import type { Proof } from '../../src/core/compress/proof';
import { isWanted } from '../../src/host/compress/costlierResult';
import { reportOf } from '../measure/reports';
import { check } from '../support/check';

/** A proof of a model of one layer that takes so many cycles, before and after; without a before it ran nowhere. */
function proofFrom(before: number | undefined, now: number): Proof {
  return {
    kind: 'prune',
    source: { path: 'a.tflite', bytes: 1, macs: 1 },
    result: { path: 'b.tflite', bytes: 1, macs: 1 },
    ...(before === undefined ? { beforeRefusal: 'It is hybrid.' } : { before: reportOf([before]) }),
    after: reportOf([now]),
    decisions: [],
    warnings: [],
    data: { source: 'none', isSynthetic: true, calibrationSamples: 0, testSamples: 0 },
  };
}

interface Case {
  readonly before?: number;
  readonly now: number;
  /** The button that is taken; absent: the dialog is closed. */
  readonly answer?: string;
}

/** Whether the result is written, and what was asked. */
async function answered({ before, now, answer }: Case): Promise<readonly [boolean, readonly string[]]> {
  const asked: string[] = [];
  const wanted = await isWanted(proofFrom(before, now), (...texts) => {
    asked.push(...texts);
    return Promise.resolve(answer);
  });
  return [wanted, asked];
}

const question = [
  'Write the result?',
  'The result costs more than the source: time 1.00 ms -> 2.00 ms.',
  'Write Anyway',
];

check('a result that costs more is asked about', answered, [
  { name: 'it costs less: nothing is asked', input: { before: 100, now: 50 }, expected: [true, []] },
  { name: 'it costs the same', input: { before: 100, now: 100 }, expected: [true, []] },
  { name: 'its source runs nowhere', input: { now: 100 }, expected: [true, []] },
  {
    name: 'it is wanted all the same',
    input: { before: 100, now: 200, answer: 'Write Anyway' },
    expected: [true, question],
  },
  { name: 'the dialog is closed', input: { before: 100, now: 200 }, expected: [false, question] },
]);
