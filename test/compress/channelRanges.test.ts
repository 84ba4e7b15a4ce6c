import { channelCount, constantRange, fullRange, hull } from '../../src/core/compress/clean/ranges/channelRange';
import type { ChannelRange } from '../../src/core/compress/clean/ranges/channelRange';
import { isUnpadded, tapWindows } from '../../src/core/compress/clean/ranges/taps';
import { floats, operator, options, tensor } from '../support/build';
import { check } from '../support/check';

const plain = ({ low, high }: ChannelRange): readonly (readonly number[])[] => [[...low], [...high]];

check('bounds of a tensor, channel by channel', (run: () => ChannelRange) => plain(run()), [
  {
    name: 'all that int8 holds',
    input: () => fullRange(tensor('t', 'int8', [1, 2])),
    expected: [
      [-128, -128],
      [127, 127],
    ],
  },
  { name: 'all that int16 holds', input: () => fullRange(tensor('t', 'int16', [1])), expected: [[-32768], [32767]] },
  { name: 'floats have none', input: () => fullRange(tensor('t', 'float32', [])), expected: [[-Infinity], [Infinity]] },
  {
    name: 'what a constant holds',
    input: () => constantRange(floats('c', [2, 2], [1, -5, 3, 4])),
    expected: [
      [1, -5],
      [3, 4],
    ],
  },
  {
    name: 'ends in either order',
    input: () => hull([3, 0, 2], 1),
    expected: [[0], [3]],
  },
  {
    name: 'what is not a number bounds nothing, of its channel alone',
    input: () => hull([NaN, 1, 2, 3, 5, 2], 2),
    expected: [
      [-Infinity, 1],
      [Infinity, 3],
    ],
  },
]);

check('number of channels', (shape: readonly number[]) => channelCount(tensor('t', 'int8', shape)), [
  { name: 'the last axis', input: [1, 4, 3], expected: 3 },
  { name: 'a scalar has one', input: [], expected: 1 },
]);

interface Convolution {
  readonly size: number;
  readonly taps: number;
  readonly places: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly padding?: string;
}

/** A convolution along the height alone. */
function windows({ size, taps, places, stride = 1, dilation = 1, padding = 'SAME' }: Convolution): unknown {
  const conv = operator('CONV_2D', [0, 1], [2], {
    options: options('Conv2DOptions', { padding, strideH: stride, strideW: 1, dilationHFactor: dilation }),
  });
  const tensors = [
    tensor('x', 'int8', [1, size, 1, 1]),
    tensor('w', 'int8', [1, taps, 1, 1]),
    tensor('y', 'int8', [1, places, 1, 1]),
  ] as const;
  return { rows: tapWindows(conv, ...tensors).map(({ rows }) => rows), isUnpadded: isUnpadded(conv, ...tensors) };
}

check('taps that meet the image', windows, [
  {
    name: 'valid: all of them everywhere',
    input: { size: 5, taps: 3, places: 3, padding: 'VALID' },
    expected: { rows: [[0, 3]], isUnpadded: true },
  },
  {
    name: 'same: the first lacks the first tap, the last the last one',
    input: { size: 5, taps: 3, places: 5 },
    expected: {
      rows: [
        [1, 3],
        [0, 3],
        [0, 2],
      ],
      isUnpadded: false,
    },
  },
  {
    // (2 - 1) x 2 + 3 - 4 = 1 row is missing, which goes to the end.
    name: 'an odd row of padding lies behind',
    input: { size: 4, taps: 3, places: 2, stride: 2 },
    expected: {
      rows: [
        [0, 3],
        [0, 2],
      ],
      isUnpadded: false,
    },
  },
  {
    // Taps lie at -2, 0, 2, then at -1, 1, 3, then at 0, 2, 4: only three rows exist.
    name: 'taps two rows apart',
    input: { size: 3, taps: 3, places: 3, dilation: 2 },
    expected: {
      rows: [
        [1, 3],
        [1, 2],
        [0, 2],
      ],
      isUnpadded: false,
    },
  },
]);
