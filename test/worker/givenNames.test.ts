import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import { filesByUri } from '../../src/dataset/diskFiles';
import type { LabelsChoice } from '../../src/protocol/jobs';
import { givenNames } from '../../src/worker/jobs/givenNames';
import { check } from '../support/check';

const folder = mkdtempSync(join(tmpdir(), 'milliwatt-labels-'));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'labels.txt'), 'yes\nno\n');
writeFileSync(join(folder, 'huge.txt'), '');
truncateSync(join(folder, 'huge.txt'), 16 * 1024 * 1024 + 1);

/** A file system that the host alone reads; says how much it was asked for at most. */
const elsewhere = {
  list: () => Promise.resolve([]),
  read: (_file: unknown, mostBytes?: number) => Promise.resolve(new TextEncoder().encode(`${mostBytes}\n`)),
};
const fileIn = (name: string): LabelsChoice => ({
  kind: 'files',
  address: pathToFileURL(join(folder, name)).href,
  name,
});

check(
  'names of classes that a job is given',
  async (labels: LabelsChoice | undefined) => {
    const given = await givenNames(labels, { files: filesByUri([folder], elsewhere) });
    return given && { source: given.source, names: given.names };
  },
  [
    { name: 'none', input: undefined, expected: undefined },
    {
      name: 'themselves',
      input: { kind: 'names', source: '"labels"', names: ['a', 'b'] },
      expected: { source: '"labels"', names: ['a', 'b'] },
    },
    { name: 'in a file', input: fileIn('labels.txt'), expected: { source: 'labels.txt', names: ['yes', 'no'] } },
    {
      name: 'in a file that is no list of labels: no more is read than one may have',
      input: fileIn('huge.txt'),
      fails: 'huge.txt has more than 16.0 MB, which is the most that is read of such a file. Name a smaller one.',
    },
    {
      name: 'in a file that the host reads, with the same bound',
      input: { kind: 'files', address: 'memory:/labels.txt', name: 'labels.txt' },
      expected: { source: 'labels.txt', names: ['16777216'] },
    },
  ],
);
