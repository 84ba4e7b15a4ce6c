import { elements, inputTensor } from '../../operators/shapes';
import type { Fault } from '../fault';

export const espDenseRows: Fault = {
  id: 'esp-dense-rows',
  operators: ['FULLY_CONNECTED'],
  applies: (operator, graph) => {
    const [input, filter] = [inputTensor(operator, graph, 0), inputTensor(operator, graph, 1)];
    const depth = filter?.shape.at(-1) ?? 0;
    const rows = depth === 0 ? 0 : (elements(input) ?? 0) / depth;
    return input?.type === 'int8' && rows > 1 && depth >= 16 && depth % 16 !== 0;
  },
  outcome: 'wrong',
  effect: 'The kernel reads the second row of its input as if it began at a multiple of 16 bytes, which it does not.',
  remedy: 'Take an ESP-NN with issue 34 mended, or make the rows a multiple of 16 long.',
  source:
    'input_data += accum_depth for each of several rows in tensorflow/lite/micro/kernels/esp_nn/fully_connected.cc, and aligned vector loads in esp_nn_fully_connected_s8_esp32s3 since 8022c71: esp-nn issue 34; read in the code, not run.',
  affected: { libraries: ['esp_nn'], isas: ['esp32s3'], espNn: { since: '1.2.1' } },
};
