import { dimension, elementsOf, inputOf, outputOf } from '../operands';
import { broadcastCounts } from './broadcast';
import { spoken } from './elementwise';
import type { KernelCall, KernelContext } from './kernelCall';
import { constantIntegers } from './kernelCall';

/**
 * ARG_MAX and ARG_MIN (`reference/arg_min_max.h`): for each output the values along the axis are compared one after the
 * other, through a function object. How often a larger one is found depends on the data and costs little.
 */
export function argMinMax(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const [axis] = constantIntegers(inputOf(context, 1)) ?? [];
  const output = outputOf(context);
  if (input === undefined || output === undefined || axis === undefined) return undefined;
  const outputs = elementsOf(output);
  return {
    variant: `${spoken(context.operator.kind)} ${input.type}`,
    reason: 'The values along the axis are compared one after the other.',
    counts: { call: 1, axis: input.shape.length, output: outputs, compared: outputs * (dimension(input, axis) - 1) },
    shared: true,
  };
}

/** PRELU (`reference/prelu.h`): the broadcasting loop in every case; values below zero take a second factor. */
export function prelu(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const alpha = inputOf(context, 1);
  const output = outputOf(context);
  if (input === undefined || alpha === undefined || output === undefined) return undefined;
  return {
    variant: `prelu ${input.type}`,
    reason: 'The broadcasting loop, with a slope for each value below zero.',
    counts: broadcastCounts(input, alpha, output),
    shared: true,
  };
}
