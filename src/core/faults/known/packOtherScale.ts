import { copiedByRealNumbers } from '../meantKernels';
import { inputTensor, outputTensor } from '../../operators/shapes';
import { everyLibrary, scaledOtherwise, type Fault } from '../fault';

export const packOtherScale: Fault = {
  id: 'pack-other-scale',
  operators: ['PACK', 'UNPACK'],
  isOfRanges: true,
  applies: (operator, graph) =>
    operator.inputs.some((_, from) =>
      operator.outputs.some((__, to) =>
        scaledOtherwise(inputTensor(operator, graph, from), outputTensor(operator, graph, to)),
      ),
    ),
  outcome: 'wrong',
  effect: 'The kernel copies the integers, though inputs and outputs have other scales or zero points.',
  remedy: 'Give its inputs and outputs one scale and zero point, with a QUANTIZE before or behind it.',
  source:
    'tensorflow/lite/micro/kernels/pack.cc and unpack.cc copy and check no scales, which PackPrepare and UnpackPrepare of tensorflow/lite/kernels refuse; seen with tflite-micro of October 2026.',
  affected: { libraries: everyLibrary },
  meant: copiedByRealNumbers,
};
