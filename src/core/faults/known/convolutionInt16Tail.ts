import { inputTensor } from '../../operators/shapes';
import { convolutionOf } from '../convolutions';
import type { Fault } from '../fault';

/** MAX_COL_COUNT: products of int16 and int8 whose sum 32 bits hold. */
const safeProducts = 512;

export const convolutionInt16Tail: Fault = {
  id: 'convolution-int16-tail',
  operators: ['CONV_2D'],
  applies: (operator, graph) => {
    const found = convolutionOf(operator, graph);
    if (found?.input.type !== 'int16' || inputTensor(operator, graph, 2)?.type !== 'int64') return false;
    const { height, width, outHeight, outWidth } = found.window;
    const products = height * width * found.filter.shape[3];
    return products > safeProducts && (outHeight * outWidth) % 2 === 1;
  },
  outcome: 'wrong-values',
  effect:
    'The int16 kernel sums the last of an odd number of outputs in 32 bits, though more than 512 products may need 64, so that large sums wrap.',
  remedy: 'Choose an even number of outputs, or a filter and depth with at most 512 weights for each channel.',
  notRewritten: 'It takes another number of outputs or weights, which is another model.',
  source:
    'int32_t sum for "left over columns" without the MAX_COL_COUNT of arm_nn_mat_mult_kernel_s16, in arm_convolve_s16.c of CMSIS-NN from 1af62f87 (124) to 4ab83cc3, which tflite-micro takes since April 23, 2024; seen with tflite-micro 90b983c2 in QEMU: 1,600 products and 1 output wrap, 2 outputs and 512 products do not.',
  affected: { libraries: ['cmsis_nn'], isas: ['dsp', 'none'], since: '2024-04-23' },
};
