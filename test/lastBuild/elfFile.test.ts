import { readElf, variablesNamed } from '../../src/core/lastBuild/elfFile';
import { readLastBuild } from '../../src/core/lastBuild/lastBuild';
import { roomOf } from '../../src/core/lastBuild/room';
import { check } from '../support/check';
import { elfBytes, gnuMapText } from './built';

const arena = { name: '_ZN12_GLOBAL__N_112tensor_arenaE', address: 0x20000030, bytes: 20_000 };
const whole = elfBytes([arena]);
const sections = [
  { name: '.text', address: 0, bytes: 168 },
  { name: '.data', address: 0x20000000, bytes: 40, keptAt: 168 },
  { name: '.bss', address: 0x20000030, bytes: 20_000 },
];

function changed(at: number, value: number): Uint8Array {
  const bytes = whole.slice();
  bytes[at] = value;
  return bytes;
}

check('a linked program', readElf, [
  {
    name: 'sections with where their values are kept, variables',
    input: whole,
    expected: { sections, loadedBytes: 208, variables: [arena] },
  },
  { name: 'big endian', input: elfBytes([arena], false), expected: { sections, loadedBytes: 208, variables: [arena] } },
  { name: 'nothing', input: new Uint8Array(0), expected: undefined },
  { name: 'cut off', input: whole.slice(0, -1), expected: undefined },
  { name: 'a program for another machine, with 64 bits', input: changed(4, 2), expected: undefined },
  { name: 'an object file', input: changed(16, 1), expected: undefined },
  { name: 'more sections than there is room for', input: changed(49, 0xff), expected: undefined },
  { name: 'a table of names that is not there', input: changed(50, 9), expected: undefined },
]);

check(
  'variables by their name in sources',
  (names: readonly string[]) =>
    variablesNamed(
      { sections: [], loadedBytes: 0, variables: names.map((name) => ({ name, address: 0, bytes: 1 })) },
      'arena',
    ).length,
  [
    {
      name: 'of C, of a namespace, of a function, of one that the compiler told apart',
      input: ['arena', '_ZN2ns5arenaE', '_ZZ5setupvE5arena', 'arena.1234', '_ZL5arena.lto_priv.0'],
      expected: 5,
    },
    { name: 'others', input: ['my_arena', 'arena2', '_ZL8my_arena', '_ZN5arena4sizeE', '_Z5arenav.x'], expected: 0 },
  ],
);

const roomFor = ({ name, map, program }: { name?: string; map?: string; program?: Uint8Array }): unknown => {
  const room = roomOf(readLastBuild({ file: 'a.map', map: map ?? gnuMapText, program: program ?? whole }), name);
  return room && [room.region.name, room.freeBytes, room.variableBytes];
};

check('what is left of the memory of a variable', roomFor, [
  { name: 'beside the variable', input: { name: 'tensor_arena' }, expected: ['data', 65_536 - 20_048, 20_000] },
  {
    name: 'of a variable that is not in the build: the only memory with variables',
    input: { name: 'other' },
    expected: ['data', 45_488, undefined],
  },
  { name: 'two of its name', input: { name: 'tensor_arena', program: elfBytes([arena, arena]) }, expected: undefined },
  {
    name: 'a program that is half written',
    input: { name: 'tensor_arena', program: whole.slice(0, 100) },
    expected: ['data', 45_488, undefined],
  },
  {
    name: 'a map that is half written',
    input: { name: 'tensor_arena', map: gnuMapText.slice(0, 700) },
    expected: undefined,
  },
]);

/** A program of 1 MB that claims the same bytes again and again. */
function claiming(what: 'tables' | 'segments' | 'names'): Uint8Array {
  const bytes = new Uint8Array(2 ** 20 * (what === 'segments' ? 5 : 1)).fill(what === 'names' ? 0x61 : 0x11);
  const view = new DataView(bytes.buffer);
  const [headers, segments] = [2 ** 19, 2 ** 22];
  [0x464c457f, 0x01010101, 0, 0].forEach((word, index) => view.setUint32(4 * index, word, true));
  view.setUint16(16, 2, true);
  view.setUint32(28, segments, true);
  view.setUint32(32, headers, true);
  const count = what === 'names' ? 2 : 10_000;
  [32, what === 'segments' ? 20_000 : 0, 40, count, 0].forEach((half, index) =>
    view.setUint16(42 + 2 * index, half, true),
  );
  for (let index = 0; index < count; index += 1) {
    const isTable = index > 0 && what !== 'segments';
    // A table of symbols whose names lie in the file's own bytes, or a section that is loaded.
    const words = [1, isTable ? 2 : 1, isTable ? 0 : 2, 0, 64, 2 ** 18, 0, 0, 0, 16];
    words.forEach((word, at) => view.setUint32(headers + 40 * index + 4 * at, word, true));
  }
  return bytes;
}

check(
  'programs that claim more than they hold',
  (what: Parameters<typeof claiming>[0]) => {
    const start = performance.now();
    const { variables } = readElf(claiming(what)) ?? { variables: [] };
    const letters = variables.reduce((sum, { name }) => sum + name.length, 0);
    return [letters <= 4 * 2 ** 20 + 1000, performance.now() - start < 2000];
  },
  [
    { name: 'tables of symbols over each other', input: 'tables', expected: [true, true] },
    { name: 'names that share all of their letters', input: 'names', expected: [true, true] },
    { name: 'segments for each of as many sections', input: 'segments', expected: [true, true] },
  ],
);
