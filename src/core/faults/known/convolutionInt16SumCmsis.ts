import { convolutionInt16Sum } from './convolutionInt16Sum';
import type { Fault } from '../fault';

export const convolutionInt16SumCmsis: Fault = {
  ...convolutionInt16Sum,
  id: 'convolution-int16-sum-cmsis',
  remedy: 'Give the layer a bias of zeros in int64.',
  source:
    'bias == nullptr || bias->type == kTfLiteInt32 chooses sums of 32 bits in Eval of tensorflow/lite/micro/kernels/cmsis_nn/conv.cc; tflite-micro cf8c42a16 (3537) changed EvalInt16x8 alone, which only Register_CONV_2D_INT16 takes; seen with tflite-micro 90b983c2 in QEMU, and not with a bias of zeros.',
  affected: { libraries: ['cmsis_nn'], since: '2023-08-24' },
};
