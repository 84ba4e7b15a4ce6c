import type { DataType } from '../../../src/core/model/dataType';
import { check } from '../../support/check';
import { callOf, type Case, countsOf } from './callOf';

type Sizes = readonly [input: readonly number[], filter: readonly number[], output: readonly number[]];

const same = { padding: 'SAME', strideW: 1, strideH: 1 };
const valid = { padding: 'VALID', strideW: 1, strideH: 1 };
const validBy2 = { padding: 'VALID', strideW: 2, strideH: 2 };

function sliding(
  kind: string,
  [input, filter, output]: Sizes,
  more: Partial<Case> = {},
  type: DataType = 'int8',
): Case {
  return {
    kind,
    options: same,
    inputs: [
      [type, input],
      ['int8', filter],
    ],
    output: [type, output],
    ...more,
  };
}

/** The variant, and the counts that are not 0. */
function calls(input: Case): unknown {
  return [callOf(input)?.variant, countsOf(input)];
}

// 3x3 over 3x3 with padding: 7 rows and 7 columns of the filter are inside, 49 of 81 positions. Depth 45 = 11 x 4 + 1.
const padded: Sizes = [
  [1, 3, 3, 5],
  [4, 3, 3, 5],
  [1, 3, 3, 4],
];
// Each copy has 5 bytes, each fill a word and a byte.
const copiedBytes = { copy: 49, copySmallByte: 245, fill: 32, fillWord: 32, fillByte: 32 };
const patches = { call: 1, image: 1, pixel: 9, tapInside: 49, tapOutside: 32 };

