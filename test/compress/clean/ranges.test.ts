import { ConstantChannels } from '../../../src/core/compress/clean/constantChannels';
import { channelRanges } from '../../../src/core/compress/clean/ranges/channelRanges';
import { runAlone } from '../../../src/core/compress/clean/ranges/probe';
import { summingLayer } from '../../../src/core/compress/clean/ranges/sums';
import { zeroPointOf } from '../../../src/core/compress/clean/ranges/zeroPoint';
import { hasSameShape, holdsSame } from '../../../src/core/compress/clean/equalTensors';
import type { Graph, Operator, Tensor } from '../../../src/core/model/model';
import { floats, graph, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(Int8Array.from(values).buffer);
const words = (...values: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);
const int8 = (name: string, shape: readonly number[], scale = 1, zeroPoint = 0): Tensor =>
  tensor(name, 'int8', shape, { quantization: quantized(scale, zeroPoint) });
const stored = (name: string, shape: readonly number[], ...values: readonly number[]): Tensor => ({
  ...int8(name, shape),
  data: bytes(...values),
});
const biases = (...values: readonly number[]): Tensor =>
  tensor('b', 'int32', [values.length], { data: words(...values), quantization: quantized(1) });
const ints = (...values: readonly number[]): Tensor =>
  tensor('list', 'int32', [values.length], { data: words(...values) });

interface Layer {
  readonly kind: string;
  readonly more?: readonly Tensor[];
  readonly output: Tensor;
  readonly options?: Operator['options'];
  /** 3 is the image, whose first channel is always 5 and whose second can hold anything; from 4 on those of `more`. */
  readonly inputs?: readonly number[];
  /** Rows and columns of the image. */
  readonly size?: number;
  readonly scale?: number;
}

/** Behind a convolution with weights 0 and 1 and biases 5 and 0: an image of which one channel is always 5. */
function behind({ kind, more = [], output, options: own, inputs = [3], size = 2, scale = 1 }: Layer): Graph {
  const tensors = [
    int8('x', [1, size, size, 1], scale),
    { ...stored('w', [2, 1, 1, 1], 0, 1), quantization: quantized(1) },
    biases(5, 0),
    int8('image', [1, size, size, 2], scale),
    ...more,
    output,
  ];
  return graph(
    tensors,
    [operator('CONV_2D', [0, 1, 2], [3]), operator(kind, inputs, [tensors.length - 1], { options: own })],
    { inputs: [0], outputs: [tensors.length - 1] },
  );
}

/** Lowest and highest values of each channel of the output. */
function bounds(layer: Layer): readonly (readonly number[])[] {
  const source = behind(layer);
  const { low, high } = channelRanges(source, 'double')[source.tensors.length - 1];
  return [[...low], [...high]];
}

const image = (channels: number, size = 2): Tensor => int8('y', [1, size, size, channels]);

check('what a layer can give out, of a channel that is always 5 and one of -128 … 127', bounds, [
  {
    name: 'a convolution mixes them: 5 + x and 10 - x',
    input: { kind: 'CONV_2D', more: [stored('v', [2, 1, 1, 2], 1, 1, 2, -1)], inputs: [3, 4, -1], output: image(2) },
    expected: [
      [-123, -117],
      [127, 127],
    ],
  },
  {
    name: 'to a scale of 4: (0 x 5 + x) / 4',
    input: {
      ...{ kind: 'CONV_2D', more: [stored('v', [1, 1, 1, 2], 0, 1)], inputs: [3, 4, -1] },
      output: int8('y', [1, 2, 2, 1], 4),
    },
    expected: [[-32], [32]],
  },
  {
    name: 'to a zero point of 7',
    input: {
      ...{ kind: 'CONV_2D', more: [stored('v', [1, 1, 1, 2], 1, 0)], inputs: [3, 4, -1] },
      output: int8('y', [1, 2, 2, 1], 1, 7),
    },
    expected: [[12], [12]],
  },
  {
    name: 'with a rectifier',
    input: {
      ...{ kind: 'CONV_2D', more: [stored('v', [2, 1, 1, 2], -1, 0, 0, 1)], inputs: [3, 4, -1], output: image(2) },
      options: options('Conv2DOptions', { fusedActivationFunction: 'RELU' }),
    },
    expected: [
      [0, 0],
      [0, 127],
    ],
  },
  {
    name: 'a bias that can carry the sum out of 32 bits: nothing is known',
    input: {
      ...{ kind: 'CONV_2D', more: [stored('v', [2, 1, 1, 2], 0, 1, 1, 0), biases(2 ** 31 - 1, 2 ** 31 - 6)] },
      ...{ inputs: [3, 4, 5], output: int8('y', [1, 2, 2, 2], 2) },
    },
    expected: [
      [-128, 127],
      [127, 127],
    ],
  },
  {
    name: 'a bias that can carry it out below',
    input: {
      ...{ kind: 'CONV_2D', more: [stored('v', [2, 1, 1, 2], 0, 1, -1, 0), biases(-(2 ** 31), -(2 ** 31) + 5)] },
      ...{ inputs: [3, 4, 5], output: int8('y', [1, 2, 2, 2], 2) },
    },
    expected: [
      [-128, -128],
      [127, -128],
    ],
  },
  {
    // A factor of 1 is 0.5 x 2: the sum is doubled first.
    name: 'out of 32 bits once it is shifted',
    input: {
      ...{ kind: 'CONV_2D', more: [stored('v', [2, 1, 1, 2], 0, 1, 1, 0), biases(2 ** 30 - 1, 2 ** 30 - 6)] },
      ...{ inputs: [3, 4, 5], output: image(2) },
    },
    expected: [
      [-128, 127],
      [127, 127],
    ],
  },
  {
    name: 'out of 32 bits below once it is shifted',
    input: {
      ...{ kind: 'CONV_2D', more: [stored('v', [2, 1, 1, 2], 0, 1, -1, 0), biases(-(2 ** 30), -(2 ** 30) + 5)] },
      ...{ inputs: [3, 4, 5], output: image(2) },
    },
    expected: [
      [-128, -128],
      [127, -128],
    ],
  },
  {
    name: 'nine ones with padding: 4 taps in a corner, 9 in the middle',
    input: {
      ...{
        kind: 'CONV_2D',
        size: 3,
        more: [stored('v', [1, 3, 3, 2], 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0)],
      },
      ...{ inputs: [3, 4, -1], output: image(1, 3), options: options('Conv2DOptions', { padding: 'SAME' }) },
    },
    expected: [[20], [45]],
  },
  {
    name: 'the same without padding',
    input: {
      ...{
        kind: 'CONV_2D',
        size: 3,
        more: [stored('v', [1, 3, 3, 2], 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0)],
      },
      ...{ inputs: [3, 4, -1], output: image(1, 1), options: options('Conv2DOptions', { padding: 'VALID' }) },
    },
    expected: [[45], [45]],
  },
  {
    name: 'rows of weights differ: only the first row counts',
    input: {
      ...{ kind: 'CONV_2D', more: [stored('v', [1, 2, 1, 2], 3, 0, 0, 0)], inputs: [3, 4, -1] },
      ...{ output: int8('y', [1, 1, 2, 1]), options: options('Conv2DOptions', { padding: 'VALID' }) },
    },
    expected: [[15], [15]],
  },
  {
    name: 'a depthwise convolution makes two of each',
    input: {
      ...{ kind: 'DEPTHWISE_CONV_2D', more: [stored('f', [1, 1, 1, 4], 1, 2, 1, -1), biases(0, 1, 0, 0)] },
      ...{ inputs: [3, 4, 5], output: image(4), options: options('DepthwiseConv2DOptions', { depthMultiplier: 2 }) },
    },
    expected: [
      [5, 11, -128, -127],
      [5, 11, 127, 127],
    ],
  },
  {
    name: 'a depthwise convolution of two rows, whose taps are added',
    input: {
      ...{ kind: 'DEPTHWISE_CONV_2D', more: [stored('f', [1, 2, 1, 2], 1, 0, 3, 0)], inputs: [3, 4, -1] },
      ...{ output: int8('y', [1, 1, 2, 2]) },
      options: options('DepthwiseConv2DOptions', { depthMultiplier: 1, padding: 'VALID' }),
    },
    expected: [
      [20, 0],
      [20, 0],
    ],
  },
  {
    name: 'a dense layer on the whole image: 5 x (1 + 2 + 3 + 4)',
    input: {
      ...{ kind: 'FULLY_CONNECTED', more: [stored('v', [1, 8], 1, 0, 2, 0, 3, 0, 4, 0)], inputs: [3, 4, -1] },
      output: int8('y', [1, 1]),
    },
    expected: [[50], [50]],
  },
  {
    name: 'groups of channels are not followed',
    input: { kind: 'CONV_2D', more: [stored('v', [2, 1, 1, 1], 0, 0)], inputs: [3, 4, -1], output: image(2) },
    expected: [
      [-128, -128],
      [127, 127],
    ],
  },
  {
    name: 'a sum with a constant for each channel',
    input: { kind: 'ADD', more: [stored('c', [2], 1, 2)], inputs: [3, 4], output: image(2) },
    expected: [
      [6, -126],
      [6, 127],
    ],
  },
  {
    name: 'a sum with a constant for each place',
    input: { kind: 'ADD', more: [stored('c', [1, 2, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8)], inputs: [3, 4], output: image(2) },
    expected: [
      [6, -126],
      [12, 127],
    ],
  },
  {
    name: 'a difference: 10 less each',
    input: { kind: 'SUB', more: [stored('c', [2], 10, 10)], inputs: [4, 3], output: image(2) },
    expected: [
      [5, -117],
      [5, 127],
    ],
  },
  {
    name: 'a product with a negative number turns the ends around',
    input: { kind: 'MUL', more: [stored('c', [2], -3, -1)], inputs: [3, 4], output: image(2) },
    expected: [
      [-15, -127],
      [-15, 127],
    ],
  },
  {
    // Its ends give 64 and 63, and 0 gives 0.
    name: 'a product with itself is not between what its ends give',
    input: { kind: 'MUL', inputs: [3, 3], output: int8('y', [1, 2, 2, 2], 256) },
    expected: [
      [-128, -128],
      [127, 127],
    ],
  },
  {
    name: 'a rectifier at a zero point of 0',
    input: { kind: 'RELU', output: image(2) },
    expected: [
      [5, 0],
      [5, 127],
    ],
  },
  {
    name: 'the larger of two',
    input: { kind: 'MAXIMUM', more: [stored('c', [2], 9, -100)], inputs: [3, 4], output: image(2) },
    expected: [
      [9, -100],
      [9, 127],
    ],
  },
  {
    name: 'the smaller of two',
    input: { kind: 'MINIMUM', more: [stored('c', [2], 9, -100)], inputs: [3, 4], output: image(2) },
    expected: [
      [5, -128],
      [5, -100],
    ],
  },
  {
    name: 'joined with itself',
    input: {
      kind: 'CONCATENATION',
      inputs: [3, 3],
      output: image(4),
      options: options('ConcatenationOptions', { axis: 3 }),
    },
    expected: [
      [5, -128, 5, -128],
      [5, 127, 5, 127],
    ],
  },
  {
    name: 'padded with zeros',
    input: { kind: 'PAD', more: [ints(0, 0, 1, 1, 1, 1, 0, 0)], inputs: [3, 4], output: image(2, 4) },
    expected: [
      [0, -128],
      [5, 127],
    ],
  },
  {
    name: 'averaged',
    input: {
      kind: 'MEAN',
      more: [ints(1, 2)],
      inputs: [3, 4],
      output: int8('y', [1, 2]),
      options: options('ReducerOptions', { keepDims: false }),
    },
    expected: [
      [5, -128],
      [5, 127],
    ],
  },
  {
    // 0.5 to 0.6225 of 256 steps less 128, at the ends 0 and 1 less a step.
    name: 'a logistic function is tried with every value',
    input: { kind: 'LOGISTIC', scale: 0.1, output: int8('y', [1, 2, 2, 2], 1 / 256, -128) },
    expected: [
      [31, -128],
      [31, 127],
    ],
  },
  {
    // tanh 0.5 = 0.4621 of 128 steps.
    name: 'a tanh',
    input: { kind: 'TANH', scale: 0.1, output: int8('y', [1, 2, 2, 2], 1 / 128) },
    expected: [
      [59, -128],
      [59, 127],
    ],
  },
  {
    name: 'a leaky rectifier: a tenth of what is negative',
    input: { kind: 'LEAKY_RELU', output: image(2), options: options('LeakyReluOptions', { alpha: 0.125 }) },
    expected: [
      [5, -16],
      [5, 127],
    ],
  },
  {
    name: 'as real numbers',
    input: { kind: 'DEQUANTIZE', scale: 0.5, output: tensor('y', 'float32', [1, 2, 2, 2]) },
    expected: [
      [2.5, -64],
      [2.5, 63.5],
    ],
  },
  {
    name: 'an operator of which nothing is known',
    input: { kind: 'REVERSE_V2', more: [ints(1)], inputs: [3, 4], output: image(2) },
    expected: [
      [-128, -128],
      [127, 127],
    ],
  },
  {
    name: 'an output that is a state',
    input: { kind: 'RELU', output: { ...image(2), isVariable: true } },
    expected: [
      [-128, -128],
      [127, 127],
    ],
  },
]);

interface FloatLayer {
  readonly weights: readonly number[];
  readonly bias?: readonly number[];
  readonly activation?: string;
}

check(
  'float sums with room for the order of summation, a thousandth of the sum',
  ({ weights, bias, activation = 'NONE' }: FloatLayer) => {
    const source = graph(
      [
        tensor('x', 'float32', [1, 1]),
        floats('w', [weights.length, 1], weights),
        ...(bias === undefined ? [] : [floats('b', [weights.length], bias)]),
        tensor('y', 'float32', [1, weights.length]),
      ],
      [
        operator('FULLY_CONNECTED', bias === undefined ? [0, 1, -1] : [0, 1, 2], [bias === undefined ? 2 : 3], {
          options: options('FullyConnectedOptions', { fusedActivationFunction: activation }),
        }),
      ],
      { inputs: [0], outputs: [bias === undefined ? 2 : 3] },
    );
    const { low, high } = channelRanges(source, 'double').at(-1)!;
    return [[...low], [...high]].map((list) => list.map((value) => Number(value.toPrecision(6))));
  },
  [
    {
      name: 'without weights the bias alone, 0 exactly',
      input: { weights: [0, 0, 0], bias: [2, -2, 0] },
      expected: [
        [1.998, -2.002, 0],
        [2.002, -1.998, 0],
      ],
    },
    {
      name: 'a weight leaves no bound but that of the type',
      input: { weights: [1, 0] },
      expected: [
        [-3.40282e38, 0],
        [3.40282e38, 0],
      ],
    },
    {
      name: 'a rectifier leaves one',
      input: { weights: [1, 0, 0], bias: [0, -1, 3], activation: 'RELU' },
      expected: [
        [0, 0, 2.997],
        [3.40282e38, 0, 3.003],
      ],
    },
    {
      name: 'six at most',
      input: { weights: [1, 0], bias: [0, 7], activation: 'RELU6' },
      expected: [
        [0, 6],
        [6, 6],
      ],
    },
  ],
);

check(
  'channels that hold one value in both rounding modes',
  (tensorIndex: number) => {
    const source = behind({ kind: 'RELU', output: image(2) });
    const constants = new ConstantChannels(source);
    const asked = source.tensors[tensorIndex];
    return { values: [0, 1].map((channel) => constants.valueOf(asked, channel)), bounds: constants.boundsOf(asked) };
  },
  [
    { name: 'an image', input: 3, expected: { values: [5, undefined], bounds: [-128, 127] } },
    { name: 'rectified', input: 4, expected: { values: [5, undefined], bounds: [0, 127] } },
  ],
);

interface Sum {
  readonly kind: string;
  readonly image: readonly number[];
  readonly weights: Tensor;
  readonly bias?: Tensor;
}

check(
  'layers whose sums are followed',
  ({ kind, image: shape, weights, bias }: Sum) => {
    const source = graph(
      [int8('x', shape), weights, bias ?? int8('none', [1]), int8('y', [1])],
      [operator(kind, [0, 1, bias === undefined ? -1 : 2], [3])],
    );
    return summingLayer(source.operators[0], source)?.form;
  },
  [
    {
      name: 'a convolution',
      input: { kind: 'CONV_2D', image: [1, 2, 2, 1], weights: stored('w', [2, 1, 1, 1], 1, 1) },
      expected: 'mixing',
    },
    {
      name: 'in groups: none',
      input: { kind: 'CONV_2D', image: [1, 2, 2, 2], weights: stored('w', [2, 1, 1, 1], 1, 1) },
      expected: undefined,
    },
    {
      name: 'a depthwise one',
      input: { kind: 'DEPTHWISE_CONV_2D', image: [1, 2, 2, 2], weights: stored('w', [1, 1, 1, 4], 1, 1, 1, 1) },
      expected: 'depthwise',
    },
    {
      name: 'of half an output an input: none',
      input: { kind: 'DEPTHWISE_CONV_2D', image: [1, 2, 2, 2], weights: stored('w', [1, 1, 1, 3], 1, 1, 1) },
      expected: undefined,
    },
    {
      name: 'a dense one',
      input: { kind: 'FULLY_CONNECTED', image: [1, 2], weights: stored('w', [1, 4], 1, 1, 1, 1) },
      expected: 'mixing',
    },
    {
      name: 'of odd width: none',
      input: { kind: 'FULLY_CONNECTED', image: [1, 2], weights: stored('w', [1, 3], 1, 1, 1) },
      expected: undefined,
    },
    {
      name: 'an image of three axes: none',
      input: { kind: 'CONV_2D', image: [2, 2, 1], weights: stored('w', [1, 1, 1, 1], 1) },
      expected: undefined,
    },
    {
      name: 'weights that are computed: none',
      input: { kind: 'FULLY_CONNECTED', image: [1, 2], weights: int8('w', [1, 2]) },
      expected: undefined,
    },
    {
      name: 'a bias that is computed: none',
      input: {
        kind: 'FULLY_CONNECTED',
        image: [1, 2],
        weights: stored('w', [1, 2], 1, 1),
        bias: tensor('b', 'int32', [1]),
      },
      expected: undefined,
    },
    {
      name: 'another operator: none',
      input: { kind: 'ADD', image: [1, 2], weights: stored('w', [1, 2], 1, 1) },
      expected: undefined,
    },
  ],
);

check(
  'the zero point of a whole tensor',
  (zeroPoints: readonly number[]) =>
    zeroPointOf(tensor('t', 'int8', [2], { quantization: { scales: zeroPoints.map(() => 1), zeroPoints, axis: 0 } })),
  [
    { name: 'its own', input: [7], expected: 7 },
    { name: 'one for each slice: 0', input: [7, 7], expected: 0 },
    { name: 'none', input: [], expected: 0 },
  ],
);

check(
  'one operator by itself',
  (values: ReadonlyMap<number, ArrayLike<number>>) => {
    const tensors = [int8('x', [1, 2]), int8('y', [1, 2])].map((each, index) => ({ ...each, index }));
    const result = runAlone({ operator: operator('RELU', [0], [1]), tensors }, values, 'double');
    return result && [...new Int8Array(result.bytes.slice().buffer)];
  },
  [
    { name: 'with values', input: new Map([[0, [-3, 4]]]), expected: [0, 4] },
    { name: 'with fewer than elements: repeated', input: new Map([[0, [5]]]), expected: [5, 5] },
    { name: 'with more: the first', input: new Map([[0, [5, 6, 7]]]), expected: [5, 6] },
    { name: 'without: zeros', input: new Map(), expected: [0, 0] },
  ],
);

check(
  'tensors that hold the same where their bytes are the same',
  ([a, b]: readonly [Tensor, Tensor]) => [holdsSame(a, b), hasSameShape(a, b)] as const,
  [
    { name: 'equal', input: [int8('a', [1, 2]), int8('b', [1, 2])], expected: [true, true] },
    { name: 'another scale', input: [int8('a', [1, 2]), int8('b', [1, 2], 2)], expected: [false, true] },
    { name: 'another zero point', input: [int8('a', [1, 2]), int8('b', [1, 2], 1, 1)], expected: [false, true] },
    {
      name: 'another type',
      input: [tensor('a', 'int16', [1, 2]), tensor('b', 'float16', [1, 2])],
      expected: [false, true],
    },
    { name: 'another shape', input: [int8('a', [1, 2]), int8('b', [2, 1])], expected: [true, false] },
    { name: 'another rank', input: [int8('a', [1, 2]), int8('b', [1, 2, 1])], expected: [true, false] },
    { name: 'a quantization against none', input: [int8('a', [1]), tensor('b', 'int8', [1])], expected: [false, true] },
  ],
);
