import { numberOption } from '../../model/options';
import { transposedConvolutionOf } from '../convolutions';
import type { Fault } from '../fault';

export const transposedScratch: Fault = {
  id: 'transposed-scratch',
  operators: ['TRANSPOSE_CONV'],
  applies: (operator, graph) => {
    const found = transposedConvolutionOf(operator, graph);
    if (found?.input.type !== 'int8') return false;
    const [strideX, strideY] = [numberOption(operator, 'strideW', 1), numberOption(operator, 'strideH', 1)];
    const runsReversed = strideX <= 2 && strideY <= 2 && found.input.shape[3] > 16;
    return !runsReversed && strideX > Math.max(found.filter.shape[2], strideY);
  },
  outcome: 'overruns',
  effect:
    'The kernel asks for too small a buffer, as the stride across is larger than the filter and than the stride down.',
  remedy: 'Choose equal strides or a filter as wide as its stride.',
  source:
    'MAX(filter_dims->w, stride.h) in arm_transpose_conv_s8_get_buffer_size where arm_transpose_conv_s8 takes stride.w: CMSIS-NN pull request 243, which is not in the CMSIS-NN that tflite-micro of August 2026 takes (4ab83cc3); seen: 8, 16 and 24 bytes are written behind a buffer of the size that is asked for at strides of 2x1, 3x2 and 4x1, none at equal strides, with a filter as wide as the stride, or in reverse.',
  affected: { libraries: ['cmsis_nn'], since: '2024-11-12' },
};
