import { convolutionOf } from '../convolutions';
import type { Fault } from '../fault';

export const espTallPadding: Fault = {
  id: 'esp-tall-padding',
  operators: ['CONV_2D'],
  applies: (operator, graph) => {
    const found = convolutionOf(operator, graph);
    if (found?.input.type !== 'int8' || !found.isDense) return false;
    const { padTop, padLeft } = found.window;
    return (padTop !== 0 || padLeft !== 0) && padTop !== 1;
  },
  outcome: 'wrong',
  effect: 'The kernel skips one row of padding above whatever their number, and computes from a shifted image.',
  remedy: 'Take ESP-NN 1.0.2 or later.',
  source:
    'dst += (pad_wd + input_wd + pad_wd) * channels without pad_ht in esp_nn_aligned_s8_pad_with_value until esp-nn d3a674a; read in the code, not run.',
  affected: { libraries: ['esp_nn'], isas: ['esp32s3'], espNn: { until: '1.0.2' } },
};
