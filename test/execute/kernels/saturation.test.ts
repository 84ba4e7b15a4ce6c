import { quantizeMultiplier, rescaleDouble, rescaleSingle, rescaleWide } from '../../../src/core/execute/fixedPoint';
import type { Rounding } from '../../../src/core/execute/executable';
import { check } from '../../support/check';
import type { Case, Operand, Scale } from './oneOperator';
import { bias64, c, out, stored, w, x } from './oneOperator';

/** Ends of ranges, sums of other widths, and factors of every kind; all expectations by hand. */

const one: Scale = [1, 0];
const valid = { padding: 'VALID', strideW: 1, strideH: 1 };

/** A CONV_2D of one pixel and one channel of int8, everything of the scale 1. */
function pixel(value: number, weight: number, rounding: Rounding, zeroPoint = 0): Case {
  return {
    kind: 'CONV_2D',
    inputs: [x('int8', [1, 1, 1, 1], [value], one), c('int8', [1, 1, 1, 1], [weight], one), c('int32', [1], [0])],
    output: out('int8', [1, 1, 1, 1], [1, zeroPoint]),
    options: valid,
    rounding,
  };
}

check('both ends of int8 in both roundings', stored, [
  { name: 'above, rounded twice', input: pixel(127, 127, 'double'), expected: [127] },
  { name: 'above, rounded once', input: pixel(127, 127, 'single'), expected: [127] },
  { name: 'below, rounded twice', input: pixel(-128, 127, 'double'), expected: [-128] },
  { name: 'below, rounded once', input: pixel(-128, 127, 'single'), expected: [-128] },
  { name: 'the last that fits', input: pixel(127, 1, 'double'), expected: [127] },
  { name: 'the first that does not, by the zero point', input: pixel(127, 1, 'single', 1), expected: [127] },
  { name: 'far away, brought back by the zero point', input: pixel(-127, 1, 'double', 127), expected: [0] },
]);

/** A FULLY_CONNECTED of one element that ends in an activation function. */
function dense(value: number, activation: string, output: Scale): Case {
  return {
    kind: 'FULLY_CONNECTED',
    inputs: [x('int8', [1, 1], [value], one), c('int8', [1, 1], [1], one), c('int32', [1], [0], one)],
    output: out('int8', [1, 1], output),
    options: { fusedActivationFunction: activation },
  };
}

check('ends of activation functions lie at stored numbers', stored, [
  { name: 'RELU at the zero point', input: dense(-5, 'RELU', [1, -10]), expected: [-10] },
  { name: 'RELU6 at 6', input: dense(100, 'RELU6', [1, -10]), expected: [-4] },
  { name: 'RELU6 where 6 is beyond the range', input: dense(100, 'RELU6', [1, 125]), expected: [127] },
  { name: 'RELU_N1_TO_1 below', input: dense(-100, 'RELU_N1_TO_1', [0.5, 3]), expected: [1] },
  { name: 'RELU_N1_TO_1 above', input: dense(100, 'RELU_N1_TO_1', [0.5, 3]), expected: [5] },
]);

check('factors of channels', stored, [
  {
    // 10 x 1 x 1, 10 x 1 x 0.5, 10 x 1 x 2^-6 = 0.16.
    name: 'one, a half, and next to nothing',
    input: {
      kind: 'CONV_2D',
      inputs: [
        x('int8', [1, 1, 1, 1], [10], one),
        w([3, 1, 1, 1], [1, 1, 1], [1, 0.5, 0.015625], 0),
        c('int32', [3], [0, 0, 0]),
      ],
      output: out('int8', [1, 1, 1, 3], one),
      options: valid,
    },
    expected: [10, 5, 0],
  },
  {
    // -10 x 1, 10 x 64 = 640.
    name: 'above one: sums grow, and saturate',
    input: {
      kind: 'CONV_2D',
      inputs: [x('int8', [1, 1, 1, 1], [10], one), w([2, 1, 1, 1], [-1, 1], [4, 64], 0), c('int32', [2], [0, 0])],
      output: out('int8', [1, 1, 1, 2], one),
      options: valid,
    },
    expected: [-40, 127],
  },
]);

check('a factor as integers', (factor: number) => quantizeMultiplier(factor, 'double'), [
  { name: 'nothing', input: 0, expected: { multiplier: 0, shift: 0 } },
  { name: 'one', input: 1, expected: { multiplier: 2 ** 30, shift: 1 } },
  { name: 'a half', input: 0.5, expected: { multiplier: 2 ** 30, shift: 0 } },
  { name: 'three', input: 3, expected: { multiplier: 1_610_612_736, shift: 2 } },
  { name: 'minus a half', input: -0.5, expected: { multiplier: -(2 ** 30), shift: 0 } },
  { name: 'as small as it gets', input: 2 ** -32, expected: { multiplier: 2 ** 30, shift: -31 } },
  { name: 'smaller is nothing', input: 2 ** -33, expected: { multiplier: 0, shift: 0 } },
]);

