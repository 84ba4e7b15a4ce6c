import type { Limits } from '../../src/core/estimate/budget';
import { budgetFacts } from '../../src/core/estimate/budget';
import { resolveTarget } from '../../src/core/estimate/resolveTarget';
import type { AppPartition } from '../../src/core/buildFiles/partitions/appPartition';
import { withBuiltLimit } from '../../src/core/project/builtLayers';
import type { ChoiceLayer } from '../../src/core/project/layers';
import { mergedChoices } from '../../src/core/project/layers';
import { check } from '../support/check';

const place = { file: 'a', span: { start: 0, end: 0, line: 0, column: 0 } };
const limit = { file: 'build/x.map', ramBytes: 65_488, ramSource: 'So.' };
const flash = { modelFlashBytes: 9_000, flashSource: 'There.' };
const partition: AppPartition = {
  name: 'app0',
  bytes: 131_072,
  table: 'mine.csv',
  place,
  kind: 'own',
  partitions: [],
};
const proposed: ChoiceLayer = { origin: 'a', isProposed: true, values: { target: { board: 'nucleo_f401re' } } };
const target = {
  values: [{ key: 'board', value: 'nucleo_f401re', place }],
  boardNames: ['nucleo_f401re'],
  remarks: [],
} as const;
const region: ChoiceLayer = { origin: 'b', values: { target: { settings: { arenaRegion: 'CCM' } } } };
const ofPartition = {
  programFlashBytes: 131_072,
  flashSource: 'The partition app0 of mine.csv has 131,072 bytes for the whole program.',
};

interface Asked {
  readonly layers: readonly ChoiceLayer[];
  readonly limit?: Parameters<typeof withBuiltLimit>[1];
  readonly partition?: AppPartition;
}

check(
  'limits of the last build among what is chosen',
  ({ layers, limit: built, ...says }: Asked) =>
    mergedChoices(withBuiltLimit(layers, built, { target, ...says, addressOf: (file) => `/p/${file}` })).budget,
  [
    {
      name: 'nothing is chosen',
      input: { layers: [proposed], limit },
      expected: { ramBytes: 65_488, ramSource: 'So.' },
    },
    {
      name: 'another limit',
      input: { layers: [proposed, { origin: 'b', values: { budget: { ramBytes: 9 } } }], limit },
      expected: { ramBytes: 9 },
    },
    {
      name: 'another limit for RAM leaves that of flash',
      input: {
        layers: [proposed, { origin: 'b', values: { budget: { ramBytes: 9 } } }],
        limit: { ...limit, ...flash },
      },
      expected: { ramBytes: 9, ...flash },
    },
    {
      name: 'another limit for flash leaves that of RAM',
      input: {
        layers: [proposed, { origin: 'b', values: { budget: { flashBytes: 9 } } }],
        limit: { ...limit, ...flash },
      },
      expected: { ramBytes: 65_488, ramSource: 'So.', flashBytes: 9 },
    },
    {
      name: 'another board',
      input: {
        layers: [{ origin: 'b', values: { target: { board: 'pico' } } }],
        limit: { ...limit, ...flash },
        partition,
      },
      expected: {},
    },
    {
      name: 'the same board, chosen, and a value that the project proposes',
      input: {
        layers: [
          { ...proposed, values: { target: { settings: { clockHz: 1 } } } },
          { origin: 'b', values: { target: { board: 'nucleo_f401re' } } },
        ],
        limit,
      },
      expected: { ramBytes: 65_488, ramSource: 'So.' },
    },
    { name: 'another memory for the arena', input: { layers: [proposed, region], limit }, expected: {} },
    {
      name: 'another memory for the arena says nothing of flash',
      input: { layers: [proposed, region], limit: { ...limit, ...flash } },
      expected: flash,
    },
    { name: 'a partition, where nothing was built', input: { layers: [proposed], partition }, expected: ofPartition },
    {
      name: 'what the last build left goes before the partition',
      input: { layers: [proposed], partition, limit: { file: 'x', ...flash } },
      expected: flash,
    },
    {
      name: 'a partition, where the last build says nothing of flash',
      input: { layers: [proposed], partition, limit },
      expected: { ramBytes: 65_488, ramSource: 'So.', ...ofPartition },
    },
  ],
);

check(
  'the flash that a model may have',
  (limits: Limits) =>
    budgetFacts({
      target: resolveTarget({ board: 'esp32_devkit' }).target,
      limits,
      flash: { totalBytes: 90, modelBytes: 40, basis: 'modelled' },
    })?.flashBytes,
  [
    { name: "the board's", input: {}, expected: 4_194_304 },
    { name: "the program's part", input: { programFlashBytes: 1000 }, expected: 1000 },
    {
      name: 'what shares that part with the model',
      input: { programFlashBytes: 1000, reservedFlashBytes: 300 },
      expected: 700,
    },
    {
      name: 'what the model may have, and the library as it is estimated',
      input: { programFlashBytes: 1000, modelFlashBytes: 500, reservedFlashBytes: 300 },
      expected: 550,
    },
    {
      name: "what was chosen goes before the program's part",
      input: { programFlashBytes: 1000, modelFlashBytes: 500, flashBytes: 2000 },
      expected: 2000,
    },
  ],
);
