import type { QuantizationScheme } from './scheme';
import { lookup } from '../../../text/lookup';

/** Versions of the definition for int8 and int16. */
const versions: Readonly<Record<string, readonly [int8: number, int16: number]>> = lookup({
  AVERAGE_POOL_2D: [2, 3],
  BATCH_TO_SPACE_ND: [2, 2],
  BROADCAST_TO: [2, 3],
  CONCATENATION: [2, 3],
  CUMSUM: [1, 1],
  DEPTH_TO_SPACE: [2, 2],
  DYNAMIC_UPDATE_SLICE: [1, 1],
  EXPAND_DIMS: [1, 1],
  GATHER: [2, 4],
  GATHER_ND: [1, 4],
  MAXIMUM: [2, 3],
  MAX_POOL_2D: [2, 3],
  MINIMUM: [2, 3],
  MIRROR_PAD: [2, 3],
  PACK: [2, 3],
  PAD: [2, 3],
  PADV2: [2, 3],
  REDUCE_MAX: [2, 3],
  REDUCE_MIN: [2, 3],
  RELU6: [2, 3],
  RESHAPE: [1, 1],
  RESIZE_BILINEAR: [2, 4],
  RESIZE_NEAREST_NEIGHBOR: [2, 4],
  REVERSE_V2: [2, 3],
  SELECT_V2: [1, 1],
  SLICE: [2, 4],
  SPACE_TO_BATCH_ND: [2, 2],
  SPACE_TO_DEPTH: [2, 2],
  SPLIT: [2, 4],
  SPLIT_V: [2, 2],
  SQUEEZE: [1, 1],
  STRIDED_SLICE: [2, 4],
  TRANSPOSE: [2, 4],
  UNPACK: [2, 4],
  ZEROS_LIKE: [1, 1],
});

/**
 * Operators that move or pick values: what goes in and what comes out is quantized alike, so that nothing is computed
 * again.
 */
export const equalScaleSchemes: readonly QuantizationScheme[] = Object.entries(versions).map(
  ([kind, [int8, int16]]) => ({ kind, isEqualScale: true, versions: { int8, int16 } }),
);
