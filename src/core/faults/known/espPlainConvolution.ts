import { inputTensor } from '../../operators/shapes';
import type { Fault } from '../fault';

export const espPlainConvolution: Fault = {
  id: 'esp-plain-convolution',
  operators: ['CONV_2D'],
  applies: (operator, graph) => inputTensor(operator, graph, 0)?.type === 'int8',
  outcome: 'slow',
  effect: 'The kernel takes every convolution for one in groups and computes it in plain C.',
  remedy: 'Take esp-tflite-micro 1.3.7 or later with this ESP-NN, or ESP-NN 1.1.2 with this one.',
  notRewritten: 'Every convolution of that version is computed so; no other operator is faster.',
  source:
    'channels != filter_dims->channels leads to esp_nn_conv_s8_ansi in esp_nn_conv_s8_esp32s3 of ESP-NN 1.2.3, and filter_dims.channels is 0 in tensorflow/lite/micro/kernels/esp_nn/conv.cc until esp-tflite-micro 5c2f290: esp-nn issue 26; read in the code, not run.',
  affected: {
    libraries: ['esp_nn'],
    until: '2026-05-06',
    isas: ['esp32s3'],
    espNn: { since: '1.2.3', until: '1.2.4' },
  },
};
