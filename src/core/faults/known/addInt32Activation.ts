import { floatRange } from '../../execute/activationRange';
import { clampedInt32 } from '../meantKernels';
import { enumOption } from '../../model/options';
import { outputTensor } from '../../operators/shapes';
import { everyLibrary, type Fault } from '../fault';

export const addInt32Activation: Fault = {
  id: 'add-int32-activation',
  operators: ['ADD'],
  applies: (operator, graph) =>
    outputTensor(operator, graph, 0)?.type === 'int32' &&
    enumOption(operator, 'fusedActivationFunction', 'NONE') !== 'NONE',
  outcome: 'wrong',
  effect: 'The kernel adds int32 without the fused activation.',
  remedy: 'Make the activation an operator of its own.',
  source:
    'EvalAdd in tensorflow/lite/micro/kernels/add.cc sets the whole range of int32; seen with tflite-micro of October 2026.',
  affected: { libraries: everyLibrary },
  meant: clampedInt32('ADD', (call) => {
    const { least, most } = floatRange(call);
    return [least, most];
  }),
};
