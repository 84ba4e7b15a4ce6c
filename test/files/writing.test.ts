import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { makeFolderSync } from '../../src/files/folders';
import { checkCanWriteSync, replaceFile, replaceFileSync, writeNewFileSync } from '../../src/files/writing';
import { check } from '../support/check';
import { smallDisk } from '../support/smallDisk';

const parent = mkdtempSync(join(tmpdir(), 'milliwatt-writing-'));
const disk = smallDisk(join(parent, 'small'));
after(() => {
  disk?.end();
  rmSync(parent, { recursive: true });
});

const ways: Readonly<Record<string, (path: string, bytes: Uint8Array) => unknown>> = {
  'replaces at once': (path, bytes) => replaceFileSync(path, [bytes.subarray(0, 1), bytes.subarray(1)]),
  'replaces in turn': (path, bytes) => replaceFile(path, bytes),
  'writes anew': (path, bytes) => writeNewFileSync(path, [bytes]),
};

interface Written {
  readonly way: string;
  readonly name: string;
  readonly text?: string;
}

/** What lies in a new folder afterwards, and what was said. */
async function write({ way, name, text = 'new' }: Written): Promise<object> {
  const folder = mkdtempSync(join(parent, 'case-'));
  writeFileSync(join(folder, 'old'), 'old');
  mkdirSync(join(folder, 'folder'));
  symlinkSync('old', join(folder, 'link'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const before = contentOf(folder);
  const path = name.startsWith('/') ? name : join(folder, name);
  let said: string | undefined;
  try {
    await ways[way](path, Buffer.from(text));
  } catch (error) {
    said = (error as Error).message.replaceAll(`${folder}/`, '');
  }
  const changed = Object.entries(contentOf(folder)).filter(([key, value]) => before[key] !== value);
  return said === undefined ? Object.fromEntries(changed) : { said, ...Object.fromEntries(changed) };
}

function contentOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => {
      const stats = lstatSync(join(folder, name));
      return [
        name,
        stats.isFile() ? readFileSync(join(folder, name), 'utf8') : stats.isSymbolicLink() ? 'link' : 'none',
      ];
    }),
  );
}

for (const way of ['replaces at once', 'replaces in turn']) {
  check(`a file that ${way}`, ({ name }: { name: string }) => write({ way, name }), [
    { name: 'is new', input: { name: 'fresh' }, expected: { fresh: 'new' } },
    { name: 'takes the place of another', input: { name: 'old' }, expected: { old: 'new' } },
    { name: 'takes the place of a link, whose file stays', input: { name: 'link' }, expected: { link: 'new' } },
    {
      name: 'is no folder',
      input: { name: 'folder' },
      expected: { said: 'folder cannot be written: it is a folder. Check the folder and its permissions.' },
    },
    {
      name: 'is no pipe',
      input: { name: 'pipe' },
      expected: { said: 'pipe cannot be written: it is a device or a pipe. Check the folder and its permissions.' },
    },
    {
      name: 'has a folder',
      input: { name: 'none/fresh' },
      expected: {
        said: 'none/fresh cannot be written: there is no such file or folder. Check the folder and its permissions.',
      },
    },
  ]);
}

check('a file that is written anew', (name: string) => write({ way: 'writes anew', name }), [
  { name: 'is new', input: 'fresh', expected: { fresh: 'new' } },
  ...['old', 'link', 'pipe', 'folder'].map((name) => ({
    name: `leaves ${name} alone`,
    input: name,
    expected: { said: `${name} exists already. Name another file, or remove it first.` },
  })),
]);

check(
  'what stops half way',
  (how: string) => {
    const folder = mkdtempSync(join(parent, 'half-'));
    const failing = function* (): Generator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error(how);
    };
    for (const each of [replaceFileSync, writeNewFileSync]) {
      try {
        each(join(folder, 'file'), failing());
      } catch {
        continue;
      }
    }
    return readdirSync(folder);
  },
  [{ name: 'leaves nothing', input: 'stopped', expected: [] }],
);

