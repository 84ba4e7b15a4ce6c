import type { Operator } from '../../model/model';
import type { StandIn } from '../../runtimes/cost/cost';

const productKinds: ReadonlySet<string> = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED']);

/**
 * What kernels of vector instructions are costed by. On the ESP32-S3: their instructions, and those that plain C would
 * take for anything that is neither convolution nor dense layer. On the ESP32-P4, whose instructions nobody counted:
 * results, products of 1x1 filters and dense layers, of other filters, of depthwise filters, and the latter.
 * `undefined` for what runs in plain C.
 */
export function vectorFeatures({ kind }: Operator, work: StandIn): readonly number[] | undefined {
  const { outputs, products, cost, vectorInstructions } = work;
  if (vectorInstructions !== undefined) {
    if (vectorInstructions > 0) return [vectorInstructions, 0];
    return productKinds.has(kind) ? undefined : [0, cost.instructions];
  }
  if (kind === 'DEPTHWISE_CONV_2D') return [outputs, 0, 0, products, 0];
  if (kind === 'FULLY_CONNECTED' || cost.variant === 'esp-nn conv 1x1 s8') return [outputs, products, 0, 0, 0];
  return kind === 'CONV_2D' ? [outputs, 0, products, 0, 0] : [0, 0, 0, 0, cost.instructions];
}
