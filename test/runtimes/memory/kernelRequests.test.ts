import type { KernelIsa } from '../../../src/core/boards/board';
import type { DataType } from '../../../src/core/model/dataType';
import type { OptionValue, Tensor } from '../../../src/core/model/model';
import { abiOf, StructureSizes } from '../../../src/core/runtimes/memory/layout';
import type { KernelTable } from '../../../src/core/runtimes/memory/kernelMemory';
import { fullyConnected2023, transposeConv2023 } from '../../../src/core/runtimes/memory/cmsisNn/earlierKernels';
import { cmsisNnKernels } from '../../../src/core/runtimes/memory/cmsisNn/cmsisNn';
import { cmsisNn2023Kernels } from '../../../src/core/runtimes/memory/cmsisNn2023/cmsisNn2023';
import { referenceKernels } from '../../../src/core/runtimes/memory/reference/reference';
import { tflmCmsisNn } from '../../../src/core/runtimes/tflm/tflmCmsisNn';
import { currentVersion } from '../../../src/core/runtimes/tflm/versions/current';
import { graph, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { arenaTarget } from '../tflm/targets';

/**
 * What each kernel asks for in Prepare, by hand from what TFLM was seen to do: kept buffers (P) and scratch (S), before
 * rounding to 16.
 */

interface Case {
  readonly kind: string;
  /** Inputs and then the one output. */
  readonly tensors: readonly (Tensor | undefined)[];
  readonly options?: Readonly<Record<string, OptionValue>>;
}

function act(type: DataType, ...shape: number[]): Tensor {
  return tensor('t', type, shape, type === 'float32' ? {} : { quantization: quantized(0.5) });
}

/** A constant with as many scales. */
function known(type: DataType, shape: readonly number[], scales = 1, data = new Uint8Array(1)): Tensor {
  return tensor('c', type, shape, { data, quantization: quantized(Array<number>(scales).fill(0.5)) });
}

const isas = ['none', 'dsp', 'mve'] as const;

function requestsOf(table: KernelTable, { kind, tensors, options: values = {} }: Case, isa: KernelIsa): string {
  const present = tensors.filter((entry) => entry !== undefined);
  let next = 0;
  const indices = tensors.map((entry) => (entry === undefined ? -1 : next++));
  const only = operator(kind, indices.slice(0, -1), indices.slice(-1), { options: options('', values) });
  const sizes = new StructureSizes({ ...tflmCmsisNn.structures, ...currentVersion.structures }, abiOf(arenaTarget()));
  const prepare = table.get(kind)?.prepare;
  const requests = prepare?.({
    operator: only,
    graph: graph(present, [only]),
    isa,
    bytesOf: (structure) => sizes.of(structure).bytes,
  });
  if (requests === undefined) return 'unknown';
  const list = (letter: string, bytes: readonly number[] = []): readonly string[] =>
    bytes.map((one) => `${letter}${one}`);
  return [...list('P', requests.persistent), ...list('S', requests.scratch)].join(' ');
}

check('reference kernels: requests of Prepare', (given: Case) => requestsOf(referenceKernels, given, 'dsp'), [
  {
    name: 'CONV_2D: multipliers and shifts of each channel',
    input: {
      kind: 'CONV_2D',
      tensors: [act('int8', 1, 8, 8, 3), known('int8', [5, 3, 3, 3], 5), act('int8', 1, 8, 8, 5)],
    },
    expected: 'P20 P20',
  },
  {
    name: 'CONV_2D of float32: the same',
    input: {
      kind: 'CONV_2D',
      tensors: [act('float32', 1, 8, 8, 3), known('float32', [5, 3, 3, 3]), act('float32', 1, 8, 8, 5)],
    },
    expected: 'P20 P20',
  },
  {
    name: 'CONV_2D with weights of 4 bits: a byte for each of 5 x 3 x 3 x 3',
    input: {
      kind: 'CONV_2D',
      tensors: [act('int8', 1, 8, 8, 3), known('int4', [5, 3, 3, 3], 5), act('int8', 1, 8, 8, 5)],
    },
    expected: 'P20 P20 S135',
  },
  {
    name: 'DEPTHWISE_CONV_2D: channels are dimension 3',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      tensors: [act('int8', 1, 8, 8, 6), known('int8', [1, 3, 3, 6], 6), act('int8', 1, 8, 8, 6)],
    },
    expected: 'P24 P24',
  },
  {
    name: 'CONV_2D without a filter',
    input: { kind: 'CONV_2D', tensors: [act('int8', 1, 8, 8, 3), undefined, act('int8', 1, 8, 8, 5)] },
    expected: 'unknown',
  },
  {
    name: 'FULLY_CONNECTED of one scale',
    input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 8), known('int8', [5, 8]), act('int8', 1, 5)] },
    expected: '',
  },
  {
    name: 'FULLY_CONNECTED of five scales',
    input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 8), known('int8', [5, 8], 5), act('int8', 1, 5)] },
    expected: 'P20 P20',
  },
  {
    name: 'FULLY_CONNECTED of float32 takes none whatever the scales',
    input: {
      kind: 'FULLY_CONNECTED',
      tensors: [act('float32', 1, 8), known('float32', [5, 8], 5), act('float32', 1, 5)],
    },
    expected: '',
  },
  {
    name: 'FULLY_CONNECTED with weights of 4 bits',
    input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 8), known('int4', [5, 8]), act('int8', 1, 5)] },
    expected: 'S40',
  },
  {
    name: 'TRANSPOSE_CONV of int8: sums of 32 bits of the output',
    input: {
      kind: 'TRANSPOSE_CONV',
      tensors: [
        known('int32', [4]),
        known('int8', [2, 3, 3, 4], 2),
        act('int8', 1, 3, 3, 4),
        undefined,
        act('int8', 1, 6, 6, 2),
      ],
    },
    expected: 'P8 P8 S288',
  },
  {
    name: 'TRANSPOSE_CONV of int16: sums of 64 bits, and a bias of 16 bits widened',
    input: {
      kind: 'TRANSPOSE_CONV',
      tensors: [
        known('int32', [4]),
        known('int8', [2, 3, 3, 4], 2),
        act('int16', 1, 3, 3, 4),
        known('int16', [2]),
        act('int16', 1, 6, 6, 2),
      ],
    },
    expected: 'P8 P8 S576 S16',
  },
  {
    name: 'TRANSPOSE_CONV of int16 with a bias of 64 bits',
    input: {
      kind: 'TRANSPOSE_CONV',
      tensors: [
        known('int32', [4]),
        known('int8', [2, 3, 3, 4], 2),
        act('int16', 1, 3, 3, 4),
        known('int64', [2]),
        act('int16', 1, 6, 6, 2),
      ],
    },
    expected: 'P8 P8 S576',
  },
  {
    name: 'TRANSPOSE_CONV of float32',
    input: {
      kind: 'TRANSPOSE_CONV',
      tensors: [
        known('int32', [4]),
        known('float32', [2, 3, 3, 4]),
        act('float32', 1, 3, 3, 4),
        undefined,
        act('float32', 1, 6, 6, 2),
      ],
    },
    expected: 'P8 P8',
  },
  {
    name: 'SVDF of int8: 2 x 6 filters, and 6 / 2 units',
    input: {
      kind: 'SVDF',
      tensors: [
        act('int8', 2, 8),
        known('int8', [6, 8]),
        known('int16', [6, 3]),
        undefined,
        act('int16', 2, 18),
        act('int8', 2, 3),
      ],
      options: { rank: 2 },
    },
    expected: 'S48 S24',
  },
  {
    name: 'SVDF of float32',
    input: {
      kind: 'SVDF',
      tensors: [
        act('float32', 2, 8),
        known('float32', [6, 8]),
        known('float32', [6, 3]),
        undefined,
        act('float32', 2, 18),
        act('float32', 2, 3),
      ],
      options: { rank: 2 },
    },
    expected: 'S48',
  },
  {
    name: 'MEAN of int8: sums of the output, then a counter a dimension and the axes',
    input: { kind: 'MEAN', tensors: [act('int8', 1, 4, 4, 5), known('int32', [2]), act('int8', 1, 5)] },
    expected: 'S20 S16 S8',
  },
  {
    name: 'SUM of float32: no sums of their own',
    input: { kind: 'SUM', tensors: [act('float32', 1, 4, 4, 5), known('int32', [2]), act('float32', 1, 5)] },
    expected: 'S16 S8',
  },
  {
    name: 'REDUCE_MAX of int8: neither',
    input: { kind: 'REDUCE_MAX', tensors: [act('int8', 4, 4, 5), known('int32', [1]), act('int8', 4, 5)] },
    expected: 'S12 S4',
  },
  {
    name: 'SOFTMAX of int16: two tables of 513',
    input: { kind: 'SOFTMAX', tensors: [act('int16', 1, 5), act('int16', 1, 5)] },
    expected: 'P1026 P1026',
  },
  {
    name: 'SOFTMAX of int8',
    input: { kind: 'SOFTMAX', tensors: [act('int8', 1, 5), act('int8', 1, 5)] },
    expected: '',
  },
  {
    name: 'ADD_N of int8: a pointer for each of three',
    input: { kind: 'ADD_N', tensors: [act('int8', 4), act('int8', 4), act('int8', 4), act('int8', 4)] },
    expected: 'P40 S12',
  },
  {
    name: 'ADD_N of float32',
    input: { kind: 'ADD_N', tensors: [act('float32', 4), act('float32', 4), act('float32', 4)] },
    expected: 'S8',
  },
  {
    name: 'MIRROR_PAD: twice a counter a dimension',
    input: { kind: 'MIRROR_PAD', tensors: [act('int8', 2, 3, 4), known('int32', [3, 2]), act('int8', 4, 5, 6)] },
    expected: 'S12 S12',
  },
  {
    name: 'GATHER: the dims of its output',
    input: { kind: 'GATHER', tensors: [act('int8', 5, 2), known('int32', [3]), act('int8', 3, 2)] },
    expected: 'P12',
  },
  {
    name: 'EMBEDDING_LOOKUP: the dims and its state',
    input: { kind: 'EMBEDDING_LOOKUP', tensors: [act('int32', 3), known('int8', [5, 2]), act('int8', 3, 2)] },
    expected: 'P12 P8',
  },
  {
    name: 'DEPTH_TO_SPACE',
    input: { kind: 'DEPTH_TO_SPACE', tensors: [act('int8', 1, 2, 2, 4), act('int8', 1, 4, 4, 1)] },
    expected: 'P20',
  },
  {
    name: 'RESHAPE',
    input: { kind: 'RESHAPE', tensors: [act('int8', 4), undefined, act('int8', 2, 2)] },
    expected: '',
  },
  {
    name: 'RESHAPE to a shape that is left open',
    input: { kind: 'RESHAPE', tensors: [act('int8', 4), undefined, act('int8', 2, -1)] },
    expected: 'P12',
  },
  {
    // Structure 12, dims of three dimensions 16, and 2 x 8 x 5 floats; then the dims of the output.
    name: 'BATCH_MATMUL of float32: the right operand transposed',
    input: {
      kind: 'BATCH_MATMUL',
      tensors: [act('float32', 2, 3, 8), act('float32', 2, 8, 5), act('float32', 2, 3, 5)],
    },
    expected: 'P12 P16 P320 P16',
  },
  {
    name: 'BATCH_MATMUL of float32, both adjoint: the left operand transposed',
    input: {
      kind: 'BATCH_MATMUL',
      tensors: [act('float32', 2, 8, 3), act('float32', 2, 5, 8), act('float32', 2, 3, 5)],
      options: { adjX: true, adjY: true },
    },
    expected: 'P12 P16 P192 P16',
  },
]);