if (disk !== undefined) {
  const small = disk.folder;
  check(
    'on a full disk nothing is left, and a sentence says why',
    async (way: string) => {
      const path = join(small, 'large');
      const kept = join(small, 'kept');
      writeFileSync(kept, 'kept');
      try {
        await ways[way](way === 'writes anew' ? path : kept, Buffer.alloc(200_000));
      } catch (error) {
        const said = (error as Error).message.replaceAll(`${small}/`, '');
        return { said, files: readdirSync(small), kept: readFileSync(kept, 'utf8') };
      }
      return 'it was written';
    },
    Object.keys(ways).map((way) => ({
      name: way,
      input: way,
      expected: {
        said: `${way === 'writes anew' ? 'large' : 'kept'} cannot be written: the disk is full. Check the folder and its permissions.`,
        files: ['kept'],
        kept: 'kept',
      },
    })),
  );
}

/** Names of 36 characters as those of unfinished files have. */
const random = '01234567-89ab-cdef-0123-456789abcdef';

for (const [way, write] of Object.entries(ways)) {
  check(
    `what killed programs have left beside a file that ${way}`,
    async ({ name, minutes }: { readonly name: string; readonly minutes: number }) => {
      const folder = mkdtempSync(join(parent, 'left-'));
      const left = join(folder, name);
      writeFileSync(left, 'half');
      utimesSync(left, new Date(), new Date(Date.now() - minutes * 60_000));
      await write(join(folder, 'fresh'), Buffer.from('new'));
      return existsSync(left);
    },
    [
      { name: 'goes', input: { name: `.milliwatt-4194305-${random}.part`, minutes: 61 }, expected: false },
      {
        name: 'of an earlier version, too',
        input: { name: `.milliwatt-${random}.part`, minutes: 61 },
        expected: false,
      },
      {
        name: 'not within the hour',
        input: { name: `.milliwatt-4194305-${random}.part`, minutes: 59 },
        expected: true,
      },
      {
        name: 'not while its program runs',
        input: { name: `.milliwatt-${process.pid}-${random}.part`, minutes: 61 },
        expected: true,
      },
      { name: 'nor what others call alike', input: { name: '.milliwatt-mine.part', minutes: 61 }, expected: true },
    ],
  );
}

check(
  'before long work it is known whether a file can be written',
  (name: string) => {
    const folder = mkdtempSync(join(parent, 'ahead-'));
    writeFileSync(join(folder, 'old'), '');
    symlinkSync('nowhere', join(folder, 'link'));
    try {
      checkCanWriteSync(join(folder, name));
      return readdirSync(folder).sort().join(' ');
    } catch (error) {
      return (error as Error).message.replaceAll(`${folder}/`, '');
    }
  },
  [
    { name: 'and nothing is left of the trial', input: 'new', expected: 'link old' },
    {
      name: 'a name that is taken',
      input: 'old',
      expected: 'old exists already. Name another file, or remove it first.',
    },
    {
      name: 'a name that a broken link has',
      input: 'link',
      expected: 'link exists already. Name another file, or remove it first.',
    },
    {
      name: 'a folder that is not there',
      input: 'none/new',
      expected: 'none/new cannot be written: there is no such file or folder. Check the folder and its permissions.',
    },
  ],
);

check(
  'a folder is made within another',
  (name: string) => {
    const root = mkdtempSync(join(parent, 'root-'));
    const elsewhere = mkdtempSync(join(parent, 'elsewhere-'));
    symlinkSync(elsewhere, join(root, '.milliwatt'));
    try {
      makeFolderSync(join(root, name), [root]);
      return existsSync(join(root, name));
    } catch (error) {
      const said = (error as Error).message.replaceAll(root, '').replaceAll(elsewhere, 'elsewhere');
      return { said, elsewhere: readdirSync(elsewhere) };
    }
  },
  [
    { name: 'several deep', input: 'a/b/c', expected: true },
    {
      name: 'not through a link',
      input: '.milliwatt/logs',
      expected: {
        said: '/.milliwatt/logs leads to elsewhere, outside of the open folder, and nothing is written there. Put a folder in the place of the link.',
        elsewhere: [],
      },
    },
  ],
);