check(
  'sums times a factor, at the ends of 32 bits',
  ([sum, multiplier, shift]: readonly [number, number, number]) => [
    rescaleDouble(sum, multiplier, shift),
    rescaleSingle(sum, multiplier, shift),
  ],
  [
    // Halves of odd numbers: twice rounded away from zero, once upwards.
    { name: 'half of 3', input: [3, 2 ** 30, 0], expected: [2, 2] },
    { name: 'half of -3', input: [-3, 2 ** 30, 0], expected: [-1, -1] },
    { name: 'a quarter of -10', input: [-10, 2 ** 30, -1], expected: [-3, -2] },
    { name: 'the largest sum, halved', input: [2 ** 31 - 1, 2 ** 30, 0], expected: [2 ** 30, 2 ** 30] },
    { name: 'the least sum, halved', input: [-(2 ** 31), 2 ** 30, 0], expected: [-(2 ** 30), -(2 ** 30)] },
    { name: 'the largest sum by the least factor', input: [2 ** 31 - 1, 2 ** 30, -31], expected: [1, 0] },
    { name: 'no sum', input: [0, 2 ** 30, -5], expected: [0, 0] },
  ],
);

check(
  'sums of 48 bits',
  ([sum, multiplier, shift]: readonly [number, number, number]) => rescaleWide(sum, multiplier, shift),
  [
    { name: 'a sum beyond 32 bits', input: [2 ** 33, 2 ** 30, -19], expected: 8192 },
    { name: 'below zero', input: [-(2 ** 33), 2 ** 30, -19], expected: -8192 },
    { name: 'a tie goes upwards', input: [-5, 2 ** 30, 0], expected: -2 },
    { name: 'no sum', input: [0, 2 ** 30, 0], expected: 0 },
  ],
);

const fine: Scale = [2 ** -10, 0];

/** A CONV_2D of one pixel of int16, whose factor is 2^-20. */
function wide(bias: Operand | null, value: number, more: Case['options'] = {}): Case {
  return {
    kind: 'CONV_2D',
    inputs: [x('int16', [1, 1, 1, 1], [value], fine), c('int8', [1, 1, 1, 1], [1], fine), bias],
    output: out('int16', [1, 1, 1, 1], one),
    options: { ...valid, ...more },
  };
}

check('int16 with sums of 64 and of 32 bits', stored, [
  { name: 'a bias that 32 bits do not hold', input: wide(bias64([2 ** 33]), 0), expected: [8192] },
  { name: 'the sum of both', input: wide(bias64([2 ** 33 - 1]), 1), expected: [8192] },
  { name: 'above the range', input: wide(bias64([2 ** 40]), 0), expected: [32_767] },
  { name: 'below the range', input: wide(bias64([-(2 ** 40)]), 0), expected: [-32_768] },
  { name: 'a bias of 32 bits', input: wide(c('int32', [1], [2 ** 30]), 0), expected: [1024] },
  { name: 'a sum of 32 bits that runs over', input: wide(c('int32', [1], [2 ** 31 - 1]), 1), expected: [-2048] },
  { name: 'no bias', input: wide(null, 32_767), expected: [0] },
]);

check('the ends of what two numbers come to', stored, [
  {
    name: 'ADD of int16',
    input: {
      kind: 'ADD',
      inputs: [x('int16', [2], [32_767, -32_768], one), x('int16', [2], [1, -1], one)],
      output: out('int16', [2], one),
    },
    expected: [32_767, -32_768],
  },
  {
    name: 'SUB of int8',
    input: {
      kind: 'SUB',
      inputs: [x('int8', [2], [127, -128], one), x('int8', [2], [-128, 127], one)],
      output: out('int8', [2], one),
    },
    expected: [127, -128],
  },
  {
    name: 'MUL of the least by itself',
    input: {
      kind: 'MUL',
      inputs: [x('int8', [1], [-128], one), x('int8', [1], [-128], one)],
      output: out('int8', [1], one),
    },
    expected: [127],
  },
  {
    name: 'ADD of int32 runs over, as C++ on every device does',
    input: {
      kind: 'ADD',
      inputs: [x('int32', [1], [2 ** 31 - 1]), x('int32', [1], [1])],
      output: out('int32', [1]),
    },
    expected: [-(2 ** 31)],
  },
  {
    name: 'QUANTIZE of floats beyond the range',
    input: {
      kind: 'QUANTIZE',
      inputs: [x('float32', [4], [1e9, -1e9, 0.5, -0.5])],
      output: out('int8', [4], one),
    },
    expected: [127, -128, 1, -1],
  },
  {
    name: 'NEG of the least of int8',
    input: { kind: 'NEG', inputs: [x('float32', [2], [-128, 127])], output: out('float32', [2]) },
    expected: [128, -127],
  },
]);
