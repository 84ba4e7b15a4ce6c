import { inputTensor } from '../../operators/shapes';
import type { Fault } from '../fault';

export const padRank: Fault = {
  id: 'pad-rank',
  operators: ['PAD', 'PADV2'],
  applies: (operator, graph) => {
    const input = inputTensor(operator, graph, 0);
    return input?.type === 'int8' && input.shape.length > 0 && input.shape.length < 4;
  },
  outcome: 'wrong',
  effect: 'The kernel reads four dimensions of a tensor that has fewer, and stops where it is built with assertions.',
  remedy: 'Reshape it to four dimensions before and back behind, or take a library with TFLM of May 27, 2026 or later.',
  source:
    'd.Dims(0) to d.Dims(3) and left_padding[0] to [3] whatever the rank in tensorflow/lite/micro/kernels/cmsis_nn/pad.cc from tflite-micro 392b78f2f (2757) until 2ba41b0f3 (3563); seen to stop in QEMU at ranks 1 to 3 with the kernels of May 21, 2026, and not at rank 4.',
  affected: { libraries: ['cmsis_nn'], since: '2025-03-20', until: '2026-05-27' },
};
