import { spaceToBatchMeant } from '../../execute/kernels/batchSpace';
import { constantIntegers, inputTensor } from '../../operators/shapes';
import { zeroPointOf } from '../../operators/quantizationChecks';
import { everyLibrary, type Fault } from '../fault';

export const spaceToBatchPadding: Fault = {
  id: 'space-to-batch-padding',
  operators: ['SPACE_TO_BATCH_ND'],
  isOfRanges: true,
  applies: (operator, graph) => {
    const input = inputTensor(operator, graph, 0);
    if (input?.type !== 'int8' || zeroPointOf(input) === 0) return false;
    return constantIntegers(inputTensor(operator, graph, 2))?.some((size) => size !== 0) === true;
  },
  outcome: 'wrong',
  effect:
    'The int8 kernel pads with the integer 0, which stands for another number than zero where the zero point is not 0.',
  remedy: 'Pad with a PAD before it, or convert the model again with a fixed batch of 1, which needs no such operator.',
  source:
    'tensorflow/lite/micro/kernels/space_to_batch_nd.cc never sets output_offset, the number to pad with; seen with tflite-micro of October 2026.',
  affected: { libraries: everyLibrary },
  meant: spaceToBatchMeant,
};
