import { everyLibrary, type Fault } from '../fault';

export const depthwiseBiasAbsent: Fault = {
  id: 'depthwise-bias-absent',
  operators: ['DEPTHWISE_CONV_2D'],
  applies: (operator) => operator.inputs.length === 3 && operator.inputs[2] < 0,
  outcome: 'crashes',
  effect:
    'The kernel gives back a bias that it never took, as the file lists the bias as absent (-1) instead of leaving it out.',
  remedy: 'Give the layer a bias of zeros, or write the operator with two inputs.',
  source:
    'has_bias = node->inputs->size == 3 and DeallocateTempTfLiteTensor(bias) in CalculateOpDataDepthwiseConv of tensorflow/lite/micro/kernels/depthwise_conv_common.cc',
  affected: { libraries: everyLibrary, since: '2022-02-03' },
};
