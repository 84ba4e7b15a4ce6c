import { addClamps, liftedClamps, withActivation, withClamps } from '../../../src/core/compress/lift/clamps';
import { heldInterval, reachedIntervals } from '../../../src/core/compress/lift/intervals';
import { draftOf } from '../../../src/core/compress/rewrite/graphDraft';
import type { Operator, Tensor } from '../../../src/core/model/model';
import { realValues } from '../../../src/core/model/values/real';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

const int8 = (name: string, shape: readonly number[], scale = 1, zeroPoint = 0): Tensor =>
  tensor(name, 'int8', shape, { quantization: quantized(scale, zeroPoint) });
const stored = (
  name: string,
  shape: readonly number[],
  values: readonly number[],
  scales: readonly number[] = [1],
): Tensor =>
  tensor(name, 'int8', shape, {
    data: new Uint8Array(Int8Array.from(values).buffer),
    quantization: quantized(scales),
  });
/** Float32 itself ends there, to six digits. */
const farthest = 3.40282e38;
const rounded = (value: number): number => Number(value.toPrecision(6));

check(
  'what a quantized tensor can hold',
  (held: Tensor) => {
    const interval = heldInterval(held);
    return interval && [rounded(interval.least), rounded(interval.most)];
  },
  [
    { name: 'int8 around 0', input: int8('t', [1], 0.5), expected: [-64, 63.5] },
    { name: 'int8 from 0 on', input: int8('t', [1], 0.5, -128), expected: [0, 127.5] },
    { name: 'uint8', input: tensor('t', 'uint8', [1], { quantization: quantized(0.5, 128) }), expected: [-64, 63.5] },
    { name: 'int16', input: tensor('t', 'int16', [1], { quantization: quantized(0.5) }), expected: [-16384, 16383.5] },
    {
      name: 'int32: a sum, not an activation',
      input: tensor('t', 'int32', [1], { quantization: quantized(0.5) }),
      expected: undefined,
    },
    {
      name: 'several scales',
      input: tensor('t', 'int8', [2], { quantization: quantized([1, 2]) }),
      expected: undefined,
    },
    { name: 'none', input: tensor('t', 'int8', [2]), expected: undefined },
    { name: 'float', input: tensor('t', 'float32', [2], { quantization: quantized(1) }), expected: undefined },
  ],
);

interface Reached {
  readonly kind: string;
  /** Quantized inputs as scale and zero point, or whole tensors. */
  readonly inputs: readonly (readonly [scale: number, zeroPoint: number] | Tensor)[];
  readonly activation?: string;
}

function reachOf({ kind, inputs, activation }: Reached): readonly number[] {
  const tensors = inputs.map((each) => ('name' in each ? each : int8('x', [1, 2], ...(each as [number, number]))));
  const source = graph(
    [...tensors, int8('y', [1, 2], 0.001)],
    [
      operator(
        kind,
        tensors.map((_, index) => index),
        [tensors.length],
        {
          options: activation === undefined ? undefined : options('O', { fusedActivationFunction: activation }),
        },
      ),
    ],
  );
  const { least, most } = reachedIntervals(source).get(tensors.length)!;
  return [rounded(least), rounded(most)];
}

/** -1.28 … 1.27 and 0 … 2.55. */
const both = [0.01, 0] as const;
const positive = [0.01, -128] as const;
const negative = [0.01, 127] as const;

