import type { KernelCall, KernelContext } from './kernelCall';
import { elements, inputTensor, outputTensor } from './kernelCall';
import { spoken } from './elementwise';

/** QUANTIZE, DEQUANTIZE and CAST: one flat loop, whose body depends on both element types. */
export function conversion(context: KernelContext): KernelCall | undefined {
  const input = inputTensor(context, 0);
  const output = outputTensor(context);
  if (input === undefined || output === undefined) return undefined;
  return {
    variant: `${spoken(context.operator.kind)} ${input.type} to ${output.type}`,
    reason: 'One flat loop.',
    counts: { call: 1, element: elements(output) },
    shared: true,
  };
}
