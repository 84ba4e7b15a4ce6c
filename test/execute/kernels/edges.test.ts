import { check } from '../../support/check';
import type { Scale } from './oneOperator';
import { c, out, stored, w, x } from './oneOperator';

/**
 * Where kernels go wrong first: ties, saturation, padding, dilation, broadcasting, negative axes. All expectations by
 * hand.
 */

const one: Scale = [1, 0];

check('windows', stored, [
  {
    // Taps 0 and 2 of width 3: 1 x 1 + 2 x 3 and 1 x 2 + 2 x 4.
    name: 'CONV_2D that is dilated',
    input: {
      kind: 'CONV_2D',
      inputs: [x('int8', [1, 1, 4, 1], [1, 2, 3, 4], one), c('int8', [1, 1, 2, 1], [1, 2], one), c('int32', [1], [0])],
      output: out('int8', [1, 1, 2, 1], one),
      options: { padding: 'VALID', strideW: 1, strideH: 1, dilationWFactor: 2, dilationHFactor: 1 },
    },
    expected: [7, 10],
  },
  {
    // Length 4, stride 2, filter 3: one is padded, behind. 1 + 2 + 3 and 3 + 4.
    name: 'CONV_2D whose odd padding lies behind',
    input: {
      kind: 'CONV_2D',
      inputs: [
        x('int8', [1, 1, 4, 1], [1, 2, 3, 4], one),
        c('int8', [1, 1, 3, 1], [1, 1, 1], one),
        c('int32', [1], [0]),
      ],
      output: out('int8', [1, 1, 2, 1], one),
      options: { padding: 'SAME', strideW: 2, strideH: 1 },
    },
    expected: [6, 7],
  },
  {
    // Sums 3 and 5; factors 0.5 and 0.25: 1.5 becomes 2, and 1.25 by way of 2.5, 3 and 1.5 becomes 2 as well.
    name: 'CONV_2D with a scale for each channel',
    input: {
      kind: 'CONV_2D',
      inputs: [x('int8', [1, 1, 1, 1], [1], one), w([2, 1, 1, 1], [3, 5], [0.5, 0.25], 0), c('int32', [2], [0, 0])],
      output: out('int8', [1, 1, 1, 2], one),
      options: { padding: 'VALID', strideW: 1, strideH: 1 },
    },
    expected: [2, 2],
  },
  {
    // Two images: 2 x 1 + 3 x 2 = 8 and 2 x -1 + 3 x -2 = -8; RELU leaves 8 and 0, which is stored as the zero point.
    name: 'CONV_2D of two images with RELU above a zero point',
    input: {
      kind: 'CONV_2D',
      inputs: [
        x('int8', [2, 1, 1, 2], [1, 2, -1, -2], one),
        c('int8', [1, 1, 1, 2], [2, 3], one),
        c('int32', [1], [0]),
      ],
      output: out('int8', [2, 1, 1, 1], [1, -7]),
      options: { padding: 'VALID', strideW: 1, strideH: 1, fusedActivationFunction: 'RELU' },
    },
    expected: [1, -7],
  },
  {
    // Channel 0 makes two: 3 x 1 and 3 x 2; channel 1: 5 x 10 and 5 x 20.
    name: 'DEPTHWISE_CONV_2D with a multiplier',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      inputs: [
        x('int8', [1, 1, 1, 2], [3, 5], one),
        w([1, 1, 1, 4], [1, 2, 10, 20], [1, 1, 1, 1], 3),
        c('int32', [4], [0, 0, 0, 1]),
      ],
      output: out('int8', [1, 1, 1, 4], one),
      options: { padding: 'VALID', strideW: 1, strideH: 1, depthMultiplier: 2 },
    },
    expected: [3, 6, 50, 101],
  },
  {
    // Rows 0 and 2 of three; outside is the zero point 4, the real 0: (5 - 4) + 2 (7 - 4) = 7; the others lack one.
    name: 'DEPTHWISE_CONV_2D that is dilated and padded',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      inputs: [x('int8', [1, 3, 1, 1], [5, 6, 7], [1, 4]), w([1, 2, 1, 1], [1, 2], [1], 3), c('int32', [1], [0])],
      output: out('int8', [1, 3, 1, 1], one),
      options: { padding: 'SAME', strideW: 1, strideH: 1, depthMultiplier: 1, dilationHFactor: 2, dilationWFactor: 1 },
    },
    // Padding of 1 above: rows -1 and 1, 0 and 2, 1 and 3.
    expected: [4, 7, 2],
  },
  {
    // Each input lays 1, 2, 3 from twice its place on: 1, 2, 3 + 10, 20, 30.
    name: 'TRANSPOSE_CONV of floats whose strokes overlap',
    input: {
      kind: 'TRANSPOSE_CONV',
      inputs: [
        c('int32', [4], [1, 1, 5, 1]),
        c('float32', [1, 1, 3, 1], [1, 2, 3]),
        x('float32', [1, 1, 2, 1], [1, 10]),
      ],
      output: out('float32', [1, 1, 5, 1]),
      options: { padding: 'VALID', strideW: 2, strideH: 1 },
    },
    expected: [1, 2, 13, 20, 30],
  },
  {
    // Windows of two with stride 2 over three: 1 and 4, then 7 alone.
    name: 'AVERAGE_POOL_2D leaves padding out',
    input: {
      kind: 'AVERAGE_POOL_2D',
      inputs: [x('int8', [1, 1, 3, 1], [1, 4, 7], one)],
      output: out('int8', [1, 1, 2, 1], one),
      options: { padding: 'SAME', strideW: 2, strideH: 1, filterWidth: 2, filterHeight: 1 },
    },
    expected: [3, 7],
  },
  {
    name: 'MAX_POOL_2D of negative numbers leaves padding out',
    input: {
      kind: 'MAX_POOL_2D',
      inputs: [x('int16', [1, 1, 3, 2], [-900, -4, -300, -5, -800, -6], one)],
      output: out('int16', [1, 1, 2, 2], one),
      options: { padding: 'SAME', strideW: 2, strideH: 1, filterWidth: 2, filterHeight: 1 },
    },
    expected: [-300, -4, -800, -6],
  },
  {
    // sqrt((9 + 16 + 0 + 0) / 4) = 2.5.
    name: 'L2_POOL_2D',
    input: {
      kind: 'L2_POOL_2D',
      inputs: [x('float32', [1, 2, 2, 1], [3, -4, 0, 0])],
      output: out('float32', [1, 1, 1, 1]),
      options: { padding: 'VALID', strideW: 1, strideH: 1, filterWidth: 2, filterHeight: 2 },
    },
    expected: [2.5],
  },
]);