check('what the float form of an operator can reach, whatever its output holds', reachOf, [
  { name: 'a sum', input: { kind: 'ADD', inputs: [both, positive] }, expected: [-1.28, 3.82] },
  {
    name: 'a sum with a rectifier',
    input: { kind: 'ADD', inputs: [both, positive], activation: 'RELU' },
    expected: [0, 3.82],
  },
  {
    name: 'a sum up to 6',
    input: { kind: 'ADD', inputs: [[0.1, 0], positive], activation: 'RELU6' },
    expected: [0, 6],
  },
  { name: 'a difference', input: { kind: 'SUB', inputs: [both, positive] }, expected: [-3.83, 1.27] },
  { name: 'a product', input: { kind: 'MUL', inputs: [both, positive] }, expected: [-3.264, 3.2385] },
  {
    name: 'a product of negative numbers',
    input: { kind: 'MUL', inputs: [negative, negative] },
    expected: [0, 6.5025],
  },
  {
    name: 'a product with unbounded numbers',
    input: { kind: 'MUL', inputs: [both, tensor('f', 'float32', [1, 2])] },
    expected: [-farthest, farthest],
  },
  {
    name: 'with a constant',
    input: { kind: 'MUL', inputs: [both, floats('c', [2], [-2, 3])] },
    expected: [-3.84, 3.81],
  },
  { name: 'the larger', input: { kind: 'MAXIMUM', inputs: [both, positive] }, expected: [0, 2.55] },
  { name: 'the smaller', input: { kind: 'MINIMUM', inputs: [both, positive] }, expected: [-1.28, 1.27] },
  { name: 'the negative', input: { kind: 'NEG', inputs: [positive] }, expected: [-2.55, 0] },
  { name: 'the magnitude', input: { kind: 'ABS', inputs: [both] }, expected: [0, 1.28] },
  { name: 'the magnitude of positive numbers', input: { kind: 'ABS', inputs: [positive] }, expected: [0, 2.55] },
  { name: 'the square', input: { kind: 'SQUARE', inputs: [[0.1, 0]] }, expected: [0, 163.84] },
  { name: 'the square of positive numbers', input: { kind: 'SQUARE', inputs: [positive] }, expected: [0, 6.5025] },
  { name: 'a rectifier', input: { kind: 'RELU', inputs: [both] }, expected: [0, 1.27] },
  { name: 'a rectifier of negative numbers', input: { kind: 'RELU', inputs: [negative] }, expected: [0, 0] },
  { name: 'six at most', input: { kind: 'RELU6', inputs: [[0.1, 0]] }, expected: [0, 6] },
  { name: 'between -1 and 1', input: { kind: 'RELU_N1_TO_1', inputs: [both] }, expected: [-1, 1] },
  { name: 'a leaky rectifier', input: { kind: 'LEAKY_RELU', inputs: [both] }, expected: [-1.28, 1.27] },
  { name: 'hard swish, least at -1.5', input: { kind: 'HARD_SWISH', inputs: [[0.1, 0]] }, expected: [-0.375, 12.7] },
  { name: 'hard swish of positive numbers', input: { kind: 'HARD_SWISH', inputs: [positive] }, expected: [0, 2.55] },
  { name: 'hard swish of negative numbers', input: { kind: 'HARD_SWISH', inputs: [negative] }, expected: [-0.375, 0] },
  { name: 'logistic', input: { kind: 'LOGISTIC', inputs: [both] }, expected: [0, 1] },
  { name: 'softmax', input: { kind: 'SOFTMAX', inputs: [both] }, expected: [0, 1] },
  { name: 'tanh', input: { kind: 'TANH', inputs: [both] }, expected: [-1, 1] },
  { name: 'log-softmax', input: { kind: 'LOG_SOFTMAX', inputs: [both] }, expected: [-farthest, 0] },
  { name: 'normalized', input: { kind: 'L2_NORMALIZATION', inputs: [both] }, expected: [-1, 1] },
  { name: 'a root', input: { kind: 'SQRT', inputs: [positive] }, expected: [0, farthest] },
  { name: 'an exponential', input: { kind: 'EXP', inputs: [both] }, expected: [0, farthest] },
  {
    name: 'a squared difference',
    input: { kind: 'SQUARED_DIFFERENCE', inputs: [both, both] },
    expected: [0, farthest],
  },
  { name: 'a copy, with zeros', input: { kind: 'PAD', inputs: [[0.01, -200]] }, expected: [0, 3.27] },
  {
    name: 'joined values',
    input: { kind: 'CONCATENATION', inputs: [both, positive, negative] },
    expected: [-2.55, 2.55],
  },
  { name: 'an average', input: { kind: 'AVERAGE_POOL_2D', inputs: [both] }, expected: [-1.28, 1.27] },
  { name: 'what nobody knows', input: { kind: 'SIN', inputs: [both] }, expected: [-farthest, farthest] },
  {
    name: 'what nobody knows, with a rectifier',
    input: { kind: 'UNHEARD_OF', inputs: [both], activation: 'RELU' },
    expected: [0, farthest],
  },
]);

interface Sum {
  readonly kind: string;
  readonly image?: Tensor;
  readonly weights: Tensor;
  readonly bias?: Tensor;
}

const words = (values: readonly number[], scales?: readonly number[]): Tensor =>
  tensor('b', 'int32', [values.length], {
    data: new Uint8Array(Int32Array.from(values).buffer),
    quantization: scales && quantized(scales),
  });

