import { leadingPadding } from '../../../src/core/execute/window';
import { check } from '../../support/check';
import type { Case, Scale } from './oneOperator';
import { c, out, stored, w, x } from './oneOperator';

/** Windows that move, pad and reach in every way; all expectations by hand. */

const one: Scale = [1, 0];

check(
  'padding before an image with SAME; an odd rest lies behind',
  ([length, stride, reach]: readonly [number, number, number]) => leadingPadding(length, stride, reach),
  [
    // (steps - 1) x stride + reach - length, halved.
    { name: 'a reach of 3: one on both sides', input: [5, 1, 3], expected: 1 },
    { name: 'a stride that ends at the edge', input: [5, 2, 3], expected: 1 },
    { name: 'a stride that leaves one: it lies behind', input: [4, 2, 3], expected: 0 },
    { name: 'a stride beyond the reach', input: [4, 4, 3], expected: 0 },
    { name: 'an even reach', input: [6, 1, 4], expected: 1 },
    { name: 'a reach of 2', input: [6, 1, 2], expected: 0 },
    { name: 'a dilated reach', input: [5, 1, 5], expected: 2 },
    { name: 'an image of one pixel', input: [1, 1, 3], expected: 1 },
    { name: 'a reach beyond the image', input: [3, 1, 9], expected: 4 },
    { name: 'one step only', input: [2, 2, 7], expected: 2 },
  ],
);

/** A CONV_2D of floats over one row, without a bias: values, weights, and how the window moves. */
interface RowOfFloats {
  readonly image: readonly number[];
  readonly weights: readonly number[];
  readonly outWidth: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly padding?: 'SAME' | 'VALID';
}

function convolved({
  image,
  weights,
  outWidth,
  stride = 1,
  dilation = 1,
  padding = 'SAME',
}: RowOfFloats): readonly number[] {
  return stored({
    kind: 'CONV_2D',
    inputs: [
      x('float32', [1, 1, image.length, 1], image),
      c('float32', [1, 1, weights.length, 1], weights),
      c('float32', [1], [0]),
    ],
    output: out('float32', [1, 1, outWidth, 1]),
    options: { padding, strideW: stride, strideH: stride, dilationWFactor: dilation, dilationHFactor: 1 },
  });
}

check('CONV_2D along a row', convolved, [
  {
    name: 'a stride beyond the kernel leaves pixels out',
    input: { image: [1, 2, 3, 4, 5], weights: [2], outWidth: 2, stride: 3, padding: 'VALID' },
    expected: [2, 8],
  },
  {
    name: 'the same with SAME, which pads nothing then',
    input: { image: [1, 2, 3, 4, 5], weights: [2], outWidth: 2, stride: 3 },
    expected: [2, 8],
  },
  {
    // 1 + 20, 2 + 30, 3 + 0.
    name: 'an even kernel pads behind',
    input: { image: [1, 2, 3], weights: [1, 10], outWidth: 3 },
    expected: [21, 32, 3],
  },
  {
    // 0 + 10 + 200, 1 + 20 + 300, 2 + 30 + 0.
    name: 'an odd kernel pads on both sides',
    input: { image: [1, 2, 3], weights: [1, 10, 100], outWidth: 3 },
    expected: [210, 321, 32],
  },
  {
    // 1 + 20 + 300, 3 + 40 + 0: the one pixel of padding lies behind.
    name: 'an odd rest of a stride lies behind',
    input: { image: [1, 2, 3, 4], weights: [1, 10, 100], outWidth: 2, stride: 2 },
    expected: [321, 43],
  },
  {
    // Taps two apart, two of padding on both sides.
    name: 'a dilated kernel pads by its reach',
    input: { image: [1, 2, 3, 4, 5], weights: [1, 10, 100], outWidth: 5, dilation: 2 },
    expected: [310, 420, 531, 42, 53],
  },
  {
    // 1 + 100 x 5 with nothing between.
    name: 'a dilated kernel that fits once',
    input: { image: [1, 2, 3, 4, 5], weights: [1, 0, 100], outWidth: 1, dilation: 2, padding: 'VALID' },
    expected: [501],
  },
  {
    // Only the middle tap lies on the image.
    name: 'a kernel that is wider than the image',
    input: { image: [7], weights: [1, 2, 3, 4, 5], outWidth: 1 },
    expected: [21],
  },
]);

