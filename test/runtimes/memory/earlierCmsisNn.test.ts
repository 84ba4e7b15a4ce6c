import { cmsisNnSizesOf } from '../../../src/core/runtimes/memory/cmsisNn/earlierSizes';
import type { ConvolutionWindow } from '../../../src/core/runtimes/memory/shapes';
import { check } from '../../support/check';

/** Scratch buffers as they changed from one state of CMSIS-NN to the next; all by hand. */

/** A column of 27 elements. */
const three: ConvolutionWindow = {
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

/** A column of 36 elements. */
const four: ConvolutionWindow = { ...three, inputChannels: 4, filterChannels: 4 };

/** One row of 16 places, 5 taps by 4 channels: a column of 20 elements. */
const row: ConvolutionWindow = {
  ...four,
  inputHeight: 1,
  inputWidth: 16,
  outputWidth: 16,
  filterHeight: 1,
  filterWidth: 5,
  paddingHeight: 0,
  paddingWidth: 2,
};

const pointwise: ConvolutionWindow = { ...four, filterHeight: 1, filterWidth: 1, paddingHeight: 0, paddingWidth: 0 };

/** The first days with each state, the newest first. */
const days = [
  '2026-05-21',
  '2024-11-12',
  '2024-04-23',
  '2024-03-18',
  '2023-09-19',
  '2023-06-14',
  '2023-03-02',
] as const;

type Kind = 'convolution' | 'int16Convolution' | 'depthwise';
type Isa = 'none' | 'dsp' | 'mve';

/** Bytes on each day. */
function daily([kind, window, isa]: readonly [Kind, ConvolutionWindow, Isa]): readonly number[] {
  return days.map((day) => cmsisNnSizesOf(undefined, day)[kind](window, isa));
}

check('convolutions of int8, state by state', daily, [
  {
    name: 'a column was not rounded up to whole words before September 2023',
    input: ['convolution', three, 'dsp'],
    expected: [112, 112, 112, 112, 112, 108, 108],
  },
  {
    name: 'the same without extension',
    input: ['convolution', three, 'none'],
    expected: [112, 112, 112, 112, 112, 108, 108],
  },
  {
    name: 'with Helium it was rounded up to 8 elements before April 2024, then to 16',
    input: ['convolution', four, 'mve'],
    expected: [192, 192, 192, 160, 160, 160, 160],
  },
  {
    // The filter's 20 elements with 2 padded places of 4.
    name: 'one row with Helium took nothing before its ends were padded',
    input: ['convolution', row, 'mve'],
    expected: [28, 28, 28, 0, 0, 0, 0],
  },
  {
    name: 'one row of a width that is no multiple of four was none before June 2023',
    input: ['convolution', { ...row, inputWidth: 15, outputWidth: 15 }, 'mve'],
    expected: [28, 28, 28, 0, 0, 0, 96],
  },
  {
    // 15 elements.
    name: 'one row of three channels is none since June 2023',
    input: ['convolution', { ...row, inputChannels: 3, filterChannels: 3 }, 'mve'],
    expected: [64, 64, 64, 64, 64, 64, 0],
  },
  {
    // Both padded ends are longer than the row: 20 elements in 16s, then in 8s, then unchecked.
    name: 'a row shorter than its padding',
    input: ['convolution', { ...row, inputWidth: 2, outputWidth: 2 }, 'mve'],
    expected: [128, 128, 128, 96, 0, 0, 96],
  },
  { name: 'a pointwise one takes nothing', input: ['convolution', pointwise, 'dsp'], expected: [0, 0, 0, 0, 0, 0, 0] },
  {
    name: 'a pointwise one in groups was taken for one before May 2026',
    input: ['convolution', { ...pointwise, filterChannels: 2 }, 'dsp'],
    expected: [16, 0, 0, 0, 0, 0, 0],
  },
  {
    name: 'a pointwise one that is padded is none',
    input: ['convolution', { ...pointwise, paddingWidth: 1 }, 'dsp'],
    expected: [16, 16, 16, 16, 16, 16, 16],
  },
]);

check('convolutions of int16, state by state', daily, [
  {
    name: 'with DSP always two columns where they are short',
    input: ['int16Convolution', three, 'dsp'],
    expected: [108, 108, 108, 108, 108, 108, 108],
  },
  {
    name: 'without extension none before April 2024',
    input: ['int16Convolution', three, 'none'],
    expected: [108, 108, 108, 0, 0, 0, 0],
  },
  {
    // 27 in 8s is 32.
    name: 'with Helium none before April 2024',
    input: ['int16Convolution', three, 'mve'],
    expected: [256, 256, 256, 0, 0, 0, 0],
  },
  {
    // 9 x 57 = 513.
    name: 'a column of 512 elements or more had no fast kernel',
    input: ['int16Convolution', { ...three, inputChannels: 57, filterChannels: 57 }, 'dsp'],
    expected: [2052, 2052, 2052, 0, 0, 0, 0],
  },
  {
    name: 'nor had a dilated one',
    input: ['int16Convolution', { ...three, dilationWidth: 2 }, 'dsp'],
    expected: [108, 108, 108, 0, 0, 0, 0],
  },
]);

const depthwise: ConvolutionWindow = { ...three, inputChannels: 8, filterChannels: 8 };
const five: ConvolutionWindow = { ...depthwise, filterHeight: 5, filterWidth: 5, paddingHeight: 2, paddingWidth: 2 };

check('depthwise convolutions, state by state', daily, [
  { name: '3 x 3 with DSP', input: ['depthwise', depthwise, 'dsp'], expected: [0, 0, 0, 0, 0, 0, 0] },
  // 2 x 8 x 25.
  { name: '5 x 5 with DSP', input: ['depthwise', five, 'dsp'], expected: [400, 400, 400, 400, 400, 400, 400] },
  { name: '5 x 5 without extension', input: ['depthwise', five, 'none'], expected: [0, 0, 0, 0, 0, 0, 0] },
  {
    // 2 x 8 x 9.
    name: '3 x 3 with more padding with DSP',
    input: ['depthwise', { ...depthwise, paddingHeight: 2 }, 'dsp'],
    expected: [144, 144, 144, 144, 144, 144, 144],
  },
  {
    // 4 x 124 x 9.
    name: '3 x 3 with Helium',
    input: ['depthwise', depthwise, 'mve'],
    expected: [4464, 4464, 4464, 4464, 4464, 4464, 4464],
  },
  {
    // A convolution of 9 elements in 16s, and its weights: 64 + 8 x 9.
    name: 'one input channel with Helium is a convolution since November 2024',
    input: ['depthwise', { ...three, inputChannels: 1 }, 'mve'],
    expected: [136, 136, 0, 0, 0, 0, 0],
  },
]);

/** Bytes of a convolution of 27 elements, and of one in int16, with DSP. */
function released([release, day]: readonly [string | undefined, string]): readonly number[] {
  const sizes = cmsisNnSizesOf(release, day);
  return [sizes.convolution(three, 'dsp'), sizes.int16Convolution(three, 'none')];
}

check('a release of CMSIS-NN counts before the day of TFLM', released, [
  { name: '7.0.0', input: ['cmsis-nn-7.0.0', '2023-01-01'], expected: [112, 108] },
  { name: '5.0.0', input: ['cmsis-nn-5.0.0', '2026-08-20'], expected: [112, 0] },
  { name: '4.1.0', input: ['cmsis-nn-4.1.0', '2026-08-20'], expected: [108, 0] },
  { name: 'one that is not known', input: ['cmsis-nn-9.9.9', '2026-08-20'], expected: [112, 108] },
  { name: 'none, long ago', input: [undefined, '2023-01-01'], expected: [108, 0] },
]);
