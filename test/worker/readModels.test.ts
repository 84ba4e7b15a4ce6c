import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { readModel } from '../../src/core/formats/formats';
import { siblingOf } from '../../src/core/formats/source';
import type { Beside } from '../../src/protocol/beside';
import { ReadModels } from '../../src/worker/readModels';
import { check } from '../support/check';

const path = join(__dirname, '..', '..', 'examples', 'digits', 'digits_float.tflite');
const bytes = readFileSync(path);
const folder = mkdtempSync(join(tmpdir(), 'milliwatt-beside-'));
after(() => rmSync(folder, { recursive: true }));

interface Asked {
  readonly hash: string;
  readonly path: string;
  readonly beside?: Beside;
  /** What the file `weights` beside the model holds from this question on. */
  readonly weights?: string;
}

/** For each question the number of its answer, in the order of first answers; and what the host heard was used. */
async function answers(asked: readonly Asked[]): Promise<{ readonly answers: number[]; readonly used: string[] }> {
  let text = '';
  const used: string[] = [];
  const filesOf = {
    read: () => Promise.resolve({ stamp: text, bytes: new TextEncoder().encode(text) }),
    stamps: () => Promise.resolve([text]),
  };
  const host = {
    filesOf: () => filesOf,
    used: (model: string, names: readonly string[]) => void used.push(`${model}: ${names.join(' ')}`),
  };
  const models = new ReadModels(host, (source) => {
    siblingOf(source, 'weights');
    return readModel(source);
  });
  const seen: unknown[] = [];
  const numbers: number[] = [];
  for (const { hash, weights, ...place } of asked) {
    if (weights !== undefined) {
      text = weights;
      writeFileSync(join(folder, 'weights'), weights);
    }
    const { read } = await models.read({ bytes, hash }, place);
    if (!seen.includes(read.model)) seen.push(read.model);
    numbers.push(seen.indexOf(read.model));
  }
  return { answers: numbers, used };
}

const onDisk: Beside = { model: 'file:///model', disk: { file: join(folder, 'model') } };
const onHost: Beside = { model: 'memory:///model' };
const usedBeside = (model: string): string[] => [0, 1, 2, 3].map(() => `${model}: weights`);

check('models read on the thread of analyses', answers, [
  {
    name: 'an analysis, offers and hovers of one file share one',
    input: [1, 2, 3].map(() => ({ hash: 'a', path })),
    expected: { answers: [0, 0, 0], used: [] },
  },
  {
    name: 'another content is another model, and the first is still known',
    input: ['a', 'b', 'a'].map((hash) => ({ hash, path })),
    expected: { answers: [0, 1, 0], used: [] },
  },
  {
    name: 'two models of one file are two',
    input: ['model.h#a', 'model.h#b', 'model.h#a'].map((each) => ({ hash: 'a', path: each })),
    expected: { answers: [0, 1, 0], used: [] },
  },
  ...[onDisk, onHost].map((beside) => ({
    name: `a file beside ${beside.model} changes`,
    input: [
      { hash: 'a', path, beside, weights: '1' },
      { hash: 'a', path, beside },
      { hash: 'a', path, beside, weights: '22' },
    ],
    expected: { answers: [0, 0, 1], used: usedBeside(beside.model) },
  })),
]);
