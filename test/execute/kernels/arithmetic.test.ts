import { check } from '../../support/check';
import type { Case, Scale } from './oneOperator';
import { c, out, stored, x } from './oneOperator';

/** Arithmetic of stored numbers, worked out by hand as arithmetic of the real numbers that they stand for. */

const one: Scale = [1, 0];
/** Halves above 3, and quarters above -4. */
const halves: Scale = [0.5, 3];
const quarters: Scale = [0.25, -4];

type Numbers = readonly number[];

/** Two vectors of int8, one in halves and one in quarters, to halves above 10. */
function int8s(kind: string, first: Numbers, second: Numbers, activation = 'NONE'): Case {
  return {
    kind,
    inputs: [x('int8', [first.length], first, halves), x('int8', [second.length], second, quarters)],
    output: out('int8', [first.length], [0.5, 10]),
    options: { fusedActivationFunction: activation },
  };
}

/** Two vectors of int16 in the unit 1 and in halves. */
function int16s(kind: string, first: Numbers, second: Numbers, scale = 1): Case {
  return {
    kind,
    inputs: [x('int16', [first.length], first, one), x('int16', [second.length], second, [0.5])],
    output: out('int16', [first.length], [scale]),
    options: { fusedActivationFunction: 'NONE' },
  };
}

check('sums and products of two scales', stored, [
  {
    // 1 + 1 and 5 + 0.
    name: 'ADD of int8',
    input: int8s('ADD', [5, 13], [0, -4]),
    expected: [14, 20],
  },
  {
    // 1 - 1, 5 - 0 and 0 - 2.
    name: 'SUB of int8',
    input: int8s('SUB', [5, 13, 3], [0, -4, 4]),
    expected: [10, 20, 6],
  },
  {
    // 62 + 32.75 = 94.75 would be stored as 199.5, -65.5 - 31 = -96.5 as -183.
    name: 'ADD of int8 at both ends',
    input: int8s('ADD', [127, -128], [127, -128]),
    expected: [127, -128],
  },
  {
    name: 'SUB of int8 with RELU ends at the zero point',
    input: int8s('SUB', [3, 5], [4, 0], 'RELU'),
    expected: [10, 10],
  },
  // 6 is stored as 22.
  { name: 'ADD of int8 with RELU6', input: int8s('ADD', [13, 23], [4, 4], 'RELU6'), expected: [22, 22] },
  {
    name: 'ADD of int16',
    input: int16s('ADD', [100, -30000, 30000], [-60, -10000, 10000]),
    expected: [70, -32768, 32767],
  },
  { name: 'SUB of int16 in halves', input: int16s('SUB', [100, -7], [60, 2], 0.5), expected: [140, -16] },
  {
    // 1 x 2 and -3 x 2.
    name: 'MUL of int8',
    input: int8s('MUL', [5, -3], [4, 4]),
    expected: [14, -2],
  },
  { name: 'MUL of int16', input: int16s('MUL', [8, -9, 3000], [6, 4, 4000]), expected: [24, -18, 32767] },
  {
    // 50 / 4, -50 / 4 and 0 / 4.
    name: 'DIV of int8',
    input: int8s('DIV', [103, -97, 3], [12, 12, 12]),
    expected: [35, -15, 10],
  },
  {
    // (4 - 1)^2 and (0 - 3)^2.
    name: 'SQUARED_DIFFERENCE of int8',
    input: int8s('SQUARED_DIFFERENCE', [11, 3], [0, 8]),
    expected: [28, 28],
  },
  {
    // TFLM compares integers, whatever they stand for.
    name: 'MAXIMUM of int8',
    input: int8s('MAXIMUM', [5, 4], [4, 9]),
    expected: [5, 9],
  },
  { name: 'MINIMUM of int8', input: int8s('MINIMUM', [5, 4], [4, 9]), expected: [4, 4] },
  {
    // -2 times 0.75, and 5 as it is.
    name: 'PRELU of int8',
    input: int8s('PRELU', [-1, 13], [-1, -1]),
    expected: [7, 20],
  },
]);

function comparison(kind: string): Numbers {
  // 2 and 2, 2.5 and 2, 1.5 and 2.
  return stored({
    kind,
    inputs: [x('int8', [3], [7, 8, 6], halves), x('int8', [3], [4, 4, 4], quarters)],
    output: out('bool', [3]),
  });
}

check('comparisons of two scales', comparison, [
  { name: 'EQUAL', input: 'EQUAL', expected: [1, 0, 0] },
  { name: 'NOT_EQUAL', input: 'NOT_EQUAL', expected: [0, 1, 1] },
  { name: 'GREATER', input: 'GREATER', expected: [0, 1, 0] },
  { name: 'GREATER_EQUAL', input: 'GREATER_EQUAL', expected: [1, 1, 0] },
  { name: 'LESS', input: 'LESS', expected: [0, 0, 1] },
  { name: 'LESS_EQUAL', input: 'LESS_EQUAL', expected: [1, 0, 1] },
]);