check('Loop counts of convolutions', calls, [
  {
    // Rows of 4 x 3 - 2 = 10 inside, columns of 3 x 3 - 2 = 7; 2 images of 3 outputs.
    name: 'plain loops visit every filter position for every output',
    input: sliding(
      'CONV_2D',
      [
        [2, 4, 3, 2],
        [3, 3, 3, 2],
        [2, 4, 3, 3],
      ],
      { library: 'reference' },
    ),
    expected: [
      'conv reference s8',
      {
        call: 1,
        row: 8,
        pixel: 24,
        output: 72,
        inputChannel: 48,
        filterRow: 216,
        tap: 648,
        tapRowInside: 540,
        tapColumnInside: 504,
        tapInside: 420,
        mac: 840,
      },
    ],
  },
  {
    name: 'DSP: 4 pairs of pixels by 2 pairs of outputs, one pixel alone',
    input: sliding('CONV_2D', padded),
    expected: [
      'conv general s8',
      {
        ...patches,
        ...copiedBytes,
        expandBlock4: 99,
        expandRest: 9,
        pixelPair: 4,
        block: 8,
        blockEnters1: 8,
        blockDepth1: 8,
        blockEnters4: 8,
        blockDepth4: 88,
        lastPixel: 4,
        lastPixelEnters1: 4,
        lastPixelDepth1: 4,
        lastPixelEnters4: 4,
        lastPixelDepth4: 44,
      },
    ],
  },
  {
    name: 'plain C: the depth one by one',
    input: sliding('CONV_2D', padded, { path: 'none' }),
    expected: [
      'conv general s8',
      {
        ...patches,
        ...copiedBytes,
        expandBlock4: 99,
        expandRest: 9,
        pixelPair: 4,
        block: 8,
        blockEnters1: 8,
        blockDepth1: 360,
        lastPixel: 4,
        lastPixelEnters1: 4,
        lastPixelDepth1: 180,
      },
    ],
  },
  {
    name: 'Helium: two fours of pixels and one alone, 3 steps of 16 for a depth of 45',
    input: sliding('CONV_2D', padded, { path: 'mve' }),
    expected: [
      'conv general s8',
      {
        ...patches,
        copyStep: 49,
        fillStep: 32,
        quad: 2,
        quadOutput: 8,
        quadStep: 24,
        single: 1,
        singleOutput: 4,
        singleStep: 12,
        singleOutput4: 1,
      },
    ],
  },
  {
    // 2 images x 2 groups = 4 runs, each of one pixel, 3 outputs and a depth of 8.
    name: 'groups run one after the other',
    input: sliding(
      'CONV_2D',
      [
        [2, 2, 2, 4],
        [6, 2, 2, 2],
        [2, 1, 1, 6],
      ],
      { options: valid },
    ),
    expected: [
      'conv grouped s8',
      {
        call: 1,
        image: 4,
        pixel: 4,
        tapInside: 16,
        copy: 16,
        copySmallByte: 32,
        expandBlock4: 8,
        lastPixel: 12,
        lastPixelEnters4: 12,
        lastPixelDepth4: 24,
      },
    ],
  },
  {
    name: 'channels that the groups do not divide',
    input: sliding('CONV_2D', [
      [1, 2, 2, 5],
      [6, 2, 2, 2],
      [1, 2, 2, 6],
    ]),
    expected: [undefined, {}],
  },
  {
    // 2 rows of 3 pixels: 2 pairs of outputs and one left, a pair of pixels and one left, depth 3.
    name: '1x1 with a stride: one product for each output row',
    input: sliding(
      'CONV_2D',
      [
        [1, 4, 6, 3],
        [5, 1, 1, 3],
        [1, 2, 3, 5],
      ],
      { options: validBy2 },
    ),
    expected: [
      'conv 1x1 strided s8',
      {
        call: 1,
        row: 2,
        outputPair: 4,
        outputPairDepth: 12,
        block: 4,
        blockEnters1: 4,
        blockDepth1: 12,
        lastRow: 4,
        lastRowEnters1: 4,
        lastRowDepth1: 12,
        lastOutput: 6,
        lastOutputDepth: 18,
      },
    ],
  },
  {
    // Columns 1 + 4 + 1: the ends run alone, the middle as one four; depth 12 is one step.
    name: '1xN with Helium: padded columns apart',
    input: sliding(
      'CONV_2D',
      [
        [1, 1, 6, 4],
        [5, 1, 3, 4],
        [1, 1, 6, 5],
      ],
      { path: 'mve' },
    ),
    expected: [
      'conv 1xN s8',
      {
        call: 1,
        image: 1,
        quad: 1,
        quadOutput: 5,
        quadStep: 5,
        single: 2,
        singleOutput: 10,
        singleStep: 10,
        singleOutput4: 2,
        singleOutputRest: 2,
      },
    ],
  },
  {
    // Columns 1 + 2 + 1: none makes a four.
    name: '1xN with Helium and a stride of 2',
    input: sliding(
      'CONV_2D',
      [
        [1, 1, 7, 4],
        [5, 1, 3, 4],
        [1, 1, 4, 5],
      ],
      { path: 'mve', options: { padding: 'SAME', strideW: 2, strideH: 1 } },
    ),
    expected: [
      'conv 1xN s8',
      { call: 1, image: 1, single: 4, singleOutput: 20, singleStep: 20, singleOutput4: 4, singleOutputRest: 4 },
    ],
  },
  {
    // A filter of 2 pads after the end only: columns 0 + 5 + 1.
    name: '1xN with Helium, padded on one side',
    input: sliding(
      'CONV_2D',
      [
        [2, 1, 6, 4],
        [4, 1, 2, 4],
        [2, 1, 6, 4],
      ],
      { path: 'mve' },
    ),
    expected: [
      'conv 1xN s8',
      {
        call: 1,
        image: 2,
        quad: 2,
        quadOutput: 8,
        quadStep: 8,
        single: 4,
        singleOutput: 16,
        singleStep: 16,
        singleOutput4: 4,
      },
    ],
  },
  {
    name: 'a filter that is longer than any on a microcontroller',
    input: sliding('CONV_2D', [
      [1, 1, 5000, 1],
      [1, 1, 4097, 1],
      [1, 1, 5000, 1],
    ]),
    expected: [undefined, {}],
  },
  {
    name: 'a stride of 0',
    input: sliding('CONV_2D', padded, { options: { ...same, strideW: 0 } }),
    expected: [undefined, {}],
  },
]);

