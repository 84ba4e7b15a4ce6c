import { inputTensor, outputTensor } from '../../operators/shapes';
import type { Fault } from '../fault';

export const maximumRankFive: Fault = {
  id: 'maximum-rank-five',
  operators: ['MAXIMUM', 'MINIMUM'],
  applies: (operator, graph) => {
    const [one, other] = [inputTensor(operator, graph, 0), inputTensor(operator, graph, 1)];
    const ranks = [one, other, outputTensor(operator, graph, 0)].map((tensor) => tensor?.shape.length ?? 0);
    return one?.type === 'int8' && Math.max(...ranks) > 4;
  },
  outcome: 'crashes',
  effect: 'The kernel makes four dimensions of a tensor that has more, and stops where it is built with assertions.',
  remedy: 'Reshape it to four dimensions before and back behind.',
  source:
    'RuntimeShape::ExtendedShape(4, shape) whatever the rank in tensorflow/lite/micro/kernels/cmsis_nn/maximum_minimum.cc since tflite-micro 2ba41b0f3 (3563); seen to stop with 90b983c2 in QEMU at rank 5, and not at rank 1, 2 and 4.',
  affected: { libraries: ['cmsis_nn'], since: '2026-05-27' },
};
