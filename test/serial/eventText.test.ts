import { eventText } from '../../src/core/serial/eventText';
import type { FirmwareEvent } from '../../src/core/serial/events';
import { ProfileAssembler } from '../../src/core/serial/profile';
import { profileTable, profileTitle } from '../../src/core/serial/profileText';
import { createFirmwareParser } from '../../src/core/serial/parsers';
import { check } from '../support/check';
import { samples } from './samples';

function titlesOf(line: string): readonly (string | undefined)[] {
  return createFirmwareParser()
    .feed(line, 0)
    .map((event: FirmwareEvent) => eventText(event)?.title);
}

check('what a line of the firmware says to people', titlesOf, [
  {
    name: 'the arena is too small',
    input: 'Failed to resize buffer. Requested: 55504, available 32124, missing: 23380',
    expected: ['Arena too small by 23,380 bytes'],
  },
  {
    name: 'no room, with the amount',
    input: 'Failed to allocate memory for context->eval_tensors, 312 bytes required',
    expected: ['No room for context->eval_tensors (312 bytes)'],
  },
  {
    name: 'an operator is missing',
    input: "Didn't find op for builtin opcode 'SHAPE'",
    expected: ['The firmware does not know SHAPE'],
  },
  {
    name: 'an operator failed',
    input: 'Node CONV_2D (number 3) failed to prepare with status 1',
    expected: ['Operator 3 (CONV_2D) could not be prepared'],
  },
  {
    name: 'the arena in use',
    input: 'Used 21440 of 65536 bytes arena',
    expected: ['Arena used: 21,440 bytes of 65,536 bytes'],
  },
  {
    name: 'a crash',
    input: "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.",
    expected: ['Crash: LoadProhibited on core 0'],
  },
  {
    name: 'a time of a whole inference',
    input: 'Invoke() took 43 ms (10320000 cycles)',
    expected: ['Inference: 43.0 ms, 10.3 M cycles'],
  },
  {
    name: 'what a benchmark does first',
    input: 'InitializeKeywordRunner took 5120 ticks (0 ms).',
    expected: ['Set-up (InitializeKeywordRunner): 5,120 ticks'],
  },
  { name: 'a line of a profile is part of it', input: 'CONV_2D took 1 ticks (0 ms).', expected: [undefined] },
  { name: 'a plot is drawn', input: 'a:1,b:2', expected: [undefined] },
]);

check(
  'a profile as a table',
  (lines: readonly string[]) => {
    const parser = createFirmwareParser();
    const assembler = new ProfileAssembler();
    const done = lines.flatMap((line, at) => assembler.feed(parser.feed(line, at), at));
    return [...done, ...assembler.flush()].map((profile) => [profileTitle(profile), profileTable(profile).rows]);
  },
  [
    {
      name: 'cycles with a clock',
      input: samples.milliwatt,
      expected: [
        [
          'Profile of 2 operators: 646 k cycles, 10.1 ms',
          [
            ['0', 'CONV_2D', '640,000', '10.0 ms', '99 %'],
            ['1', 'SOFTMAX', '6,400', '0.10 ms', '1 %'],
          ],
        ],
      ],
    },
    {
      name: 'sums by kind',
      input: samples['tflm-per-tag'],
      expected: [
        [
          'Profile by kind of operator (2): 960 k ticks',
          [
            ['CONV_2D', '640,000', '67 %'],
            ['DEPTHWISE_CONV_2D', '320,000', '33 %'],
          ],
        ],
      ],
    },
  ],
);
