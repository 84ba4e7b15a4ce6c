import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LastBuilds } from '../../src/files/lastBuild';
import { elfBytes, gnuMapText } from '../lastBuild/built';
import { check } from '../support/check';

/** Files with the minute that each was written in: programs are whole, maps too, the others hold what is given. */
interface Folder {
  readonly files: Readonly<Record<string, number | readonly [minute: number, text: string]>>;
  readonly environment?: string;
  readonly sources?: readonly string[];
}

/** The file that was taken, and what was read beside it. */
function taken({ files, environment, sources = [] }: Folder): unknown {
  const root = mkdtempSync(path.join(tmpdir(), 'milliwatt-built-'));
  try {
    for (const [name, said] of Object.entries(files)) {
      const [minute, text] = typeof said === 'number' ? [said, undefined] : said;
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text ?? (name.endsWith('.elf') ? elfBytes([]) : gnuMapText));
      utimesSync(file, 1_700_000_000 + 60 * minute, 1_700_000_000 + 60 * minute);
    }
    const build = new LastBuilds(root).of({ folder: '', environment }, sources);
    if (build === undefined) return undefined;
    const { file, regions, program, frames, compiled, newerSource, problems } = build;
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
