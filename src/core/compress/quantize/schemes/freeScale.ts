import type { QuantizationScheme } from './scheme';

/** Sums whose 16-bit kernel would else expect scales that are powers of two. */
const anyScale = { int16: { potScaleInt16: false } };

/** Operators whose kernels go from any scale to any other. */
export const freeScaleSchemes: readonly QuantizationScheme[] = [
  { kind: 'ABS', versions: { int8: 2, int16: 3 } },
  { kind: 'ADD', options: anyScale, versions: { int8: 2, int16: 3 } },
  { kind: 'ADD_N', versions: { int8: 1, int16: 1 } },
  { kind: 'ARG_MAX', versions: { int8: 2, int16: 2 } },
  { kind: 'ARG_MIN', versions: { int8: 2, int16: 2 } },
  { kind: 'BATCH_MATMUL', versions: { int8: 2, int16: 3 } },
  { kind: 'DIV', versions: { int8: 2, int16: 2 } },
  { kind: 'ELU', versions: { int8: 1, int16: 1 } },
  { kind: 'EQUAL', versions: { int8: 2, int16: 2 } },
  { kind: 'GREATER', versions: { int8: 2, int16: 2 } },
  { kind: 'GREATER_EQUAL', versions: { int8: 2, int16: 2 } },
  { kind: 'HARD_SWISH', versions: { int8: 1, int16: 1 } },
  { kind: 'LEAKY_RELU', versions: { int8: 2, int16: 2 } },
  { kind: 'LESS', versions: { int8: 2, int16: 2 } },
  { kind: 'LESS_EQUAL', versions: { int8: 2, int16: 2 } },
  { kind: 'MEAN', versions: { int8: 2, int16: 3 } },
  { kind: 'MUL', versions: { int8: 2, int16: 4 } },
  { kind: 'NOT_EQUAL', versions: { int8: 2, int16: 2 } },
  { kind: 'PRELU', versions: { int8: 1, int16: 1 } },
  { kind: 'RELU', versions: { int8: 2, int16: 3 } },
  { kind: 'RSQRT', versions: { int8: 2, int16: 3 } },
  { kind: 'SQUARED_DIFFERENCE', versions: { int8: 2, int16: 2 } },
  { kind: 'SUB', options: anyScale, versions: { int8: 2, int16: 5 } },
  { kind: 'SUM', versions: { int8: 2, int16: 3 } },
];
