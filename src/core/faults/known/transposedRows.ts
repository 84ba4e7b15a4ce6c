import { enumOption, numberOption } from '../../model/options';
import { leadingPadding } from '../../execute/window';
import { transposedConvolutionOf } from '../convolutions';
import type { Fault } from '../fault';

export const transposedRows: Fault = {
  id: 'transposed-rows',
  operators: ['TRANSPOSE_CONV'],
  applies: (operator, graph) => {
    const found = transposedConvolutionOf(operator, graph);
    if (found?.input.type !== 'int8' || enumOption(operator, 'padding', 'SAME') !== 'SAME') return false;
    const [strideX, strideY] = [numberOption(operator, 'strideW', 1), numberOption(operator, 'strideH', 1)];
    const runsReversed = strideX <= 2 && strideY <= 2 && found.input.shape[3] > 16;
    return !runsReversed && leadingPadding(found.output.shape[1], strideY, found.filter.shape[1]) % strideY !== 0;
  },
  outcome: 'wrong',
  effect:
    'The kernel writes rows to the wrong place and leaves one as it was, as the padding above is no multiple of the stride.',
  remedy:
    'Choose a filter with which the padding is one, such as twice the stride higher than it, or VALID padding and a slice behind.',
  source:
    '"if (skip_rows_top == 0)" in arm_transpose_conv_s8: CMSIS-NN pull request 233 (issue 230), which is not in the CMSIS-NN that tflite-micro of August 2026 takes (4ab83cc3); seen with 90b983c2 in QEMU at a filter of 4 and strides of 2, and not at 3 or 6, at 17 channels or with VALID padding.',
  affected: { libraries: ['cmsis_nn'], since: '2024-11-12' },
};
