import { FirmwareIndex } from '../../src/core/analysis/firmwareIndex';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import { readLastBuild } from '../../src/core/lastBuild/lastBuild';
import { withBuiltLimit } from '../../src/core/project/builtLayers';
import type { ChoiceLayer } from '../../src/core/project/layers';
import { mergedChoices } from '../../src/core/project/layers';
import { arduino } from '../firmware/corpus/bases';
import { corpusModels } from '../firmware/corpus/models';
import { elfBytes, gnuMapText } from '../lastBuild/built';
import { check } from '../support/check';
import { xxdNumbers } from '../support/sources';

const sketch = 'sketch/sketch.ino';
const arena = { name: '_ZN12_GLOBAL__N_112tensor_arenaE', address: 0x20000030, bytes: 20_000 };

interface Built {
  readonly source?: string;
  readonly map?: string;
  readonly newerSource?: string;
}

/** Hints at the arena and what a hover says at the resolver, then what is left to the model. */
function said({ source = arduino.files[sketch], map = gnuMapText, newerSource }: Built): unknown {
  const index = new FirmwareIndex();
  const numbers = xxdNumbers(writeTflite(corpusModels.dense));
  index.set('sketch/model.cpp', `#include "model.h"\nalignas(16) const unsigned char g_model[] = {\n${numbers}\n};\n`);
  index.set('sketch/model.h', arduino.files['sketch/model.h']);
  index.set(sketch, source);
  const last = readLastBuild({ file: 'build/x.map', map, program: elfBytes([arena]), newerSource });
  const { notes, rooms } = index.analyse({
    requestOf: ({ path }) => ({ path, target: { runtime: 'tflm-reference' } }),
    buildOf: () => ({ folder: '', facts: [], last }),
  });
  return [
    ...notes.flatMap(({ hint, says, span }) => {
      if (hint?.startsWith('data:') === true) return [`${span.line + 1} ${hint}`];
      return hint === undefined && says[0].startsWith('In the last build') ? [says[0]] : [];
    }),
    ...rooms.map(({ file, ramBytes, source: from }) => `${file} ${ramBytes} ${from}`),
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
    name: 'a map that is half written',
    input: { map: gnuMapText.slice(0, gnuMapText.indexOf('OUTPUT')) },
    expected: [],
  },
]);

const limit = { file: 'build/x.map', ramBytes: 65_488, source: 'So.' };
const proposed: ChoiceLayer = { origin: 'a', isProposed: true, values: { target: { board: 'nucleo_f401re' } } };
const target = {
  values: [
    { key: 'board', value: 'nucleo_f401re', place: { file: 'a', span: { start: 0, end: 0, line: 0, column: 0 } } },
  ],
  boardNames: ['nucleo_f401re'],
  remarks: [],
} as const;

check(
  'the limit of the last build among what is chosen',
  (layers: readonly ChoiceLayer[]) =>
    mergedChoices(withBuiltLimit(layers, limit, { target, addressOf: (file) => `/p/${file}` })).budget,
  [
    { name: 'nothing is chosen', input: [proposed], expected: { ramBytes: 65_488, ramSource: 'So.' } },
    {
      name: 'another limit',
      input: [proposed, { origin: 'b', values: { budget: { ramBytes: 9 } } }],
      expected: { ramBytes: 9 },
    },
    { name: 'another board', input: [{ origin: 'b', values: { target: { board: 'pico' } } }], expected: {} },
    {
      name: 'the same board, chosen, and a value that the project proposes',
      input: [
        { ...proposed, values: { target: { settings: { clockHz: 1 } } } },
        { origin: 'b', values: { target: { board: 'nucleo_f401re' } } },
      ],
      expected: { ramBytes: 65_488, ramSource: 'So.' },
    },
    {
      name: 'another memory for the arena',
      input: [proposed, { origin: 'b', values: { target: { settings: { arenaRegion: 'CCM' } } } }],
      expected: {},
    },
  ],
);
