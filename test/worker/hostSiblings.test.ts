import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { BesideModel } from '../../src/worker/besideModel';
import type { HostFiles } from '../../src/worker/hostSiblings';
import { HostSiblings } from '../../src/worker/hostSiblings';
import { HumanError } from '../../src/core/model/problem';
import { check } from '../support/check';

type Texts = Readonly<Record<string, string>>;

/** Files of a host, by name; their text is their stamp. */
function hostOf(files: Texts, asked: string[] = []): HostFiles {
  const stampOf = (name: string): string => (Object.hasOwn(files, name) ? `is ${files[name]}` : 'absent');
  return {
    read: (name, mostBytes) => {
      asked.push(name);
      const bytes = Object.hasOwn(files, name) ? new TextEncoder().encode(files[name]) : undefined;
      if (bytes !== undefined && bytes.length > mostBytes) throw new HumanError('file-too-large', 'Too large.');
      return Promise.resolve({ stamp: stampOf(name), bytes });
    },
    stamps: (names) => Promise.resolve(names.map(stampOf)),
  };
}

/** A format's way: every file names others, one a line; those that are there are counted, `!` is no model. */
function textsFrom(siblings: HostSiblings, name: string): readonly string[] {
  const bytes = siblings.read(name);
  if (bytes === undefined) return [];
  const text = new TextDecoder().decode(bytes);
  if (text === '!') throw new HumanError('no-model', `${name} is no model.`);
  return [name, ...text.split('\n').flatMap((next) => (next === '' ? [] : textsFrom(siblings, next)))];
}

interface Case {
  readonly files: Texts;
  readonly limits?: { readonly files: number; readonly bytes: number };
}

check(
  'files beside a model that the host reads',
  async ({ files, limits }: Case) => {
    const asked: string[] = [];
    let readings = 0;
    const siblings = new HostSiblings(hostOf(files, asked), { limits });
    const found = await siblings.withAll(() => {
      readings += 1;
      return textsFrom(siblings, 'a');
    });
    return { found, asked, readings, names: siblings.names };
  },
  [
    {
      name: 'none is there: it was asked for once',
      input: { files: {} },
      expected: { found: [], asked: ['a'], readings: 2, names: ['a'] },
    },
    {
      name: 'those that one file names come together, each once',
      input: { files: { a: 'b\nc\nb', b: 'd', c: 'd', d: '' } },
      expected: {
        found: ['a', 'b', 'd', 'c', 'd', 'b', 'd'],
        asked: ['a', 'b', 'c', 'd'],
        readings: 4,
        names: ['a', 'b', 'c', 'd'],
      },
    },
    { name: 'what it is refused for', input: { files: { a: 'b', b: '!' } }, fails: 'b is no model.' },
    {
      name: 'just enough',
      input: { files: { a: 'b', b: '' }, limits: { files: 2, bytes: 1 } },
      expected: { found: ['a', 'b'], asked: ['a', 'b'], readings: 3, names: ['a', 'b'] },
    },
    {
      name: 'one file too many',
      input: { files: { a: 'b', b: '' }, limits: { files: 1, bytes: 1 } },
      fails:
        'With b the model takes more than 1 files or 1 bytes beside it. It is no model for a microcontroller; name a smaller one.',
    },
    {
      name: 'one byte too many',
      input: { files: { a: 'b', b: '\n' }, limits: { files: 2, bytes: 1 } },
      fails:
        'With b the model takes more than 2 files or 1 bytes beside it. It is no model for a microcontroller; name a smaller one.',
    },
  ],
);

check(
  'a file beside a model that changes on the host',
  async (later: Texts) => {
    const files = { a: 'b' };
    const siblings = new HostSiblings(hostOf(files));
    const fresh = await siblings.isCurrent();
    await siblings.withAll(() => textsFrom(siblings, 'a'));
    const before = await siblings.isCurrent();
    Object.assign(files, later);
    return [fresh, before, await siblings.isCurrent()];
  },
  [
    { name: 'nothing does', input: {}, expected: [true, true, true] },
    { name: 'one that was not asked for', input: { c: '' }, expected: [true, true, true] },
    { name: 'it is another one', input: { a: 'c' }, expected: [true, true, false] },
    { name: 'one that was missing comes', input: { b: '' }, expected: [true, true, false] },
  ],
);

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-near-'));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'train.py'), 'from models import build\n');
const model = 'git:/models.py?HEAD';

check(
  'programs that import one of the last commit: those of today, with the texts that the host has of the commit',
  (isNear: boolean) => {
    const host = { filesOf: () => hostOf({ 'train.py': 'of the commit' }), used: () => undefined };
    const near = { file: join(folder, 'models.py'), root: folder };
    return new BesideModel({ model, ...(isNear && { near }) }, host).read((siblings) =>
      siblings?.importers?.(['models']).map((name) => [name, new TextDecoder().decode(siblings.read(name))]),
    );
  },
  [
    { name: 'beside today’s', input: true, expected: [['train.py', 'of the commit']] },
    { name: 'where nothing can be listed', input: false, expected: undefined },
  ],
);
