import { normalizedRows } from '../meantKernels';
import { zeroPointOf } from '../../operators/quantizationChecks';
import { inputTensor, outputTensor } from '../../operators/shapes';
import { everyLibrary, type Fault } from '../fault';

export const l2NormalizationOtherScale: Fault = {
  id: 'l2-normalization-other-scale',
  operators: ['L2_NORMALIZATION'],
  applies: (operator, graph) => {
    const output = outputTensor(operator, graph, 0);
    const scale = output?.quantization?.scales[0];
    if (inputTensor(operator, graph, 0)?.type !== 'int8' || scale === undefined) return false;
    return scale !== 1 / 128 || zeroPointOf(output) !== 0;
  },
  outcome: 'wrong',
  effect: 'The int8 kernel writes values at a scale of 1/128 and a zero point of 0, and the file declares others.',
  remedy:
    'Give its output the scale 1/128 and the zero point 0, and put a QUANTIZE behind it where another scale is needed.',
  source:
    'L2Normalization in tensorflow/lite/kernels/internal/reference/integer_ops/l2normalization.h takes no scale of its output, and L2NormPrepare in tensorflow/lite/micro/kernels/l2norm.cc checks none; seen with tflite-micro of October 2026.',
  affected: { libraries: everyLibrary },
  meant: normalizedRows,
};
