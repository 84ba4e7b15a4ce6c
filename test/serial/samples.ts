import { crc16 } from '../../src/core/serial/dialects/crc16';

/** A line of our helper with its checksum. */
export function milliwattLine(text: string): string {
  return `${text} *${crc16(text).toString(16).toUpperCase().padStart(4, '0')}`;
}

const hash = 'a1'.repeat(32);

/** Lines as boards print them, by dialect: written by hand after the format strings of the sources that each dialect names. */
export const samples: Readonly<Record<string, readonly string[]>> = {
  milliwatt: [
    `MW1 begin model=${hash} clock=64000000 unit=cycles rate=64000000 ops=2 dropped=0 nested=0 tflm=90b983c2 flags=cmsis-nn,O2 arena=5432`,
    'MW1 op 0 CONV_2D 640000',
    'MW1 op 1 SOFTMAX 6400',
    'MW1 end 2 646400',
  ].map(milliwattLine),
  'tflm-log': [
    'CONV_2D took 640000 ticks (10 ms).',
    'I (4242) app: SOFTMAX took 6400 ticks (0 ms).',
    'WithPersonDataIterations(1) took 646400 ticks (10 ms)',
    'MicroProfiler errored out because total number of events exceeded the maximum of 4096.',
  ],
  'tflm-csv': ['"Event","Tag","Ticks"', '0,CONV_2D,640000', '1,SOFTMAX,-2'],
  'tflm-per-tag': [
    '"Unique Tag","Total ticks across all events with that tag."',
    'CONV_2D, 640000',
    'DEPTHWISE_CONV_2D, 320000',
    '"total number of ticks", 960000',
  ],
  'recording-allocator': [
    '[RecordingMicroAllocator] Arena allocation total 21440 bytes',
    '[RecordingMicroAllocator] Arena allocation head 18432 bytes',
    '[RecordingMicroAllocator] Arena allocation tail 3008 bytes',
    "[RecordingMicroAllocator] 'TfLiteEvalTensor data' used 312 bytes with alignment overhead (requested 312 bytes for 26 allocations)",
    "[RecordingMicroAllocator] 'Operator runtime data' used 148 bytes with alignment overhead (requested 141 bytes for 5 OpData structs)",
  ],
  'benchmark-tables': [
    '[[ Table ]]: Arena',
    '         Arena   Bytes   % Arena',
    '        Total |  21440 |   100.00',
    'NonPersistent |  18432 |    85.97',
    '   Persistent |   3008 |    14.03',
    '',
    '[[ CSV ]]: Allocations',
    '"Allocation","Id","Used","Requested","Count","%% Memory"',
    'Eval tensor data,0,312,312,26,1.46',
    'Tensor variable buffer data,4,0,0,0,0.00',
  ],
  'arena-used': [
    'arena_used_bytes: 21440',
    'arena_used=21440 B (20 KB) of 64 KB, inputs=1 outputs=1',
    'I (321) TF: Actual Arena Used: 21440 bytes',
    'Tensor arena used bytes: 21440',
    'Used 21440 of 65536 bytes arena',
    'Arena usage: 21440 / 65536 bytes',
    'arena_used_bytes() = 21440',
    'Arena: 21440 bytes used',
  ],
  'arena-short': [
    'Failed to resize buffer. Requested: 55504, available 32124, missing: 23380',
    'Failed to allocate tail memory. Requested: 192, available 100, missing: 92',
    'Failed to allocate temp memory. Requested: 64, available 0, missing: 64',
    'Failed to allocate memory for context->eval_tensors, 312 bytes required',
    'Failed to allocate variable tensor of size 4096',
    'Failed to allocate memory for node_and_registrations.',
    'Failed to allocate temp. memory for tensor 3, subgraph 0',
  ],
  'operator-missing': [
    "Didn't find op for builtin opcode 'SHAPE'",
    "Didn't find op for builtin opcode 'CAST' version '1'. An older version of this builtin might be supported.",
    'Failed to get registration from op code CUSTOM',
    'Did not find a parser for SQUEEZE',
    "Couldn't register builtin op #9, resolver size is too small (5).",
    "Couldn't register custom op 'TFLite_Detection_PostProcess', resolver size is toosmall (2)",
  ],
  'interpreter-failures': [
    'AllocateTensors() failed',
    'Failed to allocate tensors.',
    'Node CONV_2D (number 3) failed to prepare with status 1',
    'Invoke failed.',
    'Invoke() called after initialization failed',
    'Model provided is schema version 2 not equal to supported version 3.',
  ],
  'kernel-refusals': [
    'Type INT16 (7) not supported.',
    'ADD_N only supports FLOAT32 and INT8, got UINT8.',
    'Input type BOOL is not currently supported',
    'Hybrid models are not supported on TFLite Micro.',
    'tensorflow/lite/micro/kernels/conv_common.cc Hybrid models are not supported on TFLite Micro.',
    'tensorflow/lite/micro/kernels/pad.cc:61 NumDimensions(input) <= 4 was not true.',
    'tensorflow/lite/micro/kernels/add.cc:88 input1->type != output->type (9 != 1)',
  ],
  'esp-panic': [
    "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.",
    'Core  0 register dump:',
    'PC      : 0x400d1f2c  PS      : 0x00060330  A0      : 0x800d2b5f  A1      : 0x3ffb4e30',
    'EXCVADDR: 0x00000000  LBEG    : 0x400014fd',
    'Backtrace: 0x400d1f29:0x3ffb4e30 0x400d2b5c:0x3ffb4e50 |<-CORRUPTED',
    'abort() was called at PC 0x400D81A3 on core 1',
    'Backtrace:0x40081D22:0x3FFB4A10 0x40085B4D:0x3FFB4A30',
  ],
  'zephyr-fault': [
    '[00:00:01.000,000] <err> os: ***** MPU FAULT *****',
    '[00:00:01.000,000] <err> os:   Data Access Violation',
    '[00:00:01.000,000] <err> os:   MMFAR Address: 0x10',
    '[00:00:01.000,000] <err> os: r0/a1:  0x00000001  r1/a2:  0xe000ed00  r14/lr:  0x0803fa23',
    '[00:00:01.000,000] <err> os:  xpsr:  0x61000000',
    '[00:00:01.000,000] <err> os: Faulting instruction address (r15/pc): 0x0800beef',
    '[00:00:01.000,000] <err> os: >>> ZEPHYR FATAL ERROR 19: Unknown error on CPU 0',
  ],
  'cortex-m-fault': [
    '++ MbedOS Fault Handler ++',
    'FaultType: HardFault',
    'R0   : 00000000',
    'PC   : 0800BEEF',
    '[HardFault]',
    'CFSR = 0x00008200, BFAR = 0xE0001000',
  ],
  teleplot: [
    '>loss:0.25',
    '>temp:1627551892437:21.5§°C|np',
    '>a:10:1;20:2;30:3',
    '>path:1:2;3:4:50|xy,clr',
    '>state:Turned On|t',
    '>state:5:idle: off|t',
  ],
  'csv-plot': ['time,loss,"accuracy (%)"', '0,1.5,20', '1,-0.5,5e1'],
  'arduino-plot': ['a:1,b:2', '1 2.5 -3', 'x: 1\ty: .5', '42'],
};
