import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { SamplePlace } from '../../src/core/samples/sampleFiles';
import { diskFiles, filesByUri } from '../../src/dataset/diskFiles';
import { check } from '../support/check';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-data set-'));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'cat', '.hidden'), { recursive: true });
mkdirSync(join(folder, 'dog'));
for (const file of ['b.csv', 'cat/a.csv', 'cat/.hidden/x.csv', 'cat/._a.csv', 'dog/c.csv']) {
  writeFileSync(join(folder, file), file);
}
symlinkSync(join(folder, 'b.csv'), join(folder, 'dog', 'link.csv'));
symlinkSync(folder, join(folder, 'dog', 'round'));

const namesOf = (files: readonly SamplePlace[]): readonly string[] => files.map(({ name }) => name);

check(
  'files of a folder',
  async (name: string) => namesOf(await diskFiles.list({ address: join(folder, name), name: name || 'all/' })),
  [
    {
      name: 'all below it without what is hidden; a link to a file is one, a link to a folder is not followed',
      input: '',
      expected: ['all/b.csv', 'all/cat/a.csv', 'all/dog/c.csv', 'all/dog/link.csv'],
    },
    { name: 'a file is itself', input: 'b.csv', expected: ['b.csv'] },
    {
      name: 'none',
      input: 'no.csv',
      fails: 'no.csv cannot be read: there is no such file or folder. Check the path and its permissions.',
    },
  ],
);

/** What is read of a place by its URI, and of what the host is asked for it. */
async function readByUri(address: string): Promise<unknown> {
  const asked: string[] = [];
  const files = filesByUri([], {
    list: (place) => {
      asked.push(`list ${place.address}`);
      return Promise.resolve([{ address: `${place.address}/far.csv`, name: 'far.csv' }]);
    },
    read: (file) => {
      asked.push(`read ${file.address}`);
      return Promise.resolve(new TextEncoder().encode('far'));
    },
  });
  const found = await files.list({ address, name: 'data' });
  const texts = await Promise.all(found.map(async (file) => new TextDecoder().decode(await files.read(file))));
  return { names: namesOf(found), texts, asked };
}

check('samples by URI are read where a path leads to them, else by the host', readByUri, [
  {
    name: 'a folder of this machine, the host is not asked at all',
    input: pathToFileURL(join(folder, 'cat')).href,
    expected: { names: ['data/a.csv'], texts: ['cat/a.csv'], asked: [] },
  },
  {
    name: 'a virtual file system',
    input: 'vscode-vfs://github/owner/data',
    expected: {
      names: ['far.csv'],
      texts: ['far'],
      asked: ['list vscode-vfs://github/owner/data', 'read vscode-vfs://github/owner/data/far.csv'],
    },
  },
]);
