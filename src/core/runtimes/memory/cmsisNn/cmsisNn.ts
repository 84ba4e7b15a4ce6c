import { dimension, inputOf, outputOf } from '../../operands';
import type { StructureTable } from '../layout';
import { isConstant } from '../../../model/model';
import {
  everyTensor,
  tensorsAt,
  type PreparedOperator,
  type KernelMemory,
  type KernelTable,
  type PrepareRequests,
} from '../kernelMemory';
import { denseChannels, softmax, transposedOperands } from '../reference/dense';
import { lstmGateBytes, lstmUnits, svdf, svdfFilters } from '../reference/recurrent';
import { referenceKernels, referenceKernelStructures } from '../reference/reference';
import { dimsBytes } from '../shapes';
import { cmsisNnConvolutionKernels, unlessEmpty } from './convolution';
import { cmsisNnStructures } from './structures';

const replacedKernels: readonly (readonly [string, KernelMemory])[] = [
  ...cmsisNnConvolutionKernels,
  ['AVERAGE_POOL_2D', { state: 'CmsisNnPooling', temporaries: tensorsAt([0, 0], [0, 0]), prepare: averagePool }],
  ['BATCH_MATMUL', { state: 'CmsisNnBatchMatmul', temporaries: everyTensor, prepare: batchMatmul }],
  ['FULLY_CONNECTED', { state: 'CmsisNnFullyConnected', temporaries: everyTensor, prepare: fullyConnected }],
  ['MAX_POOL_2D', { state: 'CmsisNnPooling', temporaries: everyTensor }],
  ['SOFTMAX', { state: 'CmsisNnSoftmax', temporaries: everyTensor, prepare: softmax }],
  ['SVDF', { state: 'CmsisNnSvdf', temporaries: everyTensor, prepare: cmsisNnSvdf }],
  ['UNIDIRECTIONAL_SEQUENCE_LSTM', { state: 'CmsisNnLstm', temporaries: everyTensor, prepare: lstm }],
];

/**
 * What the kernels take of the arena when CMSIS-NN is linked; operators that it does not replace run as reference
 * kernels. (It also replaces ADD, MAXIMUM, MINIMUM, MUL, PAD, PADV2 and TRANSPOSE, which take what the reference
 * kernels take.) Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/kernels/cmsis_nn/*.cc, built with
 * KERNELS_OPTIMIZED_FOR_SPEED (the default); ARM-software/CMSIS-NN 4ab83cc3, Source/<group>/arm_*_get_buffer_sizes_*.c.
 */
export const cmsisNnKernels: KernelTable = new Map([...referenceKernels, ...replacedKernels]);

/** Structures that these kernels name. */
export const cmsisNnKernelStructures: StructureTable = { ...referenceKernelStructures, ...cmsisNnStructures };

/** Sums of one output position, 32 bits a channel, with the DSP extension. */
function averagePool(call: PreparedOperator): PrepareRequests | undefined {
  const input = inputOf(call, 0);
  if (input === undefined) return undefined;
  return call.isa === 'dsp' && input.type !== 'float32' ? { scratch: unlessEmpty(4 * dimension(input, 3)) } : {};
}

/** Sums of the weights of each output, which the kernels for MVE need. */
function weightSums(call: PreparedOperator, outputs: number): number {
  return call.isa === 'mve' ? 4 * outputs : 0;
}

function batchMatmul(call: PreparedOperator): PrepareRequests | undefined {
  const output = outputOf(call);
  const left = inputOf(call, 0);
  if (output === undefined || left === undefined) return undefined;
  const quantization = left.type === 'float32' ? [] : [call.bytesOf('QuantizationOpDataBatchMatmul')];
  return {
    persistent: [...transposedOperands(call), dimsBytes(output), ...quantization],
    scratch: left.type === 'int8' ? unlessEmpty(weightSums(call, dimension(output, -1))) : [],
  };
}

function fullyConnected(call: PreparedOperator): PrepareRequests | undefined {
  const filter = inputOf(call, 1);
  const output = outputOf(call);
  if (filter === undefined || output === undefined) return undefined;
  const persistent = denseChannels(call, filter);
  if (inputOf(call, 0)?.type !== 'int8' || filter.type === 'int4') return { persistent };
  const outputs = dimension(output, -1);
  if (output.shape.length > 2 && dimension(filter, -1) % 4 === 0) {
    // Runs as a 1x1 convolution, which takes multipliers and shifts per channel: they are spread out at run time.
    return { persistent, scratch: persistent.length > 0 ? [] : [8 * outputs] };
  }
  const sums = unlessEmpty(weightSums(call, outputs));
  const bias = inputOf(call, 2);
  const areKnown = isConstant(filter) && (bias === undefined || isConstant(bias));
  return areKnown ? { persistent: [...persistent, ...sums] } : { persistent, scratch: sums };
}

function cmsisNnSvdf(call: PreparedOperator): PrepareRequests | undefined {
  const requests = svdf(call);
  const filters = svdfFilters(call);
  if (requests === undefined || filters === undefined) return undefined;
  return inputOf(call, 0)?.type === 'int8'
    ? { ...requests, persistent: unlessEmpty(weightSums(call, filters)) }
    : requests;
}

/**
 * Biases with the zero points worked in, two for each of four gates, in 32 bits for int8 and 64 for int16; then three
 * gates of scratch.
 */
function lstm(call: PreparedOperator): PrepareRequests | undefined {
  const gate = lstmGateBytes(call);
  const units = lstmUnits(call);
  const type = inputOf(call, 0)?.type;
  if (gate === undefined || units === undefined) return undefined;
  if (type !== 'int8' && type !== 'int16') return { scratch: [gate, gate, gate, gate] };
  const bias = units * (type === 'int8' ? 4 : 8);
  return { persistent: Array<number>(8).fill(bias), scratch: [gate, gate, gate] };
}
