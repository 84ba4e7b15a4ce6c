import { numberOption } from '../../model/options';
import { dimension, elementsOf, inputOf, outputOf } from '../operands';
import type { KernelCall, KernelContext, KernelSelector, LoopCounts } from './kernelCall';
import { softmax } from './softmax';
import { filterWindowOf, plainConvolution } from './espNnPlain';
import { slidingWindowOf } from './window';

/**
 * The int8 kernels of ESP-NN d45b843 in plain C, which run on every chip but ESP32-S3 and ESP32-P4 (`generic_opt`).
 * They go pixel by pixel and, within a pixel, output channel by output channel. `undefined` for operators that ESP-NN
 * has no kernel for: those run TFLM's reference kernels.
 */
export const espNnKernel: KernelSelector = (context) => {
  if (inputOf(context, 0)?.type !== 'int8' || outputOf(context)?.type !== 'int8') return undefined;
  return kernels.get(context.operator.kind)?.(context);
};

const kernels: ReadonlyMap<string, KernelSelector> = new Map<string, KernelSelector>([
  ['CONV_2D', convolution],
  ['DEPTHWISE_CONV_2D', depthwise],
  ['FULLY_CONNECTED', dense],
  ['ADD', elementwise],
  ['MUL', elementwise],
  ['AVERAGE_POOL_2D', pooling],
  ['MAX_POOL_2D', pooling],
  ['SOFTMAX', softmaxRows],
  ['LOGISTIC', table],
  ['HARD_SWISH', table],
]);

/** Blocks of four and what is left. */
function blocks(name: string, depth: number, times: number): LoopCounts {
  return { [`${name}Block4`]: times * Math.floor(depth / 4), [`${name}Rest`]: times * (depth % 4) };
}

/** `esp_nn_conv_s8_opt`; a filter that sees a group of the channels alone runs `esp_nn_conv_s8_ansi`. */
function convolution(context: KernelContext): KernelCall | undefined {
  const window = filterWindowOf(context);
  if (window === undefined) return undefined;
  const depth = dimension(inputOf(context, 1)!, 3);
  const pixels = window.batches * window.pixels;
  const outputs = pixels * window.outputChannels;
  const taps = window.batches * window.insideTaps * window.outputChannels;
  if (depth !== window.inputChannels) return plainConvolution(context);
  if (window.x.filter === 1 && window.y.filter === 1) {
    return {
      variant: 'esp-nn conv 1x1 s8',
      reason: 'A 1x1 filter: four input channels at a time.',
      counts: { call: 1, pixel: pixels, output: outputs, ...blocks('depth', depth, outputs) },
    };
  }
  return {
    variant: 'esp-nn conv s8',
    reason: 'Every output visits the filter positions inside the input, four input channels at a time.',
    counts: {
      call: 1,
      pixel: pixels,
      output: outputs,
      filterRow: window.batches * window.insideRows * window.x.output * window.outputChannels,
      tap: taps,
      ...blocks('depth', depth, taps),
    },
  };
}

/** `esp_nn_depthwise_conv_s8_opt`: four channels at a time, or four outputs of one channel. */
function depthwise(context: KernelContext): KernelCall | undefined {
  const window = filterWindowOf(context);
  if (window === undefined) return undefined;
  const multiplier = numberOption(context.operator, 'depthMultiplier', 1);
  const [channels, outer] = multiplier === 1 ? [window.inputChannels, 1] : [multiplier, window.inputChannels];
  const pixels = window.batches * window.pixels;
  const rows = window.batches * window.insideRows * window.x.output * outer;
  const groups = Math.floor(channels / 4);
  return {
    variant: multiplier === 1 ? 'esp-nn depthwise s8' : 'esp-nn depthwise multiplied s8',
    reason: multiplier === 1 ? 'Four channels at a time.' : 'Four outputs of one channel at a time.',
    counts: {
      call: 1,
      pixel: pixels,
      channel: multiplier === 1 ? 0 : pixels * outer,
      ...blocks('output', channels, pixels * outer),
      filterRow: rows * (groups + (channels % 4)),
      ...blocks('tap', channels, window.batches * window.insideTaps * outer),
    },
  };
}

/** `esp_nn_fully_connected_s8_ansi` and its sibling with a scale for each output. */
function dense(context: KernelContext): KernelCall | undefined {
  const [weights, output] = [inputOf(context, 1), outputOf(context)];
  if (weights?.type !== 'int8' || output === undefined) return undefined;
  const outputs = elementsOf(output);
  return {
    variant: 'esp-nn dense s8',
    reason: 'Plain C, one product after the other.',
    counts: { call: 1, output: outputs, product: outputs * dimension(weights, -1) },
  };
}

/** `esp_nn_add_elementwise_s8_ansi`, `esp_nn_mul_elementwise_s8_ansi`: equal shapes alone. */
function elementwise(context: KernelContext): KernelCall | undefined {
  const [first, second] = [inputOf(context, 0), inputOf(context, 1)];
  if (first === undefined || first.shape.join() !== second?.shape.join()) return undefined;
  return {
    variant: `esp-nn ${context.operator.kind === 'ADD' ? 'add' : 'mul'} s8`,
    reason: 'Equal shapes: one flat loop.',
    counts: { call: 1, element: elementsOf(first) },
  };
}

/** `esp_nn_avg_pool_s8_ansi`, `esp_nn_max_pool_s8_ansi`. */
function pooling(context: KernelContext): KernelCall | undefined {
  const [input, output] = [inputOf(context, 0), outputOf(context)];
  if (input === undefined || output === undefined) return undefined;
  const filter = [
    numberOption(context.operator, 'filterHeight', 1),
    numberOption(context.operator, 'filterWidth', 1),
  ] as const;
  const window = slidingWindowOf(context, input, output, filter);
  if (window === undefined) return undefined;
  const channels = window.batches * window.outputChannels;
  return {
    variant: `esp-nn ${context.operator.kind === 'MAX_POOL_2D' ? 'max' : 'average'} pool s8`,
    reason: 'Every output visits its window, channel by channel.',
    counts: {
      call: 1,
      pixel: window.batches * window.pixels,
      output: channels * window.pixels,
      filterRow: channels * window.insideRows * window.x.output,
      tap: channels * window.insideTaps,
    },
  };
}

/** `esp_nn_softmax_s8_opt`: exponentials are kept, so that each is computed once. */
function softmaxRows(context: KernelContext): KernelCall | undefined {
  const call = softmax(context);
  return call && { ...call, variant: 'esp-nn softmax s8' };
}

/** `esp_nn_logistic_s8_ansi` looks values up; `esp_nn_hard_swish_s8_ansi` computes them. */
function table(context: KernelContext): KernelCall {
  const isTable = context.operator.kind === 'LOGISTIC';
  return {
    variant: isTable ? 'esp-nn logistic s8' : 'esp-nn hard swish s8',
    reason: isTable ? 'A table of 256 values.' : 'One flat loop.',
    counts: { call: 1, element: elementsOf(inputOf(context, 0)) },
  };
}