check(
  'what weighted sums can reach, zeros of a padding among them',
  ({ kind, image = int8('x', [1, 2, 2, 2], 0.01, -128), weights, bias }: Sum) => {
    const isTransposed = kind === 'TRANSPOSE_CONV';
    const tensors = [image, weights, ...(bias === undefined ? [] : [bias]), words([1, 2, 2, 1])];
    const biasAt = bias === undefined ? -1 : 2;
    const inputs = isTransposed ? [tensors.length - 1, 1, 0, biasAt] : [0, 1, biasAt];
    const source = graph([...tensors, int8('y', [1, 2, 2, 1])], [operator(kind, inputs, [tensors.length])]);
    const { least, most } = reachedIntervals(source).get(tensors.length)!;
    return [rounded(least), rounded(most)];
  },
  [
    // 2.55 x 3 - 0 x 1 and 0 - 2.55 x 1.
    {
      name: 'of each sign its worse end',
      input: { kind: 'CONV_2D', weights: stored('w', [1, 1, 1, 2], [3, -1]) },
      expected: [-2.55, 7.65],
    },
    {
      name: 'the widest of all outputs',
      input: { kind: 'CONV_2D', weights: stored('w', [2, 1, 1, 2], [3, -1, 1, -4]) },
      expected: [-10.2, 7.65],
    },
    {
      name: 'a scale for each output',
      input: { kind: 'CONV_2D', weights: stored('w', [2, 1, 1, 2], [1, 1, 1, 1], [1, 3]) },
      expected: [0, 15.3],
    },
    {
      name: 'depthwise: an output a filter',
      input: { kind: 'DEPTHWISE_CONV_2D', weights: stored('w', [1, 2, 1, 2], [1, 2, 3, -4]) },
      expected: [-10.2, 10.2],
    },
    {
      name: 'dense',
      input: {
        kind: 'FULLY_CONNECTED',
        image: int8('x', [1, 2], 0.01),
        weights: stored('w', [1, 2], [100, -100], [0.01]),
      },
      expected: [-2.55, 2.55],
    },
    {
      name: 'an input without 0: a padding has it',
      input: { kind: 'CONV_2D', image: int8('x', [1, 2, 2, 1], 0.01, -200), weights: stored('w', [1, 1, 1, 1], [1]) },
      expected: [0, 3.27],
    },
    {
      name: 'transposed: its image is the third input',
      input: { kind: 'TRANSPOSE_CONV', weights: stored('w', [1, 1, 1, 2], [1, 1]) },
      expected: [0, 5.1],
    },
    {
      name: 'a bias whose scale the file notes',
      input: { kind: 'CONV_2D', weights: stored('w', [1, 1, 1, 2], [1, 1]), bias: words([100], [0.01]) },
      expected: [1, 6.1],
    },
    {
      name: 'a bias without: input x weights',
      input: { kind: 'CONV_2D', weights: stored('w', [2, 1, 1, 2], [0, 0, 0, 0], [1, 3]), bias: words([100, 100]) },
      expected: [1, 3],
    },
    {
      name: 'a bias of one scale for all weights',
      input: { kind: 'CONV_2D', weights: stored('w', [2, 1, 1, 2], [0, 0, 0, 0], [2]), bias: words([-100, 50]) },
      expected: [-2, 1],
    },
    {
      name: 'a float bias',
      input: { kind: 'CONV_2D', weights: stored('w', [1, 1, 1, 2], [1, 0]), bias: floats('b', [1], [5]) },
      expected: [5, 7.55],
    },
    {
      name: 'a bias of another length',
      input: { kind: 'CONV_2D', weights: stored('w', [1, 1, 1, 2], [1, 0]), bias: floats('b', [2], [5, 5]) },
      expected: [-farthest, farthest],
    },
    {
      name: 'weights that are computed',
      input: { kind: 'CONV_2D', weights: int8('w', [1, 1, 1, 2]) },
      expected: [-farthest, farthest],
    },
    {
      name: 'an image without bounds',
      input: {
        kind: 'CONV_2D',
        image: tensor('x', 'float32', [1, 2, 2, 2]),
        weights: stored('w', [1, 1, 1, 2], [1, 1]),
      },
      expected: [-farthest, farthest],
    },
  ],
);

check(
  'what one operator leaves bounds the next one',
  (first: readonly [scale: number, zeroPoint: number]) => {
    const source = graph(
      [int8('x', [1], 0.01), int8('a', [1], ...first), int8('y', [1], 0.001)],
      [operator('NEG', [0], [1]), operator('NEG', [1], [2])],
    );
    const { least, most } = reachedIntervals(source).get(2)!;
    return [rounded(least), rounded(most)];
  },
  [
    { name: 'by its arithmetic', input: [1, 0], expected: [-1.28, 1.27] },
    { name: 'by what it can hold', input: [0.001, 0], expected: [-0.127, 0.128] },
    { name: 'at one end', input: [0.1, -128], expected: [-1.28, 0] },
  ],
);