/** One vector of int8 in halves above 3, to another scale. */
function int8(kind: string, values: Numbers, scale: Scale, options: Case['options'] = {}): Case {
  return {
    kind,
    inputs: [x('int8', [values.length], values, halves)],
    output: out('int8', [values.length], scale),
    options,
  };
}

check('functions of one value of int8', stored, [
  { name: 'ABS: of -4 and 2', input: int8('ABS', [-5, 7], [0.5, -8]), expected: [0, -4] },
  {
    name: 'LEAKY_RELU: 5, and a quarter of -4',
    input: int8('LEAKY_RELU', [13, -5], [0.25, 1], { alpha: 0.25 }),
    expected: [21, -3],
  },
  { name: 'RELU: 5, and none of -4', input: int8('RELU', [13, -5], [0.25, -10]), expected: [10, -10] },
  { name: 'RELU6 keeps the integers: 6 is 15', input: int8('RELU6', [-5, 9, 40], halves), expected: [3, 9, 15] },
  { name: 'RSQRT: 1 / 2 and 1 / 4', input: int8('RSQRT', [11, 35], [1 / 128, 0]), expected: [64, 32] },
  {
    name: 'HARD_SWISH: nothing of -3 and less, all of 3 and more',
    input: int8('HARD_SWISH', [-3, -20, 3, 9, 23], [0.5, 1]),
    expected: [1, 1, 1, 7, 21],
  },
  { name: 'ELU: 5, and -1 of all that is far below', input: int8('ELU', [13, -125], [0.125, 0]), expected: [40, -8] },
  {
    name: 'LOGISTIC: a half, and both ends',
    input: int8('LOGISTIC', [3, 103, -97], [1 / 256, -128]),
    expected: [0, 127, -128],
  },
  { name: 'TANH: nothing, and both ends', input: int8('TANH', [3, 103, -97], [1 / 128, 0]), expected: [0, 127, -128] },
]);

/** One vector of floats. */
function float(kind: string, values: Numbers): Case {
  return { kind, inputs: [x('float32', [values.length], values)], output: out('float32', [values.length]) };
}

check('functions of floats that are exact', stored, [
  { name: 'FLOOR', input: float('FLOOR', [1.5, -1.5, 2]), expected: [1, -2, 2] },
  { name: 'CEIL', input: float('CEIL', [1.5, -1.5, 2]), expected: [2, -1, 2] },
  {
    name: 'ROUND: ties to the even one',
    input: float('ROUND', [0.5, 1.5, 2.5, -1.5, 2.25]),
    expected: [0, 2, 2, -2, 2],
  },
  { name: 'NEG', input: float('NEG', [1.5, -2]), expected: [-1.5, 2] },
  { name: 'ABS', input: float('ABS', [1.5, -2]), expected: [1.5, 2] },
  { name: 'SQUARE', input: float('SQUARE', [1.5, -2]), expected: [2.25, 4] },
  { name: 'SQRT', input: float('SQRT', [2.25, 16]), expected: [1.5, 4] },
  { name: 'RSQRT', input: float('RSQRT', [0.25, 16]), expected: [2, 0.25] },
  { name: 'EXP', input: float('EXP', [0]), expected: [1] },
  { name: 'LOG', input: float('LOG', [1]), expected: [0] },
  { name: 'SIN', input: float('SIN', [0]), expected: [0] },
  { name: 'COS', input: float('COS', [0]), expected: [1] },
  { name: 'HARD_SWISH: 1 x 4 / 6', input: float('HARD_SWISH', [-3, 3, 4]), expected: [-0, 3, 4] },
]);

function floats(kind: string, first: Numbers, second: Numbers): Case {
  return {
    kind,
    inputs: [x('float32', [first.length], first), x('float32', [second.length], second)],
    output: out('float32', [first.length]),
    options: { fusedActivationFunction: 'NONE' },
  };
}

check('two floats', stored, [
  { name: 'DIV', input: floats('DIV', [7, -1], [2, 4]), expected: [3.5, -0.25] },
  { name: 'FLOOR_DIV goes down', input: floats('FLOOR_DIV', [7, -7, -8], [2, 2, 2]), expected: [3, -4, -4] },
  {
    name: 'FLOOR_MOD has the sign of the divisor',
    input: floats('FLOOR_MOD', [7, -7, 7, -8], [2, 2, -2, 2]),
    expected: [1, 1, -1, -0],
  },
  { name: 'SQUARED_DIFFERENCE', input: floats('SQUARED_DIFFERENCE', [3, -1], [1, 2]), expected: [4, 9] },
  { name: 'MAXIMUM', input: floats('MAXIMUM', [3, -1], [1, 2]), expected: [3, 2] },
  { name: 'PRELU', input: floats('PRELU', [-4, 4], [0.5, 0.5]), expected: [-2, 4] },
]);

/** Two vectors of truth values. */
function truths(kind: string, first: Numbers, second?: Numbers): Numbers {
  const inputs = [first, ...(second === undefined ? [] : [second])].map((values) => x('bool', [values.length], values));
  return stored({ kind, inputs, output: out('bool', [first.length]) });
}

