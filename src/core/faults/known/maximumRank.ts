import { elements, inputTensor, outputTensor } from '../../operators/shapes';
import type { Fault } from '../fault';

export const maximumRank: Fault = {
  id: 'maximum-rank',
  operators: ['MAXIMUM', 'MINIMUM'],
  applies: (operator, graph) => {
    const [one, other] = [inputTensor(operator, graph, 0), inputTensor(operator, graph, 1)];
    const output = outputTensor(operator, graph, 0);
    const isLost = [one, other, output].some(
      (tensor) => ![2, 3, 4].includes(tensor?.shape.length ?? 4) && (elements(tensor) ?? 1) > 1,
    );
    return one?.type === 'int8' && isLost;
  },
  outcome: 'wrong',
  effect: 'The kernel takes a tensor of other than two to four dimensions for a single element.',
  remedy: 'Reshape it to four dimensions before and back behind, or take a library with TFLM of May 27, 2026 or later.',
  source:
    'FillVariableShape gives {1, 1, 1, 1} for other ranks than 2, 3 and 4 in tensorflow/lite/micro/kernels/cmsis_nn/maximum_minimum.cc from tflite-micro 740cef388 (2753) until 2ba41b0f3 (3563); seen in QEMU at ranks 1 and 5 with the kernels of May 21, 2026, and not at rank 2 or with a single element.',
  affected: { libraries: ['cmsis_nn'], since: '2025-02-05', until: '2026-05-27' },
};
