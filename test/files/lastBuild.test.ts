import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildFolders } from '../../src/files/builtFiles';
import { LastBuilds } from '../../src/files/lastBuild';
import { elfBytes, gnuMapText } from '../lastBuild/built';
import { check } from '../support/check';

/** Files with the minute that each was written in: programs are whole, maps too, the others hold what is given. */
interface Folder {
  readonly files: Readonly<Record<string, number | readonly [minute: number, text: string]>>;
  readonly environment?: string;
  readonly build?: string;
  readonly namedBuilds?: readonly string[];
  readonly sources?: readonly string[];
}

/** A new folder with files in it. */
function written(files: Folder['files']): string {
  const root = mkdtempSync(path.join(tmpdir(), 'milliwatt-built-'));
  for (const [name, said] of Object.entries(files)) {
    const [minute, text] = typeof said === 'number' ? [said, undefined] : said;
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text ?? (name.endsWith('.elf') ? elfBytes([]) : gnuMapText));
    utimesSync(file, 1_700_000_000 + 60 * minute, 1_700_000_000 + 60 * minute);
  }
  return root;
}

/** The file that was taken, and what was read beside it. */
function taken({ files, environment, build, namedBuilds = [], sources = [] }: Folder): unknown {
  const root = written(files);
  try {
    const last = new LastBuilds(root).of({ folder: '', environment, build, namedBuilds }, sources);
    if (last === undefined) return undefined;
    const { file, regions, program, frames, compiled, newerSource, problems } = last;
    return [
      file,
      `${regions.length} memories`,
      ...(program === undefined ? [] : ['program']),
      ...frames.map(({ name }) => name),
      ...compiled.map((each) => each.file),
      ...(newerSource === undefined ? [] : [`older than ${newerSource}`]),
      ...problems,
    ];
  } finally {
    rmSync(root, { recursive: true });
  }
}

const su = 'a.cc:1:1:loop\t16\tstatic\n';
const commands = '[{"directory": "/", "file": "a.cc", "command": "g++"}]';

