import { everyLibrary, type Fault } from '../fault';

export const depthwiseBiasAbsent: Fault = {
  id: 'depthwise-bias-absent',
  operators: ['DEPTHWISE_CONV_2D'],
  applies: (operator) => operator.inputs.length === 3 && operator.inputs[2] < 0,
  outcome: 'crashes',
  effect:
    'The kernel gives back a bias that it never took, as the file lists the bias as absent (-1) instead of leaving it out.',
  remedy:
    'Give the layer a bias of zeros, or, for TFLM of December 16, 2024 or later, write the operator with two inputs.',
  source:
    'has_bias = node->inputs->size == 3 and DeallocateTempTfLiteTensor(bias) in CalculateOpDataDepthwiseConv of tensorflow/lite/micro/kernels/depthwise_conv_common.cc; seen to stop tflite-micro 90b983c2 in QEMU with its own kernels and with those of CMSIS-NN, and from October 2023 on for Python.',
  affected: { libraries: everyLibrary, since: '2022-02-03' },
};
