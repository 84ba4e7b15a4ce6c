import { ProfileAssembler, reinterpretProfile } from '../../src/core/serial/profile';
import type { Profile, TickHints } from '../../src/core/serial/profile';
import { createFirmwareParser } from '../../src/core/serial/parsers';
import { check } from '../support/check';
import { milliwattLine, samples } from './samples';

interface Log {
  readonly lines: readonly string[];
  readonly hints?: TickHints;
  /** Milliseconds between lines. */
  readonly pace?: number;
}

function profilesOf({ lines, hints, pace = 1 }: Log): readonly Profile[] {
  const parser = createFirmwareParser();
  const assembler = new ProfileAssembler();
  const found = lines.flatMap((line, index) => assembler.feed(parser.feed(line, index * pace), index * pace, hints));
  return [...found, ...assembler.flush(hints)];
}

/** What a profile says in short: unit, rate, cycles and milliseconds of its operators, and the codes of its remarks. */
function inShort(log: Log): readonly unknown[] {
  return profilesOf(log).map(({ unit, ticksPerSecond, operators, remarks, usable }) => ({
    unit,
    ...(ticksPerSecond === undefined ? {} : { ticksPerSecond: rounded(ticksPerSecond) }),
    operators: operators.map(({ tag, cycles, ms }) => [tag, cycles, ms === undefined ? undefined : rounded(ms)]),
    usable,
    remarks: remarks.map(({ code }) => code).filter((code) => code !== 'profiler-memory'),
  }));
}

/** What a profile of unknown ticks becomes with each of some hints, and again without. */
function saidAfterwards(hints: readonly TickHints[]): readonly unknown[] {
  const [profile] = profilesOf({ lines: ['"Event","Tag","Ticks"', '0,CONV_2D,640000'] });
  let latest = profile;
  return hints.map((hint) => {
    latest = reinterpretProfile(latest, hint);
    const [{ cycles, ms }] = latest.operators;
    return [latest.unit, cycles, ms, latest.remarks.map(({ code }) => code).join(' ')];
  });
}

function rounded(value: number): number {
  return Number(value.toPrecision(7));
}

const cyclesAt64 = ['CONV_2D took 64000000 ticks (1000 ms).', 'SOFTMAX took 6400 ticks (0 ms).'];

