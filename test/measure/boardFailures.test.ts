import type { Report } from '../../src/core/estimate/report';
import { BoardFailures } from '../../src/core/measure/boardFailures';
import { failureFindings } from '../../src/core/measure/failureProblems';
import { FirmwareReader } from '../../src/core/serial/firmwareReader';
import { check } from '../support/check';
import { reportOf } from './reports';

const plain = reportOf([100, 300]);
const report: Report = { ...plain, arena: plain.arena && { ...plain.arena, peakOperator: 1 } };

/** The findings after these lines of a board, as `code (layer): message`. */
function findingsAfter(lines: readonly string[]): readonly string[] {
  const reader = new FirmwareReader();
  const failures = new BoardFailures();
  const groups = lines.flatMap((text, line) => reader.read(text, { line, timeMs: line }).groups);
  for (const { group } of [...groups, ...reader.silent()]) failures.hear(group);
  const names = (address: number): string | undefined => (address === 0x0800beef ? 'conv (conv.c:41)' : undefined);
  return failureFindings(failures.all, report, 'ttyACM0', names).map(
    ({ code, layer, message }) => `${code}${layer === undefined ? '' : ` (${layer})`}: ${message}`,
  );
}

check('what failed on the board, at its place', findingsAfter, [
  { name: 'nothing', input: ['hello', 'CONV_2D took 5 ticks (0 ms).'], expected: [] },
  {
    name: 'an arena that is too small, at the peak, with the exact numbers',
    input: ['Failed to resize buffer. Requested: 55504, available 32124, missing: 23380', 'AllocateTensors() failed'],
    expected: [
      "board-arena-short (1): On the board at ttyACM0: the arena is too small. TensorFlow Lite Micro asked for 55,504 bytes and had 32,124 bytes: 23,380 bytes are missing. This model needs an arena of 1,040 bytes: give the firmware's that size.",
    ],
  },
  {
    name: 'the same again and again counts once',
    input: Array<string>(40).fill('Failed to resize buffer. Requested: 2, available 1, missing: 1'),
    expected: [
      "board-arena-short (1): On the board at ttyACM0: the arena is too small. TensorFlow Lite Micro asked for 2 bytes and had 1 byte: 1 byte is missing. This model needs an arena of 1,040 bytes: give the firmware's that size.",
    ],
  },
  {
    name: 'an arena in use clears it',
    input: ['Failed to resize buffer. Requested: 2, available 1, missing: 1', 'arena_used_bytes: 1024'],
    expected: [],
  },
  {
    name: 'AllocateTensors() without a reason',
    input: ['AllocateTensors() failed'],
    expected: [
      "board-allocate-failed: On the board at ttyACM0: AllocateTensors() failed without saying why. This model needs an arena of 1,040 bytes: give the firmware's that size.",
    ],
  },
  {
    name: 'a missing operator, at its first use',
    input: ["Didn't find op for builtin opcode 'OP1'", 'Failed to get registration from op code OP1'],
    expected: [
      'board-operator-missing (1): On the board at ttyACM0: the firmware does not register OP1. Add it to the resolver before the interpreter is made.',
    ],
  },
  {
    name: 'a full resolver',
    input: ["Couldn't register custom op 'OP1', resolver size is too small (1)"],
    expected: [
      'board-resolver-full (1): On the board at ttyACM0: the resolver is full after 1 operators, at OP1. This model has 2 kinds of operators: write MicroMutableOpResolver<2>.',
    ],
  },
  {
    name: 'an operator that a kernel refuses, with its words',
    input: ['Type INT16 (7) not supported.', 'Node OP0 (number 0) failed to prepare with status 1'],
    expected: [
      'board-operator-failed (0): On the board at ttyACM0: OP0 could not be prepared: Type INT16 (7) not supported.',
    ],
  },
  {
    name: 'a crash, at the innermost address that has a name',
    input: ['[HardFault]', 'LR   : 0800BEEF', 'PC   : 00000000'],
    expected: [
      'board-crash: On the board at ttyACM0: the firmware crashed (HardFault) in conv (conv.c:41). The monitor shows its dump.',
    ],
  },
]);
