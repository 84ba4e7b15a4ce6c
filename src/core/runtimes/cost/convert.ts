import { elementsOf, inputOf, outputOf } from '../operands';
import type { Tensor } from '../../model/model';
import type { KernelCall, KernelContext } from './kernelCall';
import { spoken } from './elementwise';

/** The fast path of `reference/requantize.h`. */
function flipsSign(input: Tensor, output: Tensor): boolean {
  const [from, to] = [input.quantization, output.quantization];
  const apart = Math.abs((from?.zeroPoints[0] ?? 0) - (to?.zeroPoints[0] ?? 0));
  return from?.scales[0] === to?.scales[0] && apart === 128;
}

/** QUANTIZE, DEQUANTIZE and CAST: one flat loop, whose body depends on both element types. */
export function conversion(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const output = outputOf(context);
  if (input === undefined || output === undefined) return undefined;
  const bytes = [input.type, output.type].every((type) => type === 'int8' || type === 'uint8');
  if (context.operator.kind === 'QUANTIZE' && bytes && input.type !== output.type && flipsSign(input, output)) {
    return {
      variant: `quantize ${input.type} to ${output.type} by sign`,
      reason: 'Equal scales and zero points 128 apart: only the top bit is flipped.',
      counts: { call: 1, element: elementsOf(output) },
      shared: true,
    };
  }
  return {
    variant: `${spoken(context.operator.kind)} ${input.type} to ${output.type}`,
    reason: 'One flat loop.',
    counts: { call: 1, element: elementsOf(output) },
    shared: true,
  };
}
