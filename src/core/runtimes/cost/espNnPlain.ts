import { dimension, inputOf, outputOf } from '../operands';
import type { KernelCall, KernelContext } from './kernelCall';
import type { SlidingWindow } from './window';
import { slidingWindowOf } from './window';

/** The window of a convolution whose filter lies in memory as `[outputs, height, width, …]`. */
export function filterWindowOf(context: KernelContext): SlidingWindow | undefined {
  const [input, filter, output] = [inputOf(context, 0), inputOf(context, 1), outputOf(context)];
  if (input === undefined || filter?.type !== 'int8' || output === undefined) return undefined;
  const window = slidingWindowOf(context, input, output, [dimension(filter, 1), dimension(filter, 2)]);
  return window?.x.dilation === 1 && window.y.dilation === 1 ? window : undefined;
}

/** `esp_nn_conv_s8_ansi`, which takes any filter. */
export function plainConvolution(context: KernelContext): KernelCall | undefined {
  const window = filterWindowOf(context);
  if (window === undefined) return undefined;
  const taps = window.batches * window.insideTaps * window.outputChannels;
  return {
    variant: 'esp-nn conv plain s8',
    reason: 'The filter sees a group of the input channels: plain C, not unrolled.',
    counts: {
      call: 1,
      output: window.batches * window.pixels * window.outputChannels,
      filterRow: window.batches * window.insideRows * window.x.output * window.outputChannels,
      tap: taps,
      product: taps * dimension(inputOf(context, 1)!, 3),
    },
  };
}
