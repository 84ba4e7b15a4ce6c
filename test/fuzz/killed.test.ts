import assert from 'node:assert/strict';
import { it } from 'node:test';
import { killAtRandom } from './killed';

it(
  'leaves no half file and loses no acknowledged line, killed at 12 random moments',
  { timeout: 180_000 },
  async () => {
    assert.deepStrictEqual(await killAtRandom(12, 7), { save: 3, log: 3, quantize: 3, prune: 3 });
  },
);
