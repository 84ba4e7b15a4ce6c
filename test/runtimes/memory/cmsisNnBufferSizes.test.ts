import type { KernelIsa } from '../../../src/core/boards/board';
import {
  convolutionBytes,
  depthwiseBytes,
  int16ConvolutionBytes,
} from '../../../src/core/runtimes/memory/cmsisNn/bufferSizes';
import type { ConvolutionWindow } from '../../../src/core/runtimes/memory/shapes';
import { check } from '../../support/check';

const threeByThree: ConvolutionWindow = {
  batch: 1,
  inputHeight: 8,
  inputWidth: 8,
  inputChannels: 3,
  outputWidth: 8,
  outputChannels: 8,
  filterHeight: 3,
  filterWidth: 3,
  filterChannels: 3,
  strideHeight: 1,
  strideWidth: 1,
  dilationHeight: 1,
  dilationWidth: 1,
  paddingHeight: 1,
  paddingWidth: 1,
};

const pointwise: ConvolutionWindow = {
  ...threeByThree,
  filterHeight: 1,
  filterWidth: 1,
  paddingHeight: 0,
  paddingWidth: 0,
};

/** One row of 16 elements by 4 channels, filter of 5. */
const row: ConvolutionWindow = {
  ...threeByThree,
  inputHeight: 1,
  inputWidth: 16,
  inputChannels: 4,
  filterChannels: 4,
  outputWidth: 16,
  filterHeight: 1,
  filterWidth: 5,
  paddingHeight: 0,
  paddingWidth: 2,
};

const depthwise: ConvolutionWindow = { ...threeByThree, inputChannels: 8, filterChannels: 8 };

interface Input {
  readonly bytes: (window: ConvolutionWindow, isa: KernelIsa) => number;
  readonly window: ConvolutionWindow;
}

check<Input, readonly number[]>(
  'CMSIS-NN: scratch without extension, with DSP, with MVE',
  ({ bytes, window }) => (['none', 'dsp', 'mve'] as const).map((isa) => bytes(window, isa)),
  [
    // 27 elements: two columns of 28 in 16 bits, or four of 32 in 8 bits.
    { name: 'convolution', input: { bytes: convolutionBytes, window: threeByThree }, expected: [112, 112, 128] },
    { name: 'pointwise convolution', input: { bytes: convolutionBytes, window: pointwise }, expected: [0, 0, 0] },
    {
      // The channels of a group are fewer than the input's, so it is no pointwise one: 3 elements, columns of 4, or 16.
      name: 'grouped pointwise convolution',
      input: { bytes: convolutionBytes, window: { ...pointwise, filterChannels: 1 } },
      expected: [16, 16, 64],
    },
    {
      // MVE: the padded ends only: max(5 x 4 + 2 x 4, 4 x 4 + 2 x 4).
      name: 'convolution of a row',
      input: { bytes: convolutionBytes, window: row },
      expected: [80, 80, 28],
    },
    {
      name: 'convolution of int16',
      input: { bytes: int16ConvolutionBytes, window: threeByThree },
      expected: [108, 108, 256],
    },
    { name: 'depthwise 3x3', input: { bytes: depthwiseBytes, window: depthwise }, expected: [0, 0, 4464] },
    {
      name: 'depthwise 5x5: a column in 16 bits, or 4 x 124 elements',
      input: {
        bytes: depthwiseBytes,
        window: { ...depthwise, filterHeight: 5, filterWidth: 5, paddingHeight: 2, paddingWidth: 2 },
      },
      expected: [0, 400, 12400],
    },
    {
      name: 'depthwise with a multiplier has no fast kernel',
      input: { bytes: depthwiseBytes, window: { ...depthwise, outputChannels: 16 } },
      expected: [0, 0, 0],
    },
    {
      // MVE runs it as a convolution of 9 elements: 4 x 16, and the filter in another order: 8 x 9.
      name: 'depthwise of one input channel',
      input: { bytes: depthwiseBytes, window: { ...depthwise, inputChannels: 1 } },
      expected: [0, 0, 136],
    },
  ],
);
