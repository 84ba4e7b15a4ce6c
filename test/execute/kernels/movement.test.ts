import { check } from '../../support/check';
import type { Case, Operand, Scale } from './oneOperator';
import { c, out, stored, x } from './oneOperator';

/** Where each value goes; all expectations by hand. */

type Numbers = readonly number[];

/** The numbers from 0 on in a shape. */
function counted(shape: Numbers): Operand {
  const size = shape.reduce((product, length) => product * length, 1);
  return x('float32', shape, [...Array(size).keys()]);
}

const integers = (values: Numbers, shape: Numbers = [values.length]): Operand => c('int32', shape, values);

interface Sliced {
  readonly begin: Numbers;
  readonly end: Numbers;
  readonly strides: Numbers;
  readonly shape: Numbers;
  readonly beginMask?: number;
  readonly endMask?: number;
  readonly shrinkAxisMask?: number;
}

/** Of 0 1 2 3 / 4 5 6 7 / 8 9 10 11. */
function stridedSlice({ begin, end, strides, shape, ...masks }: Sliced): Numbers {
  return stored({
    kind: 'STRIDED_SLICE',
    inputs: [counted([3, 4]), integers(begin), integers(end), integers(strides)],
    output: out('float32', shape),
    options: { beginMask: 0, endMask: 0, shrinkAxisMask: 0, ...masks },
  });
}

