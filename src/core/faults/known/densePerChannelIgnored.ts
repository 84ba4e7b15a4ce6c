import { inputTensor } from '../../operators/shapes';
import { everyLibrary, type Fault } from '../fault';

export const densePerChannelIgnored: Fault = {
  id: 'dense-per-channel-ignored',
  operators: ['FULLY_CONNECTED'],
  applies: (operator, graph) =>
    inputTensor(operator, graph, 0)?.type !== 'float32' &&
    (inputTensor(operator, graph, 1)?.quantization?.scales.length ?? 0) > 1,
  outcome: 'wrong',
  effect: 'The kernel takes the first scale of the weights for all outputs, though the file has one for each.',
  remedy:
    'Take a library with TFLM of September 27, 2024 or later, or convert with one scale for these weights (_experimental_disable_per_channel_quantization_for_dense_layers).',
  source:
    'CalculateOpDataFullyConnected in tensorflow/lite/micro/kernels/fully_connected_common.cc reads filter->params.scale; tflite-micro pull requests 2602 (which refuses it) and 2673 (which computes it); seen with tflite-micro of October 2023 and May 24, 2024 for Python, and not of October 2024.',
  affected: { libraries: everyLibrary, until: '2024-05-29' },
};
