import { dimension, elementsOf, inputOf, outputOf } from '../../operands';
import type { Tensor } from '../../../model/model';
import { tensorsAt, type PreparedOperator, type KernelMemory, type PrepareRequests } from '../kernelMemory';

/**
 * Prepare takes input, filter and output, and so does the part that works out the quantization, which takes the bias
 * too.
 */
export const convolutionTensors = tensorsAt([0, 1, 0, 1, 2], [0, 0]);

/**
 * Convolutions. Multipliers and shifts are kept per channel for every type, float included.
 * Source: tensorflow/tflite-micro 90b983c2, tensorflow/lite/micro/kernels/{conv,depthwise_conv}_common.cc,
 * transpose_conv.cc.
 */
export const convolutionKernels: readonly (readonly [string, KernelMemory])[] = [
  ['CONV_2D', { state: 'OpDataConv', temporaries: convolutionTensors, prepare: (call) => convolution(call, 0) }],
  [
    'DEPTHWISE_CONV_2D',
    { state: 'OpDataConv', temporaries: convolutionTensors, prepare: (call) => convolution(call, 3) },
  ],
  ['TRANSPOSE_CONV', { state: 'OpDataTransposeConv', temporaries: transposedTensors, prepare: transposedConvolution }],
];

/** Output multiplier and shift of each channel, 32 bits each, as two buffers. */
export function perChannel(channels: number): readonly number[] {
  return [4 * channels, 4 * channels];
}

/** A filter of 4-bit weights is unpacked into a buffer of a byte an element before it is used. */
export function unpackedFilter(filter: Tensor): readonly number[] {
  return filter.type === 'int4' ? [elementsOf(filter)] : [];
}

function convolution(call: PreparedOperator, channelDimension: number): PrepareRequests | undefined {
  const filter = inputOf(call, 1);
  if (filter === undefined) return undefined;
  return { persistent: perChannel(dimension(filter, channelDimension)), scratch: unpackedFilter(filter) };
}

/** Inputs are the output's shape, the filter, the data and the bias; the second part runs for quantized data only. */
export function transposedTensors(call: PreparedOperator): readonly (Tensor | undefined)[] {
  if (inputOf(call, 2)?.type === 'float32') return tensorsAt([1, 2], [0])(call);
  return tensorsAt([1, 2, 1, 2, 3], [0, 0])(call);
}

/** Accumulators of the whole output, 32 bits for int8 and 64 for int16; a bias of 16 bits is widened. */
function transposedConvolution(call: PreparedOperator): PrepareRequests | undefined {
  const filter = inputOf(call, 1);
  const input = inputOf(call, 2);
  if (filter === undefined || input === undefined) return undefined;
  return { persistent: perChannel(dimension(filter, 0)), scratch: transposedScratch(call, input) };
}

function transposedScratch(call: PreparedOperator, input: Tensor): readonly number[] {
  const output = elementsOf(outputOf(call));
  if (input.type === 'int8') return [4 * output];
  return input.type === 'int16' ? [8 * output, ...widenedBias(call)] : [];
}

/** Bytes of a bias of 16 bits widened to 64. */
export function widenedBias(call: PreparedOperator): readonly number[] {
  const bias = inputOf(call, 3);
  return bias?.type === 'int16' ? [8 * elementsOf(bias)] : [];
}
