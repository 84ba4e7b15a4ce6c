import { everyLibrary, type Fault } from '../fault';

export const ifWithoutOutputs: Fault = {
  id: 'if-without-outputs',
  operators: ['IF'],
  applies: (operator) => operator.outputs.length === 0,
  outcome: 'crashes',
  effect: 'The kernel reads the number of outputs from a list that is not there.',
  remedy: 'Give the operator an output, or take a library with TFLM of March 21, 2024 or later.',
  notRewritten: 'What an IF without outputs does lies in variables, which a rewrite does not touch.',
  source:
    'node->outputs->size for a list without outputs, in IfPrepare of tensorflow/lite/micro/kernels/if.cc until tflite-micro 15092dfdb (2515); read in the code, not run.',
  affected: { libraries: everyLibrary, until: '2024-03-21' },
};
