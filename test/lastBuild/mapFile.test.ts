import { linkedRegions } from '../../src/core/lastBuild/mapFile';
import { regionSentences } from '../../src/core/lastBuild/regionText';
import { check } from '../support/check';

const head = `
Memory Configuration

Name             Origin             Length             Attributes
code             0x00000000         0x00400000         xr
data             0x20000000         0x00010000         xrw
*default*        0x00000000         0xffffffff

Linker script and memory map
`;

/** As GNU ld 2.40 writes it for a program of one file: 168 bytes of code, 40 with initial values, 20,000 without. */
const program = `${head}
LOAD firmware.o
.text           0x00000000       0xa8
 *(.text*)
 .text.main     0x00000000       0x80 firmware.o
.data           0x20000000       0x28 load address 0x000000a8
 .data          0x20000000       0x28 firmware.o
.bss            0x20000030     0x4e20 load address 0x000000d0
OUTPUT(firmware.elf elf32-littlearm)
.comment        0x00000000       0x26
.ARM.attributes
                0x00000000       0x2e
`;

check(
  'memories of a map file',
  (text: string) => linkedRegions(text).map(({ name, takenBytes }) => [name, takenBytes]),
  [
    {
      name: 'code with the initial values, data',
      input: program,
      expected: [
        ['code', 208],
        ['data', 20_040],
      ],
    },
    {
      name: 'line breaks of Windows',
      input: program.replaceAll('\n', '\r\n'),
      expected: [
        ['code', 208],
        ['data', 20_040],
      ],
    },
    {
      name: 'a section whose name is long, heap and stack',
      input: program.replace(
        'OUTPUT',
        '._user_heap_stack_of_it\n                0x20005000      0x600 load address 0x000000d0\nOUTPUT',
      ),
      expected: [
        ['code', 208],
        ['data', 21_576],
      ],
    },
    { name: 'a map that is cut off', input: program.slice(0, program.indexOf('OUTPUT')), expected: [] },
    { name: 'another text', input: '.data 0x20000000 0x28\nOUTPUT(a elf)\n', expected: [] },
    { name: 'nothing', input: '', expected: [] },
  ],
);

check('memories in words', (text: string) => [...regionSentences(linkedRegions(text))], [
  {
    name: 'with what is free, and what is too much',
    input: program.replace('0x4e20 ', '0x10000 '),
    expected: [
      'code takes 208 of 4,194,304 bytes: 4,194,096 bytes free',
      'data takes 65,576 of 65,536 bytes: 40 bytes too many',
    ],
  },
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

check('memories of a map file that claims many', (count: number) => linkedRegions(manyMemories(count)).length, [
  { name: 'as many as some chips have', input: 20, expected: 20 },
  { name: 'more than any has: it is no map, and its sections are not looked up in them', input: 100_000, expected: 0 },
]);
