import type { QuantizationScheme } from './scheme';

const symmetricUnit = { scale: 2 ** -15, zeroPoint: 0 };

/**
 * Operators whose output's range is known in advance. Source: TFLite 8-bit quantization specification, and TFLM's int16
 * kernels.
 */
export const fixedScaleSchemes: readonly QuantizationScheme[] = [
  {
    kind: 'SOFTMAX',
    fixedOutput: { int8: { scale: 1 / 256, zeroPoint: -128 }, int16: symmetricUnit },
    versions: { int8: 2, int16: 3 },
  },
  {
    kind: 'LOGISTIC',
    fixedOutput: { int8: { scale: 1 / 256, zeroPoint: -128 }, int16: symmetricUnit },
    versions: { int8: 2, int16: 3 },
  },
  {
    kind: 'TANH',
    fixedOutput: { int8: { scale: 1 / 128, zeroPoint: 0 }, int16: symmetricUnit },
    versions: { int8: 2, int16: 3 },
  },
  {
    kind: 'LOG_SOFTMAX',
    fixedOutput: { int8: { scale: 16 / 256, zeroPoint: 127 } },
    versions: { int8: 2, int16: 2 },
  },
  {
    kind: 'L2_NORMALIZATION',
    fixedOutput: { int8: { scale: 1 / 128, zeroPoint: 0 } },
    versions: { int8: 2, int16: 2 },
  },
];
