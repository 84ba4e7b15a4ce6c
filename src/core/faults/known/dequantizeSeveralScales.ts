import { byRealNumbers } from '../meantKernels';
import { inputTensor } from '../../operators/shapes';
import { everyLibrary, type Fault } from '../fault';

export const dequantizeSeveralScales: Fault = {
  id: 'dequantize-several-scales',
  operators: ['DEQUANTIZE'],
  applies: (operator, graph) => {
    const scales = inputTensor(operator, graph, 0)?.quantization?.scales ?? [];
    const zeroPoints = inputTensor(operator, graph, 0)?.quantization?.zeroPoints ?? [];
    return scales.some((scale) => scale !== scales[0]) || zeroPoints.some((point) => point !== zeroPoints[0]);
  },
  outcome: 'wrong',
  effect: 'The kernel takes the first scale for all channels, though the file has one for each.',
  remedy: 'Fold the constant into float32, or quantize the whole model instead of its weights alone.',
  source:
    'DequantizePrepare in tensorflow/lite/micro/kernels/dequantize_common.cc reads params.scale only; seen with tflite-micro of October 2026.',
  affected: { libraries: everyLibrary },
  meant: byRealNumbers((value) => value),
};
