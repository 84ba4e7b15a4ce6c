import { enumOption } from '../../model/options';
import { inputTensor } from '../../operators/shapes';
import type { Fault } from '../fault';

export const convolutionInt16Sum: Fault = {
  id: 'convolution-int16-sum',
  operators: ['CONV_2D'],
  applies: (operator, graph) =>
    inputTensor(operator, graph, 0)?.type === 'int16' &&
    (operator.inputs[2] ?? -1) < 0 &&
    enumOption(operator, 'quantizedBiasType', 'FLOAT32') === 'INT64',
  outcome: 'wrong-values',
  effect:
    'The int16 kernel sums in 32 bits where the layer has no bias, though the file asks for 64, so that large sums wrap.',
  remedy: 'Give the layer a bias of zeros in int64, or take a library with TFLM of May 6, 2026 or later.',
  source:
    'bias == nullptr || bias->type == kTfLiteInt32 chooses sums of 32 bits in tensorflow/lite/micro/kernels/conv.cc until tflite-micro cf8c42a16 (3537); seen with tflite-micro of February 2026 for Python, and not of August 2026.',
  affected: { libraries: ['reference'], since: '2023-08-24', until: '2026-05-06' },
};
