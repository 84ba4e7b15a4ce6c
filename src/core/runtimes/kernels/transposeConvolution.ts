import type { KernelCall, KernelContext } from './kernelCall';
import { dimension, elements, inputTensor, outputTensor } from './kernelCall';
import { numberOption } from '../../model/options';
import { typeSuffix } from './slidingReference';

/**
 * TRANSPOSE_CONV: every input value is spread over the filter (`reference/transpose_conv.h`); CMSIS-NN (4ab83cc3) reverses the filter and
 * convolves the widened input where the strides are at most 2 and there are more than 16 input channels.
 */
export function transposeConvolution(context: KernelContext): KernelCall | undefined {
  const filter = inputTensor(context, 1);
  const input = inputTensor(context, 2);
  const output = outputTensor(context);
  if (input === undefined || filter === undefined || output === undefined) return undefined;
  const suffix = typeSuffix(input.type);
  if (suffix === undefined || filter.shape.length !== 4) return undefined;
  const channels = dimension(input, 3);
  const positions = elements(input);
  const size = dimension(filter, 1) * dimension(filter, 2);
  const outputs = dimension(output, 3);
  const optimized = context.library === 'cmsis_nn' && input.type === 'int8';
  const strides = [numberOption(context.operator, 'strideH', 1), numberOption(context.operator, 'strideW', 1)];
  const reversed = optimized && strides.every((stride) => stride <= 2) && channels > 16;
  const name = reversed ? 'transpose conv reversed' : optimized ? 'transpose conv' : 'transpose conv reference';
  return {
    variant: `${name} ${suffix}`,
    reason: reversed ? 'Strides of at most 2: the filter is reversed.' : 'Every input value is spread over the filter.',
    counts: {
      call: 1,
      output: elements(output),
      input: positions,
      tap: positions * size,
      mac: (reversed ? elements(output) * channels : positions * outputs) * size,
    },
  };
}
