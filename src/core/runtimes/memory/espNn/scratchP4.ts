import { roundUp } from '../layout';
import { isPlainPointwise, pointwiseBytes, type EspWindow } from './espWindow';

/** Room to align the buffer. */
const margin = 32;
/** Bytes of the first-level data cache that a padded input and the sums may fill before the input is cut into tiles. */
const cacheBudget = 32768;

/** Convolution on the ESP32-P4. Source: espressif/esp-nn d45b843 (1.2.3), src/convolution/esp_nn_conv_esp32p4.c. */
export function p4ConvolutionBytes(window: EspWindow): number {
  const sums = window.outputChannels * 4;
  if (isPlainPointwise(window)) {
    // Few channels are filled up to one vector of 16, in the filter and in one element of the input.
    return window.inputChannels < 16
      ? sums + 16 * window.outputChannels + 32 + margin
      : pointwiseBytes(window) + margin;
  }
  return sums + margin + windowBytes(window, sums);
}

function windowBytes(window: EspWindow, sums: number): number {
  const row = window.filterWidth * window.inputChannels;
  const isUnpadded = window.paddingWidth === 0 && window.paddingHeight === 0;
  if (isUnpadded && row >= 16) return filterBytes(window, roundUp(window.inputChannels, 16));
  if (row * window.filterHeight >= 16) return row * window.filterHeight;
  if (isUnpadded) {
    const channels = vectorChannels(window);
    return filterBytes(window, channels) + window.inputWidth * window.inputHeight * channels;
  }
  const whole = paddedWidth(window) * (window.inputHeight + 2 * window.paddingHeight) * window.inputChannels;
  return whole + sums > cacheBudget
    ? tiledBytes(window, sums)
    : whole + filterBytes(window, roundUp(window.inputChannels, 16));
}

function filterBytes(window: EspWindow, channels: number): number {
  return window.filterWidth * window.filterHeight * channels * window.outputChannels;
}

/** Channels with which a row of the filter fills a vector. */
function vectorChannels(window: EspWindow): number {
  return roundUp(Math.ceil(16 / window.filterWidth), 16);
}

function paddedWidth(window: EspWindow): number {
  return window.inputWidth + 2 * window.paddingWidth;
}

/**
 * As many rows of output at a time as fit the budget: their rows of input, and the filter where its rows are filled up.
 */
function tiledBytes(window: EspWindow, sums: number): number {
  const isFilled = window.filterWidth * window.inputChannels < 16;
  const channels = isFilled ? vectorChannels(window) : window.inputChannels;
  const filter = isFilled ? filterBytes(window, channels) : 0;
  const rowBytes = paddedWidth(window) * channels;
  const budget = cacheBudget - sums - filter;
  const first = window.filterHeight * rowBytes;
  const fitting = Math.floor((budget - first) / (window.strideHeight * rowBytes)) + 1;
  const rows = budget > 0 && first <= budget ? Math.min(fitting, window.outputHeight) : 1;
  const inputRows = (rows - 1) * window.strideHeight + window.filterHeight + 2 * window.paddingHeight;
  return inputRows * rowBytes + filter;
}
