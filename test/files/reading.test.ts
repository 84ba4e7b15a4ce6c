import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { readFile, readFileSync } from '../../src/files/reading';
import { check } from '../support/check';

const parent = mkdtempSync(join(tmpdir(), 'milliwatt-reading-'));
after(() => rmSync(parent, { recursive: true }));
const root = join(parent, 'workspace');
const at = (name: string): string => join(root, name);
mkdirSync(at('folder.json'), { recursive: true });
mkdirSync(join(parent, 'other'));
writeFileSync(join(parent, 'secret'), 'secret');
writeFileSync(at('plain'), 'plain');
writeFileSync(at('ten'), '0123456789');
writeFileSync(at('huge'), '');
truncateSync(at('huge'), 2 ** 40);
execFileSync('mkfifo', [at('pipe')]);
for (const [name, target] of [
  ['zero', '/dev/zero'],
  ['terminal', '/dev/ptmx'],
  ['inside', 'plain'],
  ['outside', '../secret'],
  ['round', 'about'],
  ['about', 'round'],
  ['elsewhere', '../other'],
]) {
  symlinkSync(target, at(name));
}
writeFileSync(join(parent, 'other', 'deep'), 'deep');
symlinkSync(root, join(parent, 'door'));

interface Asked {
  readonly name: string;
  readonly within?: readonly string[];
  readonly mostBytes?: number;
}

/** Read at once and in turn: both say the same. */
async function read({ name, within, mostBytes = 10 }: Asked): Promise<string> {
  const path = name.startsWith('/') ? name : at(name);
  const options = { name, mostBytes, within };
  const outcome = async (reading: () => Uint8Array | Promise<Uint8Array>): Promise<string> => {
    try {
      return new TextDecoder().decode(await reading());
    } catch (error) {
      return (error as Error).message.replaceAll(parent, '');
    }
  };
  const inTurn = await outcome(() => readFile(path, options));
  const atOnce = await outcome(() => readFileSync(path, options));
  return inTurn === atOnce ? inTurn : `${inTurn} | ${atOnce}`;
}

const device = 'it is a device or a pipe, and only files are read. Name a file.';

check('a file is read whole, or a sentence says why not', read, [
  { name: 'a file', input: { name: 'plain' }, expected: 'plain' },
  { name: 'as large as may be', input: { name: 'ten' }, expected: '0123456789' },
  {
    name: 'one byte larger',
    input: { name: 'ten', mostBytes: 9 },
    expected: 'ten has more than 9 B, which is the most that is read of such a file. Name a smaller one.',
  },
  {
    name: 'one that claims a terabyte',
    input: { name: 'huge' },
    expected: 'huge has more than 10 B, which is the most that is read of such a file. Name a smaller one.',
  },
  {
    name: 'one that claims nothing and has more',
    input: { name: '/proc/self/maps' },
    expected: '/proc/self/maps has more than 10 B, which is the most that is read of such a file. Name a smaller one.',
  },
  { name: 'a device', input: { name: '/dev/zero' }, expected: `/dev/zero cannot be read: ${device}` },
  { name: 'a device behind a link', input: { name: 'zero' }, expected: `zero cannot be read: ${device}` },
  { name: 'a terminal behind a link', input: { name: 'terminal' }, expected: `terminal cannot be read: ${device}` },
  { name: 'a pipe that nobody writes to', input: { name: 'pipe' }, expected: `pipe cannot be read: ${device}` },
  {
    name: 'a folder with the name of a file',
    input: { name: 'folder.json' },
    expected: 'folder.json cannot be read: it is a folder. Name a file.',
  },
  {
    name: 'a circle of links',
    input: { name: 'round' },
    expected:
      'round cannot be read: its links lead in a circle, or a link stands where a file is to be. Check the path and its permissions.',
  },
  {
    name: 'a name that is none',
    input: { name: 'a\0b' },
    expected:
      'a\0b cannot be read: its name has a character that no name may have. Check the path and its permissions.',
  },
  {
    name: 'one that is not there',
    input: { name: 'none' },
    expected: 'none cannot be read: there is no such file or folder. Check the path and its permissions.',
  },
]);

const outside = (name: string, place: string): string =>
  `${name} leads to ${place}, outside of the open folder, and is not read. Copy the file into the folder, or add its own folder to the workspace.`;

check('what a folder names is read only within it', (name: string) => read({ name, within: [root] }), [
  { name: 'a file', input: 'plain', expected: 'plain' },
  { name: 'a link to another', input: 'inside', expected: 'plain' },
  { name: 'a link that leads out', input: 'outside', expected: outside('outside', '/secret') },
  { name: 'a path that leads out', input: '../secret', expected: outside('../secret', '/secret') },
  {
    name: 'a path through a linked folder',
    input: 'elsewhere/deep',
    expected: outside('elsewhere/deep', '/other/deep'),
  },
  { name: 'a device behind a link', input: 'zero', expected: outside('zero', '/dev/zero') },
  { name: 'a pipe', input: 'pipe', expected: `pipe cannot be read: ${device}` },
]);

check('a folder may be', (within: readonly string[]) => read({ name: 'plain', within }), [
  { name: 'reached by a link itself', input: [join(parent, 'door')], expected: 'plain' },
  { name: 'one of several', input: [join(parent, 'other'), root], expected: 'plain' },
  { name: 'none at all', input: [], expected: outside('plain', '/workspace/plain') },
]);