/** A pooling of int8 over one row. */
function pooled(
  kind: string,
  image: readonly number[],
  more: { width: number; stride: number; padding: string; out: number },
): Case {
  return {
    kind,
    inputs: [x('int8', [1, 1, image.length, 1], image, one)],
    output: out('int8', [1, 1, more.out, 1], one),
    options: { padding: more.padding, filterWidth: more.width, filterHeight: 1, strideW: more.stride, strideH: 1 },
  };
}

check('pooling along a row', stored, [
  {
    // 3 / 2 and 9 / 2, away from zero.
    name: 'AVERAGE_POOL_2D whose stride leaves a pixel out',
    input: pooled('AVERAGE_POOL_2D', [1, 2, 3, 4, 5], { width: 2, stride: 3, padding: 'VALID', out: 2 }),
    expected: [2, 5],
  },
  {
    name: 'AVERAGE_POOL_2D of halves below zero',
    input: pooled('AVERAGE_POOL_2D', [-1, -2, -3], { width: 2, stride: 1, padding: 'VALID', out: 2 }),
    expected: [-2, -3],
  },
  {
    // (2 + 4) / 2, (4 + 7) / 2, and 7 alone.
    name: 'AVERAGE_POOL_2D counts only what lies on the image',
    input: pooled('AVERAGE_POOL_2D', [2, 4, 7], { width: 2, stride: 1, padding: 'SAME', out: 3 }),
    expected: [3, 6, 7],
  },
  {
    // -5 / 3 is nearer to -2, 4 / 3 to 1.
    name: 'AVERAGE_POOL_2D of three',
    input: pooled('AVERAGE_POOL_2D', [-1, -2, -2, 2, 1, 1], { width: 3, stride: 3, padding: 'VALID', out: 2 }),
    expected: [-2, 1],
  },
  {
    name: 'AVERAGE_POOL_2D of the ends of the range',
    input: pooled('AVERAGE_POOL_2D', [127, 127, -128, -128], { width: 2, stride: 2, padding: 'VALID', out: 2 }),
    expected: [127, -128],
  },
  {
    name: 'MAX_POOL_2D whose window is wider than the image',
    input: pooled('MAX_POOL_2D', [-3, -128], { width: 5, stride: 1, padding: 'SAME', out: 2 }),
    expected: [-3, -3],
  },
  {
    name: 'MAX_POOL_2D whose stride leaves pixels out',
    input: pooled('MAX_POOL_2D', [9, 1, 8, 2, 3], { width: 1, stride: 4, padding: 'VALID', out: 2 }),
    expected: [9, 3],
  },
]);

check('DEPTHWISE_CONV_2D along a row', stored, [
  {
    // Pixels 1 and 3, each with both filters.
    name: 'a stride beyond the kernel, two filters a channel',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      inputs: [
        x('int8', [1, 1, 4, 1], [1, 2, 3, 4], one),
        w([1, 1, 1, 2], [1, -1], [1, 1], 3),
        c('int32', [2], [0, 0]),
      ],
      output: out('int8', [1, 1, 2, 2], one),
      options: { padding: 'VALID', strideW: 2, strideH: 2, depthMultiplier: 2 },
    },
    expected: [1, -1, 3, -3],
  },
  {
    // Outside the image is the real 0, the stored 10: 1 x 2 and 2 x 1 + 3 x 0 of the real 1 and 2.
    name: 'an even kernel pads behind, with the zero point',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      inputs: [x('int8', [1, 1, 2, 1], [11, 12], [1, 10]), w([1, 1, 2, 1], [2, 3], [1], 3), c('int32', [1], [0])],
      output: out('int8', [1, 1, 2, 1], [1, -5]),
      options: { padding: 'SAME', strideW: 1, strideH: 1, depthMultiplier: 1 },
    },
    // 1 x 2 + 2 x 3 = 8, 2 x 2 = 4, and the zero point of -5.
    expected: [3, -1],
  },
]);

