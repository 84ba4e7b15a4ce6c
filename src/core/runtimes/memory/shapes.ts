import { inputOf, outputOf } from '../operands';
import { enumOption, numberOption } from '../../model/options';
import type { Tensor } from '../../model/model';
import { type PreparedOperator } from './kernelMemory';

/**
 * Size of a dims array of the runtime (a count and the dimensions), as kernels copy it that change an output's shape.
 */
export function dimsBytes(tensor: Tensor): number {
  return 4 + 4 * tensor.shape.length;
}

/** Height, width and channels of what a convolution reads and writes. */
export interface ConvolutionWindow {
  readonly batch: number;
  readonly inputHeight: number;
  readonly inputWidth: number;
  readonly inputChannels: number;
  readonly outputWidth: number;
  readonly outputChannels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  /** Last dimension of the filter: for a convolution the channels of one group. */
  readonly filterChannels: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly paddingHeight: number;
  readonly paddingWidth: number;
}

/**
 * The window of a (depthwise) convolution whose filter is `[_, height, width, _]`, or `undefined` where a tensor is not
 * of rank 4.
 */
export function convolutionWindowOf(call: PreparedOperator): ConvolutionWindow | undefined {
  const input = inputOf(call, 0);
  const filter = inputOf(call, 1);
  const output = outputOf(call);
  if (input?.shape.length !== 4 || filter?.shape.length !== 4 || output?.shape.length !== 4) return undefined;
  const [batch, inputHeight, inputWidth, inputChannels] = input.shape as [number, number, number, number];
  const [, filterHeight, filterWidth, filterChannels] = filter.shape as [number, number, number, number];
  const strides = stridesOf(call);
  const dilationHeight = numberOption(call.operator, 'dilationHFactor', 1);
  const dilationWidth = numberOption(call.operator, 'dilationWFactor', 1);
  const same = enumOption(call.operator, 'padding', 'SAME') === 'SAME';
  return {
    batch,
    inputHeight,
    inputWidth,
    inputChannels,
    outputWidth: output.shape[2],
    outputChannels: output.shape[3],
    filterHeight,
    filterWidth,
    filterChannels,
    ...strides,
    dilationHeight,
    dilationWidth,
    paddingHeight: padding(inputHeight, (filterHeight - 1) * dilationHeight + 1, strides.strideHeight, same),
    paddingWidth: padding(inputWidth, (filterWidth - 1) * dilationWidth + 1, strides.strideWidth, same),
  };
}

/** Strides of a convolution, transposed convolution or pooling. */
export function stridesOf(call: PreparedOperator): { readonly strideHeight: number; readonly strideWidth: number } {
  return {
    strideHeight: numberOption(call.operator, 'strideH', 1),
    strideWidth: numberOption(call.operator, 'strideW', 1),
  };
}

/**
 * Padding before the first element: half of what the windows reach beyond the input, rounded down.
 * Source: tensorflow/tflite-micro, tensorflow/lite/kernels/padding.h.
 */
function padding(input: number, window: number, stride: number, same: boolean): number {
  const output = same ? Math.ceil(input / stride) : Math.floor((input - window + stride) / stride);
  return Math.floor(Math.max((output - 1) * stride + window - input, 0) / 2);
}

/** Rank of the first input; 0 where there is none. */
export function inputRank(call: PreparedOperator): number {
  return inputOf(call, 0)?.shape.length ?? 0;
}
