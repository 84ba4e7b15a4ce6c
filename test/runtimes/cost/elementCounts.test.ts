import type { DataType } from '../../../src/core/model/dataType';
import { constantIntegers } from '../../../src/core/runtimes/cost/kernelCall';
import { kernelCallOf } from '../../../src/core/runtimes/cost/cost';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { callOf, type Case, countsOf } from './callOf';

/** The variant, and the counts that are not 0. */
function calls(input: Case): unknown {
  return [callOf(input)?.variant, countsOf(input)];
}

type Shape = readonly number[];

function two(kind: string, type: DataType, shapes: readonly [Shape, Shape, Shape], more: Partial<Case> = {}): Case {
  const [first, second, output] = shapes;
  return {
    kind,
    inputs: [
      [type, first],
      [type, second],
    ],
    output: [type, output],
    ...more,
  };
}

const ten: readonly [Shape, Shape, Shape] = [[10], [10], [10]];

check('Loop counts of two tensors of 10 values', calls, [
  {
    name: 'DSP: four at once',
    input: two('ADD', 'int8', ten),
    expected: ['add int8', { call: 1, block4: 2, rest: 2 }],
  },
  {
    name: 'Helium: three steps of four',
    input: two('MUL', 'int16', ten, { path: 'mve' }),
    expected: ['mul int16', { call: 1, step: 3 }],
  },
  {
    name: 'plain C',
    input: two('ADD', 'int8', ten, { path: 'none' }),
    expected: ['add int8', { call: 1, element: 10 }],
  },
  {
    name: 'an operator that CMSIS-NN does not replace',
    input: two('SUB', 'int8', ten, { path: 'mve' }),
    expected: ['sub int8', { call: 1, element: 10 }],
  },
  {
    name: 'the reference library',
    input: two('MAXIMUM', 'int8', ten, { library: 'reference' }),
    expected: ['maximum int8', { call: 1, element: 10 }],
  },
]);

check('Loop counts of broadcasting', calls, [
  {
    name: 'ADD of int8 does not see leading ones',
    input: two('ADD', 'int8', [[1, 1, 6], [6], [1, 1, 6]], { path: 'none' }),
    expected: ['add int8', { call: 1, element: 6 }],
  },
  {
    // The axes of length 1 join the last one.
    name: 'ADD of float compares the shapes as they are',
    input: two('ADD', 'float32', [[1, 1, 6], [6], [1, 1, 6]]),
    expected: ['add float32 broadcast', { call: 1, axis: 3, run: 1, element: 6 }],
  },
  {
    name: 'a column and a row: the row runs once for each value of the column',
    input: two('MUL', 'float32', [
      [4, 1],
      [1, 3],
      [4, 3],
    ]),
    expected: ['mul float32 broadcast', { call: 1, axis: 2, loop: 1, run: 4, elementFirstFixed: 12 }],
  },
  {
    name: 'one value: a single loop',
    input: two('SUB', 'float32', [[2, 3], [1], [2, 3]]),
    expected: ['sub float32 broadcast', { call: 1, axis: 2, run: 1, elementSecondFixed: 6 }],
  },
  {
    // Outer to inner: 2 (only in the first), 3 (only in the second), 4 (in both): 1 + 2 loops, 6 runs.
    name: 'axes that advance in turns do not fuse',
    input: two('ADD', 'float32', [
      [2, 1, 4],
      [1, 3, 4],
      [2, 3, 4],
    ]),
    expected: ['add float32 broadcast', { call: 1, axis: 3, loop: 3, run: 6, element: 24 }],
  },
  {
    name: 'PRELU broadcasts equal shapes, too',
    input: two('PRELU', 'int8', [
      [2, 3],
      [2, 3],
      [2, 3],
    ]),
    expected: ['prelu int8', { call: 1, axis: 2, run: 1, element: 6 }],
  },
]);

