import { dimension, inputOf, outputOf } from '../operands';
import { numberOption } from '../../model/options';
import type { KernelCall, KernelContext, LoopCounts } from './kernelCall';
import { matrixColumns } from './matrix';
import { slidingReference } from './slidingReference';
import type { SlidingWindow } from './window';
import { slidingWindowOf } from './window';

/**
 * DEPTHWISE_CONV_2D. The choice follows `arm_depthwise_conv_wrapper_s8` / `_s16` of CMSIS-NN 4ab83cc3; float and the
 * reference library run TFLM's plain loops.
 */
export function depthwise(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const filter = inputOf(context, 1);
  const output = outputOf(context);
  if (input === undefined || filter === undefined || output === undefined) return undefined;
  if (filter.type !== 'int8' && filter.type !== 'float32') return undefined;
  const window = slidingWindowOf(context, input, output, [dimension(filter, 1), dimension(filter, 2)]);
  if (window === undefined) return undefined;
  if (context.library === 'reference' || input.type === 'float32') {
    return slidingReference('depthwise', input.type, window, { depth: 1, context });
  }
  const multiplier = numberOption(context.operator, 'depthMultiplier', 1);
  if (input.type === 'int16') return int16Kernel(window, multiplier, context);
  if (input.type !== 'int8') return undefined;
  return int8Kernel(window, multiplier, context);
}

function int8Kernel(window: SlidingWindow, multiplier: number, context: KernelContext): KernelCall {
  const { x, y } = window;
  if (context.path === 'mve' && window.inputChannels === 1 && window.outputChannels > 1) return asConvolution(window);
  const plain = x.dilation === 1 && y.dilation === 1 && window.batches === 1;
  if (multiplier === 1 && plain) {
    const threeByThree = x.filter === 3 && y.filter === 3 && x.pad <= 1 && y.pad <= 1;
    if (threeByThree && context.path !== 'mve') return threeByThreeKernel(window);
    if (context.path === 'dsp') return copiedPatches(window);
    if (context.path === 'mve') return heliumPatches(window);
  }
  if (multiplier % 4 === 0 && plain) return multipleOfFour(window);
  return genericKernel(window, 's8');
}

/** `arm_depthwise_conv_3x3_s8`: four channels at once; the left and right filter columns are skipped where outside. */
function threeByThreeKernel(window: SlidingWindow): KernelCall {
  const { x, y } = window;
  const blocks = Math.floor(window.inputChannels / 4);
  const rest = window.inputChannels % 4;
  const rows = window.insideRows;
  const sides = Math.max(0, window.insideColumns - x.output);
  const counts = (channels: number, name: string): Record<string, number> => ({
    [name]: channels * window.pixels,
    [`${name}FilterRow`]: channels * rows * x.output,
    [`${name}TapSide`]: channels * rows * sides,
  });
  return {
    variant: 'depthwise 3x3 s8',
    reason: '3x3 filter, one output for each channel, no dilation, padding of at most 1.',
    counts: {
      call: 1,
      row: y.output,
      pixel: window.pixels,
      ...counts(blocks, 'block4'),
      ...counts(rest, 'channel'),
    },
  };
}

/**
 * `arm_depthwise_conv_s8_opt` with DSP: the patch is widened to 16 bits, then four channels at once, two positions a
 * step.
 */
function copiedPatches(window: SlidingWindow): KernelCall {
  const size = window.x.filter * window.y.filter;
  const channels = window.inputChannels;
  const rows = window.insideRows;
  const visited = rows * window.x.filter * window.x.output;
  const blocks = window.pixels * Math.floor(channels / 4);
  const rest = window.pixels * (channels % 4);
  const cleared = (window.taps - visited) * channels;
  return {
    variant: 'depthwise patches s8',
    reason: 'One output for each channel and not 3x3: each patch is copied, then two filter positions a step.',
    counts: {
      call: 1,
      pixel: window.pixels,
      filterRow: rows * window.x.output,
      tapInside: window.insideTaps,
      tapOutside: visited - window.insideTaps,
      expandBlock4: window.insideTaps * Math.floor(channels / 4),
      expandRest: window.insideTaps * (channels % 4),
      clearedValue: (visited - window.insideTaps) * channels + cleared,
      block4: blocks,
      block4Pair: blocks * Math.floor(size / 2),
      block4Odd: blocks * (size % 2),
      channel: rest,
      channelTap: rest * size,
    },
  };
}

