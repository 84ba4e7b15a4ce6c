import { quantized } from '../../support/build';
import { check } from '../../support/check';
import type { Case, Operand, Scale } from './oneOperator';
import { bias64, c, out, stored, w, x } from './oneOperator';

/** Layers with weights so small that their sums are worked out by hand. */

type Numbers = readonly number[];

const one: Scale = [1, 0];

/** A tensor that an operator remembers between inferences. */
const remembered = (operand: Operand): Operand => ({ ...operand, tensor: { ...operand.tensor, isVariable: true } });

/** In the unit 1. */
const scaled = (operand: Operand): Operand => ({
  ...operand,
  tensor: { ...operand.tensor, quantization: quantized(1) },
});

const valid = { padding: 'VALID', strideW: 1, strideH: 1, dilationWFactor: 1, dilationHFactor: 1 };

/** Values of int8 above the zero point 1. */
const image = (shape: Numbers, values: Numbers): Operand => x('int8', shape, values, [1, 1]);

/** 3 x 3 pixels of two channels: 2 to 10 in the first one, 11 in the second; 1 less in real numbers. */
const nine = image(
  [1, 3, 3, 2],
  [2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((value) => [value, 11]),
);

/** Weights 1 to 9 for the first channel; 2 in the middle for the second. */
const taps = w([1, 3, 3, 2], [1, 0, 2, 0, 3, 0, 4, 0, 5, 2, 6, 0, 7, 0, 8, 0, 9, 0], [1, 1], 3);

check('convolutions', stored, [
  {
    // The squares of 1 to 9 are 285, and 2 x 10: in steps of 5.
    name: 'DEPTHWISE_CONV_2D of 3 x 3 taps',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      inputs: [nine, taps, c('int32', [2], [0, 0])],
      output: out('int8', [1, 1, 1, 2], [5, -3]),
      options: { ...valid, depthMultiplier: 1 },
    },
    expected: [54, 1],
  },
  {
    // Each place has four taps inside: 5 x 1 + 6 x 2 + 8 x 4 + 9 x 5 = 94, 4 x 2 + 5 x 3 + 7 x 5 + 8 x 6 = 106, and the
    // same by symmetry, each with 6 on top; of the second channel 2 x 10 - 10. In steps of 10.
    name: 'DEPTHWISE_CONV_2D of 3 x 3 taps, padded, by steps of two',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      inputs: [nine, taps, c('int32', [2], [6, -10])],
      output: out('int8', [1, 2, 2, 2], [10, 0]),
      options: { ...valid, padding: 'SAME', strideW: 2, strideH: 2, depthMultiplier: 1 },
    },
    expected: [10, 1, 11, 1, 11, 1, 10, 1],
  },
  {
    // Each output reads one of two channels: 2 x 3 and 4 x 5.
    name: 'CONV_2D in two groups',
    input: {
      kind: 'CONV_2D',
      inputs: [image([1, 1, 1, 2], [4, 6]), w([2, 1, 1, 1], [2, 4], [1, 1], 0), c('int32', [2], [0, 1])],
      output: out('int8', [1, 1, 1, 2], one),
      options: valid,
    },
    expected: [6, 21],
  },
  {
    // 3 x 2 + 5 x 4 with a bias of 64 bits.
    name: 'CONV_2D of int16',
    input: {
      kind: 'CONV_2D',
      inputs: [x('int16', [1, 1, 1, 2], [3, 5], [1]), w([1, 1, 1, 2], [2, 4], [1], 0), bias64([-6])],
      output: out('int16', [1, 1, 1, 1], [0.5]),
      options: valid,
    },
    expected: [40],
  },
  {
    name: 'DEPTHWISE_CONV_2D of int16',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      inputs: [x('int16', [1, 1, 2, 1], [300, 500], [1]), w([1, 1, 2, 1], [2, -1], [1], 3), bias64([5])],
      output: out('int16', [1, 1, 1, 1], [1]),
      options: { ...valid, depthMultiplier: 1 },
    },
    expected: [105],
  },
  {
    // Two images and two outputs of floats: 1 + 20, 2 x 1 + 3 x 10 …
    name: 'CONV_2D of two images of floats with a bias',
    input: {
      kind: 'CONV_2D',
      inputs: [
        x('float32', [2, 1, 1, 2], [1, 2, 3, 4]),
        c('float32', [2, 1, 1, 2], [1, 10, 0.5, 0]),
        c('float32', [2], [0.25, -1]),
      ],
      output: out('float32', [2, 1, 1, 2]),
      options: valid,
    },
    expected: [21.25, -0.5, 43.25, 0.5],
  },
]);