check('profiles put together', inShort, [
  {
    name: 'our helper says everything',
    input: { lines: samples.milliwatt },
    expected: [
      {
        unit: 'cycles',
        ticksPerSecond: 64e6,
        operators: [
          ['CONV_2D', 640_000, 10],
          ['SOFTMAX', 6400, 0.1],
        ],
        usable: true,
        remarks: [],
      },
    ],
  },
  {
    name: 'milliseconds beside ticks at the rate of the clock',
    input: { lines: cyclesAt64, hints: { clockHz: 64e6 } },
    expected: [
      {
        unit: 'cycles',
        ticksPerSecond: 64e6,
        operators: [
          ['CONV_2D', 64_000_000, 1000],
          ['SOFTMAX', 6400, 0.1],
        ],
        usable: true,
        remarks: [],
      },
    ],
  },
  {
    name: 'microseconds',
    input: { lines: ['CONV_2D took 250500 ticks (250 ms).', 'RELU took 500 ticks (0 ms).'], hints: { clockHz: 64e6 } },
    expected: [
      {
        unit: 'microseconds',
        ticksPerSecond: 1e6,
        operators: [
          ['CONV_2D', undefined, 250.5],
          ['RELU', undefined, 0.5],
        ],
        usable: true,
        remarks: [],
      },
    ],
  },
  {
    name: 'ticks of a timer that is neither',
    input: { lines: ['CONV_2D took 32768 ticks (1000 ms).'], hints: { clockHz: 64e6 } },
    expected: [
      {
        unit: 'ticks',
        // The middle of 32,735.26 and 32,768, the rates that give 1,000 whole milliseconds.
        ticksPerSecond: 32751.63,
        operators: [['CONV_2D', undefined, 1000.5]],
        usable: true,
        remarks: ['unit-unknown'],
      },
    ],
  },
  {
    name: 'too short to tell',
    input: { lines: ['CONV_2D took 100000 ticks (1 ms).'], hints: { clockHz: 64e6 } },
    expected: [
      { unit: 'ticks', operators: [['CONV_2D', undefined, undefined]], usable: true, remarks: ['unit-unknown'] },
    ],
  },
  {
    name: 'a form without milliseconds',
    input: { lines: ['"Event","Tag","Ticks"', '0,CONV_2D,640000'] },
    expected: [
      { unit: 'ticks', operators: [['CONV_2D', undefined, undefined]], usable: true, remarks: ['unit-unknown'] },
    ],
  },
  {
    name: 'a unit that the user knows',
    input: { lines: ['"Event","Tag","Ticks"', '0,CONV_2D,640000'], hints: { unit: 'cycles', clockHz: 64e6 } },
    expected: [
      { unit: 'cycles', ticksPerSecond: 64e6, operators: [['CONV_2D', 640_000, 10]], usable: true, remarks: [] },
    ],
  },
  {
    name: 'a rate that the user knows',
    input: { lines: ['"Event","Tag","Ticks"', '0,CONV_2D,32768'], hints: { ticksPerSecond: 32_768, clockHz: 64e6 } },
    expected: [
      { unit: 'ticks', ticksPerSecond: 32_768, operators: [['CONV_2D', undefined, 1000]], usable: true, remarks: [] },
    ],
  },
  {
    name: 'what the board says counts more than what the user said',
    input: {
      lines: ['MW1 begin unit=microseconds ops=1 dropped=0', 'MW1 op 0 ADD 5', 'MW1 end 1 5'].map(milliwattLine),
      hints: { ticksPerSecond: 32_768, clockHz: 64e6 },
    },
    expected: [
      { unit: 'microseconds', ticksPerSecond: 1e6, operators: [['ADD', undefined, 0.005]], usable: true, remarks: [] },
    ],
  },
  {
    name: 'the default tick source',
    input: { lines: ['CONV_2D took 0 ticks (0 ms).', 'SOFTMAX took 0 ticks (0 ms).'] },
    expected: [
      {
        unit: 'ticks',
        operators: [
          ['CONV_2D', undefined, undefined],
          ['SOFTMAX', undefined, undefined],
        ],
        usable: false,
        remarks: ['all-ticks-zero'],
      },
    ],
  },
  {
    name: 'no tick rate: milliseconds are ticks times 1,000, saturated at 32 bits',
    input: {
      lines: ['CONV_2D took 6400000 ticks (-1 ms).', 'RELU took 640 ticks (640000 ms).'],
      hints: { clockHz: 64e6 },
    },
    expected: [
      {
        unit: 'ticks',
        operators: [
          ['CONV_2D', undefined, undefined],
          ['RELU', undefined, undefined],
        ],
        usable: true,
        remarks: ['no-tick-rate', 'unit-unknown'],
      },
    ],
  },
  {
    name: 'no tick rate in older versions: infinity as an integer',
    input: {
      lines: ['CONV_2D took 640000 ticks (2147483647 ms).', 'RELU took 0 ticks (0 ms).'],
      hints: { unit: 'cycles' },
    },
    expected: [
      {
        unit: 'cycles',
        operators: [
          ['CONV_2D', 640_000, undefined],
          ['RELU', 0, undefined],
        ],
        usable: true,
        remarks: ['no-tick-rate'],
      },
    ],
  },
  {
    name: 'no tick rate: more ticks than the clock can have made in no millisecond',
    input: { lines: ['CONV_2D took 6400000 ticks (0 ms).'], hints: { clockHz: 64e6 } },
    expected: [
      {
        unit: 'ticks',
        operators: [['CONV_2D', undefined, undefined]],
        usable: true,
        remarks: ['no-tick-rate', 'unit-unknown'],
      },
    ],
  },
  {
    name: 'sums by kind are not layers',
    input: { lines: samples['tflm-per-tag'] },
    expected: [{ unit: 'ticks', operators: [], usable: false, remarks: ['per-tag-sums'] }],
  },
  {
    name: 'a row of the CSV is lost',
    input: { lines: ['"Event","Tag","Ticks"', '0,CONV_2D,64', '2,SOFTMAX,6'], hints: { unit: 'cycles' } },
    expected: [
      {
        unit: 'cycles',
        operators: [
          ['CONV_2D', 64, undefined],
          ['SOFTMAX', 6, undefined],
        ],
        usable: false,
        remarks: ['entries-lost'],
      },
    ],
  },
  {
    name: 'a line of our helper is lost',
    input: { lines: [samples.milliwatt[0], samples.milliwatt[1], samples.milliwatt[3]] },
    expected: [
      {
        unit: 'cycles',
        ticksPerSecond: 64e6,
        operators: [['CONV_2D', 640_000, 10]],
        usable: false,
        remarks: ['entries-lost'],
      },
    ],
  },
  {
    name: 'the end of our helper is lost',
    input: { lines: samples.milliwatt.slice(0, 3) },
    expected: [
      {
        unit: 'cycles',
        ticksPerSecond: 64e6,
        operators: [
          ['CONV_2D', 640_000, 10],
          ['SOFTMAX', 6400, 0.1],
        ],
        usable: false,
        remarks: ['entries-lost'],
      },
    ],
  },
  {
    name: 'operators without room in the helper',
    input: {
      lines: ['MW1 begin unit=cycles ops=1 dropped=3', 'MW1 op 0 ADD 5', 'MW1 end 1 5'].map(milliwattLine),
    },
    expected: [{ unit: 'cycles', operators: [['ADD', 5, undefined]], usable: false, remarks: ['operators-dropped'] }],
  },
  {
    name: 'an event that has not ended',
    input: { lines: ['ADD took 4294967295 ticks (0 ms).'], hints: { unit: 'cycles' } },
    expected: [
      {
        unit: 'cycles',
        operators: [['ADD', 4_294_967_295, undefined]],
        usable: false,
        remarks: ['event-not-ended', 'no-tick-rate'],
      },
    ],
  },
]);

