import { patchesOf } from '../../src/core/compress/patches';
import type { Graph } from '../../src/core/model/model';
import { floats, graph, operator, options, tensor } from '../support/build';
import { check } from '../support/check';

interface Layer {
  readonly kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'FULLY_CONNECTED';
  readonly input: readonly number[];
  readonly weights: readonly number[];
  readonly output: readonly number[];
  readonly options?: Readonly<Record<string, number | string>>;
}

function layer({ kind, input, weights, output, options: values = {} }: Layer): Graph {
  const size = weights.reduce((product, length) => product * length, 1);
  const tensors = [
    tensor('x', 'float32', input),
    floats('w', weights, new Array<number>(size).fill(1)),
    tensor('y', 'float32', output),
  ];
  const operators = [operator(kind, [0, 1, -1], [2], { options: options('Conv2DOptions', values) })];
  return graph(tensors, operators, { inputs: [0], outputs: [2] });
}

check(
  'what the weights of one output channel are multiplied with',
  ({ position, group, ...rest }: Layer & { readonly position: number; readonly group: number }) => {
    const source = layer(rest);
    const patches = patchesOf(source.operators[0], source);
    if (patches === undefined) return undefined;
    const patch = new Float64Array(patches.length);
    const size = rest.input.reduce((product, length) => product * length, 1);
    patches.read(
      Float32Array.from({ length: size }, (_, index) => index + 1),
      position,
      group,
      patch,
    );
    return { patch: [...patch], groups: patches.groups, positions: patches.positions };
  },
  [
    {
      name: 'a convolution, padded with zeros',
      input: {
        kind: 'CONV_2D',
        input: [1, 2, 2, 1],
        weights: [1, 3, 3, 1],
        output: [1, 2, 2, 1],
        options: { padding: 'SAME', strideH: 1, strideW: 1 },
        position: 3,
        group: 0,
      },
      expected: { patch: [1, 2, 0, 3, 4, 0, 0, 0, 0], groups: 1, positions: 4 },
    },
    {
      name: 'without padding',
      input: {
        kind: 'CONV_2D',
        input: [1, 2, 3, 1],
        weights: [1, 2, 2, 1],
        output: [1, 1, 2, 1],
        options: { padding: 'VALID', strideH: 1, strideW: 1 },
        position: 1,
        group: 0,
      },
      expected: { patch: [2, 3, 5, 6], groups: 1, positions: 2 },
    },
    {
      name: 'padded at the end',
      input: {
        kind: 'CONV_2D',
        input: [1, 2, 3, 1],
        weights: [1, 2, 2, 1],
        output: [1, 2, 3, 1],
        options: { padding: 'SAME', strideH: 1, strideW: 1 },
        position: 5,
        group: 0,
      },
      expected: { patch: [6, 0, 0, 0], groups: 1, positions: 6 },
    },
    {
      name: 'strides of two, padded to the right',
      input: {
        kind: 'CONV_2D',
        input: [1, 2, 3, 1],
        weights: [1, 2, 2, 1],
        output: [1, 1, 2, 1],
        options: { padding: 'SAME', strideH: 2, strideW: 2 },
        position: 1,
        group: 0,
      },
      expected: { patch: [3, 0, 6, 0], groups: 1, positions: 2 },
    },
    {
      name: 'none of a batch of images',
      input: {
        kind: 'CONV_2D',
        input: [2, 1, 1, 1],
        weights: [1, 1, 1, 1],
        output: [2, 1, 1, 1],
        position: 0,
        group: 0,
      },
      expected: undefined,
    },
    {
      name: 'a grouped convolution: the second half of the channels',
      input: {
        kind: 'CONV_2D',
        input: [1, 1, 2, 4],
        weights: [2, 1, 1, 2],
        output: [1, 1, 2, 2],
        options: { padding: 'VALID', strideH: 1, strideW: 1 },
        position: 1,
        group: 1,
      },
      expected: { patch: [7, 8], groups: 2, positions: 2 },
    },
    {
      name: 'a depthwise convolution with dilation: one channel',
      input: {
        kind: 'DEPTHWISE_CONV_2D',
        input: [1, 1, 3, 2],
        weights: [1, 1, 2, 2],
        output: [1, 1, 1, 2],
        options: { padding: 'VALID', strideH: 1, strideW: 1, dilationWFactor: 2 },
        position: 0,
        group: 1,
      },
      expected: { patch: [2, 6], groups: 2, positions: 1 },
    },
    {
      name: 'a dense layer over rows',
      input: {
        kind: 'FULLY_CONNECTED',
        input: [2, 3],
        weights: [1, 3],
        output: [2, 1],
        position: 1,
        group: 0,
      },
      expected: { patch: [4, 5, 6], groups: 1, positions: 2 },
    },
  ],
);
