import { roundUp } from '../layout';
import type { KernelIsa } from '../../../boards/board';
import { isPlainPointwise, pointwiseBytes, type EspWindow } from './espWindow';
import { espScratch, type EspScratch } from './scratch';

/** Room to align the buffer of a convolution. */
const margin = 32;

const none = (): number => 0;
const generic: EspScratch = { convolution: none, depthwise: none, softmaxBytesPerElement: 4 };

/**
 * Scratch buffers of the release before: vector code pads the whole input.
 * Source: espressif/esp-nn v1.1.2 (596b084), src/convolution/esp_nn_conv_esp32{s3,p4}.c,
 * esp_nn_depthwise_conv_s8_esp32s3.c, include/esp_nn_esp32*.h.
 */
export const espScratch11: Readonly<Partial<Record<KernelIsa, EspScratch>>> = {
  ...espScratch,
  esp32p4: { ...generic, convolution },
  esp32s3: { ...generic, convolution, depthwise: (window) => depthwise(window, 16) },
};

/** 1.2.0 (b859e50) left more room between input and filter in 16 bits. */
export const espScratch120: Readonly<Partial<Record<KernelIsa, EspScratch>>> = {
  ...espScratch11,
  esp32s3: { ...generic, convolution, depthwise: (window) => depthwise(window, 32) },
};

function convolution(window: EspWindow): number {
  if (isPlainPointwise(window)) return pointwiseBytes(window) + margin;
  const { paddingWidth, paddingHeight, inputChannels, outputChannels } = window;
  const isPadded = paddingWidth !== 0 || paddingHeight !== 0;
  const input = isPadded ? paddedElements(window, 2 * paddingWidth, 2 * paddingHeight) * inputChannels : 0;
  const filter = window.filterWidth * window.filterHeight * roundUp(inputChannels, 16) * outputChannels;
  return input + filter + margin + outputChannels * 4;
}

function paddedElements(window: EspWindow, width: number, height: number): number {
  return (window.inputWidth + width) * (window.inputHeight + height);
}

function depthwise(window: EspWindow, wideMargin: number): number {
  const { channelMultiplier, inputChannels, filterWidth, filterHeight } = window;
  const filter = filterWidth * filterHeight * inputChannels * channelMultiplier;
  const wide = 2 * (filter + window.inputWidth * window.inputHeight * inputChannels) + wideMargin;
  const isThreeByThree = filterWidth === 3 && filterHeight === 3;
  if (channelMultiplier === 1 && inputChannels % 8 === 0 && isThreeByThree) {
    return inputChannels % 16 === 0 ? alignedThreeByThree(window, filter) : wide;
  }
  return channelMultiplier % 4 === 0 ? wide : 32;
}

function alignedThreeByThree(window: EspWindow, filter: number): number {
  const isPadded = window.paddingWidth !== 0 || window.paddingHeight !== 0;
  const width = isPadded ? window.paddingWidth * 2 : window.outputWidth * window.strideWidth + 2 - window.inputWidth;
  const height = isPadded
    ? window.paddingHeight * 2
    : window.outputHeight * window.strideHeight + 2 - window.inputHeight;
  const input = width === 0 && height === 0 ? 0 : paddedElements(window, width, height) * window.inputChannels;
  return filter + input + 16;
}