check('element by element', stored, [
  {
    name: 'ADD of a column and a row',
    input: {
      kind: 'ADD',
      inputs: [x('int32', [2, 1], [10, 20]), x('int32', [1, 3], [1, 2, 3])],
      output: out('int32', [2, 3]),
    },
    expected: [11, 12, 13, 21, 22, 23],
  },
  {
    // 0.5 x 100 + 0.5 x 100 = 100 and -100: 200 steps of the output, beyond its end.
    name: 'ADD saturates on both sides',
    input: {
      kind: 'ADD',
      inputs: [x('int8', [2], [100, -100], [0.5]), x('int8', [2], [100, -100], [0.5])],
      output: out('int8', [2], [0.5]),
    },
    expected: [127, -128],
  },
  {
    name: 'SUB keeps the order where the first is broadcast',
    input: {
      kind: 'SUB',
      inputs: [x('int8', [1], [10], one), x('int8', [3], [1, 20, -128], one)],
      output: out('int8', [3], one),
    },
    expected: [9, -10, 127],
  },
  {
    // 10 x 0.25 = 2.5 and -2.5: away from zero where rounded twice, upwards where once.
    name: 'MUL of ties, rounded twice',
    input: {
      kind: 'MUL',
      inputs: [x('int8', [2], [10, -10], [0.25]), x('int8', [2], [1, 1], one)],
      output: out('int8', [2], one),
    },
    expected: [3, -3],
  },
  {
    name: 'MUL of ties, rounded once',
    input: {
      kind: 'MUL',
      inputs: [x('int8', [2], [10, -10], [0.25]), x('int8', [2], [1, 1], one)],
      output: out('int8', [2], one),
      rounding: 'single',
    },
    expected: [3, -2],
  },
  {
    name: 'FLOOR_DIV and signs',
    input: {
      kind: 'FLOOR_DIV',
      inputs: [x('float32', [4], [7, -7, 7, -7]), x('float32', [4], [2, 2, -2, -2])],
      output: out('float32', [4]),
    },
    expected: [3, -4, -4, 3],
  },
  {
    name: 'FLOOR_MOD has the sign of the divisor',
    input: {
      kind: 'FLOOR_MOD',
      inputs: [x('float32', [4], [7, -7, 7, -7]), x('float32', [4], [2, 2, -2, -2])],
      output: out('float32', [4]),
    },
    expected: [1, 1, -1, -1],
  },
  {
    // Stored 12 and 21 are both the real 5.
    name: 'EQUAL of real numbers, not of stored ones',
    input: {
      kind: 'EQUAL',
      inputs: [x('int8', [2], [12, 12], [0.5, 2]), x('int8', [2], [21, 12], [0.25, 1])],
      output: out('bool', [2]),
    },
    expected: [1, 0],
  },
  {
    name: 'MAXIMUM broadcasts',
    input: {
      kind: 'MAXIMUM',
      inputs: [x('int8', [2, 2], [1, -5, 7, 0], one), x('int8', [2], [3, -4], one)],
      output: out('int8', [2, 2], one),
    },
    expected: [3, -4, 7, 0],
  },
  {
    // -0.5 is taken as -1 + 1.
    name: 'ROUND: halves to the even',
    input: {
      kind: 'ROUND',
      inputs: [x('float32', [6], [0.5, 1.5, 2.5, -0.5, -1.5, 2.4])],
      output: out('float32', [6]),
    },
    expected: [0, 2, 2, 0, -2, 2],
  },
  {
    // Zero point 5 is 0; 6 / 0.1 = 60 steps above.
    name: 'RELU6 of int8',
    input: {
      kind: 'RELU6',
      inputs: [x('int8', [4], [-20, 5, 64, 127], [0.1, 5])],
      output: out('int8', [4], [0.1, 5]),
    },
    expected: [5, 5, 64, 65],
  },
  {
    // Positive by 1, negative by a quarter: -10 / 4 = -2.5 goes away from zero.
    name: 'LEAKY_RELU of int8',
    input: {
      kind: 'LEAKY_RELU',
      inputs: [x('int8', [3], [9, -10, -8], one)],
      output: out('int8', [3], one),
      options: { alpha: 0.25 },
    },
    expected: [9, -3, -2],
  },
  {
    name: 'ABS of the least saturates',
    input: { kind: 'ABS', inputs: [x('int8', [3], [-128, -1, 7], one)], output: out('int8', [3], one) },
    expected: [127, 1, 7],
  },
  {
    // 0.25 x 10 = 2.5 of the output's 1; and far beyond its end.
    name: 'QUANTIZE from int16 to int8',
    input: {
      kind: 'QUANTIZE',
      inputs: [x('int16', [3], [10, -30000, 4], [0.25])],
      output: out('int8', [3], [1, 3]),
    },
    expected: [6, -128, 4],
  },
  {
    name: 'DEQUANTIZE',
    input: { kind: 'DEQUANTIZE', inputs: [x('int8', [3], [-128, 3, 127], [0.5, 3])], output: out('float32', [3]) },
    expected: [-65.5, 0, 62],
  },
]);