check('a unit that is said when the profile is there already', saidAfterwards, [
  {
    name: 'any of them, and none again',
    input: [{ unit: 'cycles', clockHz: 64e6 }, { unit: 'microseconds' }, { ticksPerSecond: 64_000 }, {}],
    expected: [
      ['cycles', 640_000, 10, 'profiler-memory'],
      ['microseconds', undefined, 640, 'profiler-memory'],
      ['ticks', undefined, 10_000, 'profiler-memory'],
      ['ticks', undefined, undefined, 'unit-unknown profiler-memory'],
    ],
  },
]);

check(
  'where profiles end',
  (log: Log) => profilesOf(log).map(({ operators }) => operators.map(({ tag }) => tag).join(' ')),
  [
    {
      name: 'a pause',
      input: { lines: ['ADD took 1 ticks (0 ms).', 'MUL took 2 ticks (0 ms).'], pace: 300 },
      expected: ['ADD', 'MUL'],
    },
    {
      name: 'three lines of another kind',
      input: { lines: ['ADD took 1 ticks (0 ms).', 'x', 'y', 'z', 'MUL took 2 ticks (0 ms).'] },
      expected: ['ADD', 'MUL'],
    },
    {
      name: 'not two lines between',
      input: { lines: ['ADD took 1 ticks (0 ms).', 'x', 'y', 'MUL took 2 ticks (0 ms).'] },
      expected: ['ADD MUL'],
    },
    {
      name: 'a new header',
      input: { lines: ['"Event","Tag","Ticks"', '0,ADD,1', '"Event","Tag","Ticks"', '0,MUL,1'] },
      expected: ['ADD', 'MUL'],
    },
    {
      name: 'a number that begins again',
      input: { lines: ['"Event","Tag","Ticks"', '0,ADD,1', '1,SUB,1', '0,MUL,1'] },
      expected: ['ADD SUB', 'MUL'],
    },
    {
      name: 'the two forms that the generic benchmark prints after each other',
      input: { lines: ['ADD took 1 ticks (0 ms).', '', ...samples['tflm-per-tag']] },
      expected: ['ADD', ''],
    },
    { name: 'nothing', input: { lines: ['hello'] }, expected: [] },
  ],
);

check(
  'what is said about a profile',
  (log: Log) => profilesOf(log).flatMap(({ remarks }) => remarks.map(({ message }) => message)),
  [
    {
      name: 'no rate and no certain unit',
      input: { lines: ['CONV_2D took 640 ticks (640000 ms).'] },
      expected: [
        'The milliseconds mean nothing: ticks_per_second() returns 0 in this firmware (as on cortex_m_generic), and TensorFlow Lite Micro ' +
          'divides by it all the same. The ticks may be right. Return the rate of the counter there, or use milliwatt_profiler.h.',
        'What a tick is cannot be told from milliseconds without a tick rate: choose the unit (on cortex_m_generic it is processor cycles), ' +
          'or print the profile with milliwatt_profiler.h, which says it.',
        'MicroProfiler itself takes 80 KB of RAM (4,096 events of 20 bytes). milliwatt_profiler.h takes 8 bytes for each operator.',
      ],
    },
    {
      name: 'an open range of rates',
      input: { lines: ['CONV_2D took 100000 ticks (1 ms).', 'ADD took 100 ticks (0 ms).'] },
      expected: [
        'Whole milliseconds leave the tick rate open (50,000,000 to 100,000,000 a second): choose the unit, or print longer runs.',
        'MicroProfiler itself takes 80 KB of RAM (4,096 events of 20 bytes). milliwatt_profiler.h takes 8 bytes for each operator.',
      ],
    },
  ],
);