check('Loop counts of depthwise convolutions', calls, [
  {
    // 5x5 over 4x4: 3 + 4 + 4 + 3 = 14 rows inside, 196 of 400 positions; of the rows inside 14 x 5 x 4 = 280 positions
    // are visited, 84 of them outside. Values cleared: (84 + 120) x 6.
    name: 'DSP: patches are widened; 12 pairs of filter positions and one left',
    input: sliding('DEPTHWISE_CONV_2D', [
      [1, 4, 4, 6],
      [1, 5, 5, 6],
      [1, 4, 4, 6],
    ]),
    expected: [
      'depthwise patches s8',
      {
        call: 1,
        pixel: 16,
        filterRow: 56,
        tapInside: 196,
        tapOutside: 84,
        expandBlock4: 196,
        expandRest: 392,
        clearedValue: 1224,
        block4: 16,
        block4Pair: 192,
        block4Odd: 16,
        channel: 32,
        channelTap: 800,
      },
    ],
  },
  {
    // 124 + 6 channels: copies of 8 and 1 steps, groups of 31 and 2 fours; 9 pixels are two fours and one.
    name: 'Helium: slices of 124 channels',
    input: sliding(
      'DEPTHWISE_CONV_2D',
      [
        [1, 3, 3, 130],
        [1, 3, 3, 130],
        [1, 3, 3, 130],
      ],
      { path: 'mve' },
    ),
    expected: [
      'depthwise patches s8',
      {
        call: 1,
        slice: 2,
        pixel: 18,
        tapInside: 98,
        tapOutside: 64,
        copyStep: 441,
        fillStep: 288,
        quad: 4,
        quadGroup: 66,
        quadGroupTap: 594,
        single: 2,
        singleGroup: 33,
        singleGroupTap: 297,
      },
    ],
  },
  {
    name: 'Helium: one channel runs as a convolution with the filter transposed',
    input: sliding(
      'DEPTHWISE_CONV_2D',
      [
        [1, 3, 3, 1],
        [1, 2, 2, 6],
        [1, 2, 2, 6],
      ],
      { path: 'mve', options: { ...valid, depthMultiplier: 6 } },
    ),
    expected: [
      'depthwise as conv s8',
      { call: 1, transposed: 24, pixel: 4, tapInside: 16, quad: 1, quadOutput: 6, quadStep: 6 },
    ],
  },
  {
    name: 'four outputs for each channel: 2 fours',
    input: sliding(
      'DEPTHWISE_CONV_2D',
      [
        [1, 3, 3, 2],
        [1, 3, 3, 8],
        [1, 3, 3, 8],
      ],
      { options: { ...same, depthMultiplier: 4 } },
    ),
    expected: [
      'depthwise multiple of 4 s8',
      { call: 1, pixel: 9, inputChannel: 18, block4: 18, block4FilterRow: 42, block4Tap: 98 },
    ],
  },
  {
    name: 'dilated: one output value after the other',
    input: sliding(
      'DEPTHWISE_CONV_2D',
      [
        [2, 4, 4, 2],
        [1, 2, 2, 2],
        [2, 2, 2, 2],
      ],
      { options: { ...valid, dilationWFactor: 2, dilationHFactor: 2 } },
    ),
    expected: ['depthwise generic s8', { call: 1, pixel: 8, inputChannel: 16, output: 16, filterRow: 32, mac: 64 }],
  },
  {
    name: '16 bits with DSP: two pairs of filter positions',
    input: sliding(
      'DEPTHWISE_CONV_2D',
      [
        [1, 2, 2, 4],
        [1, 2, 2, 4],
        [1, 1, 1, 4],
      ],
      { options: valid },
      'int16',
    ),
    expected: [
      'depthwise patches s16',
      { call: 1, pixel: 1, filterRow: 2, tapInside: 4, expandBlock4: 4, block4: 1, block4Pair: 2 },
    ],
  },
  {
    name: '16 bits with Helium: 8 bytes are one step',
    input: sliding(
      'DEPTHWISE_CONV_2D',
      [
        [1, 2, 2, 4],
        [1, 2, 2, 4],
        [1, 1, 1, 4],
      ],
      { options: valid, path: 'mve' },
      'int16',
    ),
    expected: [
      'depthwise patches s16',
      { call: 1, slice: 1, pixel: 1, tapInside: 4, copyStep: 4, single: 1, singleGroup: 1, singleGroupTap: 4 },
    ],
  },
  {
    name: '16 bits: the 512th filter position is one too many for 32-bit sums',
    input: sliding(
      'DEPTHWISE_CONV_2D',
      [
        [1, 1, 512, 1],
        [1, 1, 512, 1],
        [1, 1, 1, 1],
      ],
      { options: valid },
      'int16',
    ),
    expected: ['depthwise generic s16', { call: 1, pixel: 1, inputChannel: 1, output: 1, filterRow: 1, mac: 512 }],
  },
  {
    name: '16 bits: 511 filter positions are 255 pairs and one',
    input: sliding(
      'DEPTHWISE_CONV_2D',
      [
        [1, 1, 511, 1],
        [1, 1, 511, 1],
        [1, 1, 1, 1],
      ],
      { options: valid },
      'int16',
    ),
    expected: [
      'depthwise patches s16',
      { call: 1, pixel: 1, filterRow: 1, tapInside: 511, expandRest: 511, channel: 1, channelTap: 511 },
    ],
  },
]);

