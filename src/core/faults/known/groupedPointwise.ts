import { convolutionOf } from '../convolutions';
import type { Fault } from '../fault';

export const groupedPointwise: Fault = {
  id: 'grouped-pointwise',
  operators: ['CONV_2D'],
  applies: (operator, graph) => {
    const found = convolutionOf(operator, graph);
    if (found?.input.type !== 'int8' || found.filter.type !== 'int8') return false;
    const { height, width, padTop, padLeft, dilationX, dilationY, inDepth } = found.window;
    const isPlain = height === 1 && width === 1 && padTop === 0 && padLeft === 0 && dilationX === 1 && dilationY === 1;
    return isPlain && inDepth !== found.filter.shape[3];
  },
  outcome: 'wrong',
  effect:
    'The kernel asks for no buffer, which a 1x1 convolution in groups needs, and then computes nothing, or stops where it is built with assertions.',
  remedy: 'Use groups with a larger filter or one group, or take a library with TFLM of May 21, 2026 or later.',
  source:
    'arm_convolve_wrapper_s8_get_buffer_size lacks (input_dims->c == filter_dims->c), which arm_convolve_wrapper_s8 has: CMSIS-NN c01c0a14 (200), taken by tflite-micro d0890bb45; seen to stop with the kernels and the CMSIS-NN (e096196a) of the commit before in QEMU, and not with one group or a filter of 3x3.',
  affected: { libraries: ['cmsis_nn'], since: '2024-11-12', until: '2026-05-21' },
};
