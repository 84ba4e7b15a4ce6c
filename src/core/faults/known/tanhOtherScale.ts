import { byRealNumbers } from '../meantKernels';
import type { Fault } from '../fault';
import { signedUnitOutput } from '../signedUnitOutput';

export const tanhOtherScale: Fault = {
  ...signedUnitOutput,
  id: 'tanh-other-scale',
  operators: ['TANH'],
  isOfRanges: true,
  source:
    'Tanh in tensorflow/lite/kernels/internal/reference/integer_ops/tanh.h takes no scale of its output, and TanhPrepare in tensorflow/lite/micro/kernels/tanh.cc checks none for int8; seen with tflite-micro of October 2026.',
  meant: byRealNumbers(Math.tanh),
};
