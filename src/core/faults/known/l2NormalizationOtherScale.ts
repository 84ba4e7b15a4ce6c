import { normalizedRows } from '../meantKernels';
import type { Fault } from '../fault';
import { signedUnitOutput } from '../signedUnitOutput';

export const l2NormalizationOtherScale: Fault = {
  ...signedUnitOutput,
  id: 'l2-normalization-other-scale',
  operators: ['L2_NORMALIZATION'],
  isOfRanges: true,
  source:
    'L2Normalization in tensorflow/lite/kernels/internal/reference/integer_ops/l2normalization.h takes no scale of its output, and L2NormPrepare in tensorflow/lite/micro/kernels/l2norm.cc checks none; seen with tflite-micro of October 2026.',
  meant: normalizedRows,
};
