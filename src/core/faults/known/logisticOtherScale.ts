import { byRealNumbers } from '../meantKernels';
import { inputTensor, outputTensor } from '../../operators/shapes';
import { everyLibrary, type Fault } from '../fault';

/** Another zero point than -128 is refused. */
export const logisticOtherScale: Fault = {
  id: 'logistic-other-scale',
  operators: ['LOGISTIC'],
  isOfRanges: true,
  applies: (operator, graph) => {
    const scale = outputTensor(operator, graph, 0)?.quantization?.scales[0];
    return inputTensor(operator, graph, 0)?.type === 'int8' && scale !== undefined && scale !== 1 / 256;
  },
  outcome: 'wrong',
  effect: 'The int8 kernel writes values at a scale of 1/256, and the file declares another.',
  remedy: 'Give its output the scale 1/256, and put a QUANTIZE behind it where another scale is needed.',
  source:
    'Logistic in tensorflow/lite/kernels/internal/reference/integer_ops/logistic.h takes no scale of its output, and CalculateArithmeticOpDataLogistic in tensorflow/lite/micro/kernels/logistic_common.cc checks the zero point alone for int8; seen with tflite-micro of October 2026.',
  affected: { libraries: everyLibrary },
  meant: byRealNumbers((value) => 1 / (1 + Math.exp(-value))),
};
