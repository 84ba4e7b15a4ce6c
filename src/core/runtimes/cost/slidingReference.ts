import type { DataType } from '../../model/dataType';
import type { KernelCall, KernelContext, LoopCounts } from './kernelCall';
import { isRectified } from './rectified';
import type { SlidingWindow } from './window';

const shortNames: Partial<Record<DataType, string>> = { int8: 's8', int16: 's16', float32: 'f32', int32: 's32' };

/** `s8`, `s16`, `f32`: how kernels name their element type; `undefined` for other types. */
export function typeSuffix(type: DataType): string | undefined {
  return shortNames[type];
}

/**
 * Counts of products by what they cost: in software a product with a value from a rectifier, about half of which are
 * zero, takes less than one with any other.
 */
export function productsOf(count: number, type: DataType, context: KernelContext): LoopCounts {
  const varies = context.softFloat === true && type === 'float32' && isRectified(context, 0);
  return varies ? { macRectified: count } : { mac: count };
}

/**
 * TFLM's plain convolution loops (`reference/conv.h`, `reference/integer_ops/conv.h`): for each output element all
 * filter positions are visited, those inside the input multiply over `depth` channels.
 */
export function slidingReference(
  family: string,
  type: DataType,
  window: SlidingWindow,
  { depth, context }: { readonly depth: number; readonly context: KernelContext },
): KernelCall | undefined {
  const suffix = typeSuffix(type);
  if (suffix === undefined) return undefined;
  const outputs = window.batches * window.outputChannels;
  return {
    variant: `${family} reference ${suffix}`,
    reason: 'Plain loops: every output visits every filter position.',
    counts: {
      call: 1,
      row: window.batches * window.y.output,
      pixel: window.batches * window.pixels,
      output: outputs * window.pixels,
      inputChannel: window.batches * window.pixels * window.inputChannels,
      filterRow: outputs * window.pixels * window.y.filter,
      tap: outputs * window.taps,
      tapRowInside: outputs * window.insideRows * window.x.output * window.x.filter,
      tapColumnInside: outputs * window.insideColumns * window.y.output * window.y.filter,
      tapInside: outputs * window.insideTaps,
      ...productsOf(outputs * window.insideTaps * depth, type, context),
    },
  };
}
