import { readLinkerMap } from '../../src/core/lastBuild/linkerMap';
import { takenOf } from '../../src/core/lastBuild/memories';
import { regionSentences } from '../../src/core/lastBuild/regionText';
import { check } from '../support/check';
import { gnuMapText, lldMapText } from './built';

const regions = (text: string): ReturnType<typeof takenOf> => {
  const map = readLinkerMap(text);
  return map === undefined ? [] : takenOf(map.memories, map.sections);
};

/** 168 bytes of code, 40 with initial values, 8 of alignment, 20,000 without values. */
const both: (readonly [string, number])[] = [
  ['code', 208],
  ['data', 20_048],
];

check(
  'memories of a map file of GNU ld',
  (text: string) => regions(text).map(({ name, takenBytes }) => [name, takenBytes] as const),
  [
    { name: 'code with the initial values, data', input: gnuMapText, expected: both },
    { name: 'line breaks of Windows', input: gnuMapText.replaceAll('\n', '\r\n'), expected: both },
    {
      name: 'a section whose name is long, heap and stack',
      input: gnuMapText.replace(
        'OUTPUT',
        '._user_heap_stack_of_it\n                0x20004e50      0x600 load address 0x000000d0\nOUTPUT',
      ),
      expected: [
        ['code', 208],
        ['data', 21_584],
      ],
    },
    {
      name: 'a section over another one counts once',
      input: gnuMapText.replace('OUTPUT', '.overlay        0x20000030      0x100\nOUTPUT'),
      expected: both,
    },
    {
      name: 'a heap that was given all up to the stack is not taken',
      input: gnuMapText.replace(
        'OUTPUT',
        '.heap           0x20004e50     0xa9b0\n.stack_dummy    0x2000f800      0x800\nOUTPUT',
      ),
      expected: [
        ['code', 208],
        ['data', 22_096],
      ],
    },
    { name: 'a map that is cut off', input: gnuMapText.slice(0, gnuMapText.indexOf('OUTPUT')), expected: [] },
    { name: 'another text', input: '.data 0x20000000 0x28\nOUTPUT(a elf)\n', expected: [] },
    { name: 'nothing', input: '', expected: [] },
  ],
);

check('memories in words', (text: string) => [...regionSentences(regions(text))], [
  {
    name: 'with what is free, and what is too much',
    input: gnuMapText.replace('0x4e20 ', '0x10000 '),
    expected: [
      'code takes 208 of 4,194,304 bytes: 4,194,096 bytes free',
      'data takes 65,584 of 65,536 bytes: 48 bytes too many',
    ],
  },
]);

check(
  'object files of a map file',
  (text: string) => readLinkerMap(text)?.objects.map(({ name, flashBytes }) => `${name} ${flashBytes}`),
  [
    {
      name: 'of GNU ld: code and values, a long name on its own line, members of archives',
      input: gnuMapText,
      expected: ['firmware.o 168', 'lib/libtflite.a(conv.cc.o) 40'],
    },
    { name: 'of lld', input: lldMapText, expected: ['a.o 76'] },
  ],
);

check('sections of a map file of lld', (text: string) => readLinkerMap(text)?.sections, [
  {
    name: 'with where their values are kept',
    input: lldMapText,
    expected: [
      { name: '.text', address: 0, bytes: 0x48 },
      { name: '.data', address: 0x20000000, bytes: 4, keptAt: 0x48 },
      { name: '.bss', address: 0x20000010, bytes: 20_000 },
    ],
  },
  { name: 'a map that is cut off', input: lldMapText.slice(0, lldMapText.indexOf('.shstrtab')), expected: undefined },
]);

/** A map whose memories, of 16 bytes each, are each taken by a section of 4. */
function manyMemories(count: number): string {
  const rows = Array.from({ length: count }, (_none, index) => `0x${(index * 16).toString(16)}`);
  return [
    'Memory Configuration',
    ...rows.map((at, index) => `m${index} ${at} 0x10`),
    'Linker script and memory map',
    ...rows.map((at) => `.data ${at} 0x4`),
    'OUTPUT(a.elf)',
    '',
  ].join('\n');
}

check('memories of a map file that claims many', (count: number) => regions(manyMemories(count)).length, [
  { name: 'as many as some chips have', input: 20, expected: 20 },
  { name: 'more than any has: it is no map, and its sections are not looked up in them', input: 100_000, expected: 0 },
]);
