import { dimension, elementsOf, inputOf, outputOf } from '../../operands';
import { type PreparedOperator, type KernelMemory, type PrepareRequests } from '../kernelMemory';
import type { KernelIsa } from '../../../boards/board';
import { stridesOf, convolutionWindowOf, type ConvolutionWindow } from '../shapes';
import { convolutionTensors, perChannel, transposedTensors, widenedBias } from '../reference/convolution';
import {
  convolutionBytes,
  depthwiseBytes,
  depthwiseInt4Bytes,
  int16ConvolutionBytes,
  reverseTransposedBytes,
  transposedBytes,
} from './bufferSizes';

/**
 * Convolutions. Multipliers and shifts are kept for quantized types only.
 * Source: tensorflow/tflite-micro 90b983c2,
 * tensorflow/lite/micro/kernels/cmsis_nn/{conv,depthwise_conv,transpose_conv}.cc.
 */
export const cmsisNnConvolutionKernels: readonly (readonly [string, KernelMemory])[] = [
  ...windowKernels({
    convolution: convolutionBytes,
    int16Convolution: int16ConvolutionBytes,
    depthwise: depthwiseBytes,
  }),
  ['TRANSPOSE_CONV', { state: 'CmsisNnTransposeConv', temporaries: transposedTensors, prepare: transposeRequests }],
];

type BytesOf = (window: ConvolutionWindow, isa: KernelIsa) => number;

/** The kernels that slide a window, with the scratch buffers of one state of CMSIS-NN. */
export function windowKernels(
  sizes: Readonly<Record<'convolution' | 'int16Convolution' | 'depthwise', BytesOf>>,
): readonly (readonly [string, KernelMemory])[] {
  return [
    [
      'CONV_2D',
      {
        state: 'CmsisNnConv',
        temporaries: convolutionTensors,
        prepare: (call) => convolution(call, sizes.convolution, sizes.int16Convolution),
      },
    ],
    [
      'DEPTHWISE_CONV_2D',
      {
        state: 'CmsisNnConv',
        temporaries: convolutionTensors,
        prepare: (call) => depthwise(call, sizes.depthwise),
      },
    ],
  ];
}

/** A request is made only for a buffer that is not empty. */
export function unlessEmpty(bytes: number): readonly number[] {
  return bytes > 0 ? [bytes] : [];
}

function convolution(call: PreparedOperator, int8: BytesOf, int16: BytesOf): PrepareRequests | undefined {
  const window = convolutionWindowOf(call);
  const filter = inputOf(call, 1);
  const type = inputOf(call, 0)?.type;
  if (window === undefined || filter === undefined) return undefined;
  if (type !== 'int8' && type !== 'int16') return {};
  const bytes = (type === 'int8' ? int8 : int16)(window, call.isa);
  return { persistent: perChannel(dimension(filter, 0)), scratch: unlessEmpty(bytes) };
}

function depthwise(call: PreparedOperator, int8: BytesOf): PrepareRequests | undefined {
  const window = convolutionWindowOf(call);
  const filter = inputOf(call, 1);
  const type = inputOf(call, 0)?.type;
  if (window === undefined || filter === undefined) return undefined;
  if (type !== 'int8' && type !== 'int16') return {};
  const persistent = perChannel(dimension(filter, 3));
  if (type === 'int16') return { persistent };
  const bytes = filter.type === 'int4' ? depthwiseInt4Bytes(window, call.isa) : int8(window, call.isa);
  return { persistent, scratch: unlessEmpty(bytes) };
}

/**
 * Two requests for int8, of which the second may be empty and is made all the same; int16 runs the reference kernel.
 */
function transposeRequests(call: PreparedOperator): PrepareRequests | undefined {
  const filter = inputOf(call, 1);
  const input = inputOf(call, 2);
  if (filter === undefined || input === undefined) return undefined;
  const persistent = perChannel(dimension(filter, 0));
  if (input.type === 'int16') return { persistent, scratch: [8 * elementsOf(outputOf(call)), ...widenedBias(call)] };
  if (input.type !== 'int8') return { persistent };
  const shape = {
    inputWidth: dimension(input, 2),
    inputChannels: dimension(input, 3),
    outputChannels: dimension(filter, 0),
    filterHeight: dimension(filter, 1),
    filterWidth: dimension(filter, 2),
    ...stridesOf(call),
  };
  return { persistent, scratch: [transposedBytes(shape, call.isa), reverseTransposedBytes(shape)] };
}
