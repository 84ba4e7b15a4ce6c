import { FirmwareIndex } from '../../src/core/analysis/firmwareIndex';
import { FolderProjects } from '../../src/core/buildFiles/folderProjects';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { readLastBuild } from '../../src/core/lastBuild/lastBuild';
import { arduino } from '../firmware/corpus/bases';
import { corpusModels } from '../firmware/corpus/models';
import { elfBytes, gnuMapText } from '../lastBuild/built';
import { check } from '../support/check';
import { xxdNumbers } from '../support/sources';

const sketch = 'sketch/sketch.ino';
const arena = { name: '_ZN12_GLOBAL__N_112tensor_arenaE', address: 0x20000030, bytes: 20_000 };

const dense = { name: 'g_model', address: 0x80, bytes: 1000 };
const pio = '[env:a]\nframework = arduino\nboard = esp32dev\n';

interface Built {
  readonly source?: string;
  readonly map?: string;
  readonly newerSource?: string;
  readonly program?: Uint8Array;
  readonly imageBytes?: number;
  /** Build files by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Hints at the arena and what a hover says at the resolver, then what is left to the model. */
function said({ source = arduino.files[sketch], map = gnuMapText, files = {}, program, ...rest }: Built): unknown {
  const index = new FirmwareIndex();
  const numbers = xxdNumbers(writeTflite(corpusModels.dense));
  index.set('sketch/model.cpp', `#include "model.h"\nalignas(16) const unsigned char g_model[] = {\n${numbers}\n};\n`);
  index.set('sketch/model.h', arduino.files['sketch/model.h']);
  index.set(sketch, source);
  const last = readLastBuild({ file: 'build/x.map', map, program: program ?? elfBytes([arena]), ...rest });
  const projects = new FolderProjects();
  for (const [path, text] of Object.entries(files)) projects.set(path, text);
  const { notes, rooms } = index.analyse({
    requestOf: ({ path }) => ({ path, target: { runtime: 'tflm-reference' } }),
    buildOf: (path) => ({ folder: '', facts: projects.factsFor(path) ?? [], last }),
  });
  return [
    ...notes.flatMap(({ hint, says, span }) => {
      if (hint?.startsWith('data:') === true) return [`${span.line + 1} ${hint}`];
      return hint === undefined && says[0].startsWith('In the last build') ? [says[0]] : [];
    }),
    ...rooms.flatMap(({ file, ramBytes, ramSource, modelFlashBytes, flashSource }) => [
      ...(ramBytes === undefined ? [] : [`${file} ${ramBytes} ${ramSource}`]),
      ...(modelFlashBytes === undefined ? [] : [`${file} flash ${modelFlashBytes} ${flashSource}`]),
    ]),
  ];
}

const library = 'In the last build (build/x.map) the object files of TFLM take 40 bytes of flash.';
const room = 'After the last build (build/x.map) data has 45,488 bytes free beside the 20,000 bytes of tensor_arena.';
const filling = '.heap           0x20004e50     0xb1b0\nOUTPUT';

check('what the last build says in sources', said, [
  {
    name: 'free bytes at the arena, the library at the resolver, a limit for the model',
    input: {},
    expected: ['9 data: 45,488 bytes free', library, `build/x.map 65488 ${room}`],
  },
  {
    name: 'a source was changed since then',
    input: { newerSource: sketch },
    expected: [
      '9 data: 45,488 bytes free in an older build',
      library,
      `build/x.map 65488 ${room} ${sketch} was changed since build/x.map was linked: build again.`,
    ],
  },
  {
    name: 'a heap that was given the rest: how much of it is used is not known, so that there is no limit',
    input: { map: gnuMapText.replace('OUTPUT', filling) },
    expected: ['9 data: 45,488 bytes free', library],
  },
  {
    name: 'an arena of the heap is not in the build',
    input: { source: arduino.files[sketch].replace('tensor_arena, k', 'malloc(784), k') },
    expected: ['9 data: 45,488 bytes free', library],
  },
  {
    // Free are 4,194,304 bytes less 168 of code and 40 of initial values.
    name: 'flash: what is free, and what the model has',
    input: { program: elfBytes([dense]) },
    expected: [
      '9 data: 45,488 bytes free',
      library,
      'build/x.map flash 4195096 After the last build (build/x.map) code has 4,194,096 bytes free beside the 1,000 bytes of g_model.',
    ],
  },
  {
    name: 'flash of a chip that divides it',
    input: { program: elfBytes([dense]), imageBytes: 1_000_000, files: { 'platformio.ini': pio } },
    expected: [
      '9 data: 45,488 bytes free',
      library,
      'build/x.map flash 311720 After the last build (build/x.map) the partition app0 has 310,720 bytes free beside the 1,000 bytes of g_model.',
    ],
  },
  {
    name: 'a map that is half written',
    input: { map: gnuMapText.slice(0, gnuMapText.indexOf('OUTPUT')) },
    expected: [],
  },
]);
