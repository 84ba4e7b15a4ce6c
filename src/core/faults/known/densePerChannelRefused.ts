import { inputTensor } from '../../operators/shapes';
import { everyLibrary, type Fault } from '../fault';

export const densePerChannelRefused: Fault = {
  id: 'dense-per-channel-refused',
  operators: ['FULLY_CONNECTED'],
  applies: (operator, graph) =>
    inputTensor(operator, graph, 0)?.type !== 'float32' &&
    (inputTensor(operator, graph, 1)?.quantization?.scales.length ?? 0) > 1,
  outcome: 'refused',
  effect: 'The kernel refuses weights with a scale for each output.',
  remedy:
    'Take a library with TFLM of September 27, 2024 or later, or convert with one scale for these weights (_experimental_disable_per_channel_quantization_for_dense_layers).',
  source:
    'TF_LITE_ENSURE_MSG(context, affine_quantization->scale->size == 1, …) in tensorflow/lite/micro/kernels/fully_connected_common.cc of tflite-micro 71fba59b5 (2602) until 47b545074 (2673); seen with tflite-micro of June 18, 2024 for Python, and not of October 2024.',
  affected: { libraries: everyLibrary, since: '2024-05-29', until: '2024-09-27' },
};
