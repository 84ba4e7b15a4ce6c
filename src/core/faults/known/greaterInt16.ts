import { comparedAsStored } from '../meantKernels';
import { inputTensor } from '../../operators/shapes';
import { everyLibrary, type Fault } from '../fault';

export const greaterInt16: Fault = {
  id: 'greater-int16',
  operators: ['GREATER'],
  applies: (operator, graph) => inputTensor(operator, graph, 0)?.type === 'int16',
  outcome: 'wrong',
  effect: 'The int16 kernel compares with multipliers that nothing sets, so that it finds nothing greater.',
  remedy: 'Put a CAST to int32 before it.',
  source:
    'GreaterEval in tensorflow/lite/micro/kernels/comparisons.cc takes int16, ComparisonsPrepare sets multipliers for int8 only; seen with tflite-micro of October 2026.',
  affected: { libraries: everyLibrary },
  meant: comparedAsStored((first, second) => first > second),
};
