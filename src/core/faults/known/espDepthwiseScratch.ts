import { convolutionOf } from '../convolutions';
import type { Fault } from '../fault';

export const espDepthwiseScratch: Fault = {
  id: 'esp-depthwise-scratch',
  operators: ['DEPTHWISE_CONV_2D'],
  applies: (operator, graph) => {
    const found = convolutionOf(operator, graph);
    if (found?.input.type !== 'int8') return false;
    const { height, width, padTop, padLeft, inDepth } = found.window;
    const isPlain = found.window.dilationX === 1 && found.window.dilationY === 1;
    const isVector = isPlain && height === 3 && width === 3 && inDepth % 16 === 0 && found.window.outDepth === inDepth;
    const isEven = padTop === padLeft && padTop <= 1;
    return isVector && !isEven;
  },
  outcome: 'overruns',
  effect: 'The kernel asks for the buffer of equal paddings and runs the code for others, which needs more.',
  remedy:
    'Take ESP-NN with pull request 37, or give the layer the same padding above and on the left (an even height with an even width).',
  source:
    'channels % 16 == 0 alone decides in esp_nn_get_depthwise_conv_scratch_size_esp32s3, where esp_nn_depthwise_conv_s8_esp32s3 also asks for paddings of (1, 1) or (0, 0): esp-nn issue 30, pull request 37; read in 1.0.0-rc1, whose code of that file 1.1.2 still has, and in 1.2.3, not run.',
  affected: { libraries: ['esp_nn'], isas: ['esp32s3'], espNn: { since: '1.0.0-rc1' } },
};
