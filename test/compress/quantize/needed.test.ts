import { neededRanges, withinNeeded } from '../../../src/core/compress/quantize/calibrate/needed';
import type { Operator } from '../../../src/core/model/model';
import { graph, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';

interface Readers {
  readonly operators: readonly Operator[];
  readonly outputs: readonly number[];
  readonly type?: 'int8' | 'int16';
}

/** The first operator computes tensor 1 of tensor 0; all have two rows of three values. */
function neededOf({ operators, outputs, type = 'int8' }: Readers): unknown {
  const tensors = ['in', 'value', 'a', 'b', 'c'].map((name) => tensor(name, 'float32', [2, 3]));
  const made = graph(tensors, [operator('ABS', [0], [1]), ...operators], { inputs: [0], outputs });
  const range = neededRanges(made, type).get(1);
  return range && [range.min.toFixed(3), range.max.toFixed(3)];
}

const softmax = operator('SOFTMAX', [1], [2], { options: options('SoftmaxOptions', { beta: 1 }) });

check('what is needed of a value by what reads it', neededOf, [
  // ln(4 x 256 - 1) = ln 1,023
  {
    name: 'a logistic',
    input: { operators: [operator('LOGISTIC', [1], [2])], outputs: [2] },
    expected: ['-6.930', '6.930'],
  },
  // Half of ln(4 x 2 x 128 - 1)
  {
    name: 'a hyperbolic tangent',
    input: { operators: [operator('TANH', [1], [2])], outputs: [2] },
    expected: ['-3.465', '3.465'],
  },
  {
    // ln(4 x 32,768 - 1)
    name: 'a logistic of 16 bits',
    input: { operators: [operator('LOGISTIC', [1], [2])], outputs: [2], type: 'int16' },
    expected: ['-11.783', '11.783'],
  },
  {
    name: 'what is given out as well',
    input: { operators: [operator('LOGISTIC', [1], [2])], outputs: [1, 2] },
    expected: undefined,
  },
  {
    name: 'what something else reads as well',
    input: { operators: [operator('LOGISTIC', [1], [2]), operator('MUL', [1, 2], [3])], outputs: [3] },
    expected: undefined,
  },
  {
    name: 'the wider of two',
    input: { operators: [operator('LOGISTIC', [1], [2]), operator('TANH', [1], [3])], outputs: [2, 3] },
    expected: ['-6.930', '6.930'],
  },
  {
    name: 'moved before it is read',
    input: { operators: [operator('RESHAPE', [1], [2]), operator('TANH', [2], [3])], outputs: [3] },
    expected: ['-3.465', '3.465'],
  },
  {
    name: 'moved and given out',
    input: { operators: [operator('RESHAPE', [1], [2])], outputs: [2] },
    expected: undefined,
  },
  {
    name: 'a softmax: all of it',
    input: { operators: [softmax], outputs: [2] },
    expected: undefined,
  },
  {
    name: 'a hard swish',
    input: { operators: [operator('HARD_SWISH', [1], [2])], outputs: [2] },
    expected: ['-3.000', 'Infinity'],
  },
  { name: 'a sum', input: { operators: [operator('ADD', [1, 1], [2])], outputs: [2] }, expected: undefined },
]);

check(
  'a range as far as it is needed',
  (needed: { readonly min: number; readonly max: number } | undefined) => withinNeeded({ min: -20, max: 5 }, needed),
  [
    { name: 'all', input: undefined, expected: { min: -20, max: 5 } },
    { name: 'less', input: { min: -6, max: 6 }, expected: { min: -6, max: 5 } },
  ],
);