check('along axes', stored, [
  {
    // Real sums 6 and 15, means 2 and 5.
    name: 'MEAN over the last of two, counted from the end',
    input: {
      kind: 'MEAN',
      inputs: [x('int8', [2, 3], [2, 3, 4, 5, 6, 7], [1, 1]), c('int32', [1], [-1])],
      output: out('int8', [2], one),
    },
    expected: [2, 5],
  },
  {
    name: 'MEAN over the same axis named twice',
    input: {
      kind: 'MEAN',
      inputs: [x('float32', [2, 2], [1, 3, 5, 7]), c('int32', [2], [1, -1])],
      output: out('float32', [2]),
    },
    expected: [2, 6],
  },
  {
    name: 'SUM of int8 saturates',
    input: {
      kind: 'SUM',
      inputs: [x('int8', [2, 2], [100, 100, -100, -100], one), c('int32', [1], [1])],
      output: out('int8', [2], one),
    },
    expected: [127, -128],
  },
  {
    name: 'REDUCE_MAX over the first',
    input: {
      kind: 'REDUCE_MAX',
      inputs: [x('int8', [2, 2], [-9, 4, -3, -128], one), c('int32', [1], [0])],
      output: out('int8', [2], one),
    },
    expected: [-3, 4],
  },
  {
    name: 'ARG_MAX takes the first of equals',
    input: {
      kind: 'ARG_MAX',
      inputs: [x('int8', [2, 3], [4, 9, 9, -1, -1, -2], one), c('int32', [1], [-1])],
      output: out('int32', [2]),
    },
    expected: [1, 0],
  },
  {
    name: 'ARG_MIN over the first axis',
    input: {
      kind: 'ARG_MIN',
      inputs: [x('float32', [2, 2], [3, 1, 2, 5]), c('int32', [1], [0])],
      output: out('int32', [2]),
    },
    expected: [1, 0],
  },
  {
    name: 'CUMSUM from the end, without the element itself',
    input: {
      kind: 'CUMSUM',
      inputs: [x('float32', [2, 3], [1, 2, 3, 10, 20, 30]), c('int32', [1], [1])],
      output: out('float32', [2, 3]),
      options: { reverse: true, exclusive: true },
    },
    expected: [5, 3, 0, 50, 30, 0],
  },
  {
    name: 'CONCATENATION along the last axis, counted from the end',
    input: {
      kind: 'CONCATENATION',
      inputs: [x('int8', [2, 1], [1, 2], one), x('int8', [2, 2], [3, 4, 5, 6], one)],
      output: out('int8', [2, 3], one),
      options: { axis: -1 },
    },
    expected: [1, 3, 4, 2, 5, 6],
  },
  {
    name: 'GATHER of columns',
    input: {
      kind: 'GATHER',
      inputs: [x('int8', [2, 3], [1, 2, 3, 4, 5, 6], one), x('int32', [2], [2, 0])],
      output: out('int8', [2, 2], one),
      options: { axis: 1 },
    },
    expected: [3, 1, 6, 4],
  },
  {
    name: 'GATHER of an index that is not there',
    input: {
      kind: 'GATHER',
      inputs: [x('int8', [2], [1, 2], one), x('int32', [1], [2])],
      output: out('int8', [1], one),
    },
    fails: 'Operator 0 (GATHER) looks up index 2 where there are 2. Give inputs within range.',
  },
  {
    name: 'MIRROR_PAD without the edge',
    input: {
      kind: 'MIRROR_PAD',
      inputs: [x('int8', [3], [1, 2, 3], one), c('int32', [1, 2], [2, 1])],
      output: out('int8', [6], one),
      options: { mode: 'REFLECT' },
    },
    expected: [3, 2, 1, 2, 3, 2],
  },
  {
    name: 'MIRROR_PAD with the edge',
    input: {
      kind: 'MIRROR_PAD',
      inputs: [x('int8', [3], [1, 2, 3], one), c('int32', [1, 2], [2, 1])],
      output: out('int8', [6], one),
      options: { mode: 'SYMMETRIC' },
    },
    expected: [2, 1, 1, 2, 3, 3],
  },
  {
    name: 'SLICE to the end',
    input: {
      kind: 'SLICE',
      inputs: [x('int8', [2, 3], [1, 2, 3, 4, 5, 6], one), c('int32', [2], [0, 1]), c('int32', [2], [-1, 2])],
      output: out('int8', [2, 2], one),
    },
    expected: [2, 3, 5, 6],
  },
  {
    name: 'DYNAMIC_UPDATE_SLICE is moved so that it fits',
    input: {
      kind: 'DYNAMIC_UPDATE_SLICE',
      inputs: [x('int8', [4], [1, 2, 3, 4], one), x('int8', [2], [8, 9], one), x('int32', [1], [3])],
      output: out('int8', [4], one),
    },
    expected: [1, 2, 8, 9],
  },
  {
    // Blocks of two columns: depth runs over the block, row by row.
    name: 'SPACE_TO_DEPTH',
    input: {
      kind: 'SPACE_TO_DEPTH',
      inputs: [x('int8', [1, 2, 4, 1], [1, 2, 3, 4, 5, 6, 7, 8], one)],
      output: out('int8', [1, 1, 2, 4], one),
      options: { blockSize: 2 },
    },
    expected: [1, 2, 5, 6, 3, 4, 7, 8],
  },
]);
