import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sharedModelsMissing } from '../support/models';
import type { JudgedCase } from './judge/cases';
import { judgedCases } from './judge/cases';
import { fixedFirmware, isMissing } from './judge/fixedFirmware';

/** What `test/firmware/judge/judge.ts` wrote of a case. */
interface Judgement extends JudgedCase {
  readonly runs: boolean;
  readonly arenas: readonly { readonly bytes: number; readonly runsWith16BytesLess: boolean }[];
}

const judgements = JSON.parse(readFileSync(join(import.meta.dirname, 'judged.json'), 'utf8')) as readonly Judgement[];

describe('arenas that fixes write, as real TFLM judged them', () => {
  it('every case was judged', () => {
    const cases = judgements.map(({ row, runtime, models }) => ({ row, runtime, ...(models && { models }) }));
    assert.deepEqual(cases, judgedCases);
  });
  for (const judgement of judgements) {
    const { row, runtime, models = {}, runs, arenas } = judgement;
    const name = `${row}, ${runtime} ${Object.values(models).join(', ')}`.trim();
    it(name, { skip: isMissing(judgement) && sharedModelsMissing }, () => {
      assert.deepEqual(
        fixedFirmware(judgement).arenas.map(({ bytes }) => bytes),
        arenas.map(({ bytes }) => bytes),
      );
      assert.ok(runs, 'With the arena that was written it does not run.');
      assert.ok(arenas.length > 0 && arenas.every(({ runsWith16BytesLess }) => !runsWith16BytesLess));
    });
  }
});
