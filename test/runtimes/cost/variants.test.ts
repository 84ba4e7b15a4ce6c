import { check } from '../../support/check';
import { callOf, type Case } from './callOf';

const same = { padding: 'SAME', strideW: 1, strideH: 1 };
const valid = { padding: 'VALID', strideW: 1, strideH: 1 };

function convolution(
  sizes: { input: readonly number[]; filter: readonly number[]; output: readonly number[] },
  more: Partial<Case> = {},
): Case {
  return {
    kind: 'CONV_2D',
    options: same,
    inputs: [
      ['int8', sizes.input],
      ['int8', sizes.filter],
      ['int32', [sizes.filter[0] ?? 1]],
    ],
    output: ['int8', sizes.output],
    ...more,
  };
}

function depthwise(
  sizes: { input: readonly number[]; filter: readonly number[]; output: readonly number[] },
  more: Partial<Case> = {},
): Case {
  return { ...convolution(sizes), kind: 'DEPTHWISE_CONV_2D', options: { ...same, depthMultiplier: 1 }, ...more };
}

const pointwise = { input: [1, 4, 4, 8], filter: [6, 1, 1, 8], output: [1, 4, 4, 6] };
const square = { input: [1, 4, 4, 8], filter: [6, 3, 3, 8], output: [1, 4, 4, 6] };
const line = { input: [1, 1, 16, 4], filter: [6, 1, 3, 4], output: [1, 1, 16, 6] };
const image = { input: [1, 6, 6, 8], filter: [1, 3, 3, 8], output: [1, 6, 6, 8] };

check('The variant follows the wrappers of CMSIS-NN 4ab83cc3 and TFLM', (input: Case) => callOf(input)?.variant, [
  { name: '1x1, stride 1', input: convolution(pointwise), expected: 'conv 1x1 s8' },
  {
    name: '1x1 with a stride',
    input: convolution({ ...pointwise, output: [1, 2, 2, 6] }, { options: { ...valid, strideW: 2, strideH: 2 } }),
    expected: 'conv 1x1 strided s8',
  },
  { name: '3x3', input: convolution(square), expected: 'conv general s8' },
  {
    name: '1x1 that sees half of the channels',
    input: convolution({ ...pointwise, filter: [6, 1, 1, 4] }),
    expected: 'conv grouped s8',
  },
  { name: '1xN without Helium', input: convolution(line), expected: 'conv general s8' },
  { name: '1xN with Helium', input: convolution(line, { path: 'mve' }), expected: 'conv 1xN s8' },
  {
    name: '1xN with Helium, stride times channels not a multiple of 4',
    input: convolution({ input: [1, 1, 16, 3], filter: [6, 1, 3, 3], output: [1, 1, 16, 6] }, { path: 'mve' }),
    expected: 'conv general s8',
  },
  {
    name: '16-bit activations',
    input: convolution(square, {
      inputs: [
        ['int16', square.input],
        ['int8', square.filter],
        ['int64', [6]],
      ],
      output: ['int16', square.output],
    }),
    expected: 'conv s16',
  },
  { name: 'reference library', input: convolution(square, { library: 'reference' }), expected: 'conv reference s8' },
  { name: 'depthwise 3x3', input: depthwise(image), expected: 'depthwise 3x3 s8' },
  { name: 'depthwise 3x3 with Helium', input: depthwise(image, { path: 'mve' }), expected: 'depthwise patches s8' },
  {
    name: 'depthwise 5x5 with DSP',
    input: depthwise({ ...image, filter: [1, 5, 5, 8] }),
    expected: 'depthwise patches s8',
  },
  {
    name: 'depthwise 5x5 in plain C',
    input: depthwise({ ...image, filter: [1, 5, 5, 8] }, { path: 'none' }),
    expected: 'depthwise generic s8',
  },
  {
    name: 'depthwise with dilation',
    input: depthwise(image, { options: { ...same, depthMultiplier: 1, dilationWFactor: 2, dilationHFactor: 2 } }),
    expected: 'depthwise generic s8',
  },
  {
    name: 'depthwise, four outputs for each channel',
    input: depthwise(
      { input: [1, 6, 6, 2], filter: [1, 3, 3, 8], output: [1, 6, 6, 8] },
      { options: { ...same, depthMultiplier: 4 } },
    ),
    expected: 'depthwise multiple of 4 s8',
  },
  {
    name: 'depthwise on one channel with Helium',
    input: depthwise(
      { input: [1, 6, 6, 1], filter: [1, 3, 3, 8], output: [1, 6, 6, 8] },
      { path: 'mve', options: { ...same, depthMultiplier: 8 } },
    ),
    expected: 'depthwise as conv s8',
  },
]);

function dense(rank: 2 | 3, depth: number, more: Partial<Case> = {}): Case {
  const rows = rank === 3 ? [1, 2] : [2];
  return {
    kind: 'FULLY_CONNECTED',
    inputs: [
      ['int8', [...rows, depth]],
      ['int8', [5, depth]],
      ['int32', [5]],
    ],
    output: ['int8', [...rows, 5]],
    ...more,
  };
}

check('A dense layer', (input: Case) => callOf(input)?.variant, [
  { name: 'one scale', input: dense(2, 8), expected: 'dense s8' },
  { name: 'one scale for each output', input: dense(2, 8, { scales: 5 }), expected: 'dense per channel s8' },
  { name: 'three dimensions, depth divisible by 4', input: dense(3, 8), expected: 'dense as conv 1x1 s8' },
  { name: 'three dimensions, depth not divisible by 4', input: dense(3, 9), expected: 'dense s8' },
  {
    name: 'reference, one scale for each output',
    input: dense(2, 8, { scales: 5, library: 'reference' }),
    expected: 'dense reference per channel s8',
  },
  {
    name: '4-bit weights were never counted',
    input: dense(2, 8, {
      inputs: [
        ['int8', [2, 8]],
        ['int4', [5, 8]],
        ['int32', [5]],
      ],
    }),
    expected: undefined,
  },
]);

check('Element by element', (input: Case) => callOf(input)?.variant, [
  {
    name: 'equal shapes',
    input: {
      kind: 'ADD',
      inputs: [
        ['int8', [1, 4]],
        ['int8', [1, 4]],
      ],
      output: ['int8', [1, 4]],
    },
    expected: 'add int8',
  },
  {
    name: 'shapes that differ by leading ones only',
    input: {
      kind: 'MUL',
      inputs: [
        ['float32', [1, 1, 4]],
        ['float32', [4]],
      ],
      output: ['float32', [1, 1, 4]],
    },
    expected: 'mul float32',
  },
  {
    name: 'shapes that differ',
    input: {
      kind: 'MUL',
      inputs: [
        ['float32', [3, 4]],
        ['float32', [4]],
      ],
      output: ['float32', [3, 4]],
    },
    expected: 'mul float32 broadcast',
  },
]);