check('truth values', ([kind, first, second]: readonly [string, Numbers, Numbers?]) => truths(kind, first, second), [
  { name: 'LOGICAL_NOT', input: ['LOGICAL_NOT', [0, 1]], expected: [1, 0] },
  { name: 'LOGICAL_AND', input: ['LOGICAL_AND', [0, 0, 1, 1], [0, 1, 0, 1]], expected: [0, 0, 0, 1] },
  { name: 'LOGICAL_OR', input: ['LOGICAL_OR', [0, 0, 1, 1], [0, 1, 0, 1]], expected: [0, 1, 1, 1] },
]);

function cast(from: 'float32' | 'int32' | 'int8', to: 'float32' | 'int32' | 'int8', values: Numbers): Case {
  return { kind: 'CAST', inputs: [x(from, [values.length], values)], output: out(to, [values.length]) };
}

check('CAST', stored, [
  {
    name: 'of floats cuts off what is behind the point',
    input: cast('float32', 'int32', [3.9, -3.9]),
    expected: [3, -3],
  },
  {
    // 300 is 256 + 44.
    name: 'of floats keeps the lower 8 bits for int8',
    input: cast('float32', 'int8', [300, -300, 5.5]),
    expected: [44, -44, 5],
  },
  { name: 'of integers to floats', input: cast('int8', 'float32', [-5, 100]), expected: [-5, 100] },
]);

/** Sums along the last of two axes. */
function cumulated(exclusive: boolean, reverse: boolean): Numbers {
  return stored({
    kind: 'CUMSUM',
    inputs: [x('float32', [2, 3], [1, 2, 3, 10, 20, 30]), c('int32', [], [-1])],
    output: out('float32', [2, 3]),
    options: { exclusive, reverse },
  });
}

check('CUMSUM of two rows', ([exclusive, reverse]: readonly [boolean, boolean]) => cumulated(exclusive, reverse), [
  { name: 'from the first on', input: [false, false], expected: [1, 3, 6, 10, 30, 60] },
  { name: 'without itself', input: [true, false], expected: [0, 1, 3, 0, 10, 30] },
  { name: 'from the last on', input: [false, true], expected: [6, 5, 3, 60, 50, 30] },
  { name: 'from the last on, without itself', input: [true, true], expected: [5, 3, 0, 50, 30, 0] },
]);

check('sums of several', stored, [
  {
    name: 'CUMSUM along the first axis',
    input: {
      kind: 'CUMSUM',
      inputs: [x('float32', [2, 2], [1, 2, 10, 20]), c('int32', [], [0])],
      output: out('float32', [2, 2]),
      options: { exclusive: false, reverse: false },
    },
    expected: [1, 2, 11, 22],
  },
  {
    name: 'ADD_N of floats',
    input: {
      kind: 'ADD_N',
      inputs: [x('float32', [2], [1.5, 1]), x('float32', [2], [2.5, 2]), x('float32', [2], [-1, 3])],
      output: out('float32', [2]),
    },
    expected: [3, 6],
  },
  {
    // TFLM begins with the stored 0, which is the real -4 here: -4 + 6 + 16, and -4 + 0 + 1.
    name: 'ADD_N of int8 begins below where the zero point is above',
    input: {
      kind: 'ADD_N',
      inputs: [x('int8', [2], [10, 4], [1, 4]), x('int8', [2], [20, 5], [1, 4])],
      output: out('int8', [2], one),
    },
    expected: [18, -3],
  },
]);

/** Rows of int8 along the last axis. */
function rows(kind: string, shape: readonly number[], values: Numbers, scales: readonly [Scale, Scale]): Case {
  return {
    kind,
    inputs: [x('int8', shape, values, scales[0])],
    output: out('int8', shape, scales[1]),
    options: kind === 'SOFTMAX' ? { beta: 1 } : {},
  };
}

const probability: Scale = [1 / 256, -128];

check('functions of rows', stored, [
  {
    name: 'SOFTMAX of equal values: halves, and all of one that is far above',
    input: rows('SOFTMAX', [3, 2], [5, 5, 100, -100, -100, 100], [one, probability]),
    expected: [0, 0, 127, -128, -128, 127],
  },
  {
    name: 'SOFTMAX of four equal values: quarters',
    input: rows('SOFTMAX', [1, 4], [-7, -7, -7, -7], [one, probability]),
    expected: [-64, -64, -64, -64],
  },
  {
    // A logarithm of a half is -0.693: 11 steps of 1 / 16.
    name: 'LOG_SOFTMAX',
    input: rows('LOG_SOFTMAX', [2, 2], [3, 3, 127, -128], [one, [16 / 256, 127]]),
    expected: [116, 116, 127, -128],
  },
  {
    // 3, 4 and 6, 8 alike are 0.6 and 0.8: 76.8 and 102.4 of 128.
    name: 'L2_NORMALIZATION of int8',
    input: rows(
      'L2_NORMALIZATION',
      [2, 2],
      [13, 14, 16, 18],
      [
        [1, 10],
        [1 / 128, 0],
      ],
    ),
    expected: [77, 102, 77, 102],
  },
]);