check('STRIDED_SLICE', stridedSlice, [
  {
    name: 'every other column of two rows',
    input: { begin: [1, 0], end: [3, 4], strides: [1, 2], shape: [2, 2] },
    expected: [4, 6, 8, 10],
  },
  {
    name: 'indices from the end',
    input: { begin: [-2, -3], end: [-1, -1], strides: [1, 1], shape: [1, 2] },
    expected: [5, 6],
  },
  {
    name: 'backwards',
    input: { begin: [2, 3], end: [0, 0], strides: [-1, -2], shape: [2, 2] },
    expected: [11, 9, 7, 5],
  },
  {
    name: 'ends that lie beyond are held within',
    input: { begin: [-9, 2], end: [9, 9], strides: [2, 1], shape: [2, 2] },
    expected: [2, 3, 10, 11],
  },
  {
    name: 'masks take the ends instead of what is given',
    input: { begin: [2, 3], end: [1, 1], strides: [1, 1], shape: [3, 4], beginMask: 3, endMask: 3 },
    expected: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  },
  {
    name: 'masks backwards take the other ends',
    input: { begin: [0, 0], end: [2, 2], strides: [-1, -1], shape: [3, 4], beginMask: 3, endMask: 3 },
    expected: [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
  },
  {
    name: 'an axis that is dropped has the one index',
    input: { begin: [1, 0], end: [9, 3], strides: [1, 1], shape: [3], shrinkAxisMask: 1 },
    expected: [4, 5, 6],
  },
]);

check('parts of a tensor', stored, [
  {
    name: 'SLICE to the end by -1',
    input: {
      kind: 'SLICE',
      inputs: [counted([3, 4]), integers([1, 2]), integers([-1, 2])],
      output: out('float32', [2, 2]),
    },
    expected: [6, 7, 10, 11],
  },
  {
    name: 'SPLIT: the first part of three columns each',
    input: {
      kind: 'SPLIT',
      inputs: [integers([1]), counted([2, 3])],
      output: out('float32', [2, 3]),
      options: { numSplits: 1 },
    },
    expected: [0, 1, 2, 3, 4, 5],
  },
  {
    name: 'DYNAMIC_UPDATE_SLICE that would reach beyond is moved back',
    input: {
      kind: 'DYNAMIC_UPDATE_SLICE',
      inputs: [counted([3, 4]), x('float32', [2, 2], [50, 51, 52, 53]), c('int32', [2], [2, 1])],
      output: out('float32', [3, 4]),
    },
    expected: [0, 1, 2, 3, 4, 50, 51, 7, 8, 52, 53, 11],
  },
  {
    name: 'GATHER along the second axis, one of them twice',
    input: {
      kind: 'GATHER',
      inputs: [counted([2, 3, 2]), integers([2, 0, 2])],
      output: out('float32', [2, 3, 2]),
      options: { axis: 1, batchDims: 0 },
    },
    expected: [4, 5, 0, 1, 4, 5, 10, 11, 6, 7, 10, 11],
  },
  {
    name: 'GATHER of a batch: each row has indices of its own',
    input: {
      kind: 'GATHER',
      inputs: [counted([2, 3]), integers([2, 0, 1, 1], [2, 2])],
      output: out('float32', [2, 2]),
      options: { axis: 1, batchDims: 1 },
    },
    expected: [2, 0, 4, 4],
  },
  {
    name: 'GATHER_ND of single values',
    input: {
      kind: 'GATHER_ND',
      inputs: [counted([2, 3]), integers([1, 2, 0, 1], [2, 2])],
      output: out('float32', [2]),
    },
    expected: [5, 1],
  },
  {
    name: 'GATHER_ND of rows',
    input: {
      kind: 'GATHER_ND',
      inputs: [counted([3, 2]), integers([2, 0], [2, 1])],
      output: out('float32', [2, 2]),
    },
    expected: [4, 5, 0, 1],
  },
  {
    name: 'EMBEDDING_LOOKUP of rows',
    input: {
      kind: 'EMBEDDING_LOOKUP',
      inputs: [integers([1, 1, 0]), c('float32', [2, 2], [1, 2, 3, 4])],
      output: out('float32', [3, 2]),
    },
    expected: [3, 4, 3, 4, 1, 2],
  },
  {
    // The scale stands for a number each; the zero point is 0.
    name: 'EMBEDDING_LOOKUP of int8 behind floats',
    input: {
      kind: 'EMBEDDING_LOOKUP',
      inputs: [integers([1]), c('int8', [2, 2], [1, 2, 3, -4], [0.5])],
      output: out('float32', [1, 2]),
    },
    expected: [1.5, -2],
  },
]);

check('orders of axes', stored, [
  {
    name: 'TRANSPOSE of three axes: the last one first',
    input: {
      kind: 'TRANSPOSE',
      inputs: [counted([2, 3, 2]), integers([2, 0, 1])],
      output: out('float32', [2, 2, 3]),
    },
    expected: [0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11],
  },
  {
    name: 'REVERSE_V2 of columns',
    input: { kind: 'REVERSE_V2', inputs: [counted([2, 3]), integers([1])], output: out('float32', [2, 3]) },
    expected: [2, 1, 0, 5, 4, 3],
  },
  {
    // Pixels 0 1 / 2 3 become channels of one.
    name: 'SPACE_TO_DEPTH: a block row by row',
    input: {
      kind: 'SPACE_TO_DEPTH',
      inputs: [counted([1, 2, 4, 1])],
      output: out('float32', [1, 1, 2, 4]),
      options: { blockSize: 2 },
    },
    expected: [0, 1, 4, 5, 2, 3, 6, 7],
  },
  {
    name: 'DEPTH_TO_SPACE: the way back',
    input: {
      kind: 'DEPTH_TO_SPACE',
      inputs: [x('float32', [1, 1, 2, 4], [0, 1, 4, 5, 2, 3, 6, 7])],
      output: out('float32', [1, 2, 4, 1]),
      options: { blockSize: 2 },
    },
    expected: [0, 1, 2, 3, 4, 5, 6, 7],
  },
  {
    name: 'PACK as a new last axis',
    input: {
      kind: 'PACK',
      inputs: [x('int8', [3], [1, 2, 3]), x('int8', [3], [4, 5, 6])],
      output: out('int8', [3, 2]),
      options: { axis: 1, valuesCount: 2 },
    },
    expected: [1, 4, 2, 5, 3, 6],
  },
  {
    name: 'CONCATENATION of rows of one and two columns',
    input: {
      kind: 'CONCATENATION',
      inputs: [x('int16', [2, 1], [1, 2]), x('int16', [2, 2], [3, 4, 5, 6])],
      output: out('int16', [2, 3]),
      options: { axis: -1 },
    },
    expected: [1, 3, 4, 2, 5, 6],
  },
]);

check('batches and space', stored, [
  {
    // One row above and one column before are padding: blocks take every other row and column of what results.
    name: 'SPACE_TO_BATCH_ND with padding',
    input: {
      kind: 'SPACE_TO_BATCH_ND',
      inputs: [x('float32', [1, 1, 3, 1], [1, 2, 3]), integers([2, 2]), integers([1, 0, 1, 0], [2, 2])],
      output: out('float32', [4, 1, 2, 1]),
    },
    // Rows 0 0 0 0 and 0 1 2 3: even row; even row, odd columns; odd row, even columns; odd row, odd columns.
    expected: [0, 0, 0, 0, 0, 2, 1, 3],
  },
  {
    name: 'BATCH_TO_SPACE_ND with a column cropped on both sides',
    input: {
      kind: 'BATCH_TO_SPACE_ND',
      inputs: [x('float32', [2, 1, 2, 1], [1, 3, 2, 4]), integers([1, 2]), integers([0, 0, 1, 1], [2, 2])],
      output: out('float32', [1, 1, 2, 1]),
    },
    expected: [2, 3],
  },
  {
    name: 'SPACE_TO_BATCH_ND of three dimensions: pairs of channels stay together',
    input: {
      kind: 'SPACE_TO_BATCH_ND',
      inputs: [counted([1, 4, 2]), integers([2]), integers([0, 0], [1, 2])],
      output: out('float32', [2, 2, 2]),
    },
    expected: [0, 1, 4, 5, 2, 3, 6, 7],
  },
]);

check('padding', stored, [
  {
    name: 'PAD of int8 with the zero point',
    input: {
      kind: 'PAD',
      inputs: [x('int8', [2, 2], [1, 2, 3, 4], [1, 7]), integers([1, 0, 0, 2], [2, 2])],
      output: out('int8', [3, 4], [1, 7]),
    },
    expected: [7, 7, 7, 7, 1, 2, 7, 7, 3, 4, 7, 7],
  },
  {
    name: 'PADV2 with a value',
    input: {
      kind: 'PADV2',
      inputs: [x('float32', [1, 2], [1, 2]), integers([0, 1, 1, 0], [2, 2]), c('float32', [1], [9])],
      output: out('float32', [2, 3]),
    },
    expected: [9, 1, 2, 9, 9, 9],
  },
  {
    name: 'MIRROR_PAD that reflects leaves the edge out',
    input: {
      kind: 'MIRROR_PAD',
      inputs: [x('float32', [3], [1, 2, 3]), integers([2, 1], [1, 2])],
      output: out('float32', [6]),
      options: { mode: 'REFLECT' },
    },
    expected: [3, 2, 1, 2, 3, 2],
  },
  {
    name: 'MIRROR_PAD that is symmetric repeats it',
    input: {
      kind: 'MIRROR_PAD',
      inputs: [x('float32', [3], [1, 2, 3]), integers([2, 1], [1, 2])],
      output: out('float32', [6]),
      options: { mode: 'SYMMETRIC' },
    },
    expected: [2, 1, 1, 2, 3, 3],
  },
  {
    name: 'MIRROR_PAD of rows and columns',
    input: {
      kind: 'MIRROR_PAD',
      inputs: [x('float32', [2, 2], [1, 2, 3, 4]), integers([1, 0, 0, 1], [2, 2])],
      output: out('float32', [3, 3]),
      options: { mode: 'REFLECT' },
    },
    expected: [3, 4, 3, 1, 2, 1, 3, 4, 3],
  },
]);

interface Resized {
  readonly kind: 'RESIZE_BILINEAR' | 'RESIZE_NEAREST_NEIGHBOR';
  readonly width: number;
  readonly alignCorners?: boolean;
  readonly halfPixelCenters?: boolean;
  readonly type?: 'int8' | 'float32';
}

/** One line of 0, 16, 32, -64. */
function resized({ kind, width, alignCorners = false, halfPixelCenters = false, type = 'float32' }: Resized): Numbers {
  const scale: Scale | undefined = type === 'int8' ? [1, 0] : undefined;
  return stored({
    kind,
    inputs: [x(type, [1, 1, 4, 1], [0, 16, 32, -64], scale), integers([1, width])],
    output: out(type, [1, 1, width, 1], scale),
    options: { alignCorners, halfPixelCenters },
  });
}

check('resizing a line of four', resized, [
  {
    name: 'nearest to twice the width: each twice',
    input: { kind: 'RESIZE_NEAREST_NEIGHBOR', width: 8 },
    expected: [0, 0, 16, 16, 32, 32, -64, -64],
  },
  {
    name: 'nearest to half of it: the first of two',
    input: { kind: 'RESIZE_NEAREST_NEIGHBOR', width: 2 },
    expected: [0, 32],
  },
  {
    name: 'nearest to half of it by the middles of pixels: the second of two',
    input: { kind: 'RESIZE_NEAREST_NEIGHBOR', width: 2, halfPixelCenters: true },
    expected: [16, -64],
  },
  {
    // Places 0, 0.75, 1.5, 2.25 and 3, ties away from zero.
    name: 'nearest with corners that meet',
    input: { kind: 'RESIZE_NEAREST_NEIGHBOR', width: 5, alignCorners: true },
    expected: [0, 16, 32, 32, -64],
  },
  {
    name: 'between, to twice the width: the last one twice',
    input: { kind: 'RESIZE_BILINEAR', width: 8 },
    expected: [0, 8, 16, 24, 32, -16, -64, -64],
  },
  {
    name: 'between, in int8',
    input: { kind: 'RESIZE_BILINEAR', width: 8, type: 'int8' },
    expected: [0, 8, 16, 24, 32, -16, -64, -64],
  },
  {
    // Places -0.25, 0.25, 0.75 …: before the first there is nothing but the first.
    name: 'between, by the middles of pixels',
    input: { kind: 'RESIZE_BILINEAR', width: 8, halfPixelCenters: true },
    expected: [0, 4, 12, 20, 28, 8, -40, -64],
  },
  {
    // Places 0, 0.5, 1 …
    name: 'between, with corners that meet',
    input: { kind: 'RESIZE_BILINEAR', width: 7, alignCorners: true, type: 'int8' },
    expected: [0, 8, 16, 24, 32, -16, -64],
  },
  {
    name: 'between, to half of the width',
    input: { kind: 'RESIZE_BILINEAR', width: 2 },
    expected: [0, 32],
  },
]);

check('shapes and choices', stored, [
  {
    name: 'SHAPE',
    input: { kind: 'SHAPE', inputs: [counted([2, 3, 1])], output: out('int32', [3]) },
    expected: [2, 3, 1],
  },
  {
    name: 'ZEROS_LIKE',
    input: { kind: 'ZEROS_LIKE', inputs: [counted([2, 2])], output: out('float32', [2, 2]) },
    expected: [0, 0, 0, 0],
  },
  {
    name: 'FILL',
    input: { kind: 'FILL', inputs: [integers([2, 2]), c('float32', [], [7])], output: out('float32', [2, 2]) },
    expected: [7, 7, 7, 7],
  },
  {
    name: 'BROADCAST_TO: a column to a matrix',
    input: {
      kind: 'BROADCAST_TO',
      inputs: [x('float32', [2, 1], [1, 2]), integers([2, 3])],
      output: out('float32', [2, 3]),
    },
    expected: [1, 1, 1, 2, 2, 2],
  },
  {
    name: 'SELECT_V2 of a column of conditions',
    input: {
      kind: 'SELECT_V2',
      inputs: [x('bool', [2, 1], [1, 0]), x('float32', [2, 2], [1, 2, 3, 4]), x('float32', [1], [9])],
      output: out('float32', [2, 2]),
    },
    expected: [1, 2, 9, 9],
  },
  {
    name: 'EXPAND_DIMS',
    input: { kind: 'EXPAND_DIMS', inputs: [counted([2]), integers([0], [])], output: out('float32', [1, 2]) },
    expected: [0, 1],
  },
]);

function reduced(kind: string, axes: Numbers, shape: Numbers, type: 'float32' | 'int8' = 'float32'): Case {
  const scale: Scale | undefined = type === 'int8' ? [1, 2] : undefined;
  return {
    kind,
    inputs: [x(type, [2, 3], [5, 1, 9, 2, 8, 9], scale), integers(axes)],
    output: out(type, shape, scale),
    options: { keepDims: false },
  };
}

// 5 1 9 / 2 8 9.
check('reductions', stored, [
  { name: 'SUM of columns', input: reduced('SUM', [0], [3]), expected: [7, 9, 18] },
  { name: 'SUM of rows, by -1', input: reduced('SUM', [-1], [2]), expected: [15, 19] },
  { name: 'SUM of all', input: reduced('SUM', [0, 1], []), expected: [34] },
  { name: 'MEAN of rows', input: reduced('MEAN', [1], [2]), expected: [5, Math.fround(19 / 3)] },
  { name: 'REDUCE_MAX of columns', input: reduced('REDUCE_MAX', [0], [3]), expected: [5, 8, 9] },
  { name: 'REDUCE_MIN of columns', input: reduced('REDUCE_MIN', [0], [3]), expected: [2, 1, 9] },
  { name: 'REDUCE_MAX of int8', input: reduced('REDUCE_MAX', [1], [2], 'int8'), expected: [9, 9] },
  // 5 + 1 + 9 less three times 2 is 9, and 2 above it.
  { name: 'SUM of int8 above a zero point', input: reduced('SUM', [1], [2], 'int8'), expected: [11, 15] },
  // The mean of 9 and 13 is 3 and 4.33.
  { name: 'MEAN of int8', input: reduced('MEAN', [1], [2], 'int8'), expected: [5, 6] },
  {
    name: 'ARG_MAX: the first of equal ones',
    input: {
      kind: 'ARG_MAX',
      inputs: [x('float32', [2, 3], [5, 9, 9, 2, 1, 0]), integers([1])],
      output: out('int32', [2]),
    },
    expected: [1, 0],
  },
  {
    name: 'ARG_MIN along the first axis',
    input: {
      kind: 'ARG_MIN',
      inputs: [x('int8', [2, 3], [5, 9, 9, 2, 1, 10]), integers([0])],
      output: out('int32', [3]),
    },
    expected: [1, 1, 0],
  },
]);