interface Pool {
  readonly kind: 'MAX_POOL_2D' | 'AVERAGE_POOL_2D';
  /** Height, width and channels of the image. */
  readonly image: readonly number[];
  readonly size: number;
  readonly padded: boolean;
  readonly library?: 'reference';
  readonly path?: 'none' | 'mve';
}

/** A square window; with padding by steps of 1, without by steps of its size. */
function pool({ kind, image, size, padded: pads, ...more }: Pool): Case {
  const [height = 1, width = 1, channels = 1] = image;
  const stride = pads ? 1 : size;
  const output = pads ? [1, height, width, channels] : [1, height / size, width / size, channels];
  const padding = pads ? 'SAME' : 'VALID';
  return {
    kind,
    options: { padding, strideW: stride, strideH: stride, filterWidth: size, filterHeight: size },
    inputs: [['int8', [1, ...image]]],
    output: ['int8', output],
    ...more,
  };
}

check('Loop counts of pooling', (input: Pool) => calls(pool(input)), [
  {
    name: 'plain loops',
    input: { kind: 'MAX_POOL_2D', image: [4, 4, 3], size: 2, padded: false, library: 'reference' },
    expected: ['max pool reference s8', { call: 1, row: 2, pixel: 4, output: 12, filterRow: 24, tap: 48 }],
  },
  {
    // 16 positions, of which the first of each of 4 pixels is copied: 12 are compared, 6 channels = 4 + 2.
    name: 'the largest: four channels at once',
    input: { kind: 'MAX_POOL_2D', image: [4, 4, 6], size: 2, padded: false },
    expected: [
      'max pool s8',
      { call: 1, pixel: 4, filterRow: 8, tap: 12, copyByte: 24, compareBlock4: 12, compareRest: 24 },
    ],
  },
  {
    name: 'the largest with Helium: 17 channels are two steps',
    input: { kind: 'MAX_POOL_2D', image: [4, 4, 17], size: 2, padded: false, path: 'mve' },
    expected: ['max pool s8', { call: 1, pixel: 4, filterRow: 8, tap: 12, copyStep: 8, compareStep: 24 }],
  },
  {
    name: 'the mean in plain C: positions outside are visited',
    input: { kind: 'AVERAGE_POOL_2D', image: [3, 3, 2], size: 3, padded: true, path: 'none' },
    expected: ['average pool s8', { call: 1, pixel: 9, output: 18, filterRow: 54, tap: 162, tapInside: 98 }],
  },
  {
    name: 'the mean with DSP: the first position is copied, 40 are added',
    input: { kind: 'AVERAGE_POOL_2D', image: [3, 3, 2], size: 3, padded: true },
    expected: ['average pool s8', { call: 1, pixel: 9, filterRow: 21, tap: 49, step: 18, addStep: 80 }],
  },
  {
    name: 'the mean with Helium: every position is added, in two steps',
    input: { kind: 'AVERAGE_POOL_2D', image: [3, 3, 17], size: 3, padded: true, path: 'mve' },
    expected: ['average pool s8', { call: 1, pixel: 9, filterRow: 42, tap: 49, step: 18, addStep: 98 }],
  },
]);

