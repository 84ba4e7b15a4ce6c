import type { ResultFolder } from '../../src/host/compress/resultFile';
import { withSuffix, writeResult } from '../../src/host/compress/resultFile';
import { check } from '../support/check';

interface Case {
  /** Names that are taken. */
  readonly taken?: readonly string[];
  /** Names that another program takes between the look and the rename. */
  readonly takenMeanwhile?: readonly string[];
  readonly writeFails?: boolean;
}

/** What is in the folder afterwards, and the name that was given. */
async function written({ taken = [], takenMeanwhile = [], writeFails }: Case): Promise<unknown> {
  const files = new Set(taken);
  const folder: ResultFolder = {
    exists: (name) => Promise.resolve(files.has(name)),
    write: (name) => {
      files.add(name);
      return writeFails ? Promise.reject(new Error('The disk is full.')) : Promise.resolve();
    },
    rename: (from, to) => {
      if (takenMeanwhile.includes(to)) files.add(to);
      if (files.has(to)) return Promise.reject(new Error('exists'));
      files.delete(from);
      files.add(to);
      return Promise.resolve();
    },
    remove: (name) => {
      files.delete(name);
      return Promise.resolve();
    },
  };
  let name: string;
  try {
    name = await writeResult(folder, 'kws.tflite', { suffix: 'int8' }, new Uint8Array(1));
  } catch (error) {
    return { failed: (error as Error).message, files: [...files] };
  }
  return { name, files: [...files] };
}

check('result file', written, [
  { name: 'stands beside its source', input: {}, expected: { name: 'kws.int8.tflite', files: ['kws.int8.tflite'] } },
  {
    name: 'is never written over another',
    input: { taken: ['kws.int8.tflite', 'kws.int8-2.tflite'] },
    expected: {
      name: 'kws.int8-3.tflite',
      files: ['kws.int8.tflite', 'kws.int8-2.tflite', 'kws.int8-3.tflite'],
    },
  },
  {
    name: 'nor over one that appears in the last moment',
    input: { takenMeanwhile: ['kws.int8.tflite'] },
    expected: { name: 'kws.int8-2.tflite', files: ['kws.int8.tflite', 'kws.int8-2.tflite'] },
  },
  {
    name: 'leaves no half file',
    input: { taken: ['kws.tflite'], writeFails: true },
    expected: { failed: 'The disk is full.', files: ['kws.tflite'] },
  },
]);

/** Two results of one source, written at the same time: the content of every file afterwards. */
async function writtenTogether(contents: readonly [number, number]): Promise<unknown> {
  const files = new Map<string, number>();
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const folder: ResultFolder = {
    exists: (name) => Promise.resolve(files.has(name)),
    write: async (name, [content]) => {
      await turn();
      files.set(name, content);
    },
    rename: async (from, to) => {
      await turn();
      const content = files.get(from);
      if (content === undefined || files.has(to)) throw new Error('cannot be renamed');
      files.delete(from);
      files.set(to, content);
    },
    remove: (name) => Promise.resolve(void files.delete(name)),
  };
  await Promise.all(
    contents.map((content) => writeResult(folder, 'kws.tflite', { suffix: 'int8' }, Uint8Array.of(content))),
  );
  return Object.fromEntries(files);
}

check('result files at the same time', writtenTogether, [
  { name: 'stay apart', input: [1, 2], expected: { 'kws.int8.tflite': 1, 'kws.int8-2.tflite': 2 } },
]);

check('name of a result', (source: string) => withSuffix(source, { suffix: 'pruned' }, 2), [
  { name: 'of a model', input: 'a.b.tflite', expected: 'a.b.pruned-2.tflite' },
  { name: 'of a file without an extension', input: 'model', expected: 'model.pruned-2.tflite' },
  { name: 'of a hidden file', input: '.model', expected: '.model.pruned-2.tflite' },
]);

/** The name under which a result of a model is written first, what is random of it left out. */
async function firstName(sourceName: string): Promise<string> {
  const names: string[] = [];
  const folder: ResultFolder = {
    exists: () => Promise.resolve(false),
    write: (name) => Promise.resolve(void names.push(name)),
    rename: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
  await writeResult(folder, sourceName, { suffix: 'int8' }, new Uint8Array(1));
  return names.join(' ').replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/, 'RANDOM');
}

check('result that is not whole yet', firstName, [
  {
    name: 'is called as what is taken away when its program was killed',
    input: 'kws.tflite',
    expected: `.milliwatt-${process.pid}-RANDOM.part`,
  },
  {
    name: 'has room for its name where its source has just that',
    input: `${'k'.repeat(240)}.tflite`,
    expected: `.milliwatt-${process.pid}-RANDOM.part`,
  },
]);