/** What is said of RESHAPE-free chains: ends at least a step beyond are clamped. */
check(
  'a step beyond an end is rounding, more is a clamp',
  (to: readonly [scale: number, zeroPoint: number]) => {
    const source = graph([int8('x', [1], 1), int8('y', [1], ...to)], [operator('NEG', [0], [1])]);
    return liftedClamps(source).get(1);
  },
  [
    // NEG of -128 … 127 reaches -127 … 128.
    { name: 'one step', input: [1, 0], expected: undefined },
    { name: 'two steps', input: [1, 1], expected: { rest: { most: 126 } } },
    { name: 'two steps below', input: [1, -3], expected: { rest: { least: -125 } } },
    { name: 'both', input: [0.5, 0], expected: { rest: { least: -64, most: 63.5 } } },
  ],
);

check(
  'an activation function that a clamp asks for',
  ([own, fused]: readonly [Operator['options'], string | undefined]) =>
    withActivation(operator('ADD', [], [], { options: own }), fused === undefined ? undefined : { fused }).options
      ?.values,
  [
    {
      name: 'none',
      input: [options('AddOptions', { fusedActivationFunction: 'RELU' }), undefined],
      expected: { fusedActivationFunction: 'RELU' },
    },
    {
      name: 'another, the rest stays',
      input: [options('AddOptions', { potScaleInt16: true, fusedActivationFunction: 'RELU' }), 'RELU6'],
      expected: { potScaleInt16: true, fusedActivationFunction: 'RELU6' },
    },
    { name: 'an operator without options', input: [undefined, 'RELU6'], expected: undefined },
  ],
);

const source = model(
  graph([tensor('x', 'float32', [1, 2]), tensor('y', 'float32', [1, 2])], [operator('NEG', [0], [1])], {
    inputs: [0],
    outputs: [1],
  }),
);

check(
  'operators that clamp behind another',
  (clamp: { readonly least?: number; readonly most?: number }) => {
    const { tensors, operators, outputs } = withClamps(source, new Map([[1, clamp]])).graphs[0];
    const text = (index: number): string => {
      const { name, data } = tensors[index];
      return data === undefined ? name : `${name}=${[...realValues(tensors[index])!].join()}`;
    };
    return [
      ...operators.map(
        ({ kind, inputs, outputs: made }) => `${kind} ${inputs.map(text).join(' ')} -> ${made.map(text).join(' ')}`,
      ),
      `gives ${outputs.map(text).join()}`,
    ];
  },
  [
    { name: 'at 0', input: { least: 0 }, expected: ['NEG x -> y/unclamped', 'RELU y/unclamped -> y', 'gives y'] },
    {
      name: 'at -1',
      input: { least: -1 },
      expected: ['NEG x -> y/unclamped', 'MAXIMUM y/unclamped limit_-1=-1 -> y', 'gives y'],
    },
    {
      name: 'at 4',
      input: { most: 4 },
      expected: ['NEG x -> y/unclamped', 'MINIMUM y/unclamped limit_4=4 -> y', 'gives y'],
    },
    {
      name: 'at both ends',
      input: { least: 0, most: 4 },
      expected: [
        'NEG x -> y/unclamped',
        'RELU y/unclamped -> y/unclamped1',
        'MINIMUM y/unclamped1 limit_4=4 -> y',
        'gives y',
      ],
    },
  ],
);

check(
  'the model itself where nothing clamps',
  (clamps: ReadonlyMap<number, object>) => withClamps(source, clamps) === source,
  [
    { name: 'no clamps', input: new Map(), expected: true },
    { name: 'one', input: new Map([[1, { least: 0 }]]), expected: false },
  ],
);

check(
  'only the outputs that are named get clamps',
  (named: number) => {
    const draft = draftOf(
      graph(
        ['x', 'a', 'b'].map((name) => tensor(name, 'float32', [2])),
        [operator('SPLIT', [0], [1, 2]), operator('NEG', [2], [1])],
      ),
    );
    addClamps(draft, new Map([[named, { least: 0 }]]));
    return draft.operators.map(({ kind, inputs, outputs }) => `${kind} ${inputs.join()} -> ${outputs.join()}`);
  },
  [
    { name: 'the second', input: 2, expected: ['SPLIT 0 -> 1,3', 'RELU 3 -> 2', 'NEG 2 -> 1'] },
    { name: 'none of them', input: 0, expected: ['SPLIT 0 -> 1,2', 'NEG 2 -> 1'] },
  ],
);