/** Inputs are the shape of the output, the filter and the image. */
function transposed([input, filter, output]: Sizes, more: Partial<Case> = {}): Case {
  return {
    kind: 'TRANSPOSE_CONV',
    options: { padding: 'SAME', strideW: 2, strideH: 2 },
    inputs: [
      ['int32', [4], output],
      ['int8', filter],
      ['int8', input],
    ],
    output: ['int8', output],
    ...more,
  };
}

// 2 pixels by 2, 3 wide: the second one's last position falls outside of 4. 5 of 6 an axis.
const spread: Sizes = [
  [1, 2, 2, 3],
  [2, 3, 3, 3],
  [1, 4, 4, 2],
];

check('Loop counts of transposed convolutions', calls, [
  {
    name: 'plain loops',
    input: transposed(spread, { library: 'reference' }),
    expected: ['transpose conv reference s8', { call: 1, output: 32, input: 12, tap: 108, outputOfTap: 216, mac: 150 }],
  },
  {
    name: 'DSP: two pixels at once',
    input: transposed(spread),
    expected: [
      'transpose conv s8',
      { call: 1, inputRow: 2, block: 36, blockEnters1: 36, blockDepth1: 108, outputPixel: 16, output: 32 },
    ],
  },
  {
    name: 'Helium: a depth of 3 is one step',
    input: transposed(spread, { path: 'mve' }),
    expected: [
      'transpose conv s8',
      { call: 1, inputRow: 2, block: 36, blockEnters16: 36, blockDepth16: 36, outputPixel: 16, output: 32 },
    ],
  },
  {
    // 17 bytes are a block of 16 and a tail, three of four begin within a word; 8 copies for the filter, 16 for the
    // image. The depth of 68 is 4 blocks of 16 and a word to fill, 17 fours to multiply.
    name: 'more than 16 channels and strides of 2: the reversed filter is convolved',
    input: transposed(
      [
        [1, 2, 2, 17],
        [2, 2, 2, 17],
        [1, 4, 4, 2],
      ],
      { options: validBy2 },
    ),
    expected: [
      'transpose conv reversed s8',
      {
        call: 1,
        copy: 24,
        copyBlock16: 24,
        copyTail: 24,
        copyByte: 408,
        copyUnaligned: 306,
        pixel: 16,
        tap: 64,
        expandBlock4: 272,
        fill: 16,
        fillBlock16: 64,
        fillWord: 16,
        pixelPair: 8,
        block: 8,
        blockEnters4: 8,
        blockDepth4: 136,
      },
    ],
  },
  {
    // A row has one pixel, which runs alone: 2 rows of 1 x 1 positions by 2 outputs.
    name: 'a stride of 3 is spread, however many channels there are',
    input: transposed(
      [
        [1, 2, 1, 17],
        [2, 1, 1, 17],
        [1, 6, 3, 2],
      ],
      { options: { padding: 'VALID', strideW: 3, strideH: 3 } },
    ),
    expected: [
      'transpose conv s8',
      {
        call: 1,
        inputRow: 2,
        last: 4,
        lastEnters1: 4,
        lastDepth1: 4,
        lastEnters4: 4,
        lastDepth4: 16,
        outputPixel: 18,
        output: 36,
      },
    ],
  },
]);
