import type { DataType } from '../../../src/core/model/dataType';
import type { Tensor } from '../../../src/core/model/model';
import { espNnReplaced } from '../../../src/core/runtimes/memory/espNn/espNn';
import type { EspWindow } from '../../../src/core/runtimes/memory/espNn/espWindow';
import { espScratch } from '../../../src/core/runtimes/memory/espNn/scratch';
import { espScratch11 } from '../../../src/core/runtimes/memory/espNn/scratch11';
import { graph, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

/**
 * Scratch buffers of ESP-NN, worked out by hand from `esp_nn_get_conv_scratch_size` and
 * `esp_nn_get_depthwise_conv_scratch_size` of espressif/esp-nn d45b843 (1.2.3) and 596b084 (1.1.2).
 */

/** 8 x 8 x 3 to 8 x 8 x 8 by filters of 3 x 3, padded by 1. */
const base: EspWindow = {
  batch: 1,
  inputHeight: 8,
  inputWidth: 8,
  inputChannels: 3,
  outputHeight: 8,
  outputWidth: 8,
  outputChannels: 8,
  filterHeight: 3,
  filterWidth: 3,
  filterChannels: 3,
  strideHeight: 1,
  strideWidth: 1,
  dilationHeight: 1,
  dilationWidth: 1,
  paddingHeight: 1,
  paddingWidth: 1,
  channelMultiplier: 1,
};

const unpadded = { outputHeight: 6, outputWidth: 6, paddingHeight: 0, paddingWidth: 0 } as const;
const pointwise = { filterHeight: 1, filterWidth: 1, paddingHeight: 0, paddingWidth: 0 } as const;
/** A row of 16 elements by filters of 3. */
const row = {
  inputHeight: 1,
  inputWidth: 16,
  outputHeight: 1,
  outputWidth: 16,
  filterHeight: 1,
  paddingHeight: 0,
} as const;
const five = { filterHeight: 5, filterWidth: 5, paddingHeight: 2, paddingWidth: 2 } as const;
const large = { inputHeight: 96, inputWidth: 96, outputHeight: 96, outputWidth: 96 } as const;
const wide = { inputHeight: 64, inputWidth: 64, outputHeight: 64, outputWidth: 64 } as const;

type Change = Partial<EspWindow>;

check(
  'ESP32-S3: scratch of a convolution',
  (change: Change) => espScratch.esp32s3!.convolution({ ...base, ...change }),
  [
    {
      // Filter 16 x 8, eight elements turned over twice 16 x 16, margin 64.
      name: 'pointwise, channels of a multiple of 8',
      input: { ...pointwise, inputChannels: 16 },
      expected: 128 + 256 + 64,
    },
    {
      // Channels filled up to 8: input 64 x 8, filter 8 x 8, turned 16 x 8.
      name: 'pointwise, channels filled up',
      input: pointwise,
      expected: 512 + 64 + 128 + 64,
    },
    {
      name: 'pointwise, fewer than eight elements are not turned',
      input: { ...pointwise, inputChannels: 16, inputHeight: 2, inputWidth: 2 },
      expected: 128 + 64,
    },
    {
      name: 'pointwise at stride 2 is no pointwise one: filter 16 x 8 twice, sums 8 x 4',
      input: { ...pointwise, inputChannels: 16, strideHeight: 2, strideWidth: 2, outputHeight: 4, outputWidth: 4 },
      expected: 128 + 128 + 64 + 32,
    },
    {
      // A column of 27 elements fills 32: sums 8 x 4, filters 8 x 32, one column.
      name: 'a row below a vector, a column above',
      input: {},
      expected: 32 + 16 + 256 + 16 + 32 + 64,
    },
    {
      // Padded 10 x 10 x 8, filter 9 x 16 x 8, rows of 24 filled to 32: 32 x 3 x 8, edges 10 x 10 x 8.
      name: 'rows above a vector, padded',
      input: { inputChannels: 8 },
      expected: 800 + 1152 + 768 + 800 + 64 + 32,
    },
    {
      name: 'rows above a vector, without padding: neither input nor edges are copied',
      input: { ...unpadded, inputChannels: 8 },
      expected: 1152 + 768 + 64 + 32,
    },
    {
      // Padded 18 x 3, filter 3 x 16 x 8, rows of 9 filled to 16: 16 x 8, edges 18 x 3.
      name: 'row and column below a vector',
      input: row,
      expected: 54 + 384 + 128 + 54 + 64 + 32,
    },
  ],
);

check(
  'ESP32-S3: scratch of a depthwise one',
  (change: Change) => espScratch.esp32s3!.depthwise({ ...base, ...change }),
  [
    {
      // Filter 9 x 16 and 16, input 10 x 10 x 16.
      name: '3 x 3 by 16 channels, padded',
      input: { inputChannels: 16 },
      expected: 160 + 1600,
    },
    { name: '3 x 3 by 16 channels, without padding', input: { ...unpadded, inputChannels: 16 }, expected: 160 },
    {
      // 98 x 98 x 64 is more than 40 KB: three rows of it.
      name: '3 x 3 by 64 channels of a large input',
      input: { ...large, inputChannels: 64 },
      expected: 9 * 64 + 16 + 3 * 98 * 64,
    },
    { name: '3 x 3 by 8 channels, in 16 bits', input: { inputChannels: 8 }, expected: 2 * (72 + 512) + 32 },
    {
      // Channels filled up to 32: filter 9 x 32, input 12 x 12 x 32, output 8 x 8 x 32.
      name: '3 x 3 by 24 channels',
      input: { inputChannels: 24 },
      expected: 288 + 4608 + 2048 + 64,
    },
    { name: '5 x 5 by 8 channels, in 16 bits', input: { ...five, inputChannels: 8 }, expected: 2 * (200 + 512) + 32 },
    {
      // 2 x (200 + 64 x 64 x 8) is more than 48 KB: five rows of it.
      name: '5 x 5 by 8 channels of a large input',
      input: { ...wide, ...five, inputChannels: 8 },
      expected: 2 * 200 + 2 * 64 * 5 * 8 + 32,
    },
    {
      // Channels filled up to 8: filter 2 x 9 x 8, input 2 x 64 x 8, output 64 x 8, three words by channel.
      name: '3 x 3 by 5 channels',
      input: { inputChannels: 5 },
      expected: 144 + 1024 + 512 + 96 + 16,
    },
    { name: '3 x 3 by 3 channels', input: {}, expected: 32 },
    {
      name: 'four outputs by input channel, in 16 bits',
      input: { channelMultiplier: 4 },
      expected: 2 * (9 * 3 * 4 + 192) + 32,
    },
    { name: 'two outputs by input channel', input: { inputChannels: 8, channelMultiplier: 2 }, expected: 32 },
  ],
);

check(
  'ESP32-P4: scratch of a convolution',
  (change: Change) => espScratch.esp32p4!.convolution({ ...base, ...change }),
  [
    { name: 'pointwise, a vector of channels', input: { ...pointwise, inputChannels: 16 }, expected: 128 + 256 + 32 },
    {
      name: 'pointwise, fewer: sums 8 x 4, filter 16 x 8, one element, margin',
      input: pointwise,
      expected: 32 + 128 + 32 + 32,
    },
    {
      name: 'a row above a vector, without padding: the filter filled up',
      input: { ...unpadded, inputChannels: 8 },
      expected: 32 + 32 + 9 * 16 * 8,
    },
    { name: 'a row above a vector, padded: one column', input: { inputChannels: 8 }, expected: 32 + 32 + 72 },
    { name: 'a row below a vector, a column above', input: {}, expected: 32 + 32 + 27 },
    {
      name: 'a column below, without padding: 16 channels of filter and input',
      input: { ...row, paddingWidth: 0, outputWidth: 14 },
      expected: 32 + 32 + 3 * 16 * 8 + 16 * 16,
    },
    {
      name: 'a column below, padded: the whole input and the filter',
      input: row,
      expected: 32 + 32 + 18 * 3 + 3 * 16 * 8,
    },
    {
      // Rows of 258 x 16; (32768 - 32 - 384 - 4128) / 4128 is 6.8: seven rows of output need seven of input.
      name: 'a column below, of a large input: as many rows as fit',
      input: { ...row, inputHeight: 256, inputWidth: 256, outputHeight: 256, outputWidth: 256, inputChannels: 1 },
      expected: 32 + 32 + 7 * 4128 + 384,
    },
    {
      // One row of 8194 x 16 is more than the whole budget.
      name: 'a column below, of rows that do not fit: one at a time',
      input: { ...row, inputHeight: 8, inputWidth: 8192, outputHeight: 8, outputWidth: 8192, inputChannels: 1 },
      expected: 32 + 32 + 8194 * 16 + 384,
    },
  ],
);

check(
  'the release before: vector code pads the whole input',
  ([kind, change]: readonly ['convolution' | 'depthwise', Change]) =>
    (['esp32s3', 'esp32p4'] as const).map((isa) => espScratch11[isa]![kind]({ ...base, ...change })),
  [
    { name: 'pointwise', input: ['convolution', { ...pointwise, inputChannels: 16 }], expected: [416, 416] },
    { name: 'padded', input: ['convolution', { inputChannels: 8 }], expected: [2016, 2016] },
    { name: 'without padding', input: ['convolution', { ...unpadded, inputChannels: 8 }], expected: [1216, 1216] },
    { name: 'depthwise 3 x 3 by 16', input: ['depthwise', { inputChannels: 16 }], expected: [144 + 1600 + 16, 0] },
    {
      name: 'depthwise 3 x 3 by 16, without padding',
      input: ['depthwise', { ...unpadded, inputChannels: 16 }],
      expected: [160, 0],
    },
    { name: 'depthwise 3 x 3 by 8', input: ['depthwise', { inputChannels: 8 }], expected: [1184, 0] },
    { name: 'depthwise 5 x 5 by 8', input: ['depthwise', { ...five, inputChannels: 8 }], expected: [32, 0] },
    { name: 'four outputs by channel', input: ['depthwise', { channelMultiplier: 4 }], expected: [616, 0] },
  ],
);

interface Call {
  readonly kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'SOFTMAX';
  readonly type: DataType;
  readonly isa: 'esp32s3' | 'riscv' | 'dsp';
}

const act = (type: DataType, shape: readonly number[]): Tensor =>
  tensor('t', type, shape, type === 'float32' ? {} : { quantization: quantized(0.5) });

/** Kept buffers (P) and scratch (S) of a 3 x 3 convolution of 8 x 8 x 8, or of a softmax over 2 x 10. */
function requests({ kind, type, isa }: Call): string {
  const shape = kind === 'SOFTMAX' ? [2, 10] : [1, 8, 8, 8];
  const filter = { ...act(type, kind === 'CONV_2D' ? [8, 3, 3, 8] : [1, 3, 3, 8]), data: new Uint8Array(1) };
  const tensors =
    kind === 'SOFTMAX' ? [act(type, shape), act(type, shape)] : [act(type, shape), filter, act(type, shape)];
  const values = { padding: 'SAME', strideH: 1, strideW: 1, depthMultiplier: 1, beta: 1 };
  const only = operator(kind, kind === 'SOFTMAX' ? [0] : [0, 1], [tensors.length - 1], {
    options: options('', values),
  });
  const prepare = new Map(espNnReplaced(espScratch)).get(kind)!.prepare!;
  const asked = prepare({ operator: only, graph: graph(tensors, [only]), isa, bytesOf: () => 0 });
  if (asked === undefined) return 'unknown';
  return [
    ...(asked.persistent ?? []).map((each) => `P${each}`),
    ...(asked.scratch ?? []).map((each) => `S${each}`),
  ].join(' ');
}

check('ESP-NN: what a kernel asks for', requests, [
  {
    name: 'a convolution on the S3, as above',
    input: { kind: 'CONV_2D', type: 'int8', isa: 'esp32s3' },
    expected: 'P32 P32 S3616',
  },
  {
    name: 'a depthwise one',
    input: { kind: 'DEPTHWISE_CONV_2D', type: 'int8', isa: 'esp32s3' },
    expected: 'P32 P32 S1200',
  },
  {
    name: 'of float the reference kernel',
    input: { kind: 'CONV_2D', type: 'float32', isa: 'esp32s3' },
    expected: 'P32 P32',
  },
  {
    name: 'on a chip without vectors no scratch',
    input: { kind: 'CONV_2D', type: 'int8', isa: 'riscv' },
    expected: 'P32 P32',
  },
  {
    name: 'on a core that it is not made for',
    input: { kind: 'CONV_2D', type: 'int8', isa: 'dsp' },
    expected: 'unknown',
  },
  {
    name: 'softmax: a word for each element of dimension 1',
    input: { kind: 'SOFTMAX', type: 'int8', isa: 'riscv' },
    expected: 'S40',
  },
  { name: 'softmax of float', input: { kind: 'SOFTMAX', type: 'float32', isa: 'riscv' }, expected: '' },
]);
