import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { foldersNewestFirst } from '../../src/files/newestFirst';
import { filesBelow } from '../../src/files/walking';
import { check } from '../support/check';

const parent = mkdtempSync(join(tmpdir(), 'milliwatt-walking-'));
after(() => rmSync(parent, { recursive: true }));
const root = join(parent, 'root');
for (const folder of ['a', 'b/c', 'left']) mkdirSync(join(root, folder), { recursive: true });
for (const file of ['1.cc', '2.txt', 'a/3.cc', 'b/c/4.cc', 'left/5.cc', '__proto__.cc'])
  writeFileSync(join(root, file), '');
mkdirSync(join(root, 'folder.cc'));
execFileSync('mkfifo', [join(root, 'pipe.cc')]);
symlinkSync('..', join(root, 'a', 'up'));
symlinkSync('1.cc', join(root, 'link.cc'));

interface Asked {
  readonly from?: string;
  readonly most?: { readonly entries: number; readonly files: number };
}

/** The paths that are found, then what is said to be left out. */
function found({ from = 'root', most }: Asked): readonly string[] {
  const wanted = { isWanted: (path: string) => path.endsWith('.cc'), isEntered: (path: string) => path !== 'left' };
  const { paths, leftOut } = filesBelow(join(parent, from), wanted, most);
  return [...paths, ...leftOut.map((sentence) => sentence.replaceAll(parent, ''))];
}

check('what is found below a folder', found, [
  {
    name: 'regular files that are wanted; links lead nowhere, pipes are no files',
    input: {},
    expected: ['1.cc', '__proto__.cc', 'a/3.cc', 'b/c/4.cc'],
  },
  {
    name: 'no more entries than may be looked at: those of the folder itself are nine',
    input: { most: { entries: 9, files: 100 } },
    expected: [
      '1.cc',
      '__proto__.cc',
      '/root holds more than the 9 entries that are looked at; the rest is left out. Name a smaller folder.',
    ],
  },
  {
    name: 'no more files than may be taken',
    input: { most: { entries: 100, files: 2 } },
    expected: [
      '1.cc',
      '__proto__.cc',
      '/root holds more than the 2 files that are looked at; the rest is left out. Name a smaller folder.',
    ],
  },
  {
    name: 'what is no folder',
    input: { from: 'root/1.cc' },
    fails: `${join(parent, 'root', '1.cc')} cannot be read as a folder: a part of its path is no folder. Check the path and its permissions.`,
  },
]);

check('folders, the newest first', (name: string) => [...foldersNewestFirst(join(root, name))].sort(), [
  { name: 'files, pipes and what leads nowhere are none', input: '', expected: ['a', 'b', 'folder.cc', 'left'] },
  { name: 'of a file', input: '1.cc', expected: [] },
  { name: 'of nothing', input: 'none', expected: [] },
]);