/** Requests without an extension, with DSP and with MVE; one where they are the same. */
function cmsisNn(given: Case): readonly string[] {
  const all = isas.map((isa) => requestsOf(cmsisNnKernels, given, isa));
  return new Set(all).size === 1 ? [all[0]] : all;
}

function convolution(more: Readonly<Record<string, OptionValue>> = {}): Case['options'] {
  return { padding: 'SAME', strideH: 1, strideW: 1, ...more };
}

check('CMSIS-NN: requests of Prepare', cmsisNn, [
  {
    // 3 x 3 x 3 = 27 elements of a column: 4 x 28, with MVE 4 x 32.
    name: 'CONV_2D of int8',
    input: {
      kind: 'CONV_2D',
      tensors: [act('int8', 1, 8, 8, 3), known('int8', [5, 3, 3, 3], 5), act('int8', 1, 8, 8, 5)],
      options: convolution(),
    },
    expected: ['P20 P20 S112', 'P20 P20 S112', 'P20 P20 S128'],
  },
  {
    name: 'CONV_2D of one pixel',
    input: {
      kind: 'CONV_2D',
      tensors: [act('int8', 1, 8, 8, 3), known('int8', [5, 1, 1, 3], 5), act('int8', 1, 8, 8, 5)],
      options: convolution(),
    },
    expected: ['P20 P20'],
  },
  {
    // The column has the full depth of 4, though a group has one channel.
    name: 'CONV_2D of one pixel in groups',
    input: {
      kind: 'CONV_2D',
      tensors: [act('int8', 1, 8, 8, 4), known('int8', [4, 1, 1, 1], 4), act('int8', 1, 8, 8, 4)],
      options: convolution(),
    },
    expected: ['P16 P16 S16', 'P16 P16 S16', 'P16 P16 S64'],
  },
  {
    // 4 x 27 = 108; with MVE 8 x 32.
    name: 'CONV_2D of int16',
    input: {
      kind: 'CONV_2D',
      tensors: [act('int16', 1, 8, 8, 3), known('int8', [5, 3, 3, 3], 5), act('int16', 1, 8, 8, 5)],
      options: convolution(),
    },
    expected: ['P20 P20 S108', 'P20 P20 S108', 'P20 P20 S256'],
  },
  {
    name: 'CONV_2D of float32: nothing, not even multipliers',
    input: {
      kind: 'CONV_2D',
      tensors: [act('float32', 1, 8, 8, 3), known('float32', [5, 3, 3, 3]), act('float32', 1, 8, 8, 5)],
      options: convolution(),
    },
    expected: [''],
  },
  {
    // 4 x 124 x 9 = 4464.
    name: 'DEPTHWISE_CONV_2D of 3 x 3',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      tensors: [act('int8', 1, 8, 8, 6), known('int8', [1, 3, 3, 6], 6), act('int8', 1, 8, 8, 6)],
      options: convolution(),
    },
    expected: ['P24 P24', 'P24 P24', 'P24 P24 S4464'],
  },
  {
    // 2 x 6 x 25 = 300 and 4 x 124 x 25 = 12400.
    name: 'DEPTHWISE_CONV_2D of 5 x 5',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      tensors: [act('int8', 1, 8, 8, 6), known('int8', [1, 5, 5, 6], 6), act('int8', 1, 8, 8, 6)],
      options: convolution(),
    },
    expected: ['P24 P24', 'P24 P24 S300', 'P24 P24 S12400'],
  },
  {
    name: 'DEPTHWISE_CONV_2D that is dilated',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      tensors: [act('int8', 1, 8, 8, 6), known('int8', [1, 5, 5, 6], 6), act('int8', 1, 8, 8, 6)],
      options: convolution({ dilationHFactor: 2 }),
    },
    expected: ['P24 P24'],
  },
  {
    // As a convolution of one channel, 4 x 16 for a column of 9, and the filter of 6 x 9.
    name: 'DEPTHWISE_CONV_2D from one channel',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      tensors: [act('int8', 1, 8, 8, 1), known('int8', [1, 3, 3, 6], 6), act('int8', 1, 8, 8, 6)],
      options: convolution({ depthMultiplier: 6 }),
    },
    expected: ['P24 P24', 'P24 P24', 'P24 P24 S118'],
  },
  {
    name: 'DEPTHWISE_CONV_2D of int16',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      tensors: [act('int16', 1, 8, 8, 6), known('int8', [1, 5, 5, 6], 6), act('int16', 1, 8, 8, 6)],
      options: convolution(),
    },
    expected: ['P24 P24'],
  },
  {
    name: 'FULLY_CONNECTED: sums of weights with MVE, kept where all is constant',
    input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 8), known('int8', [5, 8]), act('int8', 1, 5)] },
    expected: ['', '', 'P20'],
  },
  {
    name: 'FULLY_CONNECTED with weights from elsewhere: scratch',
    input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 8), act('int8', 5, 8), act('int8', 1, 5)] },
    expected: ['', '', 'S20'],
  },
  {
    name: 'FULLY_CONNECTED with a bias from elsewhere: scratch',
    input: {
      kind: 'FULLY_CONNECTED',
      tensors: [act('int8', 1, 8), known('int8', [5, 8]), act('int32', 5), act('int8', 1, 5)],
    },
    expected: ['', '', 'S20'],
  },
  {
    name: 'FULLY_CONNECTED of three dimensions: one multiplier for each of five outputs',
    input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 2, 8), known('int8', [5, 8]), act('int8', 1, 2, 5)] },
    expected: ['S40'],
  },
  {
    name: 'FULLY_CONNECTED of three dimensions per channel',
    input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 2, 8), known('int8', [5, 8], 5), act('int8', 1, 2, 5)] },
    expected: ['P20 P20'],
  },
  {
    name: 'FULLY_CONNECTED of three dimensions, a depth that 4 does not divide',
    input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 2, 6), known('int8', [5, 6]), act('int8', 1, 2, 5)] },
    expected: ['', '', 'P20'],
  },
  {
    name: 'FULLY_CONNECTED of int16',
    input: { kind: 'FULLY_CONNECTED', tensors: [act('int16', 1, 8), known('int8', [5, 8]), act('int16', 1, 5)] },
    expected: [''],
  },
  {
    name: 'AVERAGE_POOL_2D: 4 bytes a channel with DSP',
    input: { kind: 'AVERAGE_POOL_2D', tensors: [act('int8', 1, 8, 8, 6), act('int8', 1, 4, 4, 6)] },
    expected: ['', 'S24', ''],
  },
  {
    name: 'AVERAGE_POOL_2D of float32',
    input: { kind: 'AVERAGE_POOL_2D', tensors: [act('float32', 1, 8, 8, 6), act('float32', 1, 4, 4, 6)] },
    expected: [''],
  },
  {
    name: 'SVDF of int8: sums of 6 filters with MVE',
    input: {
      kind: 'SVDF',
      tensors: [
        act('int8', 2, 8),
        known('int8', [6, 8]),
        known('int16', [6, 3]),
        undefined,
        act('int16', 2, 18),
        act('int8', 2, 3),
      ],
      options: { rank: 2 },
    },
    expected: ['S48 S24', 'S48 S24', 'P24 S48 S24'],
  },
  {
    // ((3 - 1) x 2 + max(3, 2)) x 2 channels x max(3, 2) x 4 = 168.
    name: 'TRANSPOSE_CONV of few channels: sums, and a request of nothing',
    input: {
      kind: 'TRANSPOSE_CONV',
      tensors: [
        known('int32', [4]),
        known('int8', [2, 3, 3, 4], 2),
        act('int8', 1, 3, 3, 4),
        undefined,
        act('int8', 1, 6, 6, 2),
      ],
      options: convolution({ strideH: 2, strideW: 2 }),
    },
    expected: ['P8 P8 S168 S0'],
  },
  {
    // A column of 3 x 3 x 17 = 153: 4 x 156, with MVE 4 x 160; and the filter in reverse, 153 x 2.
    name: 'TRANSPOSE_CONV of more than 16 channels: a convolution of what is widened',
    input: {
      kind: 'TRANSPOSE_CONV',
      tensors: [
        known('int32', [4]),
        known('int8', [2, 3, 3, 17], 2),
        act('int8', 1, 3, 3, 17),
        undefined,
        act('int8', 1, 6, 6, 2),
      ],
      options: convolution({ strideH: 2, strideW: 2 }),
    },
    expected: ['P8 P8 S624 S306', 'P8 P8 S624 S306', 'P8 P8 S640 S306'],
  },
  {
    // ((3 - 1) x 3 + max(3, 3)) x 2 x 3 x 4 = 216.
    name: 'TRANSPOSE_CONV of more than 16 channels with a stride of 3',
    input: {
      kind: 'TRANSPOSE_CONV',
      tensors: [
        known('int32', [4]),
        known('int8', [2, 3, 3, 17], 2),
        act('int8', 1, 3, 3, 17),
        undefined,
        act('int8', 1, 9, 9, 2),
      ],
      options: convolution({ strideH: 3, strideW: 3 }),
    },
    expected: ['P8 P8 S216 S0'],
  },
  {
    name: 'an operator that it does not replace',
    input: { kind: 'MEAN', tensors: [act('int8', 1, 4, 4, 5), known('int32', [2]), act('int8', 1, 5)] },
    expected: ['S20 S16 S8'],
  },
]);

