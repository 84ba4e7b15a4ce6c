import type { KernelIsa } from '../../../boards/board';
import { roundUp } from '../layout';
import type { ConvolutionWindow } from '../shapes';

/**
 * Scratch buffers of the CMSIS-NN of early 2023 (arm_nnfunctions.h V.11.0.0), in bytes, by instruction set.
 * Source: tensorflow/tflite-micro-arduino-examples 7948b85, src/third_party/cmsis_nn/Source/ConvolutionFunctions/*.c.
 */

/** Channels that the depthwise kernel for MVE works on at a time. Source: CH_IN_BLOCK_MVE. */
const depthwiseBlockChannels = 124;
/** Convolutions of int16 with a column below this many elements have a fast kernel, with the DSP extension. */
const fastInt16Column = 512;

/** Convolution of int8, weights of 4 or 8 bits. */
export function convolutionBytes(window: ConvolutionWindow, isa: KernelIsa): number {
  const isOne = window.filterWidth === 1 && window.filterHeight === 1;
  const isUnpadded = window.paddingWidth === 0 && window.paddingHeight === 0;
  const isUnstrided = window.strideWidth === 1 && window.strideHeight === 1;
  if (isOne && isUnpadded && isUnstrided && isDense(window)) return 0;
  const isRow = window.inputHeight === 1 && window.filterHeight === 1 && window.dilationWidth === 1;
  if (isa !== 'mve') return 4 * columnElements(window);
  return isRow && window.outputWidth % 4 === 0 ? 0 : 4 * roundUp(columnElements(window), 8);
}

/** Convolution of int16: two columns for the fast kernel, else nothing. */
export function int16ConvolutionBytes(window: ConvolutionWindow, isa: KernelIsa): number {
  const isFast = isa === 'dsp' && columnElements(window) < fastInt16Column && isDense(window);
  return isFast ? 4 * columnElements(window) : 0;
}

/** Depthwise convolution of int8. */
export function depthwiseBytes(window: ConvolutionWindow, isa: KernelIsa): number {
  const isPlain = window.inputChannels === window.outputChannels && window.batch === 1 && isDense(window);
  if (!isPlain) return 0;
  if (isa === 'mve') return 4 * depthwiseBlockChannels * window.filterWidth * window.filterHeight;
  return isa === 'dsp' ? 2 * columnElements(window) : 0;
}

function columnElements(window: ConvolutionWindow): number {
  return window.filterWidth * window.filterHeight * window.inputChannels;
}

function isDense(window: ConvolutionWindow): boolean {
  return window.dilationWidth === 1 && window.dilationHeight === 1;
}
