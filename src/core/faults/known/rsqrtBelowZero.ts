import { inputTensor } from '../../operators/shapes';
import { zeroPointOf } from '../../operators/quantizationChecks';
import { everyLibrary, type Fault } from '../fault';

export const rsqrtBelowZero: Fault = {
  id: 'rsqrt-below-zero',
  operators: ['RSQRT'],
  isOfRanges: true,
  applies: (operator, graph) => {
    const input = inputTensor(operator, graph, 0);
    return input?.type === 'int8' && zeroPointOf(input) > -128;
  },
  outcome: 'refuses-values',
  effect:
    'The int8 kernel ends the inference with an error as soon as one input is below zero, which the range of its input allows.',
  remedy: 'Keep its input at zero or above (a RELU or a constant added before it), or leave this part in float32.',
  notRewritten: 'TF Lite refuses these inputs as well, so that there is no right answer to rewrite for.',
  source:
    'validate_input_func in tensorflow/lite/micro/kernels/elementwise.cc: "Rsqrt is only defined for positive values".',
  affected: { libraries: everyLibrary },
};