const convolution2023 = (filter: Tensor, type: DataType = 'int8', channels = 3): Case => ({
  kind: 'CONV_2D',
  tensors: [act(type, 1, 8, 8, channels), filter, act(type, 1, 8, 8, 5)],
  options: { padding: 'SAME', strideH: 1, strideW: 1, dilationHFactor: 1, dilationWFactor: 1 },
});

check(
  'CMSIS-NN of early 2023: requests of Prepare without extension, with DSP, with MVE',
  (given: Case) => isas.map((isa) => requestsOf(cmsisNn2023Kernels, given, isa)),
  [
    {
      // A column of 27 elements, of MVE filled up to 32, at 4 bytes.
      name: 'CONV_2D of int8: two columns',
      input: convolution2023(known('int8', [5, 3, 3, 3], 5)),
      expected: ['P20 P20 S108', 'P20 P20 S108', 'P20 P20 S128'],
    },
    {
      name: 'CONV_2D of int8, pointwise: none',
      input: convolution2023(known('int8', [5, 1, 1, 3], 5)),
      expected: ['P20 P20', 'P20 P20', 'P20 P20'],
    },
    {
      name: 'CONV_2D of int16: two columns with DSP alone',
      input: convolution2023(known('int8', [5, 3, 3, 3], 5), 'int16'),
      expected: ['P20 P20', 'P20 P20 S108', 'P20 P20'],
    },
    {
      name: 'CONV_2D of int16 with a column of 512 or more: none',
      input: convolution2023(known('int8', [5, 3, 3, 57], 5), 'int16', 57),
      expected: ['P20 P20', 'P20 P20', 'P20 P20'],
    },
    {
      name: 'CONV_2D of float32: nothing by channel',
      input: convolution2023(known('float32', [5, 3, 3, 3]), 'float32'),
      expected: ['', '', ''],
    },
    {
      // One column of 9 x 8 at 2 bytes; blocks of 124 channels at 4.
      name: 'DEPTHWISE_CONV_2D of int8',
      input: {
        kind: 'DEPTHWISE_CONV_2D',
        tensors: [act('int8', 1, 8, 8, 8), known('int8', [1, 3, 3, 8], 8), act('int8', 1, 8, 8, 8)],
        options: { padding: 'SAME', strideH: 1, strideW: 1, depthMultiplier: 1 },
      },
      expected: ['P32 P32', 'P32 P32 S144', 'P32 P32 S4464'],
    },
    {
      name: 'FULLY_CONNECTED of rank 2: nothing',
      input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 8), known('int8', [4, 8]), act('int8', 1, 4)] },
      expected: ['', '', ''],
    },
    {
      name: 'FULLY_CONNECTED of rank 3 runs as a convolution: multipliers and shifts of 4 channels',
      input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 2, 8), known('int8', [4, 8]), act('int8', 1, 2, 4)] },
      expected: ['P16 P16', 'P16 P16', 'P16 P16'],
    },
    {
      name: 'FULLY_CONNECTED of rank 3 with a depth of no multiple of 4 does not',
      input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 2, 6), known('int8', [4, 6]), act('int8', 1, 2, 4)] },
      expected: ['', '', ''],
    },
    {
      name: 'CONCATENATION of int8: scales and zero points of two inputs',
      input: { kind: 'CONCATENATION', tensors: [act('int8', 1, 2), act('int8', 1, 3), act('int8', 1, 5)] },
      expected: ['P8 P8', 'P8 P8', 'P8 P8'],
    },
    {
      name: 'CONCATENATION of float32',
      input: { kind: 'CONCATENATION', tensors: [act('float32', 1, 2), act('float32', 1, 3), act('float32', 1, 5)] },
      expected: ['', '', ''],
    },
    {
      name: 'an operator that had no kernel yet',
      input: { kind: 'BATCH_MATMUL', tensors: [act('int8', 1, 2, 2), act('int8', 1, 2, 2), act('int8', 1, 2, 2)] },
      expected: ['unknown', 'unknown', 'unknown'],
    },
  ],
);

