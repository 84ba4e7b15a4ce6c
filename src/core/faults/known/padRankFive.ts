import { inputTensor } from '../../operators/shapes';
import type { Fault } from '../fault';

export const padRankFive: Fault = {
  id: 'pad-rank-five',
  operators: ['PAD', 'PADV2'],
  applies: (operator, graph) => {
    const input = inputTensor(operator, graph, 0);
    return input?.type === 'int8' && input.shape.slice(0, -4).some((size) => size > 1);
  },
  outcome: 'wrong',
  effect: 'The kernel pads the last four dimensions of the first part alone, and leaves the others as they were.',
  remedy: 'Split the tensor so that it has four dimensions, or pad it as one with four.',
  notRewritten: 'Which four dimensions hold it depends on where it is padded.',
  source:
    'dims[rank - 4] to dims[rank - 1] whatever the rank in PadEvalInt8 of tensorflow/lite/micro/kernels/cmsis_nn/pad.cc since tflite-micro 2ba41b0f3 (3563); seen with 90b983c2 in QEMU at rank 5, and not at ranks 1 to 4.',
  affected: { libraries: ['cmsis_nn'], since: '2026-05-27' },
};
