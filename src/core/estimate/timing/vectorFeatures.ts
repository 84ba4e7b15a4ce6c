import type { Operator } from '../../model/model';
import type { StandIn } from '../../runtimes/cost/cost';

/**
 * What kernels of vector instructions (ESP32-S3, ESP32-P4) are costed by: results, products of 1x1 filters and dense
 * layers, of other filters, of depthwise filters, and the instructions that plain C would take for anything else.
 */
export function vectorFeatures({ kind }: Operator, work: StandIn): readonly number[] {
  const { outputs, products, cost } = work;
  if (kind === 'DEPTHWISE_CONV_2D') return [outputs, 0, 0, products, 0];
  if (kind === 'FULLY_CONNECTED' || cost.variant === 'esp-nn conv 1x1 s8') return [outputs, products, 0, 0, 0];
  return kind === 'CONV_2D' ? [outputs, 0, products, 0, 0] : [0, 0, 0, 0, cost.instructions];
}
