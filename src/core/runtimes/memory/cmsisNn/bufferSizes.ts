import type { KernelIsa } from '../../../boards/board';
import { roundUp } from '../layout';
import type { ConvolutionWindow } from '../shapes';

/**
 * Scratch buffers of CMSIS-NN built with GCC or Clang, in bytes, by instruction set. (Arm Compiler 6 differs for 1x1
 * convolutions.) Source: ARM-software/CMSIS-NN 4ab83cc3, Source/ConvolutionFunctions/arm_*_get_buffer_sizes_*.c and
 * Include/arm_nnsupportfunctions.h.
 */

/** Channels that the depthwise kernel for MVE works on at a time. Source: CH_IN_BLOCK_MVE. */
const depthwiseBlockChannels = 124;
/** Depthwise convolutions of one input channel run as convolutions above this many output channels, on MVE. */
const depthwiseAsConvolutionAbove = 1;
/** Transposed convolutions of more input channels than this run as convolutions of a widened input. */
const reverseAboveChannels = 16;

type Columns = Pick<ConvolutionWindow, 'filterHeight' | 'filterWidth' | 'inputChannels'>;

/** Convolution of int8, weights of 4 or 8 bits. */
export function convolutionBytes(window: ConvolutionWindow, isa: KernelIsa): number {
  if (isPointwise(window)) return 0;
  if (isa === 'mve' && isRow(window)) return rowBytes(window);
  return columnBytes(window, isa);
}

/** Convolution of int16: two columns, or for MVE four, of 16-bit values. */
export function int16ConvolutionBytes(window: ConvolutionWindow, isa: KernelIsa): number {
  const column = columnElements(window);
  return isa === 'mve' ? 8 * roundUp(column, 8) : 4 * column;
}

/** Depthwise convolution of int8. */
export function depthwiseBytes(window: ConvolutionWindow, isa: KernelIsa): number {
  if (isa === 'mve' && window.inputChannels === 1 && window.outputChannels > depthwiseAsConvolutionAbove) {
    const filter = window.outputChannels * window.filterHeight * window.filterWidth;
    return convolutionBytes({ ...window, filterChannels: 1 }, isa) + filter;
  }
  if (!hasOptimizedDepthwise(window)) return 0;
  if (isa === 'mve') return depthwiseBlockBytes(window);
  const isThreeByThree = window.filterWidth === 3 && window.filterHeight === 3;
  if (isThreeByThree && window.paddingHeight <= 1 && window.paddingWidth <= 1) return 0;
  return isa === 'dsp' ? 2 * columnElements(window) : 0;
}

/** Depthwise convolution of int8 with weights of 4 bits: a column of 16-bit values even without the DSP extension. */
export function depthwiseInt4Bytes(window: ConvolutionWindow, isa: KernelIsa): number {
  if (!hasOptimizedDepthwise(window)) return 0;
  return isa === 'mve' ? depthwiseBlockBytes(window) : 2 * columnElements(window);
}

type Transposed = Columns & Pick<ConvolutionWindow, 'inputWidth' | 'outputChannels' | 'strideHeight' | 'strideWidth'>;

/**
 * Transposed convolution of int8: the columns of a convolution, or accumulators of the rows that one input row reaches.
 */
export function transposedBytes(shape: Transposed, isa: KernelIsa): number {
  if (runsReversed(shape)) return columnBytes(shape, isa);
  const width = (shape.inputWidth - 1) * shape.strideWidth + Math.max(shape.filterWidth, shape.strideHeight);
  return 4 * width * shape.outputChannels * Math.max(shape.filterHeight, shape.strideHeight);
}

/** The filter in reverse order, for a transposed convolution that runs as a convolution. */
export function reverseTransposedBytes(shape: Transposed): number {
  return runsReversed(shape) ? columnElements(shape) * shape.outputChannels : 0;
}

function runsReversed(shape: Transposed): boolean {
  return shape.strideWidth <= 2 && shape.strideHeight <= 2 && shape.inputChannels > reverseAboveChannels;
}

export function columnElements(window: Columns): number {
  return window.filterWidth * window.filterHeight * window.inputChannels;
}

/**
 * Two columns of 16-bit values, or for MVE four of 8-bit values in whole vectors. The input's full depth counts,
 * grouped or not.
 */
function columnBytes(window: Columns, isa: KernelIsa): number {
  return 4 * roundUp(columnElements(window), isa === 'mve' ? 16 : 4);
}

export function depthwiseBlockBytes(window: ConvolutionWindow): number {
  return 4 * depthwiseBlockChannels * window.filterWidth * window.filterHeight;
}

export function hasOptimizedDepthwise(window: ConvolutionWindow): boolean {
  const isPlain = window.batch === 1 && window.dilationWidth === 1 && window.dilationHeight === 1;
  return isPlain && window.inputChannels === window.outputChannels;
}

function isPointwise(window: ConvolutionWindow): boolean {
  const isOne = window.filterWidth === 1 && window.filterHeight === 1;
  const isUnpadded = window.paddingWidth === 0 && window.paddingHeight === 0;
  const isDense = window.dilationWidth === 1 && window.dilationHeight === 1;
  return isOne && isUnpadded && isDense && window.inputChannels === window.filterChannels;
}

function isRow(window: ConvolutionWindow): boolean {
  const isOneHigh = window.inputHeight === 1 && window.filterHeight === 1 && window.dilationWidth === 1;
  return (
    isOneHigh && (window.strideWidth * window.inputChannels) % 4 === 0 && window.inputChannels === window.filterChannels
  );
}

/** One row: only the padded ends are copied. */
export function rowBytes(window: ConvolutionWindow): number {
  const { paddingWidth, strideWidth, outputWidth, inputChannels } = window;
  const totalPadding = (outputWidth - 1) * strideWidth + window.filterWidth - window.inputWidth;
  const odd = totalPadding % 2;
  const right = paddingWidth + odd === 0 ? 0 : paddedOutputs(paddingWidth + odd, strideWidth);
  const left = paddingWidth === 0 ? 0 : paddedOutputs(paddingWidth, strideWidth);
  const middle = Math.max(outputWidth - right - left, 0);
  if (right + middle + left !== outputWidth) return columnBytes(window, 'mve');
  const leftPadding = paddingWidth * inputChannels;
  const rightPadding = odd === 0 ? leftPadding : right * inputChannels;
  const row = window.filterWidth * inputChannels;
  return Math.max(row + leftPadding, row - inputChannels + rightPadding);
}

function paddedOutputs(padding: number, stride: number): number {
  return Math.max(1, Math.trunc((padding + stride - 1) / stride));
}
