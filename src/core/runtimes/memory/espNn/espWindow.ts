import { roundUp } from '../layout';
import type { ConvolutionWindow } from '../shapes';

/** A convolution as ESP-NN sees it. */
export interface EspWindow extends ConvolutionWindow {
  readonly outputHeight: number;
  /** Output channels by input channel of a depthwise convolution. */
  readonly channelMultiplier: number;
}

/** True for a convolution of single elements at stride 1 without padding. */
export function isPlainPointwise(window: ConvolutionWindow): boolean {
  const isOne = window.filterWidth === 1 && window.filterHeight === 1;
  const isUnpadded = window.paddingWidth === 0 && window.paddingHeight === 0;
  return isOne && isUnpadded && window.strideWidth === 1 && window.strideHeight === 1;
}

/**
 * A pointwise convolution: the filter with its channels filled up to a multiple of 8, the input too where it needs
 * that, and room to turn eight elements over twice.
 */
export function pointwiseBytes(window: ConvolutionWindow): number {
  const elements = window.inputWidth * window.inputHeight;
  const channels = roundUp(window.inputChannels, 8);
  const input = window.inputChannels % 8 === 0 ? 0 : elements * channels;
  const turned = elements < 8 ? 0 : 16 * channels;
  return input + channels * window.outputChannels + turned;
}