check('Loop counts of parts and copies', calls, [
  {
    name: 'joined along the second axis: rows of 3 and of 5 bytes, twice',
    input: {
      ...two('CONCATENATION', 'int8', [
        [2, 3],
        [2, 5],
        [2, 8],
      ]),
      options: { axis: 1 },
    },
    expected: ['concatenation', { call: 1, outer: 2, input: 2, copy: 4, copySmallByte: 16 }],
  },
  {
    // 12 bytes are 3 words, 20 a block of 16 and a word.
    name: 'joined along the last axis, by -1, in float',
    input: {
      ...two('CONCATENATION', 'float32', [
        [2, 3],
        [2, 5],
        [2, 8],
      ]),
      options: { axis: -1 },
    },
    expected: ['concatenation', { call: 1, outer: 2, input: 2, copy: 4, copyBlock16: 2, copyWord: 8, copyByte: 64 }],
  },
  {
    name: 'stacked as a new axis in the middle',
    input: {
      ...two('PACK', 'int8', [
        [2, 4],
        [2, 4],
        [2, 2, 4],
      ]),
      options: { axis: 1 },
    },
    expected: ['pack int8', { call: 1, part: 2, copy: 4, element: 16 }],
  },
  {
    name: 'split: the axis is the first input, the whole the second',
    input: {
      kind: 'SPLIT',
      inputs: [
        ['int32', [1], [1]],
        ['int8', [3, 6]],
      ],
      output: ['int8', [3, 6]],
    },
    expected: ['split int8', { call: 1, part: 1, copy: 3, element: 18 }],
  },
  {
    name: 'split by sizes: the axis is the third input, from the end',
    input: {
      kind: 'SPLIT_V',
      inputs: [
        ['int16', [3, 2, 6]],
        ['int32', [1], [2]],
        ['int32', [1], [-2]],
      ],
      output: ['int16', [3, 2, 6]],
    },
    expected: ['split v int16', { call: 1, part: 1, copy: 3, element: 36 }],
  },
  {
    name: 'split along an axis that is computed',
    input: {
      kind: 'SPLIT',
      inputs: [
        ['int32', [1]],
        ['int8', [3, 6]],
      ],
      output: ['int8', [3, 6]],
    },
    expected: [undefined, {}],
  },
  {
    name: 'a slice in five nested loops',
    input: { kind: 'SLICE', inputs: [['int16', [4, 5, 6]]], output: ['int16', [2, 3, 4]] },
    expected: ['slice int16', { call: 1, level1: 1, level2: 1, level3: 2, level4: 6, element: 24 }],
  },
  {
    name: 'gathered rows along the middle axis: 12 bytes, 8 times',
    input: {
      kind: 'GATHER',
      options: { axis: 1 },
      inputs: [
        ['float32', [2, 5, 3]],
        ['int32', [4]],
      ],
      output: ['float32', [2, 4, 3]],
    },
    expected: ['gather float32', { call: 1, outer: 2, copy: 8, copyWord: 24, copyByte: 96 }],
  },
  {
    name: 'gathered values along the last axis',
    input: {
      kind: 'GATHER',
      options: { axis: -1 },
      inputs: [
        ['float32', [2, 5, 3]],
        ['int32', [4]],
      ],
      output: ['float32', [2, 5, 4]],
    },
    expected: ['gather float32', { call: 1, outer: 10, copy: 40, copySmallByte: 160 }],
  },
  {
    name: 'transposed int8: CMSIS-NN has code for each rank',
    input: { kind: 'TRANSPOSE', inputs: [['int8', [4, 3, 2]]], output: ['int8', [2, 3, 4]] },
    expected: ['transpose int8 rank 3', { call: 1, axis: 3, loop: 3, run: 6, element: 24 }],
  },
  {
    name: 'transposed int8 by the reference library',
    input: { kind: 'TRANSPOSE', library: 'reference', inputs: [['int8', [4, 3]]], output: ['int8', [3, 4]] },
    expected: ['transpose int8', { call: 1, axis: 2, loop: 1, run: 3, element: 12 }],
  },
  {
    name: 'a resized image',
    input: { kind: 'RESIZE_BILINEAR', inputs: [['int8', [1, 2, 3, 2]]], output: ['int8', [1, 4, 6, 2]] },
    expected: ['resize bilinear int8', { call: 1, line: 4, row: 24, element: 48 }],
  },
  {
    name: 'a variable that is assigned: the value is the second input',
    input: {
      kind: 'ASSIGN_VARIABLE',
      inputs: [
        ['int32', [1]],
        ['float32', [1, 5]],
      ],
      output: ['int32', [1]],
    },
    expected: ['assign variable', { call: 1, copy: 1, copyBlock16: 1, copyWord: 1, copyByte: 20 }],
  },
]);

/** From 4 x 6. */
function strided(output: Shape, strides: readonly number[], mask = 0): Case {
  return {
    kind: 'STRIDED_SLICE',
    options: { shrinkAxisMask: mask },
    inputs: [
      ['int8', [4, 6]],
      ['int32', [2], [0, 0]],
      ['int32', [2], [4, 6]],
      ['int32', [2], strides],
    ],
    output: ['int8', output],
  };
}

