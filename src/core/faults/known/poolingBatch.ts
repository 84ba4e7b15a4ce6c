import { inputTensor } from '../../operators/shapes';
import type { Fault } from '../fault';

export const poolingBatch: Fault = {
  id: 'pooling-batch',
  operators: ['AVERAGE_POOL_2D', 'MAX_POOL_2D'],
  applies: (operator, graph) => {
    const input = inputTensor(operator, graph, 0);
    return (input?.type === 'int8' || input?.type === 'int16') && (input.shape[0] ?? 1) > 1;
  },
  outcome: 'wrong',
  effect: 'The kernel computes the first image of a batch and leaves the others as they were.',
  remedy: 'Run the model with a batch of 1, or take a library with TFLM of June 2026 or later.',
  source:
    'input_dims->n = 1 and output_dims->n = 1 in PopulateCommonParams of tensorflow/lite/micro/kernels/cmsis_nn/pooling.cc until tflite-micro 63819227b (3584); seen in QEMU with the kernels of May 21, 2026 for both operators, and not with a batch of 1 or with 90b983c2.',
  affected: { libraries: ['cmsis_nn'], until: '2026-06-01' },
};
