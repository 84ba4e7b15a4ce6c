import { everyLibrary, type Fault } from '../fault';

export const depthwiseBiasLeftOut: Fault = {
  id: 'depthwise-bias-left-out',
  operators: ['DEPTHWISE_CONV_2D'],
  applies: (operator) => operator.inputs.length === 2,
  outcome: 'crashes',
  effect: 'The kernel gives back a bias that it never took, as the layer has none.',
  remedy: 'Give the layer a bias of zeros, or take a library with TFLM of December 16, 2024 or later.',
  source:
    'DeallocateTempTfLiteTensor(bias) without a check in CalculateOpDataDepthwiseConv of tensorflow/lite/micro/kernels/depthwise_conv_common.cc until tflite-micro b1d8a0802 (3017); seen to stop tflite-micro of May, June and October 2024 for Python, and not that of February 2026.',
  affected: { libraries: everyLibrary, since: '2022-02-03', until: '2024-12-16' },
};
