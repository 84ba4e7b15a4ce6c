import { everyLibrary, type Fault } from '../fault';

export const convolutionBiasAbsent: Fault = {
  id: 'convolution-bias-absent',
  operators: ['CONV_2D'],
  applies: (operator) => (operator.inputs[2] ?? -1) < 0,
  outcome: 'crashes',
  effect: 'The kernel gives back a bias that it never took, as the layer has none.',
  remedy: 'Give the layer a bias of zeros, or take a library with TFLM of August 24, 2023 or later.',
  source:
    'DeallocateTempTfLiteTensor(bias) without a check in CalculateOpDataConv of tensorflow/lite/micro/kernels/conv_common.cc until tflite-micro 17987e1a5 (1911); read in the code, not run.',
  affected: { libraries: everyLibrary, since: '2022-02-03', until: '2023-08-24' },
};
