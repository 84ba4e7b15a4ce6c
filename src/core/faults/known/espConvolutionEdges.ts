import { convolutionOf } from '../convolutions';
import type { Fault } from '../fault';

export const espConvolutionEdges: Fault = {
  id: 'esp-convolution-edges',
  operators: ['CONV_2D'],
  applies: (operator, graph) => {
    const found = convolutionOf(operator, graph);
    if (found?.input.type !== 'int8' || !found.isDense) return false;
    const { height, width, padTop, padLeft, inDepth } = found.window;
    const isGathered = width * inDepth < 16 && width * height * inDepth >= 16;
    const isPadded = padTop !== 0 || padLeft !== 0;
    return isPadded && !isGathered && (found.beyondBottom > padTop || found.beyondRight > padLeft);
  },
  outcome: 'wrong',
  effect:
    'The kernel pads as much below and on the right as above and on the left, where this layer needs more, so that the last row or column is computed from what lies behind the image.',
  remedy:
    'Take an ESP-NN with issue 31 mended, put a PAD before the layer and convert it with VALID padding, or give it equal padding.',
  source:
    'if (pad_wd != 0 || pad_ht != 0) excludes pad_right and pad_bottom in esp_nn_conv_s8_esp32s3: esp-nn issue 31; read in 1.2.3, not run.',
  affected: { libraries: ['esp_nn'], isas: ['esp32s3'], espNn: { since: '1.2.1' } },
};
