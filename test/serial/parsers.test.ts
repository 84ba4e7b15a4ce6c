import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc16 } from '../../src/core/serial/dialects/crc16';
import type { FirmwareEvent } from '../../src/core/serial/events';
import { LineFramer, lineText } from '../../src/core/serial/lines';
import type { Dialect } from '../../src/core/serial/parser';
import { createFirmwareParser, dialects } from '../../src/core/serial/parsers';
import { check } from '../support/check';
import { mulberry32 } from '../support/random';
import { milliwattLine, samples } from './samples';

function parse(lines: readonly string[], dialect?: Dialect): readonly FirmwareEvent[] {
  const parser = dialect === undefined ? createFirmwareParser() : dialect.create();
  return lines.flatMap((line) => parser.feed(line, 0));
}

/** Events of a dialect's sample by that dialect alone. */
function ofSample(id: string): readonly FirmwareEvent[] {
  const dialect = dialects.find((each) => each.id === id);
  assert.ok(dialect !== undefined, `there is no dialect ${id}`);
  return parse(samples[id], dialect);
}

const espIdf = { kind: 'esp-idf' } as const;
const zephyr = { kind: 'zephyr', crash: 1 } as const;
const cortexM = { kind: 'cortex-m' } as const;
const mbed = { kind: 'mbed', crash: 1 } as const;
const teensy = { kind: 'teensy', crash: 1 } as const;
const panic = { type: 'crash', kind: 'panic', crash: 1 } as const;
const used = { type: 'arena-used', bytes: 21440 } as const;

