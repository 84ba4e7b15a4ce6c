import type { Questions, Toggle } from '../kind';
import { toggleValue } from '../toggles';
import type { QuantizeOptions } from './request';

const value = toggleValue<QuantizeOptions, keyof QuantizeOptions>;

/** What may be chosen about a quantization, the first value of each being the default. */
const toggles: readonly Toggle<QuantizeOptions>[] = [
  {
    name: 'Activations',
    values: [
      value('activations', 'int8', 'int8', 'One byte each: the fastest kernels and the least RAM'),
      value('activations', 'int16', 'int16', 'Two bytes each, weights int8: closer to float, more RAM, fewer kernels'),
    ],
  },
  {
    name: 'Inputs and outputs',
    values: [
      value('io', 'int8', 'as the activations', 'The firmware quantizes what goes in, and reads scaled numbers'),
      value('io', 'float', 'float', 'The model converts at its edges: the firmware stays as it is'),
    ],
  },
  {
    name: 'Ranges of activations',
    values: [
      value(
        'method',
        'auto',
        'the best of all',
        'Every method is tried, the one with the smallest measured error taken',
      ),
      value('method', 'min-max', 'smallest to largest', 'Nothing is clipped'),
      value('method', 'percentile', 'percentile', 'The outermost values are clipped'),
      value('method', 'mse', 'least square error', 'Clipping and rounding weigh up'),
      value('method', 'entropy', 'entropy', 'The distribution keeps its shape'),
    ],
  },
  {
    name: 'Equalise channels across layers',
    values: [
      value('equalise', 'auto', 'where it helps', 'Taken when it lowers the measured error'),
      value('equalise', 'on', 'always', 'Whatever it does to the error'),
      value('equalise', 'off', 'never', 'Weights keep their float values before rounding'),
    ],
  },
  {
    name: 'Correct biases',
    values: [
      value('biasCorrection', 'auto', 'where it helps', 'Taken when it lowers the measured error'),
      value('biasCorrection', 'on', 'always', 'Whatever it does to the error'),
      value('biasCorrection', 'off', 'never', 'Biases keep their float values before rounding'),
    ],
  },
  {
    name: 'Round weights so that errors cancel',
    values: [
      value('weightFeedback', 'auto', 'where it helps', 'Taken when it lowers the measured error'),
      value('weightFeedback', 'on', 'always', 'Whatever it does to the error'),
      value('weightFeedback', 'off', 'never', 'Every weight is rounded to its nearest'),
    ],
  },
  {
    name: 'Scales of dense weights',
    values: [
      value(
        'perChannelDense',
        'auto',
        'as the version allows',
        'One an output where the chosen version is right, or beside 16-bit activations',
      ),
      value('perChannelDense', 'off', 'one', 'Right in every version of TensorFlow Lite Micro'),
      value(
        'perChannelDense',
        'on',
        'one an output',
        'Closer to float; wrong in TensorFlow Lite Micro before September 2024',
      ),
    ],
  },
];

/** What is asked before a quantization. */
export const questions: Questions<QuantizeOptions> = {
  verb: 'Quantize',
  syntheticWarning:
    'Only for trying out: the ranges will not be those of real inputs, and the result will be worse than it need be',
  toggles,
};
