import { inputTensor } from '../../operators/shapes';
import type { Fault } from '../fault';

export const batchMatmulLeftShape: Fault = {
  id: 'batch-matmul-left-shape',
  operators: ['BATCH_MATMUL'],
  applies: (operator, graph) => {
    const left = inputTensor(operator, graph, 0);
    return (left?.type === 'int8' || left?.type === 'int16') && left.shape.at(-1) !== left.shape.at(-2);
  },
  outcome: 'wrong',
  effect: 'The kernel swaps rows and columns of the left operand where it should not, and does not where it should.',
  remedy: 'Take a library with TFLM of November 6, 2024 or later.',
  notRewritten: 'No other operator multiplies two activations, so that the model cannot be rewritten around it.',
  source:
    'if (!params->adj_x) for every type in PopulateEvalData of tensorflow/lite/micro/kernels/cmsis_nn/batch_matmul.cc from tflite-micro 89f99a9e7 (2669) until 924500284 (2741); read in the code, not run.',
  affected: { libraries: ['cmsis_nn'], since: '2024-09-09', until: '2024-11-06' },
};