const nothing = { padding: 'SAME', strideW: 1, strideH: 1 };

/** TFLM takes a tensor of no elements for one whose size is not known. */
function withoutElements(says: string): string {
  return `${says}, a tensor without elements, which TFLite Micro takes for one whose size is not known and refuses; leave that output out of the model.`;
}

check('no elements at all', stored, [
  {
    name: 'CONV_2D of no images',
    input: {
      kind: 'CONV_2D',
      inputs: [x('int8', [0, 1, 2, 1], [], one), c('int8', [1, 1, 1, 1], [1], one), c('int32', [1], [0])],
      output: out('int8', [0, 1, 2, 1], one),
      options: nothing,
    },
    fails: withoutElements('CONV_2D gives int8[0,1,2,1]'),
  },
  {
    name: 'MAX_POOL_2D of no images',
    input: {
      kind: 'MAX_POOL_2D',
      inputs: [x('int8', [0, 1, 2, 1], [], one)],
      output: out('int8', [0, 1, 2, 1], one),
      options: { ...nothing, filterWidth: 1, filterHeight: 1 },
    },
    fails: withoutElements('MAX_POOL_2D gives int8[0,1,2,1]'),
  },
  {
    name: 'FULLY_CONNECTED of no rows',
    input: {
      kind: 'FULLY_CONNECTED',
      inputs: [x('int8', [0, 2], [], one), c('int8', [1, 2], [1, 1], one), c('int32', [1], [0], one)],
      output: out('int8', [0, 1], one),
    },
    fails: withoutElements('FULLY_CONNECTED gives int8[0,1]'),
  },
  {
    name: 'ADD of nothing and a row',
    input: {
      kind: 'ADD',
      inputs: [x('float32', [0, 3], []), x('float32', [1, 3], [1, 2, 3])],
      output: out('float32', [0, 3]),
    },
    fails: withoutElements('ADD gives float32[0,3]'),
  },
  {
    name: 'CONCATENATION of nothing and something',
    input: {
      kind: 'CONCATENATION',
      inputs: [x('int8', [0], [], one), x('int8', [2], [5, 6], one)],
      output: out('int8', [2], one),
      options: { axis: 0 },
    },
    expected: [5, 6],
  },
  {
    name: 'SUM over an axis of no elements',
    input: {
      kind: 'SUM',
      inputs: [x('float32', [2, 0], []), c('int32', [1], [1])],
      output: out('float32', [2]),
      options: { keepDims: false },
    },
    expected: [0, 0],
  },
  {
    name: 'SOFTMAX of no rows',
    input: {
      kind: 'SOFTMAX',
      inputs: [x('float32', [0, 3], [])],
      output: out('float32', [0, 3]),
      options: { beta: 1 },
    },
    fails: withoutElements('SOFTMAX gives float32[0,3]'),
  },
  {
    name: 'TRANSPOSE of nothing',
    input: {
      kind: 'TRANSPOSE',
      inputs: [x('int8', [0, 3], [], one), c('int32', [2], [1, 0])],
      output: out('int8', [3, 0], one),
    },
    fails: withoutElements('TRANSPOSE gives int8[3,0]'),
  },
  {
    name: 'SLICE of no length',
    input: {
      kind: 'SLICE',
      inputs: [x('int8', [3], [1, 2, 3], one), c('int32', [1], [1]), c('int32', [1], [0])],
      output: out('int8', [0], one),
    },
    expected: [],
  },
  {
    name: 'PAD around nothing',
    input: {
      kind: 'PAD',
      inputs: [x('float32', [0], []), c('int32', [1, 2], [1, 2])],
      output: out('float32', [3]),
    },
    expected: [0, 0, 0],
  },
]);
