import { dimension, elementsOf, inputOf, outputOf } from '../operands';
import { numberOption } from '../../model/options';
import type { Tensor } from '../../model/model';
import { spoken } from './elementwise';
import type { KernelCall, KernelContext, LoopCounts } from './kernelCall';

/**
 * SOFTMAX and LOG_SOFTMAX. The int8 kernels (`reference/softmax.h`, `arm_nn_softmax_common_s8`,
 * `reference/log_softmax.h`) take the exponential only of values that are near enough to the row's maximum, so their
 * work depends on the data: at least one a row, at most all.
 */
export function softmax(context: KernelContext): KernelCall | undefined {
  const input = inputOf(context, 0);
  const output = outputOf(context);
  if (input === undefined || output === undefined) return undefined;
  const depth = Math.max(1, dimension(input, -1));
  const count = elementsOf(input);
  const types = input.type === output.type ? input.type : `${input.type} to ${output.type}`;
  const rows = count / depth;
  const base = { call: 1, row: rows, element: count };
  const variant = `${spoken(context.operator.kind)} ${types}`;
  const shared = context.operator.kind === 'LOG_SOFTMAX' ? ({ shared: true } as const) : {};
  if (input.type !== 'int8') {
    return { variant, reason: 'Rows are taken one by one.', counts: base, ...shared };
  }
  const near = nearShare(context, input);
  const counts = (exponentials: number): LoopCounts => ({ ...base, exponential: exponentials });
  return {
    variant,
    reason: 'Only values near the maximum of their row cost an exponential: the work depends on the data.',
    counts: counts(rows + (count - rows) * near),
    fewest: counts(rows),
    most: counts(near === 0 ? rows : count),
    ...shared,
  };
}

/**
 * Share of the 256 values of int8 that lie within the radius below which TFLM computes exponentials
 * (`CalculateInputRadius` of `quantization_util.cc` with 5 integer bits), the row's maximum taken as the largest int8.
 */
function nearShare(context: KernelContext, input: Tensor): number {
  const scale = input.quantization?.scales[0] ?? 0;
  const beta = numberOption(context.operator, 'beta', 1);
  const multiplier = Math.min(beta * scale * 2 ** 26, 2 ** 31 - 1);
  if (!(multiplier > 0)) return 1;
  const shift = Math.floor(Math.log2(multiplier)) + 1;
  const radius = Math.floor((31 * 2 ** 26) / 2 ** shift);
  return Math.min(1, radius / 255);
}
