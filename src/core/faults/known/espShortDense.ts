import { inputTensor } from '../../operators/shapes';
import type { Fault } from '../fault';

export const espShortDense: Fault = {
  id: 'esp-short-dense',
  operators: ['FULLY_CONNECTED'],
  applies: (operator, graph) =>
    inputTensor(operator, graph, 0)?.type === 'int8' && (inputTensor(operator, graph, 1)?.shape.at(-1) ?? 8) < 8,
  outcome: 'wrong',
  effect: 'The kernel adds what an earlier layer left in the accumulator, as fewer than 8 inputs never clear it.',
  remedy: 'Take ESP-NN 1.0.0 or later.',
  source:
    'The accumulator is cleared behind the loop over 8 inputs in esp_nn_fully_connected_s8_esp32s3.S until esp-nn db4b054; read in the code, not run.',
  affected: { libraries: ['esp_nn'], isas: ['esp32s3'], espNn: { until: '1.0.0' } },
};
