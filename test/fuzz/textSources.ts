import { texts, type Source } from './sources';

/** What boards print, in every dialect that is understood, and what only looks like it. */
export const boardLines: Source = texts([
  'took 1234 us',
  'Inference time: 12.5 ms',
  '"CONV_2D", 1234, 12.3 ms',
  'Unique Tag, Total microseconds across all events with that tag.',
  'CONV_2D, 12345',
  'CONV_2D took 1234 ticks (5 ms).',
  'total number of ticks, 99999',
  'milliwatt-profile v1 begin model=12345678 unit=us',
  'milliwatt-profile layer 0 CONV_2D 1234',
  'milliwatt-profile v1 end crc=0000',
  '>temp:1700000000:12.5|g',
  '>3d|box:S:sphere:P:1:1:1',
  'a:1,b:2,c:3',
  '1,2,3,4',
  "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.",
  'Backtrace: 0x400d1234:0x3ffb1f60 0x400d5678:0x3ffb1f80',
  'E (12345) task_wdt: Task watchdog got triggered.',
  '***** FATAL ERROR: HardFault *****',
  'E: ***** BUS FAULT *****',
  '++ MbedOS Fault Handler ++',
  'PC: 0x08001234 LR: 0xfffffff9 CFSR: 0x00000082',
  "Didn't find op for builtin opcode 'CONV_2D'",
  'Failed to resize buffer. Requested: 12345, available 123, missing: 12222',
  '[RecordingMicroAllocator] Arena allocation total 12345 bytes',
  'Arena used bytes: 4096',
  '\u001b[31m\u001b[0;32mred',
  '__proto__:1',
  'constructor took 5 ms',
]);

/** What a client or a server of RFC 2217 sends; each character is a byte. */
export const telnetBytes: Source = texts(
  [
    '\xff\xfb\x2c',
    '\xff\xfd\x00',
    '\xff\xfa\x2c\x01\x00\x01\xc2\x00\xff\xf0',
    '\xff\xfa\x2c\x05\x08\xff\xf0',
    '\xff\xfa\x2c',
    '\xff\xff',
    '\xff\xf0',
    '\xff\xfa',
    'text',
    '\xff',
  ],
  '',
);

export const measurements: Source = texts(
  [
    '{"version":1,"measurements":[{"model":"00","board":"esp32_devkit","runtime":"tflm-esp-nn","layers":[{"name":"CONV_2D","ticks":5}]}]}',
    '{"version":1,"measurements":[],"calibrations":[{"board":"x","scale":2,"source":"![x](http://y)"}]}',
    '{"version":99,"measurements":[]}',
    '{"measurements":{"__proto__":{"length":1e9}}}',
    '{"measurements":[null,1,"x",[[]],{}]}',
    '['.repeat(20_000),
  ],
  '',
);

export const projectFiles: Source = texts(
  [
    '{"board":"esp32_devkit","runtime":"tflm-esp-nn","models":[{"path":"a.tflite","board":"x"}]}',
    '{// comment\n"board":"constructor","rules":{"__proto__":"off"}}',
    '{"budget":{"ramBytes":-1,"flashBytes":1e400},"models":{}}',
    '{"models":[{"path":"../../../etc/passwd"}],"overheads":["toString"]}',
    '[1,2,{"a":[]}]',
    '['.repeat(20_000),
    '{"a":'.repeat(5000),
  ],
  '',
);
