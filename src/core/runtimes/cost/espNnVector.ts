import { constantBytes } from '../../model/constants';
import { numberOption } from '../../model/options';
import { dimension, elementsOf, inputOf, outputOf } from '../operands';
import { filterWindowOf } from './espNnPlain';
import type { KernelContext } from './kernelCall';
import type { SlidingWindow, WindowAxis } from './window';

/** What a kernel of vector instructions executes, and how often it goes through all weights where they lie. */
interface VectorCall {
  readonly instructions: number;
  readonly passes: number;
}

/**
 * ESP-NN's kernels for the ESP32-S3, as of d45b843: convolutions and dense layers of int8. The instructions of each
 * loop were counted in its assembly by hand; what an instruction takes is measured (`test/fit/standIns.ts`).
 * `undefined` for what runs in plain C there: filters of a group of the channels, dilated ones, and depthwise ones
 * whose multiplier is neither 1 nor a multiple of 4.
 */
export function vectorCall(context: KernelContext): VectorCall | undefined {
  if (inputOf(context, 0)?.type !== 'int8' || outputOf(context)?.type !== 'int8') return undefined;
  switch (context.operator.kind) {
    case 'CONV_2D':
      return convolution(context);
    case 'DEPTHWISE_CONV_2D':
      return depthwise(context);
    case 'FULLY_CONNECTED':
      return dense(context);
    default:
      return undefined;
  }
}

/** Instructions that scale a result where that is done one by one, in assembly. */
const scaled = 53;

/** The same in C, with what the loop and the call of the dot product take. */
const scaledInC = 70;

/** A byte that is copied with padding around it, and a weight that is summed for the input's zero point. */
const paddedByte = 0.5;
const summedWeight = 3.5;

function convolution(context: KernelContext): VectorCall | undefined {
  const window = filterWindowOf(context);
  if (window === undefined || dimension(inputOf(context, 1)!, 3) !== window.inputChannels) return undefined;
  const { x, y } = window;
  const isPointwise = x.filter === 1 && y.filter === 1 && x.stride === 1 && y.stride === 1;
  if (isPointwise) return pointwise(window);
  const rowBytes = x.filter * window.inputChannels;
  return rowBytes < 16 && rowBytes * y.filter >= 16 ? gathered(window) : byRows(window);
}

/**
 * 1x1: eight pixels at a time, which are transposed first; then eight input channels at a time. What is left of the
 * pixels goes one by one.
 */
function pointwise({ pixels, batches, inputChannels, outputChannels }: SlidingWindow): VectorCall {
  const blocks = Math.ceil(inputChannels / 8);
  const eights = batches * Math.floor(pixels / 8);
  const rest = batches * (pixels % 8);
  return {
    instructions:
      eights * (40 + 34 * blocks + outputChannels * (192 + 14 * blocks)) + rest * outputChannels * (95 + 12 * blocks),
    passes: eights + rest,
  };
}

/** Short rows of few channels: the pixels under the filter are gathered in one row, the weights copied beside. */
function gathered({ pixels, batches, inputChannels, outputChannels, x, y }: SlidingWindow): VectorCall {
  const length = x.filter * y.filter * inputChannels;
  const perPixel = 20 + 30 * y.filter + outputChannels * (scaledInC + 2 * Math.ceil(length / 16));
  return { instructions: batches * pixels * perPixel + outputChannels * length * (summedWeight + 1), passes: 1 };
}

/**
 * Any other filter: its rows one after the other, 32 bytes at a time. Weights whose rows are no multiple of 16 bytes
 * are copied into the arena, others read for every pixel.
 */
function byRows({ pixels, batches, inputChannels, outputChannels, x, y }: SlidingWindow): VectorCall {
  const rowBytes = x.filter * inputChannels;
  const vectors = Math.ceil(rowBytes / 16) - 1;
  const perRow = 24 + 6 * Math.floor(vectors / 2) + 3 * (vectors % 2);
  const perPixel = 15 + outputChannels * (scaled + y.filter * perRow);
  const isAligned = rowBytes % 16 === 0;
  const weights = outputChannels * y.filter * rowBytes;
  const isPadded = reachesOut(x) || reachesOut(y);
  const padded = isPadded ? batches * paddedByte * y.input * x.input * inputChannels : 0;
  return {
    instructions: batches * pixels * perPixel + weights * (summedWeight + (isAligned ? 0 : 1)) + padded,
    passes: isAligned ? batches * pixels + 1 : 1,
  };
}

