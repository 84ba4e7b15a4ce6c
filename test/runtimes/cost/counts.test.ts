import { insideTaps, type WindowAxis } from '../../../src/core/runtimes/cost/window';
import { check } from '../../support/check';
import { type Case, countsOf } from './callOf';

const axis: WindowAxis = { input: 5, output: 5, filter: 3, stride: 1, dilation: 1, pad: 1 };

check('Filter positions inside the input, over all outputs of an axis', insideTaps, [
  { name: 'three wide, same: both ends lose one', input: axis, expected: 13 },
  { name: 'no padding', input: { ...axis, output: 3, pad: 0 }, expected: 9 },
  { name: 'stride 2', input: { ...axis, output: 3, stride: 2 }, expected: 7 },
  { name: 'dilation 2', input: { ...axis, dilation: 2, pad: 2 }, expected: 11 },
  { name: 'a filter wider than the input', input: { ...axis, input: 1, output: 1 }, expected: 1 },
]);

const valid = { padding: 'VALID', strideW: 1, strideH: 1 };

function convolution(input: readonly number[], filter: readonly number[], output: readonly number[]): Case {
  return {
    kind: 'CONV_2D',
    options: valid,
    inputs: [
      ['int8', input],
      ['int8', filter],
      ['int32', [filter[0] ?? 1]],
    ],
    output: ['int8', output],
  };
}

