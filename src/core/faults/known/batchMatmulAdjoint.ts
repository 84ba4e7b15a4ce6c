import { booleanOption } from '../../model/options';
import { inputTensor } from '../../operators/shapes';
import { everyLibrary, type Fault } from '../fault';

export const batchMatmulAdjoint: Fault = {
  id: 'batch-matmul-adjoint',
  operators: ['BATCH_MATMUL'],
  applies: (operator, graph) => {
    const [left, right] = [inputTensor(operator, graph, 0)?.shape ?? [], inputTensor(operator, graph, 1)?.shape ?? []];
    const isFlattened = left.length > 2 && right.length > 2 && right.at(-3) === 1;
    return booleanOption(operator, 'adjX', false) && isFlattened && (left.at(-3) ?? 1) > 1;
  },
  outcome: 'wrong',
  effect:
    'The kernel joins batch and rows of a left operand that is to be transposed (adj_x), which stand otherwise in memory.',
  remedy: 'Transpose the left operand by a TRANSPOSE before it, or take a library with TFLM of April 9, 2026 or later.',
  source:
    '"if (rhs_dims_count > 2 && lhs_dims_count > 2)" with "rhs_one == 1", without regard to adj_x, in BatchMatMulEval of tensorflow/lite/micro/kernels/batch_matmul.cc until tflite-micro c36885e9e (3413); seen with tflite-micro of February 2026 for Python, and not of August 2026.',
  affected: { libraries: everyLibrary, since: '2023-09-06', until: '2026-04-09' },
};