check('what was built last', taken, [
  { name: 'nothing', input: { files: { 'src/main.cc': 1, 'docs/x.map': 1 } }, expected: undefined },
  {
    name: 'PlatformIO: the environment that counts, with frames, without its loader',
    input: {
      files: {
        '.pio/build/a/firmware.elf': 1,
        '.pio/build/a/output.map': 1,
        '.pio/build/a/src/main.cc.su': [1, su],
        '.pio/build/b/firmware.elf': 5,
        '.pio/build/b/bootloader.elf': 6,
      },
      environment: 'a',
    },
    expected: ['.pio/build/a/output.map', '2 memories', 'program', 'loop'],
  },
  {
    name: 'PlatformIO: the environment that was built last',
    input: { files: { '.pio/build/a/firmware.elf': 1, '.pio/build/b/firmware.elf': 5 } },
    expected: ['.pio/build/b/firmware.elf', '0 memories', 'program'],
  },
  {
    name: 'PlatformIO: an environment that was not built',
    input: { files: { '.pio/build/b/firmware.elf': 5 }, environment: 'a' },
    expected: undefined,
  },
  {
    name: 'ESP-IDF: not its loader',
    input: {
      files: {
        'build/kws.elf': 1,
        'build/kws.map': 1,
        'build/bootloader/bootloader.elf': 2,
        'build/bootloader/bootloader.map': 2,
        'build/compile_commands.json': [1, commands],
      },
    },
    expected: ['build/kws.map', '2 memories', 'program', 'a.cc'],
  },
  {
    name: 'Zephyr, of several images that of the application',
    input: {
      files: {
        'build/app/zephyr/zephyr_pre0.map': 1,
        'build/app/zephyr/zephyr.elf': 1,
        'build/app/zephyr/zephyr.map': 1,
        'build/app/compile_commands.json': [1, commands],
        'build/mcuboot/zephyr/zephyr.elf': 2,
        'build/mcuboot/zephyr/zephyr.map': 2,
      },
    },
    expected: ['build/app/zephyr/zephyr.map', '2 memories', 'program', 'a.cc'],
  },
  {
    name: 'Arduino: a folder for the board, the name of the sketch',
    input: {
      files: { 'build/arduino.mbed_nano.nano33ble/kws.ino.elf': 1, 'build/arduino.mbed_nano.nano33ble/kws.ino.map': 1 },
    },
    expected: ['build/arduino.mbed_nano.nano33ble/kws.ino.map', '2 memories', 'program'],
  },
  {
    name: 'several programs and folders: the newest, with the map beside it',
    input: {
      files: {
        'build/a.elf': 1,
        'build/a.elf.map': 1,
        'build/b.elf': 3,
        'build/b.elf.map': 3,
        'build-debug/a.elf': 2,
        'cmake-build-release/app/c.elf': 4,
        'cmake-build-release/app/c.elf.map': 4,
      },
    },
    expected: ['cmake-build-release/app/c.elf.map', '2 memories', 'program'],
  },
  {
    name: 'a folder that the project names, whatever it is called',
    input: { files: { 'target/fw/a.elf': 2, 'build/a.elf': 1 }, namedBuilds: ['target/*'] },
    expected: ['target/fw/a.elf', '0 memories', 'program'],
  },
  {
    name: 'the build folder that counts, not the newest',
    input: { files: { 'build-a/a.elf': 1, 'build-b/b.elf': 2 }, build: 'build-a' },
    expected: ['build-a/a.elf', '0 memories', 'program'],
  },
  {
    name: 'frames of its own build alone, where several lie in one folder',
    input: {
      files: {
        'out/build/a/CMakeCache.txt': [1, ''],
        'out/build/a/x.elf': 2,
        'out/build/a/x.su': [2, su],
        'out/build/b/CMakeCache.txt': [1, ''],
        'out/build/b/x.su': [2, su.replace('loop', 'other')],
      },
    },
    expected: ['out/build/a/x.elf', '0 memories', 'program', 'loop'],
  },
  {
    name: 'a map that was left by an earlier build',
    input: { files: { 'build/a.elf': 90, 'build/a.map': 1 } },
    expected: ['build/a.elf', '0 memories', 'program'],
  },
  {
    name: 'older than a source, not than others',
    input: { files: { 'build/a.elf': 2, 'src/old.cc': 1, 'src/main.cc': 3 }, sources: ['src/old.cc', 'src/main.cc'] },
    expected: ['build/a.elf', '0 memories', 'program', 'older than src/main.cc'],
  },
  {
    name: 'half written',
    input: { files: { 'build/a.map': [1, gnuMapText.slice(0, 500)], 'build/compile_commands.json': [1, '[{"file"'] } },
    expected: [
      'build/a.map',
      '0 memories',
      'build/a.map says nothing of the last build: it is damaged, or half written. Build again.',
      'compile_commands.json is not read: its JSON is damaged. Build again.',
    ],
  },
]);

check(
  'folders that builds were written to',
  ({ files, namedBuilds = [] }: Pick<Folder, 'files' | 'namedBuilds'>) => {
    const root = written(files);
    try {
      return buildFolders({ root, folder: '', namedBuilds });
    } finally {
      rmSync(root, { recursive: true });
    }
  },
  [
    { name: 'none', input: { files: { 'src/main.cc': 1, 'build/notes.txt': 2 } }, expected: [] },
    {
      name: 'the newest first: by its program, else as it was configured',
      input: {
        files: {
          'build-a/a.elf': 2,
          'build-b/CMakeCache.txt': [3, ''],
          'Debug/x.elf': 4,
          'tools/x.elf': 5,
        },
      },
      expected: ['Debug', 'build-b', 'build-a'],
    },
    {
      name: 'of CMake one for each that it was run in, a build of several images being one',
      input: {
        files: {
          'build/x/CMakeCache.txt': [1, ''],
          'build/y/CMakeCache.txt': [2, ''],
          'build/doc/x.elf': 9,
          'build-z/CMakeCache.txt': [3, ''],
          'build-z/app/CMakeCache.txt': [4, ''],
        },
      },
      expected: ['build-z', 'build/y', 'build/x'],
    },
    {
      name: 'of names that are not known, where they are named',
      input: {
        files: { 'a/b1/x.elf': 1, 'a/b2/x.elf': 2, 'a/c/x.elf': 3, 'c/b/x.elf': 4 },
        namedBuilds: ['a/b*', 'a/none', 'a/b1'],
      },
      expected: ['a/b2', 'a/b1'],
    },
  ],
);
