import { FirmwareReader } from '../../src/core/serial/firmwareReader';
import { groupText } from '../../src/core/serial/groupText';
import { check } from '../support/check';

/** Titles and rows of the tables of all groups in a text, each with the line that completed it; `…` is silence. */
function cardsOf(lines: readonly string[]): readonly unknown[] {
  const reader = new FirmwareReader();
  const placed = lines.flatMap((text, line) =>
    text === '…' ? reader.silent() : reader.read(text, { line, timeMs: line }).groups,
  );
  return [...placed, ...reader.silent()].map(({ line, group }) => {
    const { title, table } = groupText(group);
    return [line, title, table?.rows ?? []];
  });
}

const allocator = [
  '[RecordingMicroAllocator] Arena allocation total 9568 bytes',
  '[RecordingMicroAllocator] Arena allocation head 7744 bytes',
  "[RecordingMicroAllocator] 'TfLiteEvalTensor data' used 360 bytes with alignment overhead (requested 360 bytes for 15 allocations)",
];

check('what the lines of a firmware mean together', cardsOf, [
  {
    name: 'a single event at once',
    input: ['hello', 'AllocateTensors() failed'],
    expected: [[1, 'AllocateTensors() failed', []]],
  },
  {
    name: 'the table of an allocator as one, ended by another event',
    input: [...allocator, 'Invoke() failed'],
    expected: [
      [
        2,
        'What the arena is spent on: 9,568 bytes',
        [
          ['Whole arena', '9,568', '', ''],
          ['Plan (head)', '7,744', '', ''],
          ['TfLiteEvalTensor data', '360', '360', '15'],
        ],
      ],
      [3, 'Invoke() failed', []],
    ],
  },
  {
    name: 'a crash with its registers and trace, ended by silence',
    input: [
      "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.",
      'PC      : 0x400d1234  PS      : 0x00060830  A0      : 0x800d5678  A1      : 0x3ffb1f50',
      'Backtrace: 0x400d1231:0x3ffb1f50 0x400d5675:0x3ffb1f70',
      '…',
    ],
    expected: [
      [
        2,
        'Crash: LoadProhibited on core 0',
        [
          ['pc', '0x400d1234'],
          ['ps', '0x00060830'],
          ['a0', '0x800d5678'],
          ['a1', '0x3ffb1f50'],
          ['frame 0', '0x400d1231'],
          ['frame 1', '0x400d5675'],
        ],
      ],
    ],
  },
  { name: 'plots are no events', input: ['>a:1', 'a:1,b:2'], expected: [] },
]);
