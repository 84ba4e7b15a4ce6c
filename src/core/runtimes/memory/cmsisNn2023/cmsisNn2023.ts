import { dimension, inputOf, outputOf } from '../../operands';
import { fieldsWithout, type StructureTable } from '../layout';
import { referenceStructures } from '../reference/structures';
import { cmsisNnKernels } from '../cmsisNn/cmsisNn';
import { unlessEmpty } from '../cmsisNn/convolution';
import {
  everyTensor,
  type PreparedOperator,
  type KernelMemory,
  type KernelTable,
  type PrepareRequests,
} from '../kernelMemory';
import { convolutionTensors, perChannel, unpackedFilter } from '../reference/convolution';
import { earlierConcatenation } from '../reference/earlierConcatenation';
import { earlierReductionKernels, earlierReductionStructures } from '../reference/earlierReductions';
import { referenceKernels } from '../reference/reference';
import { convolutionWindowOf, type ConvolutionWindow } from '../shapes';
import type { KernelIsa } from '../../../boards/board';
import { convolutionBytes, depthwiseBytes, int16ConvolutionBytes } from './bufferSizes';

/** Structures that differ from those of the current kernels; the rest has not changed. */
export const cmsisNn2023Structures: StructureTable = {
  ...earlierReductionStructures,
  ArithmeticParams: fieldsWithout(referenceStructures.ArithmeticParams, ['int16Activation']),
  ConcatenationParams: { ...referenceStructures.ConcatenationParams, axis: 'int8', inputsCount: 'uint16' },
  OpDataAbsRsqrt: { ...referenceStructures.OpDataAbsRsqrt, inputQuantizationType: 'enum' },
  OpDataFullyConnected: fieldsWithout(referenceStructures.OpDataFullyConnected, [
    'perChannelOutputMultiplier',
    'perChannelOutputShift',
    'isPerChannel',
  ]),
  CmsisNnFullyConnected: {
    reference: 'OpDataFullyConnected',
    perChannelOutputMultiplier: 'pointer',
    perChannelOutputShift: 'pointer',
    bufferIndex: 'int',
    batches: 'int32',
    accumulationDepth: 'int32',
    outputDepth: 'int32',
  },
  OpDataSelect: { requiresBroadcast: 'bool', hasLowRankInputCondition: 'bool' },
  Relu6OpData: { six: 'int8', zero: 'int8' },
  StridedSliceParams: fieldsWithout(referenceStructures.StridedSliceParams, ['offset']),
};

/** Operators that had no kernel yet. */
const later: readonly string[] = [
  'BATCH_MATMUL',
  'DYNAMIC_UPDATE_SLICE',
  'EMBEDDING_LOOKUP',
  'REDUCE_ALL',
  'REDUCE_MIN',
  'REVERSE_V2',
  'TFLM_DECODE',
];

const changedKernels: readonly (readonly [string, KernelMemory])[] = [
  earlierConcatenation,
  ['CONV_2D', unpackingConvolution(0, { int8: convolutionBytes, int16: int16ConvolutionBytes })],
  ['DEPTHWISE_CONV_2D', unpackingConvolution(3, { int8: depthwiseBytes, int16: () => 0 })],
  ['FULLY_CONNECTED', { state: 'CmsisNnFullyConnected', temporaries: everyTensor, prepare: fullyConnected }],
  ...earlierReductionKernels,
  // These had no kernel of CMSIS-NN yet, or took what the reference kernel takes.
  ...['SVDF', 'TRANSPOSE_CONV', 'UNIDIRECTIONAL_SEQUENCE_LSTM'].map(
    (kind) => [kind, referenceKernels.get(kind)!] as const,
  ),
];

/**
 * What the kernels take of the arena in the Arduino library, which always links CMSIS-NN.
 * Source: tensorflow/tflite-micro-arduino-examples 7948b85 (synchronized 2023-02-27),
 * src/tensorflow/lite/micro/kernels/*.
 */
export const cmsisNn2023Kernels: KernelTable = new Map(
  [...cmsisNnKernels, ...changedKernels].filter(([kind]) => !later.includes(kind) && !kind.startsWith('Signal')),
);

type Bytes = Readonly<Record<'int8' | 'int16', (window: ConvolutionWindow, isa: KernelIsa) => number>>;

/** A convolution that unpacks weights of 4 bits, with the library's own buffer. */
export function unpackingConvolution(channelDimension: number, bytes: Bytes): KernelMemory {
  const prepare = (call: PreparedOperator): PrepareRequests | undefined => {
    const window = convolutionWindowOf(call);
    const filter = inputOf(call, 1);
    const type = inputOf(call, 0)?.type;
    if (window === undefined || filter === undefined) return undefined;
    const unpacked = unpackedFilter(filter);
    if (type !== 'int8' && type !== 'int16') return { scratch: unpacked };
    return {
      persistent: perChannel(dimension(filter, channelDimension)),
      scratch: [...unpacked, ...unlessEmpty(bytes[type](window, call.isa))],
    };
  };
  return { state: 'CmsisNnConv', temporaries: convolutionTensors, prepare };
}

/** Multipliers and shifts are spread over the channels where the layer runs as a 1x1 convolution. */
function fullyConnected(call: PreparedOperator): PrepareRequests | undefined {
  const filter = inputOf(call, 1);
  const output = outputOf(call);
  if (filter === undefined || output === undefined) return undefined;
  const isConvolution = output.shape.length > 2 && dimension(filter, -1) % 4 === 0;
  const isInt8 = inputOf(call, 0)?.type === 'int8';
  return {
    persistent: isInt8 && isConvolution ? perChannel(dimension(output, -1)) : [],
    scratch: unpackedFilter(filter),
  };
}