check('every dialect understands its lines', ofSample, [
  {
    name: 'our helper',
    input: 'milliwatt',
    expected: [
      {
        type: 'profile-start',
        dialect: 'milliwatt',
        facts: {
          modelHash: 'a1'.repeat(32),
          clockHz: 64_000_000,
          unit: 'cycles',
          ticksPerSecond: 64_000_000,
          entries: 2,
          dropped: 0,
          nested: 0,
          tflmVersion: '90b983c2',
          flags: ['cmsis-nn', 'O2'],
          arenaUsedBytes: 5432,
        },
      },
      { type: 'profile-entry', dialect: 'milliwatt', index: 0, tag: 'CONV_2D', ticks: 640_000 },
      { type: 'profile-entry', dialect: 'milliwatt', index: 1, tag: 'SOFTMAX', ticks: 6400 },
      { type: 'profile-end', dialect: 'milliwatt', totalTicks: 646_400 },
    ],
  },
  {
    name: 'Log',
    input: 'tflm-log',
    expected: [
      { type: 'profile-entry', dialect: 'tflm-log', tag: 'CONV_2D', ticks: 640_000, ms: 10 },
      { type: 'profile-entry', dialect: 'tflm-log', tag: 'SOFTMAX', ticks: 6400, ms: 0 },
      { type: 'benchmark-phase', name: 'InitializeBenchmarkRunner', ticks: 5120 },
      { type: 'benchmark-phase', name: 'WithPersonDataIterations(1)', ticks: 646_400, inferences: 1 },
      { type: 'benchmark-phase', name: 'KeywordRunNIerations(10)', ticks: 2612, inferences: 10 },
      { type: 'profiler-full', maximumEvents: 4096 },
    ],
  },
  {
    name: 'LogCsv',
    input: 'tflm-csv',
    expected: [
      { type: 'profile-start', dialect: 'tflm-csv' },
      { type: 'profile-entry', dialect: 'tflm-csv', index: 0, tag: 'CONV_2D', ticks: 640_000 },
      { type: 'profile-entry', dialect: 'tflm-csv', index: 1, tag: 'SOFTMAX', ticks: 4_294_967_294 },
    ],
  },
  {
    name: 'LogTicksPerTagCsv',
    input: 'tflm-per-tag',
    expected: [
      { type: 'profile-start', dialect: 'tflm-per-tag' },
      { type: 'profile-tag-sum', tag: 'CONV_2D', ticks: 640_000 },
      { type: 'profile-tag-sum', tag: 'DEPTHWISE_CONV_2D', ticks: 320_000 },
      { type: 'profile-end', dialect: 'tflm-per-tag', totalTicks: 960_000 },
    ],
  },
  {
    name: 'RecordingMicroAllocator',
    input: 'recording-allocator',
    expected: [
      { type: 'arena-section', section: 'total', bytes: 21440 },
      { type: 'arena-section', section: 'head', bytes: 18432 },
      { type: 'arena-section', section: 'tail', bytes: 3008 },
      { type: 'arena-allocation', name: 'TfLiteEvalTensor data', usedBytes: 312, requestedBytes: 312, count: 26 },
      { type: 'arena-allocation', name: 'Operator runtime data', usedBytes: 148, requestedBytes: 141, count: 5 },
    ],
  },
  {
    name: 'the generic benchmark',
    input: 'benchmark-tables',
    expected: [
      { type: 'arena-section', section: 'total', bytes: 21440 },
      { type: 'arena-section', section: 'head', bytes: 18432 },
      { type: 'arena-section', section: 'tail', bytes: 3008 },
      { type: 'arena-allocation', name: 'Eval tensor data', usedBytes: 312, requestedBytes: 312, count: 26 },
    ],
  },
  {
    name: 'arena_used_bytes',
    input: 'arena-used',
    expected: [used, used, used, used, { ...used, arenaBytes: 65536 }, { ...used, arenaBytes: 65536 }, used, used],
  },
  {
    name: 'an arena too small',
    input: 'arena-short',
    expected: [
      { type: 'arena-short', memory: 'plan', requestedBytes: 55504, availableBytes: 32124, missingBytes: 23380 },
      { type: 'arena-short', memory: 'tail', requestedBytes: 192, availableBytes: 100, missingBytes: 92 },
      { type: 'arena-short', memory: 'temp', requestedBytes: 64, availableBytes: 0, missingBytes: 64 },
      { type: 'arena-short', memory: 'whole', requestedBytes: 90112, availableBytes: 81920, missingBytes: 8192 },
      { type: 'arena-short', memory: 'plan', requestedBytes: 90112, availableBytes: 81920, missingBytes: 8192 },
      { type: 'memory-short', what: 'all buffers' },
      { type: 'memory-short', what: 'context->eval_tensors', requiredBytes: 312 },
      { type: 'memory-short', what: 'variable tensor', requiredBytes: 4096 },
      { type: 'memory-short', what: 'node_and_registrations' },
      { type: 'memory-short', what: 'tensor 3' },
    ],
  },
  {
    name: 'operators that are missing',
    input: 'operator-missing',
    expected: [
      { type: 'operator-missing', operator: 'SHAPE', parserOnly: false },
      { type: 'operator-missing', operator: 'CAST', parserOnly: false },
      { type: 'operator-missing', operator: 'CUSTOM', parserOnly: false },
      { type: 'operator-missing', operator: 'SQUEEZE', parserOnly: true },
      { type: 'resolver-full', operator: '#9', slots: 5 },
      { type: 'resolver-full', operator: 'TFLite_Detection_PostProcess', slots: 2 },
    ],
  },
  {
    name: 'the interpreter gives up',
    input: 'interpreter-failures',
    expected: [
      { type: 'allocate-failed' },
      { type: 'allocate-failed' },
      { type: 'operator-failed', operator: 'CONV_2D', position: 3, stage: 'prepare', status: 1 },
      { type: 'invoke-failed' },
      { type: 'invoke-failed' },
      { type: 'schema-mismatch', modelVersion: 2, supportedVersion: 3 },
    ],
  },
  {
    name: 'kernels refuse',
    input: 'kernel-refusals',
    expected: [
      { type: 'type-refused', dataType: 'INT16', message: 'Type INT16 (7) not supported.' },
      { type: 'type-refused', dataType: 'UINT8', message: 'ADD_N only supports FLOAT32 and INT8, got UINT8.' },
      { type: 'type-refused', dataType: 'BOOL', message: 'Input type BOOL is not currently supported' },
      { type: 'hybrid-refused' },
      { type: 'hybrid-refused', file: 'tensorflow/lite/micro/kernels/conv_common.cc' },
      {
        type: 'check-failed',
        file: 'tensorflow/lite/micro/kernels/pad.cc',
        line: 61,
        condition: 'NumDimensions(input) <= 4 was not true.',
      },
      {
        type: 'check-failed',
        file: 'tensorflow/lite/micro/kernels/add.cc',
        line: 88,
        condition: 'input1->type != output->type (9 != 1)',
      },
    ],
  },
  {
    name: 'ESP-IDF panics',
    input: 'esp-panic',
    expected: [
      { type: 'crash', ...espIdf, crash: 1, reason: 'LoadProhibited', core: 0 },
      {
        type: 'crash-registers',
        ...espIdf,
        crash: 1,
        registers: { pc: 0x400d1f2c, ps: 0x60330, a0: 0x800d2b5f, a1: 0x3ffb4e30 },
      },
      { type: 'crash-registers', ...espIdf, crash: 1, registers: { excvaddr: 0, lbeg: 0x400014fd } },
      { type: 'crash-backtrace', ...espIdf, crash: 1, addresses: [0x400d1f29, 0x400d2b5c], corrupted: true },
      { type: 'crash', ...espIdf, crash: 2, reason: 'abort() at 0x400d81a3', core: 1 },
      { type: 'crash-backtrace', ...espIdf, crash: 2, addresses: [0x40081d22, 0x40085b4d], corrupted: false },
      { type: 'crash', ...espIdf, crash: 3, reason: 'Unhandled debug exception', core: 1 },
      {
        type: 'crash',
        ...espIdf,
        crash: 3,
        reason: 'Stack canary watchpoint triggered (classify)',
        thread: 'classify',
      },
      {
        type: 'crash',
        ...espIdf,
        crash: 4,
        reason: 'A stack overflow in task classify has been detected',
        thread: 'classify',
      },
      { type: 'crash', ...espIdf, crash: 5, reason: 'Brownout detector was triggered' },
      { type: 'crash', ...espIdf, crash: 6, reason: '"size > 0" failed: file "src/ring.c", line 31' },
      { type: 'crash', ...espIdf, crash: 6, reason: 'abort() at 0x400d81a3', core: 0 },
    ],
  },
  {
    name: 'Zephyr fails',
    input: 'zephyr-fault',
    expected: [
      { type: 'crash', ...zephyr, reason: 'MPU FAULT' },
      { type: 'crash', ...zephyr, reason: 'Data Access Violation' },
      { type: 'crash-registers', ...zephyr, registers: { mmfar: 0x10 } },
      { type: 'crash-registers', ...zephyr, registers: { r0: 1, r1: 0xe000ed00, lr: 0x0803fa23 } },
      { type: 'crash-registers', ...zephyr, registers: { xpsr: 0x61000000 } },
      { type: 'crash-registers', ...zephyr, registers: { pc: 0x0800beef } },
      { type: 'crash', ...zephyr, reason: 'Unknown error', core: 0 },
      { type: 'crash', ...zephyr, reason: 'Unknown error', thread: 'classify' },
      { type: 'crash', ...zephyr, crash: 2, reason: 'assertion failed: size > 0 at WEST_TOPDIR/app/src/ring.c:31' },
      { type: 'crash', ...zephyr, crash: 2, reason: 'Kernel panic', core: 0 },
      { type: 'crash', ...zephyr, crash: 3, reason: 'store prohibited' },
      { type: 'crash-registers', ...zephyr, crash: 3, registers: { pc: 0x400d2f10, excvaddr: 0x24 } },
    ],
  },
  {
    name: 'Cortex-M faults',
    input: 'cortex-m-fault',
    expected: [
      { type: 'crash', ...cortexM, crash: 1, reason: 'HardFault' },
      { type: 'crash-registers', ...cortexM, crash: 1, registers: { r0: 0 } },
      { type: 'crash-registers', ...cortexM, crash: 1, registers: { pc: 0x0800beef } },
      { type: 'crash', ...cortexM, crash: 2, reason: 'HardFault' },
      { type: 'crash-registers', ...cortexM, crash: 2, registers: { cfsr: 0x8200, bfar: 0xe0001000 } },
    ],
  },
  {
    name: 'Mbed OS fails',
    input: 'mbed-error',
    expected: [
      { type: 'crash', ...mbed, reason: 'Operator new[] out of memory' },
      { type: 'crash-registers', ...mbed, registers: { pc: 0x2b1d7 } },
      { type: 'crash', ...mbed, reason: 'mbed_alloc.cpp, line 218' },
      { type: 'crash', ...mbed, reason: 'Operator new[] out of memory', thread: 'inference' },
    ],
  },
  {
    name: 'a Teensy tells of its last crash',
    input: 'teensy-crash',
    expected: [
      { type: 'crash', ...teensy, reason: 'before the last restart' },
      { type: 'crash-registers', ...teensy, registers: { pc: 0xb3f6 } },
      { type: 'crash-registers', ...teensy, registers: { cfsr: 0x82 } },
      { type: 'crash', ...teensy, reason: 'Data Access Violation' },
      { type: 'crash-registers', ...teensy, registers: { mmfar: 0x20 } },
    ],
  },
  {
    name: 'a panic of the Pico SDK: its message stands two lines behind',
    input: 'panic-banner',
    expected: [
      { ...panic, reason: 'panic' },
      { ...panic, reason: 'Out of memory' },
    ],
  },
  {
    name: 'a task of ESP-IDF that ran for too long, and that the watchdog ends the program for',
    input: 'esp-task-watchdog',
    expected: [
      { type: 'task-watchdog', starved: [], running: [] },
      { type: 'task-watchdog', starved: ['IDLE1'], running: [] },
      { type: 'task-watchdog', starved: [], running: ['classify'] },
      { type: 'task-watchdog', starved: [], running: [], aborts: true },
    ],
  },
  {
    name: 'times of inferences',
    input: 'inference-time',
    expected: [
      { type: 'inference-time', ms: 43 },
      { type: 'inference-time', ms: 43 },
      { type: 'inference-time', ms: 42.875 },
      { type: 'inference-time', ticks: 43 },
      { type: 'inference-time', ms: 43 },
      { type: 'inference-time', ms: 42.875 },
      { type: 'inference-time', ms: 43 },
      { type: 'inference-time', ms: 42.875 },
      { type: 'inference-time', cycles: 10_320_000, ms: 43 },
      { type: 'inference-time', ms: 43, cycles: 10_320_000 },
      { type: 'inference-time', ms: 42.875 },
      { type: 'inference-time', ms: 43 },
    ],
  },
  {
    name: 'Teleplot',
    input: 'teleplot',
    expected: [
      { type: 'plot-samples', dialect: 'teleplot', samples: [{ series: 'loss', value: 0.25 }] },
      {
        type: 'plot-samples',
        dialect: 'teleplot',
        samples: [{ series: 'temp', unit: '°C', hidden: true, timeMs: 1_627_551_892_437, value: 21.5 }],
      },
      {
        type: 'plot-samples',
        dialect: 'teleplot',
        samples: [
          { series: 'a', timeMs: 10, value: 1 },
          { series: 'a', timeMs: 20, value: 2 },
          { series: 'a', timeMs: 30, value: 3 },
        ],
      },
      {
        type: 'plot-samples',
        dialect: 'teleplot',
        samples: [
          { series: 'path', clear: true, x: 1, value: 2 },
          { series: 'path', clear: true, x: 3, value: 4, timeMs: 50 },
        ],
      },
      { type: 'plot-samples', dialect: 'teleplot', samples: [{ series: 'state', text: 'Turned On' }] },
      { type: 'plot-samples', dialect: 'teleplot', samples: [{ series: 'state', timeMs: 5, text: 'idle: off' }] },
    ],
  },
  {
    name: 'CSV under a header',
    input: 'csv-plot',
    expected: [
      {
        type: 'plot-samples',
        dialect: 'csv',
        samples: [
          { series: 'time', value: 0 },
          { series: 'loss', value: 1.5 },
          { series: 'accuracy (%)', value: 20 },
        ],
      },
      {
        type: 'plot-samples',
        dialect: 'csv',
        samples: [
          { series: 'time', value: 1 },
          { series: 'loss', value: -0.5 },
          { series: 'accuracy (%)', value: 50 },
        ],
      },
    ],
  },
  {
    name: 'the Arduino plotter',
    input: 'arduino-plot',
    expected: [
      {
        type: 'plot-samples',
        dialect: 'arduino',
        samples: [
          { series: 'a', value: 1 },
          { series: 'b', value: 2 },
        ],
      },
      {
        type: 'plot-samples',
        dialect: 'arduino',
        samples: [
          { series: 'value 1', value: 1 },
          { series: 'value 2', value: 2.5 },
          { series: 'value 3', value: -3 },
        ],
      },
      {
        type: 'plot-samples',
        dialect: 'arduino',
        samples: [
          { series: 'x', value: 1 },
          { series: 'y', value: 0.5 },
        ],
      },
      { type: 'plot-samples', dialect: 'arduino', samples: [{ series: 'value 1', value: 42 }] },
    ],
  },
]);