const nest = { call: 1, level1: 1, level2: 1, level3: 1 };

check('Loop counts of strided slices', calls, [
  {
    name: 'every other value of two rows',
    input: strided([2, 3], [2, 2]),
    expected: ['strided slice strided', { ...nest, level4: 2, element: 6 }],
  },
  {
    name: 'every other row: runs of 6 bytes',
    input: strided([2, 6], [2, 1]),
    expected: ['strided slice', { ...nest, level4: 2, copy: 2, copySmallByte: 12 }],
  },
  {
    name: 'one row, its axis dropped',
    input: strided([6], [1, 1], 1),
    expected: ['strided slice', { ...nest, level4: 1, copy: 1, copySmallByte: 6 }],
  },
  {
    name: 'one column, its axis dropped: every value is a run',
    input: strided([4], [1, 1], 2),
    expected: ['strided slice', { ...nest, level4: 4, copy: 4, copySmallByte: 4 }],
  },
]);

function padded(shape: Shape, pads: readonly number[], output: Shape, more: Partial<Case> = {}): Case {
  return {
    kind: 'PAD',
    inputs: [
      ['int8', shape],
      ['int32', [pads.length / 2, 2], pads],
    ],
    output: ['int8', output],
    ...more,
  };
}

// Lines 1 above and 1 below, columns 1 before and 2 after: rows of 6 x 4 = 24 bytes.
const framed = [0, 0, 1, 1, 1, 2, 0, 0];

check('Loop counts of padding', calls, [
  {
    // Two fills of nothing for the batch, two of 24 bytes, then for both lines 4 and 8 bytes; copies of 12 bytes.
    name: 'whole rows',
    input: padded([1, 2, 3, 4], framed, [1, 4, 6, 4]),
    expected: [
      'pad s8',
      { call: 1, image: 1, line: 2, fill: 8, fillBlock16: 2, fillWord: 10, copy: 2, copyWord: 6, copyByte: 24 },
    ],
  },
  {
    name: 'whole rows with Helium: steps of 16 bytes',
    input: padded([1, 2, 3, 4], framed, [1, 4, 6, 4], { path: 'mve' }),
    expected: ['pad s8', { call: 1, image: 1, line: 2, fill: 8, fillStep: 8, copy: 2, copyStep: 2 }],
  },
  {
    // 8 fills of nothing, then for each of 6 pixels one byte before and two after.
    name: 'channels',
    input: padded([1, 2, 3, 4], [0, 0, 0, 0, 0, 0, 1, 2], [1, 2, 3, 7]),
    expected: ['pad channels s8', { call: 1, image: 1, line: 2, fill: 20, fillByte: 18, copy: 6, copySmallByte: 24 }],
  },
  {
    // 2 images of 6 x 3 with the last image as padding: 18 elements after; of the others 1 row above, 1 column before.
    name: 'plain loops: every element counts where it first falls into the padding',
    input: padded([1, 5, 2], [0, 1, 1, 0, 1, 0], [2, 6, 3], { library: 'reference' }),
    expected: [
      'pad reference 8 bit',
      { call: 1, level0: 1, after1: 18, level1: 2, before2: 3, level2: 12, before3: 5, inside: 10 },
    ],
  },
  {
    name: 'mirrored',
    input: { ...padded([2, 3], [1, 1, 1, 1], [4, 5]), kind: 'MIRROR_PAD' },
    expected: ['mirror pad 8 bit', { call: 1, element: 20, elementAxis: 40 }],
  },
  {
    name: 'five axes are refused by the kernel',
    input: padded([1, 1, 1, 1, 2], [0, 0, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 1, 3]),
    expected: [undefined, {}],
  },
]);

interface Conversion {
  readonly kind: string;
  readonly from: readonly [type: DataType, scale: number, zeroPoint: number];
  readonly to: readonly [type: DataType, scale: number, zeroPoint: number];
  readonly beta?: number;
}