check('Loop counts by hand', countsOf, [
  {
    name: 'rows that are looked up: 3 copies of 8 floats, 32 bytes each',
    input: {
      kind: 'EMBEDDING_LOOKUP',
      inputs: [
        ['int32', [3]],
        ['float32', [10, 8]],
      ],
      output: ['float32', [3, 8]],
    },
    expected: { call: 1, copy: 3, copyBlock16: 6, copyByte: 96 },
  },
  {
    name: 'rows of int8 that are looked up as float',
    input: {
      kind: 'EMBEDDING_LOOKUP',
      inputs: [
        ['int32', [3]],
        ['int8', [10, 8]],
      ],
      output: ['float32', [3, 8]],
    },
    expected: { call: 1, row: 3, element: 24 },
  },
  {
    // 2 x 3 in 2 x 5: one column before and one after.
    name: 'padding with a value of its own',
    input: {
      kind: 'PADV2',
      inputs: [
        ['float32', [2, 3]],
        ['int32', [2, 2], [0, 0, 1, 1]],
        ['float32', [1]],
      ],
      output: ['float32', [2, 5]],
      library: 'reference',
    },
    expected: { call: 1, level0: 1, level1: 1, level2: 2, before3: 2, after3: 2, inside: 6, value: 1 },
  },
  {
    // 3 pixels, 5 outputs, depth 23 = 16 + 4 + 3: 2 pairs of outputs and 1 left, 1 pair of pixels and 1 left.
    name: '1x1 with DSP: depth in 16, 4, 1, two outputs and two pixels at once',
    input: convolution([1, 1, 3, 23], [5, 1, 1, 23], [1, 1, 3, 5]),
    expected: {
      call: 1,
      outputPair: 2,
      outputPairDepth: 46,
      block: 2,
      blockEnters1: 2,
      blockDepth1: 6,
      blockEnters4: 2,
      blockDepth4: 2,
      blockEnters16: 2,
      blockDepth16: 2,
      lastRow: 2,
      lastRowEnters1: 2,
      lastRowDepth1: 6,
      lastRowEnters4: 2,
      lastRowDepth4: 2,
      lastRowEnters16: 2,
      lastRowDepth16: 2,
      lastOutput: 3,
      lastOutputDepth: 69,
    },
  },
  {
    // 2x1 output pixels with 2x2 patches of 3 channels: depth 12 = 3 blocks of 4; 8 taps of 3 bytes, copied byte by
    // byte.
    name: 'general with DSP: patches copied, widened and multiplied two at once',
    input: convolution([1, 3, 2, 3], [2, 2, 2, 3], [1, 2, 1, 2]),
    expected: {
      call: 1,
      image: 1,
      pixel: 2,
      tapInside: 8,
      copy: 8,
      copySmallByte: 24,
      expandBlock4: 6,
      pixelPair: 1,
      block: 1,
      blockEnters4: 1,
      blockDepth4: 3,
    },
  },
  {
    // 5 pixels = 1 quad + 1; 6 outputs = 1 four + 2; depth 20 = 2 steps of 16.
    name: '1x1 with Helium: four pixels at once',
    input: { ...convolution([1, 1, 5, 20], [6, 1, 1, 20], [1, 1, 5, 6]), path: 'mve' },
    expected: {
      call: 1,
      quad: 1,
      quadOutput: 6,
      quadStep: 12,
      single: 1,
      singleOutput: 6,
      singleStep: 12,
      singleOutput4: 1,
      singleOutputRest: 2,
    },
  },
  {
    // 3x3 over 2x2 pixels of 5 channels with padding: 4 filter rows and 4 columns are inside, 2 columns of them beside
    // the middle.
    name: 'depthwise 3x3: four channels at once, side columns only where inside',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      options: { padding: 'SAME', strideW: 1, strideH: 1, depthMultiplier: 1 },
      inputs: [
        ['int8', [1, 2, 2, 5]],
        ['int8', [1, 3, 3, 5]],
        ['int32', [5]],
      ],
      output: ['int8', [1, 2, 2, 5]],
    },
    expected: {
      call: 1,
      row: 2,
      pixel: 4,
      block4: 4,
      block4FilterRow: 8,
      block4TapSide: 8,
      channel: 4,
      channelFilterRow: 8,
      channelTapSide: 8,
    },
  },
  {
    // 2 rows of depth 10 = 2 x 4 + 2; 5 outputs = 2 pairs + 1.
    name: 'dense with DSP: two outputs at once',
    input: {
      kind: 'FULLY_CONNECTED',
      inputs: [['int8', [2, 10]], ['int8', [5, 10]], null],
      output: ['int8', [2, 5]],
    },
    expected: {
      call: 1,
      row: 2,
      block: 4,
      blockEnters1: 4,
      blockDepth1: 8,
      blockEnters4: 4,
      blockDepth4: 8,
      last: 2,
      lastEnters1: 2,
      lastDepth1: 4,
      lastEnters4: 2,
      lastDepth4: 4,
    },
  },
  {
    // The last axis varies in both, the first only in one: two loops remain, the inner one runs twice.
    name: 'broadcasting fuses axes that advance alike',
    input: {
      kind: 'ADD',
      inputs: [
        ['float32', [2, 3, 4]],
        ['float32', [1, 3, 4]],
      ],
      output: ['float32', [2, 3, 4]],
    },
    expected: { call: 1, axis: 3, loop: 1, run: 2, element: 24 },
  },
  {
    name: 'a copy of 90 bytes: one block of 64, one of 16, two words, a tail; every other one begins within a word',
    input: { kind: 'RESHAPE', inputs: [['int8', [9, 10]]], output: ['int8', [90]] },
    expected: {
      call: 1,
      copy: 1,
      copyBlock64: 1,
      copyBlock16: 1,
      copyWord: 2,
      copyTail: 1,
      copyByte: 90,
      copyUnaligned: 45,
    },
  },
  {
    // 3 pixels, 3 outputs, depth 515 with 64-bit sums: 512 = 128 blocks of 4 and 3 more; the last pixel has 128 blocks
    // and a tail of 3.
    name: 'a convolution of 16-bit values: the 513th product and on are summed in 64 bits, but not for the last pixel',
    input: {
      kind: 'CONV_2D',
      options: valid,
      inputs: [
        ['int16', [1, 1, 3, 515]],
        ['int8', [3, 1, 1, 515]],
        ['int64', [3]],
      ],
      output: ['int16', [1, 1, 3, 3]],
    },
    expected: {
      call: 1,
      image: 1,
      pixel: 3,
      tapInside: 3,
      copy: 3,
      copyBlock64: 48,
      copyWord: 3,
      copyTail: 3,
      copyByte: 3090,
      copyUnaligned: 1545,
      pixelPair: 1,
      block: 1,
      blockEnters4: 1,
      blockDepth4: 128,
      blockSlow: 3,
      lastOutput: 1,
      lastOutputEnters4: 1,
      lastOutputDepth4: 128,
      lastOutputSlow: 3,
      lastPixel: 3,
      lastPixelEnters1: 3,
      lastPixelDepth1: 9,
      lastPixelEnters4: 3,
      lastPixelDepth4: 384,
      wideSum: 9,
    },
  },
  {
    // 2x3 elements, the second axis reduced: each index is compared once, one axis is kept, a carry after every third
    // element.
    name: 'a mean over the last axis',
    input: {
      kind: 'MEAN',
      inputs: [
        ['int8', [2, 3]],
        ['int32', [1], [-1]],
      ],
      output: ['int8', [2]],
    },
    expected: { call: 1, output: 2, element: 6, elementAxis: 12, elementCompared: 12, elementKept: 6, carry: 2 },
  },
]);