check('lines that mean nothing', (lines: readonly string[]) => parse(lines), [
  { name: 'prose', input: ['It took 12 ticks.', 'The arena is used by 3 tensors', 'took ticks ( ms).'], expected: [] },
  { name: 'rows without their header', input: ['0,CONV_2D,640000', 'CONV_2D, 640000'], expected: [] },
  { name: 'rounded sizes', input: ['arena used: 21.5 KB', 'Arena used: 20 KB', 'Arena used: 35 %'], expected: [] },
  { name: 'an arena before a failure', input: ['Arena used before fail: 1234'], expected: [] },
  { name: 'other allocations', input: ['Failed to allocate frame buffer', 'Unable to allocate socket'], expected: [] },
  { name: 'clock times and addresses', input: ['12:34:56', '12:34', '0x20001234', '192.168.0.1'], expected: [] },
  { name: 'prose with numbers', input: ['Total time: 5', 'Boot count 3', 'x = 5'], expected: [] },
  { name: 'Teleplot logs and shapes', input: ['>:hello', '>3D|ball:S:sphere', '> quoted mail'], expected: [] },
  {
    name: 'inferences that are counted, not timed',
    input: [
      'Inference 5 of 9',
      'inference: label=yes score=7',
      'Max inference time: 80 ms',
      'Inference time over 100 runs: 4300 ms',
      'Timing: DSP 3 ms, inference 0 ms, anomaly 0 ms',
      'inference took too long',
      'Running inference...',
    ],
    expected: [],
  },
  {
    name: 'prose about faults',
    input: ['no hard fault was seen so far, and PC is what we use today in this room'],
    expected: [],
  },
]);

