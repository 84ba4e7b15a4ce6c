import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReadModels } from '../../src/worker/readModels';
import { check } from '../support/check';

const path = join(__dirname, '..', '..', 'examples', 'digits', 'digits_float.tflite');
const bytes = readFileSync(path);

interface Asked {
  readonly hash: string;
  readonly path: string;
}

/** For each question the number of the answer that it got, in the order of first answers. */
function answers(asked: readonly Asked[]): readonly number[] {
  const models = new ReadModels();
  const seen: unknown[] = [];
  return asked.map((place) => {
    const { read } = models.read({ bytes, hash: place.hash }, { path: place.path });
    if (!seen.includes(read.model)) seen.push(read.model);
    return seen.indexOf(read.model);
  });
}

check('models read on the thread of analyses', answers, [
  {
    name: 'an analysis, offers and hovers of one file share one',
    input: [1, 2, 3].map(() => ({ hash: 'a', path })),
    expected: [0, 0, 0],
  },
  {
    name: 'another content is another model, and the first is still known',
    input: ['a', 'b', 'a'].map((hash) => ({ hash, path })),
    expected: [0, 1, 0],
  },
]);