/** A single pixel of value 3, real 2, by four weights. */
function transposed(type: 'int8' | 'int16', bias: Operand | null): Case {
  return {
    kind: 'TRANSPOSE_CONV',
    inputs: [
      c('int32', [4], [1, 2, 2, 1]),
      w([1, 2, 2, 1], [1, 2, 3, -4], [1], 0),
      type === 'int8' ? image([1, 1, 1, 1], [3]) : x('int16', [1, 1, 1, 1], [2], [1]),
      ...(bias === null ? [] : [bias]),
    ],
    output: out(type, [1, 2, 2, 1], type === 'int8' ? [1, -1] : [1]),
    options: { padding: 'VALID', strideW: 2, strideH: 2 },
  };
}

check('transposed convolutions of a pixel', stored, [
  { name: 'int8', input: transposed('int8', null), expected: [1, 3, 5, -9] },
  { name: 'int8 with a bias', input: transposed('int8', c('int32', [1], [10])), expected: [11, 13, 15, 1] },
  { name: 'int16', input: transposed('int16', null), expected: [2, 4, 6, -8] },
  { name: 'int16 with a bias of 64 bits', input: transposed('int16', bias64([-10])), expected: [-8, -6, -4, -18] },
]);

check('dense layers', stored, [
  {
    // The weights' zero point of 3 counts: (6 - 1) x (7 - 3) + (2 - 1) x (1 - 3).
    name: 'int8 weights above a zero point',
    input: {
      kind: 'FULLY_CONNECTED',
      inputs: [image([1, 2], [6, 2]), c('int8', [1, 2], [7, 1], [1, 3]), c('int32', [1], [2], one)],
      output: out('int8', [1, 1], [0.5, -20]),
      options: { fusedActivationFunction: 'NONE' },
    },
    expected: [20],
  },
  {
    name: 'two rows and two outputs',
    input: {
      kind: 'FULLY_CONNECTED',
      inputs: [image([2, 2], [2, 3, 4, 5]), c('int8', [2, 2], [1, 10, -1, 2], one), c('int32', [2], [0, 5], one)],
      output: out('int8', [2, 2], one),
      options: { fusedActivationFunction: 'NONE' },
    },
    expected: [21, 8, 43, 10],
  },
  {
    name: 'int16 with a bias of 64 bits',
    input: {
      kind: 'FULLY_CONNECTED',
      inputs: [x('int16', [1, 2], [300, -200], [1]), c('int8', [1, 2], [2, 1], one), scaled(bias64([1]))],
      output: out('int16', [1, 1], [0.5]),
      options: { fusedActivationFunction: 'NONE' },
    },
    expected: [802],
  },
  {
    name: 'floats with RELU6',
    input: {
      kind: 'FULLY_CONNECTED',
      inputs: [x('float32', [1, 2], [1, 2]), c('float32', [3, 2], [1, 1, 5, 5, -1, 0]), c('float32', [3], [0.5, 0, 0])],
      output: out('float32', [1, 3]),
      options: { fusedActivationFunction: 'RELU6' },
    },
    expected: [3.5, 6, 0],
  },
]);

/** 1 2 / 3 4 times 5 6 / 7 8, each as it is or turned. */
function product(adjX: boolean, adjY: boolean): Numbers {
  return stored({
    kind: 'BATCH_MATMUL',
    inputs: [x('float32', [2, 2], [1, 2, 3, 4]), x('float32', [2, 2], [5, 6, 7, 8])],
    output: out('float32', [2, 2]),
    options: { adjX, adjY },
  });
}

check('products of matrices', ([adjX, adjY]: readonly [boolean, boolean]) => product(adjX, adjY), [
  { name: 'as they are', input: [false, false], expected: [19, 22, 43, 50] },
  { name: 'the left one turned', input: [true, false], expected: [26, 30, 38, 44] },
  { name: 'the right one turned', input: [false, true], expected: [17, 23, 39, 53] },
  { name: 'both turned', input: [true, true], expected: [23, 31, 34, 46] },
]);

check('products of matrices of integers', stored, [
  {
    // (4 - 1) x (5 + 2) + (3 - 1) x (1 + 2) = 27, in halves above -30.
    name: 'int8 with two zero points',
    input: {
      kind: 'BATCH_MATMUL',
      inputs: [image([1, 2], [4, 3]), x('int8', [2, 1], [5, 1], [1, -2])],
      output: out('int8', [1, 1], [0.5, -30]),
      options: { adjX: false, adjY: false },
    },
    expected: [24],
  },
  {
    // The one right matrix serves both left ones.
    name: 'a batch against one',
    input: {
      kind: 'BATCH_MATMUL',
      inputs: [x('float32', [2, 1, 2], [1, 2, 3, 4]), x('float32', [1, 2, 1], [10, 1])],
      output: out('float32', [2, 1, 1]),
      options: { adjX: false, adjY: false },
    },
    expected: [12, 34],
  },
]);