/** 2 rows of 10 values. */
function converted({ kind, from, to, beta }: Conversion): ReturnType<typeof kernelCallOf> {
  const [x, y] = [from, to].map(([type, scale, zeroPoint], i) =>
    tensor(`t${String(i)}`, type, [2, 10], { quantization: quantized(scale, zeroPoint) }),
  );
  if (x === undefined || y === undefined) return undefined;
  const given = beta === undefined ? {} : { options: options('SoftmaxOptions', { beta }) };
  const made = graph([x, y], [operator(kind, [0], [1], given)]);
  const [first] = made.operators;
  return first && kernelCallOf({ operator: first, graph: made, model: model(made), library: 'cmsis_nn', path: 'dsp' });
}

check('The form of a conversion', (input: Conversion) => converted(input)?.variant, [
  {
    name: 'equal scales, zero points 128 apart: the sign is flipped',
    input: { kind: 'QUANTIZE', from: ['uint8', 0.5, 128], to: ['int8', 0.5, 0] },
    expected: 'quantize uint8 to int8 by sign',
  },
  {
    name: 'the same downwards',
    input: { kind: 'QUANTIZE', from: ['int8', 0.5, -128], to: ['uint8', 0.5, 0] },
    expected: 'quantize int8 to uint8 by sign',
  },
  {
    name: 'zero points 127 apart',
    input: { kind: 'QUANTIZE', from: ['uint8', 0.5, 127], to: ['int8', 0.5, 0] },
    expected: 'quantize uint8 to int8',
  },
  {
    name: 'scales that differ',
    input: { kind: 'QUANTIZE', from: ['uint8', 0.5, 128], to: ['int8', 0.25, 0] },
    expected: 'quantize uint8 to int8',
  },
  {
    name: 'one type: nothing to flip',
    input: { kind: 'QUANTIZE', from: ['int8', 0.5, -128], to: ['int8', 0.5, 0] },
    expected: 'quantize int8 to int8',
  },
  {
    name: 'a cast is none',
    input: { kind: 'CAST', from: ['uint8', 0.5, 128], to: ['int8', 0.5, 0] },
    expected: 'cast uint8 to int8',
  },
]);

/** Exponentials at least, usually and at most. */
function exponentials(input: Omit<Conversion, 'kind' | 'to'>): unknown {
  const call = converted({ kind: 'SOFTMAX', to: input.from, ...input });
  return [call?.fewest, call?.counts, call?.most].map((counts) => counts?.['exponential']);
}

check('Exponentials of a softmax of 2 rows of 10 values', exponentials, [
  // The multiplier is 1/16 x 2^26 = 2^22, which is 0.5 x 2^23: 31 x 2^26 / 2^23 = 248 of 255 differences.
  { name: 'a scale of 1/16', input: { from: ['int8', 1 / 16, 0] }, expected: [2, 2 + 18 * (248 / 255), 20] },
  // 31 x 2^26 / 2^27 = 15.5.
  { name: 'a scale of 1', input: { from: ['int8', 1, 0] }, expected: [2, 2 + 18 * (15 / 255), 20] },
  {
    name: 'beta counts as the scale does',
    input: { from: ['int8', 0.5, 0], beta: 2 },
    expected: [2, 2 + 18 * (15 / 255), 20],
  },
  { name: 'a fine scale: all', input: { from: ['int8', 1 / 256, 0] }, expected: [2, 20, 20] },
  { name: 'a scale beyond the multiplier: the maximum alone', input: { from: ['int8', 100, 0] }, expected: [2, 2, 2] },
  {
    name: 'float does not depend on its values',
    input: { from: ['float32', 1, 0] },
    expected: [undefined, undefined, undefined],
  },
]);

/** A constant of these bytes. */
function integersOf([type, bytes]: readonly [DataType, readonly number[]]): readonly number[] | undefined {
  return constantIntegers(tensor('c', type, [1], { data: Uint8Array.from(bytes) }));
}

check('Integers of a constant', integersOf, [
  { name: '32 bits, negative', input: ['int32', [0xfe, 0xff, 0xff, 0xff, 3, 0, 0, 0]], expected: [-2, 3] },
  { name: '16 bits', input: ['int16', [0xff, 0xff, 0, 1]], expected: [-1, 256] },
  { name: '64 bits', input: ['int64', [5, 0, 0, 0, 0, 0, 0, 0]], expected: [5] },
  { name: 'a value that is cut off is left out', input: ['int32', [7, 0, 0, 0, 9, 0]], expected: [7] },
  { name: 'float is no index', input: ['float32', [0, 0, 128, 63]], expected: undefined },
]);

check('At most 64 integers are read', () => integersOf(['int16', new Array<number>(400).fill(0)])?.length, [
  { name: 'of 200', input: undefined, expected: 64 },
]);