const kernels2023: KernelTable = new Map([
  ['FULLY_CONNECTED', fullyConnected2023],
  ['TRANSPOSE_CONV', transposeConv2023],
]);

const transposed2023 = (type: DataType, bias?: Tensor): Case => ({
  kind: 'TRANSPOSE_CONV',
  tensors: [known('int32', [4]), known('int8', [2, 3, 3, 4], 2), act(type, 1, 5, 5, 4), bias, act(type, 1, 10, 10, 2)],
  options: { padding: 'SAME', strideH: 2, strideW: 2 },
});

check(
  'CMSIS-NN between autumn 2023 and 2024: requests of Prepare without extension, with DSP, with MVE',
  (given: Case) => isas.map((isa) => requestsOf(kernels2023, given, isa)),
  [
    {
      name: 'FULLY_CONNECTED of rank 2: sums of 5 rows of weights with MVE, kept',
      input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 8), known('int8', [5, 8]), act('int8', 1, 5)] },
      expected: ['', '', 'P20'],
    },
    {
      name: 'FULLY_CONNECTED of rank 3: as a convolution',
      input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 2, 8), known('int8', [5, 8]), act('int8', 1, 2, 5)] },
      expected: ['P20 P20', 'P20 P20', 'P20 P20'],
    },
    {
      name: 'FULLY_CONNECTED of rank 3 with a depth of no multiple of 4: as of rank 2',
      input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 2, 6), known('int8', [5, 6]), act('int8', 1, 2, 5)] },
      expected: ['', '', 'P20'],
    },
    {
      name: 'FULLY_CONNECTED of int16',
      input: {
        kind: 'FULLY_CONNECTED',
        tensors: [act('int16', 1, 2, 8), known('int8', [5, 8]), act('int16', 1, 2, 5)],
      },
      expected: ['', '', ''],
    },
    {
      name: 'FULLY_CONNECTED without weights',
      input: { kind: 'FULLY_CONNECTED', tensors: [act('int8', 1, 8), undefined, act('int8', 1, 5)] },
      expected: ['unknown', 'unknown', 'unknown'],
    },
    {
      // 3 x 3 taps of 5 x 5 pixels by 2 channels, and 200 sums.
      name: 'TRANSPOSE_CONV of int8: all products of a pixel and a tap, and all sums',
      input: transposed2023('int8'),
      expected: ['P8 P8 S1800 S800', 'P8 P8 S1800 S800', 'P8 P8 S1800 S800'],
    },
    {
      name: 'TRANSPOSE_CONV of int16: sums of 64 bits, and a bias of 16 bits widened',
      input: transposed2023('int16', known('int16', [2])),
      expected: ['P8 P8 S1600 S16', 'P8 P8 S1600 S16', 'P8 P8 S1600 S16'],
    },
    { name: 'TRANSPOSE_CONV of float32', input: transposed2023('float32'), expected: ['P8 P8', 'P8 P8', 'P8 P8'] },
  ],
);
