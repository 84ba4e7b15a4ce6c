import { inputOf, outputOf } from '../operands';
import { numberOption } from '../../model/options';
import type { KernelCall, KernelContext, LoopCounts } from './kernelCall';
import { typeSuffix } from './slidingReference';
import type { SlidingWindow } from './window';
import { slidingWindowOf } from './window';

/**
 * AVERAGE_POOL_2D and MAX_POOL_2D: TFLM's `reference/integer_ops/pooling.h` and `reference/pooling.h`, and CMSIS-NN's
 * `arm_avgpool_s8`, `arm_max_pool_s8` and their 16-bit siblings (4ab83cc3).
 */
export function pooling(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const output = outputOf(context);
  if (input === undefined || output === undefined) return undefined;
  const suffix = typeSuffix(input.type);
  const height = numberOption(context.operator, 'filterHeight', 1);
  const width = numberOption(context.operator, 'filterWidth', 1);
  const window = slidingWindowOf(context, input, output, [height, width]);
  if (window === undefined || suffix === undefined) return undefined;
  const maximum = context.operator.kind === 'MAX_POOL_2D';
  const name = maximum ? 'max pool' : 'average pool';
  if (context.library === 'reference' || input.type === 'float32') {
    return {
      variant: `${name} reference ${suffix}`,
      reason: 'Plain loops: every output visits its window.',
      counts: referenceCounts(window),
    };
  }
  return {
    variant: `${name} ${suffix}`,
    reason: 'Channels of one window position are taken together.',
    counts: maximum ? maximumCounts(window, context) : averageCounts(window, context),
  };
}

function referenceCounts(window: SlidingWindow): LoopCounts {
  const channels = window.batches * window.outputChannels;
  return {
    call: 1,
    row: window.batches * window.y.output,
    pixel: window.batches * window.pixels,
    output: channels * window.pixels,
    filterRow: channels * window.insideRows * window.x.output,
    tap: channels * window.insideTaps,
  };
}

function maximumCounts(window: SlidingWindow, context: KernelContext): LoopCounts {
  const channels = window.outputChannels;
  const compared = window.batches * (window.insideTaps - window.pixels);
  const shared = {
    call: 1,
    pixel: window.batches * window.pixels,
    filterRow: window.batches * window.insideRows * window.x.output,
    tap: compared,
  };
  if (context.path === 'mve') {
    const steps = Math.ceil(channels / 16);
    return { ...shared, copyStep: window.pixels * steps * window.batches, compareStep: compared * steps };
  }
  return {
    ...shared,
    copyByte: window.batches * window.pixels * channels,
    compareBlock4: compared * Math.floor(channels / 4),
    compareRest: compared * (channels % 4),
  };
}

function averageCounts(window: SlidingWindow, context: KernelContext): LoopCounts {
  const { batches, pixels } = window;
  const channels = window.outputChannels;
  const rows = window.insideRows * window.x.output;
  if (context.path === 'none') {
    return {
      call: 1,
      pixel: batches * pixels,
      output: batches * pixels * channels,
      filterRow: batches * pixels * channels * window.y.filter,
      tap: batches * window.taps * channels,
      tapInside: batches * window.insideTaps * channels,
    };
  }
  const width = context.path === 'mve' ? 16 : 1;
  const steps = Math.ceil(channels / width);
  const rowSteps = context.path === 'mve' ? steps : 1;
  return {
    call: 1,
    pixel: batches * pixels,
    filterRow: batches * rows * rowSteps,
    tap: batches * window.insideTaps,
    step: batches * pixels * steps,
    addStep: batches * (window.insideTaps - (context.path === 'mve' ? 0 : pixels)) * steps,
  };
}
