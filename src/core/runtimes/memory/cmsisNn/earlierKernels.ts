import { dimension, elementsOf, inputOf, outputOf } from '../../operands';
import { everyTensor, type KernelMemory, type PreparedOperator, type PrepareRequests } from '../kernelMemory';
import type { StructureTable } from '../layout';
import { perChannel, transposedTensors, widenedBias } from '../reference/convolution';
import { unlessEmpty } from './convolution';

/**
 * FULLY_CONNECTED from September 2023 (tensorflow/tflite-micro 3022d096) to September 2024 (47b54507).
 * Source: tensorflow/lite/micro/kernels/cmsis_nn/fully_connected.cc.
 */
export const fullyConnected2023Structures: StructureTable = {
  CmsisNnFullyConnected: {
    reference: 'OpDataFullyConnected',
    perChannelOutputMultiplier: 'pointer',
    perChannelOutputShift: 'pointer',
    bufferIndex: 'int',
    kernelSums: 'pointer',
    batches: 'int32',
    accumulationDepth: 'int32',
    outputDepth: 'int32',
  },
};

export const fullyConnected2023: KernelMemory = {
  state: 'CmsisNnFullyConnected',
  temporaries: everyTensor,
  prepare: fullyConnected,
};

/** Spread multipliers for what runs as a 1x1 convolution, else the sums of weights that MVE needs, all kept. */
function fullyConnected(call: PreparedOperator): PrepareRequests | undefined {
  const filter = inputOf(call, 1);
  const output = outputOf(call);
  if (filter === undefined || output === undefined) return undefined;
  if (inputOf(call, 0)?.type !== 'int8') return {};
  const outputs = dimension(output, -1);
  if (output.shape.length > 2 && dimension(filter, -1) % 4 === 0) return { persistent: perChannel(outputs) };
  return { persistent: unlessEmpty(call.isa === 'mve' ? 4 * outputs : 0) };
}

/**
 * TRANSPOSE_CONV from November 2023 (tensorflow/tflite-micro c845961d) to November 2024 (182c8c77).
 * Source: tensorflow/lite/micro/kernels/cmsis_nn/transpose_conv.cc; ARM-software/CMSIS-NN v5.0.0,
 * Source/ConvolutionFunctions/arm_transpose_conv_get_buffer_sizes_s8.c.
 */
export const transposeConv2023: KernelMemory = {
  state: 'CmsisNnTransposeConv',
  temporaries: transposedTensors,
  prepare: transposeConv,
};

/** Every product of filter and input of each output channel, and accumulators of the whole output. */
function transposeConv(call: PreparedOperator): PrepareRequests | undefined {
  const filter = inputOf(call, 1);
  const input = inputOf(call, 2);
  if (filter === undefined || input === undefined) return undefined;
  const persistent = perChannel(dimension(filter, 0));
  const output = elementsOf(outputOf(call));
  if (input.type === 'int16') return { persistent, scratch: [8 * output, ...widenedBias(call)] };
  if (input.type !== 'int8') return { persistent };
  const products = dimension(filter, 1) * dimension(filter, 2) * dimension(input, 1) * dimension(input, 2);
  return { persistent, scratch: [4 * products * dimension(filter, 0), 4 * output] };
}