check('lines that are damaged', (lines: readonly string[]) => parse(lines), [
  {
    name: 'two lines whose break was lost',
    input: ['ADD took 1 ticks (0 ms).MUL took 2 ticks (0 ms).'],
    expected: [
      { type: 'profile-entry', dialect: 'tflm-log', tag: 'ADD', ticks: 1, ms: 0 },
      { type: 'profile-entry', dialect: 'tflm-log', tag: 'MUL', ticks: 2, ms: 0 },
    ],
  },
  {
    name: 'a number of our helper that changed',
    input: [milliwattLine('MW1 op 0 ADD 12').replace(' 12 ', ' 13 ')],
    expected: [{ type: 'profile-damage', dialect: 'milliwatt' }],
  },
  {
    name: 'the beginning of a line of our helper',
    input: ['MW1 op 0 AD'],
    expected: [{ type: 'profile-damage', dialect: 'milliwatt' }],
  },
  {
    name: 'a form that our helper does not know',
    input: [milliwattLine('MW1 op 0 ADD')],
    expected: [{ type: 'profile-damage', dialect: 'milliwatt' }],
  },
  {
    name: 'colours around a message',
    input: ['\u001b[0;32mI (1) a: AllocateTensors() failed\u001b[0m'],
    expected: [{ type: 'allocate-failed' }],
  },
]);