/** `arm_depthwise_conv_s8_opt` with Helium: slices of 124 channels, four pixels at once, then single pixels. */
function heliumPatches(window: SlidingWindow): KernelCall {
  return {
    variant: 'depthwise patches s8',
    reason: 'One output for each channel: each patch is copied, four pixels are computed at once.',
    counts: heliumPatchCounts(window, 124, 1),
  };
}

/** Counts for slices of `sliceChannels` channels of `bytes` bytes each. */
function heliumPatchCounts(window: SlidingWindow, sliceChannels: number, bytes: number): LoopCounts {
  const size = window.x.filter * window.y.filter;
  const slices = Math.max(1, Math.ceil(window.inputChannels / sliceChannels));
  const last = window.inputChannels - (slices - 1) * sliceChannels;
  const inSlices = (each: (channels: number) => number): number => (slices - 1) * each(sliceChannels) + each(last);
  const copySteps = inSlices((channels) => Math.ceil((channels * bytes) / 16));
  const groups4 = inSlices((channels) => Math.ceil(channels / 4));
  const quads = Math.floor(window.pixels / 4);
  const singles = window.pixels % 4;
  const outside = window.taps - window.insideTaps;
  return {
    call: 1,
    slice: slices,
    pixel: slices * window.pixels,
    tapInside: slices * window.insideTaps,
    tapOutside: slices * outside,
    copyStep: copySteps * window.insideTaps,
    fillStep: copySteps * outside,
    quad: slices * quads,
    quadGroup: quads * groups4,
    quadGroupTap: quads * groups4 * size,
    single: slices * singles,
    singleGroup: singles * groups4,
    singleGroupTap: singles * groups4 * size,
  };
}

/** `arm_depthwise_conv_to_conv_s8` on Helium: the filter is transposed once, then the general convolution runs. */
function asConvolution(window: SlidingWindow): KernelCall {
  const size = window.x.filter * window.y.filter;
  const outside = window.taps - window.insideTaps;
  return {
    variant: 'depthwise as conv s8',
    reason: 'One input channel: the filter is transposed and the general convolution runs.',
    counts: {
      call: 1,
      transposed: size * window.outputChannels,
      pixel: window.batches * window.pixels,
      tapInside: window.batches * window.insideTaps,
      tapOutside: window.batches * outside,
      ...matrixColumns({ rows: window.pixels, outputs: window.outputChannels, depth: size }, 'mve'),
    },
  };
}

/** `depthwise_conv_s8_mult_4`: four outputs of one input channel at once. */
function multipleOfFour(window: SlidingWindow): KernelCall {
  const blocks = window.outputChannels / 4;
  return {
    variant: 'depthwise multiple of 4 s8',
    reason: 'Outputs for each channel are a multiple of four: four at once.',
    counts: {
      call: 1,
      pixel: window.pixels,
      inputChannel: window.pixels * window.inputChannels,
      block4: window.pixels * blocks,
      block4FilterRow: window.insideRows * window.x.output * blocks,
      block4Tap: window.insideTaps * blocks,
    },
  };
}

/** `depthwise_conv_s8_generic` and its 16-bit siblings: one output value after the other. */
function genericKernel(window: SlidingWindow, suffix: string): KernelCall {
  const outputs = window.batches * window.outputChannels;
  return {
    variant: `depthwise generic ${suffix}`,
    reason: 'No fast kernel fits its multiplier, dilation, batch or this core: one output value after the other.',
    counts: {
      call: 1,
      pixel: window.batches * window.pixels,
      inputChannel: window.batches * window.pixels * window.inputChannels,
      output: outputs * window.pixels,
      filterRow: outputs * window.insideRows * window.x.output,
      mac: outputs * window.insideTaps,
    },
  };
}

function int16Kernel(window: SlidingWindow, multiplier: number, context: KernelContext): KernelCall {
  const { x, y } = window;
  const small = x.filter * y.filter < 512;
  const fast = multiplier === 1 && x.dilation === 1 && y.dilation === 1 && small && context.path !== 'none';
  if (!fast) return genericKernel(window, 's16');
  const counts =
    context.path === 'mve'
      ? heliumPatchCounts(window, Math.max(1, window.inputChannels), 2)
      : copiedPatches(window).counts;
  return {
    variant: 'depthwise patches s16',
    reason: '16-bit activations, one output for each channel, fewer than 512 filter positions.',
    counts,
  };
}
