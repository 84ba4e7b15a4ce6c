import { convolutionOf } from '../convolutions';
import type { Fault } from '../fault';

export const rowWithoutScratch: Fault = {
  id: 'row-without-scratch',
  operators: ['CONV_2D'],
  applies: (operator, graph) => {
    const found = convolutionOf(operator, graph);
    if (found?.input.type !== 'int8') return false;
    const { inHeight, inWidth, inDepth, outWidth, height, width, strideX, dilationX, padLeft } = found.window;
    const isRow = inHeight === 1 && height === 1 && width > 1 && dilationX === 1 && (strideX * inDepth) % 4 === 0;
    const odd = ((outWidth - 1) * strideX + width - inWidth) % 2;
    const padded = (padding: number): number =>
      padding === 0 ? 0 : Math.max(1, Math.trunc((padding + strideX - 1) / strideX));
    return isRow && padded(padLeft + odd) + padded(padLeft) > outWidth;
  },
  outcome: 'overruns',
  effect: 'The kernel asks for no buffer for a row that is shorter than its padded ends, and uses one.',
  remedy: 'Take a library with TFLM of March 18, 2024 or later, or make the row longer.',
  source:
    'arm_convolve_1_x_n_s8_get_buffer_size_mve returns 0 until CMSIS-NN 20c92149 (111), taken by tflite-micro 178cfebaa; read in the code, not run.',
  affected: { libraries: ['cmsis_nn'], isas: ['mve'], since: '2023-06-14', until: '2024-03-18' },
};