/** Whether the filter reaches beyond the input, which is then copied with padding around it. */
function reachesOut({ input, output, filter, stride }: WindowAxis): boolean {
  return (output - 1) * stride + filter > input;
}

/** Depthwise filters are copied first: as bytes for 3x3 over 16 channels at a time, else as 16 bits over eight. */
function depthwise(context: KernelContext): VectorCall | undefined {
  const window = filterWindowOf(context);
  if (window === undefined) return undefined;
  const multiplier = numberOption(context.operator, 'depthMultiplier', 1);
  const instructions = depthwiseInstructions(window, multiplier);
  return instructions === undefined ? undefined : { instructions, passes: 1 };
}

function depthwiseInstructions(window: SlidingWindow, multiplier: number): number | undefined {
  const { inputChannels, x, y } = window;
  if (multiplier % 4 === 0) return multiplied(window, multiplier);
  if (multiplier !== 1 || inputChannels <= 3) return undefined;
  const isOfBytes = x.filter === 3 && y.filter === 3 && inputChannels >= 12 && inputChannels % 8 === 0;
  return isOfBytes ? bytesOf3x3(window) : halfWords(window);
}

/** Four results of 16 bits are scaled at once by a function of this many instructions. */
const scaledFour = 101;

/** Channels that are no multiple of 16 are padded to one, in the input and in the output. */
function bytesOf3x3({ pixels, batches, inputChannels, x, y }: SlidingWindow): number {
  const sixteens = Math.ceil(inputChannels / 16);
  const input = y.input * x.input;
  const isPadded = inputChannels % 16 !== 0;
  const moved = isPadded ? 50 * input + 40 * pixels : paddedByte * input * inputChannels;
  return batches * (sixteens * (140 + 28 * y.output + pixels * (140 + 4 * scaledFour)) + moved);
}

/** Input of 16 bits, eight channels at a time; channels that are no multiple of 8 are padded to one, in C. */
function halfWords({ pixels, batches, inputChannels, insideRows, insideTaps, x, y }: SlidingWindow): number {
  const eights = Math.ceil(inputChannels / 8);
  const inner = pixels * (95 + 2 * scaledFour) + 28 * insideRows * x.output + 3 * insideTaps;
  const input = y.input * x.input * inputChannels;
  const isPadded = inputChannels % 8 !== 0;
  return batches * (eights * inner + (isPadded ? 12 * input + 6 * pixels * inputChannels : 0.75 * input));
}

/** Several results of one channel: eight at a time, or four. */
function multiplied(window: SlidingWindow, multiplier: number): number {
  const { pixels, batches, inputChannels, insideRows, insideTaps, x, y } = window;
  const isEight = multiplier % 8 === 0;
  const groups = (inputChannels * multiplier) / (isEight ? 8 : 4);
  const perPixel = isEight ? 86 + 2 * scaledFour : 70 + scaledFour;
  const inner = pixels * perPixel + 29 * insideRows * x.output + 6 * insideTaps;
  return batches * (groups * inner + 0.75 * y.input * x.input * inputChannels);
}

/** A pass that sums the weights for the input's zero point in C, then dot products of 32 bytes at a time. */
function dense(context: KernelContext): VectorCall | undefined {
  const [weights, output] = [inputOf(context, 1), outputOf(context)];
  if (weights?.type !== 'int8' || output === undefined) return undefined;
  const depth = dimension(weights, -1);
  const outputs = dimension(weights, 0);
  const rows = outputs === 0 ? 0 : elementsOf(output) / outputs;
  const perOutput = scaledInC + 8 * Math.ceil(depth / 32) + 8 * (depth % 16) + 4 * depth;
  return { instructions: rows * outputs * perOutput, passes: constantBytes(weights) === 0 ? 0 : 2 * rows };
}
