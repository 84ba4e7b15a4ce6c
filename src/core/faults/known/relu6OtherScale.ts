import { byRealNumbers } from '../meantKernels';
import { inputTensor, outputTensor } from '../../operators/shapes';
import { everyLibrary, scaledOtherwise, type Fault } from '../fault';

export const relu6OtherScale: Fault = {
  id: 'relu6-other-scale',
  operators: ['RELU6'],
  isOfRanges: true,
  applies: (operator, graph) => {
    const [input, output] = [inputTensor(operator, graph, 0), outputTensor(operator, graph, 0)];
    return (input?.type === 'int8' || input?.type === 'int16') && scaledOtherwise(input, output);
  },
  outcome: 'wrong',
  effect:
    'The kernel cuts the range and copies the integers, though input and output have other scales or zero points.',
  remedy: 'Fuse it into the layer before, or give its output the scale of its input and put a QUANTIZE behind it.',
  source:
    'Relu6Quantized in tensorflow/lite/micro/kernels/activations_common.cc does not rescale; seen with tflite-micro of October 2026.',
  affected: { libraries: everyLibrary },
  meant: byRealNumbers((value) => Math.min(Math.max(value, 0), 6)),
};
