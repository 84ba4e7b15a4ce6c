import { mkdirSync, mkdtempSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderSiblings } from '../../src/dataset/folderSiblings';
import { check } from '../support/check';

const root = mkdtempSync(join(tmpdir(), 'siblings-'));
mkdirSync(join(root, 'app', 'nets'), { recursive: true });
writeFileSync(join(root, 'secret'), 'secret');
writeFileSync(join(root, 'app', 'shared.py'), 'shared');
writeFileSync(join(root, 'app', 'nets', 'weights.bin'), 'weights');
symlinkSync(join(root, 'secret'), join(root, 'app', 'nets', 'link'));
const model = join(root, 'app', 'nets', 'model.json');

function read(name: string): string | undefined {
  const bytes = new FolderSiblings(model, join(root, 'app')).read(name);
  return bytes && new TextDecoder().decode(bytes);
}

check('a file beside a model', read, [
  { name: 'in its folder', input: 'weights.bin', expected: 'weights' },
  { name: 'above it, within the root', input: '../shared.py', expected: 'shared' },
  { name: 'that is not there', input: 'other.bin', expected: undefined },
  { name: 'that is a folder', input: '../nets', expected: undefined },
  { name: 'outside the root', input: '../../secret', expected: undefined },
  { name: 'outside the root, behind a link', input: 'link', expected: undefined },
  { name: 'by an absolute name', input: join(root, 'app', 'shared.py'), expected: undefined },
]);

check(
  'files beside a model are bounded',
  ({ files, bytes }: { readonly files: number; readonly bytes: number }) => {
    const siblings = new FolderSiblings(model, join(root, 'app'), { limits: { files, bytes } });
    return ['weights.bin', '../shared.py', 'weights.bin'].map((name) => siblings.read(name)?.byteLength);
  },
  [
    { name: 'just enough, the same one counted once', input: { files: 2, bytes: 13 }, expected: [7, 6, 7] },
    {
      name: 'one byte too many',
      input: { files: 2, bytes: 12 },
      fails:
        'With ../shared.py the model takes more than 2 files or 12 bytes beside it. It is no model for a microcontroller; name a smaller one.',
    },
    {
      name: 'one file too many',
      input: { files: 1, bytes: 13 },
      fails:
        'With ../shared.py the model takes more than 1 files or 13 bytes beside it. It is no model for a microcontroller; name a smaller one.',
    },
  ],
);

check(
  'a file beside a model that changes',
  (change: () => void) => {
    const siblings = new FolderSiblings(model, join(root, 'app'));
    writeFileSync(join(root, 'app', 'nets', 'changing'), 'a');
    siblings.read('changing');
    siblings.read('coming');
    const before = siblings.isCurrent();
    change();
    return [before, siblings.isCurrent()];
  },
  [
    { name: 'nothing does', input: () => undefined, expected: [true, true] },
    {
      name: 'it grows',
      input: () => writeFileSync(join(root, 'app', 'nets', 'changing'), 'ab'),
      expected: [true, false],
    },
    { name: 'it goes', input: () => unlinkSync(join(root, 'app', 'nets', 'changing')), expected: [true, false] },
    { name: 'it comes', input: () => writeFileSync(join(root, 'app', 'nets', 'coming'), ''), expected: [true, false] },
  ],
);