/** Two filters of one feature, two steps of memory, one unit of both: the newest step counts ten times. */
function svdf(type: 'int8' | 'float32'): Case {
  const scale: Scale | undefined = type === 'int8' ? one : undefined;
  const time = type === 'int8' ? 'int16' : 'float32';
  return {
    kind: 'SVDF',
    inputs: [
      x(type, [1, 1], [3], scale),
      c(type, [2, 1], [2, -1], scale),
      c(time, [2, 2], [1, 10, 1, 10], scale),
      c(type === 'int8' ? 'int32' : 'float32', [1], [4], scale),
      remembered(x(time, [1, 4], [70, 5, 80, 7], scale)),
    ],
    output: out(type, [1, 1], scale),
    options: { rank: 2, fusedActivationFunction: 'NONE' },
  };
}

// Memory moves on: 5 and 3 x 2; 7 and 3 x -1. With the bias 5 + 60 + 7 - 30 + 4.
check('SVDF', stored, [
  { name: 'int8', input: svdf('int8'), expected: [46] },
  { name: 'float32', input: svdf('float32'), expected: [46] },
]);

interface Gates {
  /** Biases of the gates: one far above lets all through, one far below nothing. */
  readonly input: number;
  readonly forget: number;
  readonly cell: number;
  readonly output: number;
  readonly clip?: number;
}

/** An LSTM of one unit with no weights, its cell at 0.5 before. */
function lstm({ input, forget, cell, output, clip = 0 }: Gates): Numbers {
  const none = (): Operand => c('float32', [1, 1], [0]);
  return stored({
    kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
    inputs: [
      x('float32', [1, 1, 1], [1]),
      ...Array.from({ length: 8 }, none),
      ...[null, null, null],
      ...[input, forget, cell, output].map((bias) => c('float32', [1], [bias])),
      ...[null, null],
      remembered(x('float32', [1, 1], [0])),
      remembered(x('float32', [1, 1], [0.5])),
      ...[null, null, null, null],
    ],
    output: out('float32', [1, 1, 1]),
    options: { fusedActivationFunction: 'TANH', cellClip: clip, projClip: 0, timeMajor: false },
  }).map((value) => Number(value.toFixed(5)));
}

const [open, shut] = [100, -100];

check('an LSTM whose gates are open or shut', lstm, [
  // tanh(0.5) = 0.46212.
  { name: 'the cell stays', input: { input: shut, forget: open, cell: open, output: open }, expected: [0.46212] },
  // tanh(1) = 0.76159.
  { name: 'the cell is set to 1', input: { input: open, forget: shut, cell: open, output: open }, expected: [0.76159] },
  {
    name: 'the cell is set to -1',
    input: { input: open, forget: shut, cell: shut, output: open },
    expected: [-0.76159],
  },
  // tanh(1.5) = 0.90515.
  { name: 'the cell grows by 1', input: { input: open, forget: open, cell: open, output: open }, expected: [0.90515] },
  { name: 'nothing is told', input: { input: open, forget: open, cell: open, output: shut }, expected: [0] },
  // Half of 1 and half of a half: tanh(0.75) = 0.63515, of which half is told.
  { name: 'gates half open', input: { input: 0, forget: 0, cell: open, output: 0 }, expected: [0.31757] },
  // 1.5 is cut to 0.25: tanh(0.25) = 0.24492.
  {
    name: 'a cell that is cut',
    input: { input: open, forget: open, cell: open, output: open, clip: 0.25 },
    expected: [0.24492],
  },
]);

function pooled(
  kind: 'AVERAGE_POOL_2D' | 'MAX_POOL_2D',
  type: 'int8' | 'int16',
  values: Numbers,
  activation = 'NONE',
): Case {
  return {
    kind,
    inputs: [x(type, [1, 2, 2, 1], values, one)],
    output: out(type, [1, 1, 1, 1], one),
    options: {
      ...{ padding: 'VALID', strideW: 2, strideH: 2, filterWidth: 2, filterHeight: 2 },
      fusedActivationFunction: activation,
    },
  };
}

check('pooling of four values', stored, [
  // Sums of 6 and -6 by 4: ties go away from zero.
  { name: 'the mean, a tie above zero', input: pooled('AVERAGE_POOL_2D', 'int8', [1, 2, 3, 0]), expected: [2] },
  { name: 'the mean, a tie below zero', input: pooled('AVERAGE_POOL_2D', 'int8', [-1, -2, -3, 0]), expected: [-2] },
  { name: 'the mean of int16', input: pooled('AVERAGE_POOL_2D', 'int16', [-1000, -2, -3, -4]), expected: [-252] },
  { name: 'the mean with RELU', input: pooled('AVERAGE_POOL_2D', 'int8', [-1, -2, -3, -4], 'RELU'), expected: [0] },
  { name: 'the largest with RELU6', input: pooled('MAX_POOL_2D', 'int8', [-1, 9, -3, -4], 'RELU6'), expected: [6] },
]);
