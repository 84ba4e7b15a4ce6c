import { roundUp } from '../layout';
import { isPlainPointwise, pointwiseBytes, type EspWindow } from './espWindow';

/** Padded inputs up to this many bytes are copied whole, larger ones row by row. */
const wholeInputBytes = 40 * 1024;
/** The same for inputs and filters widened to 16 bits. */
const wholeWideBytes = 48 * 1024;

/**
 * Convolution on the ESP32-S3; the margin was 32 in 1.2.1 and 1.2.2.
 * Source: espressif/esp-nn d45b843 (1.2.3), src/convolution/esp_nn_conv_esp32s3.c.
 */
export function s3ConvolutionBytes(window: EspWindow, convolutionMargin = 64): number {
  if (isPlainPointwise(window)) return pointwiseBytes(window) + convolutionMargin;
  const { filterWidth, filterHeight, inputChannels, outputChannels } = window;
  const row = filterWidth * inputChannels;
  const column = row * filterHeight;
  if (row < 16 && column >= 16) {
    const alignedColumn = roundUp(column, 16);
    return outputChannels * 4 + 16 + outputChannels * alignedColumn + 16 + alignedColumn + convolutionMargin;
  }
  const filter = filterWidth * filterHeight * roundUp(inputChannels, 16) * outputChannels;
  const alignedFilter = roundUp(row, 16) * filterHeight * outputChannels;
  const sums = outputChannels * 4;
  return paddedInput(window) + filter + alignedFilter + boundary(window) + convolutionMargin + sums;
}

function paddedInput(window: EspWindow): number {
  const { inputWidth, inputHeight, paddingWidth, paddingHeight, inputChannels } = window;
  if (paddingWidth === 0 && paddingHeight === 0) return 0;
  return (inputWidth + 2 * paddingWidth) * (inputHeight + 2 * paddingHeight) * inputChannels;
}

/** A copy with what the last windows reach beyond the right and lower edges. */
function boundary(window: EspWindow): number {
  const right = Math.max(0, reach(window.outputWidth, window.strideWidth, window.filterWidth) - window.inputWidth);
  const lower = Math.max(0, reach(window.outputHeight, window.strideHeight, window.filterHeight) - window.inputHeight);
  if (right === 0 && lower === 0) return 0;
  return (window.inputWidth + right) * (window.inputHeight + lower) * window.inputChannels;
}

function reach(output: number, stride: number, filter: number): number {
  return output * stride + filter - 1;
}

/**
 * Depthwise convolution on the ESP32-S3. Source: espressif/esp-nn d45b843 (1.2.3),
 * src/convolution/esp_nn_depthwise_conv_s8_esp32s3.c.
 */
export function s3DepthwiseBytes(window: EspWindow): number {
  const { channelMultiplier, inputChannels } = window;
  const isThreeByThree = window.filterWidth === 3 && window.filterHeight === 3;
  if (channelMultiplier === 1 && inputChannels % 8 === 0) {
    return isThreeByThree ? threeByThree(window) : wideRows(window);
  }
  if (channelMultiplier === 1 && inputChannels > 3) return filledChannels(window);
  return channelMultiplier % 4 === 0 ? 2 * (filterSize(window) + inputSize(window)) + 32 : 32;
}

function filterSize(window: EspWindow): number {
  return window.filterWidth * window.filterHeight * window.inputChannels * window.channelMultiplier;
}

function inputSize(window: EspWindow): number {
  return window.inputWidth * window.inputHeight * window.inputChannels;
}

function threeByThree(window: EspWindow): number {
  if (window.inputChannels % 16 === 0) return alignedThreeByThree(window);
  if (window.inputChannels < 12) return 2 * (filterSize(window) + inputSize(window)) + 32;
  const channels = roundUp(window.inputChannels, 16);
  const width = window.paddingWidth * 2 + Math.max(0, window.outputWidth * window.strideWidth + 2 - window.inputWidth);
  const height =
    window.paddingHeight * 2 + Math.max(0, window.outputHeight * window.strideHeight + 2 - window.inputHeight);
  const input = (window.inputWidth + width) * (window.inputHeight + height) * channels;
  return 9 * channels + input + window.outputWidth * window.outputHeight * channels + 64;
}

function alignedThreeByThree(window: EspWindow): number {
  const isPadded = window.paddingWidth !== 0 || window.paddingHeight !== 0;
  const width = isPadded
    ? window.paddingWidth * 2
    : reach(window.outputWidth, window.strideWidth, 3) - window.inputWidth;
  const height = isPadded
    ? window.paddingHeight * 2
    : reach(window.outputHeight, window.strideHeight, 3) - window.inputHeight;
  const filter = filterSize(window) + 16;
  if (width === 0 && height === 0) return filter;
  const rowBytes = (window.inputWidth + width) * window.inputChannels;
  const whole = rowBytes * (window.inputHeight + height);
  return filter + (whole <= wholeInputBytes ? whole : rowBytes * window.filterHeight);
}

/** Filter and input in 16 bits, of a large input only as many rows as the filter has. */
function wideRows(window: EspWindow): number {
  const whole = 2 * (filterSize(window) + inputSize(window));
  if (whole <= wholeWideBytes) return whole + 32;
  return 2 * filterSize(window) + 2 * window.inputWidth * window.filterHeight * window.inputChannels + 32;
}

/**
 * Channels filled up to a multiple of 8: filter and input in 16 bits, output in 8, and bias, shift and multiplier of
 * each channel.
 */
function filledChannels(window: EspWindow): number {
  const channels = roundUp(window.inputChannels, 8);
  const inputStart = roundUp(2 * window.filterWidth * window.filterHeight * channels, 16);
  const outputStart = roundUp(inputStart + 2 * window.inputWidth * window.inputHeight * channels, 16);
  const biasStart = roundUp(outputStart + window.outputWidth * window.outputHeight * channels, 16);
  return biasStart + 3 * 4 * channels + 16;
}
