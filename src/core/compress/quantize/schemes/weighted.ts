import type { QuantizationScheme } from './scheme';

/**
 * Operators with weights: int8 and symmetric, one scale for each output channel but in dense layers; the bias has input
 * x weights.
 */
export const weightedSchemes: readonly QuantizationScheme[] = [
  {
    kind: 'CONV_2D',
    weights: { input: 0, weights: 1, bias: 2, axis: 0 },
    versions: { int8: 3, int16: 4 },
  },
  {
    kind: 'DEPTHWISE_CONV_2D',
    weights: { input: 0, weights: 1, bias: 2, axis: 3 },
    versions: { int8: 3, int16: 5 },
  },
  {
    kind: 'TRANSPOSE_CONV',
    weights: { input: 2, weights: 1, bias: 3, axis: 0 },
    versions: { int8: 3, int16: 4 },
  },
  {
    kind: 'FULLY_CONNECTED',
    weights: { input: 0, weights: 1, bias: 2, axis: 0, isDense: true },
    versions: { int8: 4, int16: 7 },
  },
];
