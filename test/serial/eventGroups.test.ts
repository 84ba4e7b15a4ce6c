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
  {
    name: 'a crash that is named twice, and its thread',
    input: [
      "Guru Meditation Error: Core  1 panic'ed (Unhandled debug exception). ",
      'Debug exception reason: Stack canary watchpoint triggered (classify) ',
    ],
    expected: [
      [
        1,
        'Crash: Unhandled debug exception: Stack canary watchpoint triggered (classify) in thread classify on core 1',
        [],
      ],
    ],
  },
  {
    name: 'a task watchdog, and no crash from its backtrace',
    input: [
      'E (5) task_wdt: Task watchdog got triggered. The following tasks did not reset the watchdog in time:',
      'E (5) task_wdt:  - IDLE (CPU 0)',
      'E (5) task_wdt: CPU 0: main',
      'Backtrace: 0x42011c02:0x3fc94a10',
    ],
    expected: [[2, 'Task watchdog: main ran for too long without a pause', []]],
  },
  {
    name: 'a task watchdog that ends the program: said before the crash that it makes',
    input: [
      'E (5) task_wdt: Task watchdog got triggered. The following tasks did not reset the watchdog in time:',
      'E (5) task_wdt:  - IDLE (CPU 0)',
      'E (5) task_wdt: CPU 0: main',
      'E (5) task_wdt: Aborting.',
      'abort() was called at PC 0x400d1234 on core 0',
      '…',
    ],
    expected: [
      [3, 'Task watchdog: main ran for too long without a pause', []],
      [4, 'Crash: abort() at 0x400d1234 on core 0', []],
    ],
  },
  {
    name: 'a reset by a watchdog that said nothing before',
    input: ['rst:0x8 (TG1WDT_SYS_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)', '…'],
    expected: [[0, 'Crash: TG1WDT_SYS_RESET', []]],
  },
  {
    name: 'a reset that somebody asked for is no crash',
    input: ['rst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)', 'rst:0x1 (POWERON_RESET)', '…'],
    expected: [],
  },
  {
    name: 'a panic of RIOT behind a logger',
    input: ['[main] *** RIOT kernel panic:', '[main] FAILED ASSERTION.', '…'],
    expected: [[1, 'Crash: panic: FAILED ASSERTION.', []]],
  },
  {
    name: 'the two runs of a benchmark, apart from its set-up and from sums of runs',
    input: [
      'InitializeBenchmarkRunner took 70 ticks (0 ms).',
      '',
      'WithPersonDataIterations(1) took 30 ticks (0 ms)',
      'CONV_2D took 20 ticks (0 ms).',
      'SOFTMAX took 10 ticks (0 ms).',
      '',
      'NoPersonDataIterations(1) took 33 ticks (0 ms)',
      'CONV_2D took 22 ticks (0 ms).',
      'SOFTMAX took 11 ticks (0 ms).',
      '',
      'WithPersonDataIterations(10) took 301 ticks (0 ms)',
    ],
    expected: [
      [0, 'Set-up (InitializeBenchmarkRunner): 70 ticks', []],
      [2, '1 inference (WithPersonDataIterations(1)): 30 ticks', []],
      [
        6,
        'Profile of 2 operators: 30 ticks',
        [
          ['0', 'CONV_2D', '20', '-', '67 %'],
          ['1', 'SOFTMAX', '10', '-', '33 %'],
        ],
      ],
      [6, '1 inference (NoPersonDataIterations(1)): 33 ticks', []],
      [
        10,
        'Profile of 2 operators: 33 ticks',
        [
          ['0', 'CONV_2D', '22', '-', '67 %'],
          ['1', 'SOFTMAX', '11', '-', '33 %'],
        ],
      ],
      [10, '10 inferences (WithPersonDataIterations(10)): 301 ticks', []],
    ],
  },
  {
    name: 'the same time of an inference once',
    input: ['inference took 50 ms', 'inference took 51 ms', 'inference took 60 ms'],
    expected: [
      [0, 'Inference: 50.0 ms', []],
      [2, 'Inference: 60.0 ms', []],
    ],
  },
  { name: 'plots are no events', input: ['>a:1', 'a:1,b:2'], expected: [] },
]);