check('the checksum', crc16, [
  { name: 'the check value of CRC-16/IBM-3740', input: '123456789', expected: 0x29b1 },
  { name: 'nothing', input: '', expected: 0xffff },
]);

describe('parsers as a whole', () => {
  it('have a sample for every dialect', () => {
    assert.deepStrictEqual(dialects.map(({ id }) => id).sort(), Object.keys(samples).sort());
  });

  it('give the same events wherever the text of a dialect is cut in two', () => {
    for (const dialect of dialects) {
      const text = new TextEncoder().encode(`${samples[dialect.id].join('\r\n')}\r\n`);
      const expected = parse(samples[dialect.id], dialect);
      for (let at = 0; at <= text.length; at += 1) {
        const framer = new LineFramer();
        const parser = dialect.create();
        const events = [text.subarray(0, at), text.subarray(at)]
          .flatMap((chunk) => framer.push(chunk))
          .flatMap(({ bytes }) => parser.feed(lineText(bytes), 0));
        assert.deepStrictEqual(events, expected, `${dialect.id} cut at byte ${at}`);
      }
    }
  });

  it('lose nothing but what foreign lines break when they come between (seed 2)', () => {
    const random = mulberry32(2);
    // The message of a panic is free text, and nothing else runs any more.
    for (const dialect of dialects.filter(({ id }) => id !== 'panic-banner')) {
      const lines = samples[dialect.id].flatMap((line) =>
        random() < 0.5 ? [line, 'hello from another task'] : [line],
      );
      assert.deepStrictEqual(parse(lines, dialect), parse(samples[dialect.id], dialect), dialect.id);
    }
  });

  it('never throw, whatever the bytes (seed 3)', () => {
    const random = mulberry32(3);
    const all = Object.values(samples).flat().join('\n');
    // Each by itself: all of them together are guarded against one that throws.
    const parsers = dialects.map((dialect) => dialect.create());
    const framer = new LineFramer(512);
    const bytes = new TextEncoder().encode(all.repeat(20));
    for (let index = 0; index < bytes.length; index += 1) {
      if (random() < 0.03) bytes[index] = Math.floor(random() * 256);
    }
    const noise = Uint8Array.from({ length: 200_000 }, () => Math.floor(random() * 256));
    let events = 0;
    for (const chunk of [bytes, noise]) {
      for (const { bytes: line } of framer.push(chunk)) {
        for (const parser of parsers) events += parser.feed(lineText(line), 0).length;
      }
    }
    assert.ok(events > 100, `only ${events} events were found in what was left whole`);
  });

  it('take names that every object has for names like any other', () => {
    for (const dialect of dialects) {
      for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
        const parser = dialect.create();
        for (const line of samples[dialect.id]) {
          parser.feed(line, 0);
          for (const word of new Set(line.match(/[A-Za-z_]\w*/g))) {
            for (const event of parser.feed(line.replaceAll(word, name), 0)) structuredClone(event);
          }
        }
      }
    }
  });

  it('go on where one of them fails at a line, and it with them at the next', () => {
    const fragile: Dialect = {
      id: 'fragile',
      describes: 'fails at every second line',
      create: () => {
        let lines = 0;
        return {
          id: 'fragile',
          feed: () => {
            lines += 1;
            if (lines === 2) throw new TypeError('a fault');
            return [{ type: 'invoke-failed' }];
          },
        };
      },
    };
    const others = dialects.filter(({ id }) => id === 'interpreter-failures');
    const parser = createFirmwareParser([fragile, ...others]);
    const lines = ['a', 'AllocateTensors() failed', 'b'];
    assert.deepStrictEqual(
      lines.map((line) => parser.feed(line, 0).map(({ type }) => type)),
      [['invoke-failed'], ['allocate-failed'], ['invoke-failed']],
    );
  });

  it('answer for a line of 16 KB of any one piece', () => {
    const pieces = [
      'a',
      '1',
      ' ',
      ',',
      ':',
      ';',
      '>',
      '!',
      '0x',
      'took 1 ticks (',
      'arena used ',
      '\u001b[',
      'Failed to ',
      'r0: ',
      '[a] ',
      '10:11:12 > ',
      'I (1) a: ',
      '1 ',
      '"',
    ];
    for (const piece of pieces) {
      const line = piece.repeat(Math.floor(16_384 / piece.length));
      assert.ok(parse([line, `x ${line} 5`]).length <= 4096, piece);
    }
  });
});
