import { fold } from '../../../src/core/compress/quantize/repair/fold';
import { repair } from '../../../src/core/compress/quantize/repair/repair';
import { takeRanges, widenUint8 } from '../../../src/core/compress/quantize/repair/uint8';
import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import { enumOption } from '../../../src/core/model/options';
import { realValues } from '../../../src/core/model/values/real';
import { integerValues } from '../../../src/core/model/values/stored';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

const float = (name: string, shape: readonly number[] = [1, 2]): Tensor => tensor(name, 'float32', shape);
const fused = (name: string): Operator['options'] => options('O', { fusedActivationFunction: name });

/** Operators as `KIND activation inputs -> outputs`, constants with their values. */
function drawn({ graphs: [{ operators, tensors }] }: Model): readonly string[] {
  const text = (index: number): string => {
    if (index < 0) return '-';
    const { name, data, type } = tensors[index];
    if (data === undefined) return name;
    const values = type === 'float32' ? realValues(tensors[index])! : integerValues(tensors[index])!;
    return `${name}=${[...values].map((value) => Number(value.toFixed(4))).join()}`;
  };
  return operators.map((each) => {
    const activation = enumOption(each, 'fusedActivationFunction', 'NONE');
    return `${each.kind}${activation === 'NONE' ? '' : ` ${activation}`} ${each.inputs.map(text).join(' ')} -> ${each.outputs.map(text).join(' ')}`;
  });
}

interface Folding {
  readonly layer?: 'FULLY_CONNECTED' | 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'TRANSPOSE_CONV';
  /** None: no bias. */
  readonly bias?: readonly number[];
  readonly activation?: string;
  readonly then: string;
  readonly thenActivation?: string;
  /** The other operand; absent: none. */
  readonly constant?: Tensor;
  /** True where the constant comes first. */
  readonly isFirst?: boolean;
  readonly outputShape?: readonly number[];
  /** True where the graph gives out what lies between as well. */
  readonly isGivenOut?: boolean;
  readonly weights?: Tensor;
}

/** A layer of two outputs with weights 1, 2, 3, 4, and an operator on its result. */
function folding({
  layer = 'FULLY_CONNECTED',
  bias,
  activation = 'NONE',
  then,
  thenActivation = 'NONE',
  ...more
}: Folding): Model {
  const isDense = layer === 'FULLY_CONNECTED';
  const shape = isDense ? [1, 2] : [1, 1, 1, 2];
  const weightShape = isDense ? [2, 2] : layer === 'DEPTHWISE_CONV_2D' ? [1, 2, 1, 2] : [2, 1, 1, 2];
  const { constant, isFirst = false, outputShape = shape, isGivenOut = false } = more;
  const weights = more.weights ?? floats('w', weightShape, [1, 2, 3, 4]);
  const tensors = [
    float('x', shape),
    weights,
    bias === undefined ? float('unused', [1]) : floats('b', [bias.length], bias),
    float('m', shape),
    constant ?? float('unused', [1]),
    float('y', outputShape),
    tensor('shape', 'int32', [4], { data: new Uint8Array(Int32Array.of(1, 1, 1, 2).buffer) }),
  ];
  const biasAt = bias === undefined ? -1 : 2;
  const inputs = layer === 'TRANSPOSE_CONV' ? [6, 1, 0, ...(bias === undefined ? [] : [2])] : [0, 1, biasAt];
  const others = constant === undefined ? [3] : isFirst ? [4, 3] : [3, 4];
  return model(
    graph(
      tensors,
      [
        operator(layer, inputs, [3], { options: fused(activation) }),
        operator(then, others, [5], { options: fused(thenActivation) }),
      ],
      { inputs: [0], outputs: isGivenOut ? [5, 3] : [5] },
    ),
  );
}

const pair = (a: number, b: number): Tensor => floats('k', [2], [a, b]);

check('what follows a layer, folded into it', (input: Folding) => drawn(fold(folding(input)).model), [
  {
    name: 'factors: rows of a dense layer',
    input: { then: 'MUL', constant: pair(2, 10), bias: [1, 1] },
    expected: ['FULLY_CONNECTED x w=2,4,30,40 b=2,10 -> y'],
  },
  {
    name: 'factors without a bias: one of zeros comes',
    input: { then: 'MUL', constant: pair(2, 10) },
    expected: ['FULLY_CONNECTED x w=2,4,30,40 w/bias=0,0 -> y'],
  },
  {
    name: 'factors of a convolution: filters',
    input: { layer: 'CONV_2D', then: 'MUL', constant: pair(2, 10), bias: [1, 1] },
    expected: ['CONV_2D x w=2,4,30,40 b=2,10 -> y'],
  },
  {
    name: 'factors of a depthwise one: the last axis',
    input: { layer: 'DEPTHWISE_CONV_2D', then: 'MUL', constant: pair(2, 10), bias: [1, 1] },
    expected: ['DEPTHWISE_CONV_2D x w=2,20,6,40 b=2,10 -> y'],
  },
  {
    name: 'one factor for all',
    input: { then: 'MUL', constant: floats('k', [1], [2]), bias: [1, 3] },
    expected: ['FULLY_CONNECTED x w=2,4,6,8 b=2,6 -> y'],
  },
  {
    name: 'a scalar before the value',
    input: { then: 'MUL', constant: floats('k', [], [2]), isFirst: true, bias: [1, 3] },
    expected: ['FULLY_CONNECTED x w=2,4,6,8 b=2,6 -> y'],
  },
  {
    name: 'summands go into the bias',
    input: { then: 'ADD', constant: pair(5, -5), bias: [1, 1] },
    expected: ['FULLY_CONNECTED x w=1,2,3,4 b=6,-4 -> y'],
  },
  {
    name: 'summands without a bias',
    input: { then: 'ADD', constant: pair(5, -5) },
    expected: ['FULLY_CONNECTED x w=1,2,3,4 w/bias=5,-5 -> y'],
  },
  {
    name: 'the activation function comes along',
    input: { then: 'ADD', thenActivation: 'RELU6', constant: pair(5, -5), bias: [1, 1] },
    expected: ['FULLY_CONNECTED RELU6 x w=1,2,3,4 b=6,-4 -> y'],
  },
  {
    name: 'a vector with axes of one',
    input: { layer: 'CONV_2D', then: 'ADD', constant: floats('k', [1, 1, 1, 2], [5, -5]), bias: [1, 1] },
    expected: ['CONV_2D x w=1,2,3,4 b=6,-4 -> y'],
  },
  {
    name: 'not behind an activation function',
    input: { then: 'MUL', activation: 'RELU', constant: pair(2, 10), bias: [1, 1] },
    expected: ['FULLY_CONNECTED RELU x w=1,2,3,4 b=1,1 -> m', 'MUL m k=2,10 -> y'],
  },
  {
    name: 'not what is read elsewhere',
    input: { then: 'MUL', constant: pair(2, 10), bias: [1, 1], isGivenOut: true },
    expected: ['FULLY_CONNECTED x w=1,2,3,4 b=1,1 -> m', 'MUL m k=2,10 -> y'],
  },
  {
    name: 'not a constant for each place',
    input: { then: 'ADD', constant: floats('k', [2, 1], [5, -5]), bias: [1, 1] },
    expected: ['FULLY_CONNECTED x w=1,2,3,4 b=1,1 -> m', 'ADD m k=5,-5 -> y'],
  },
  {
    name: 'not what stretches the result',
    input: { then: 'ADD', constant: floats('k', [1, 1, 2], [5, -5]), bias: [1, 1], outputShape: [1, 1, 2] },
    expected: ['FULLY_CONNECTED x w=1,2,3,4 b=1,1 -> m', 'ADD m k=5,-5 -> y'],
  },
  {
    name: 'not a difference',
    input: { then: 'SUB', constant: pair(5, -5), bias: [1, 1] },
    expected: ['FULLY_CONNECTED x w=1,2,3,4 b=1,1 -> m', 'SUB m k=5,-5 -> y'],
  },
  {
    name: 'not into weights that are computed',
    input: { then: 'MUL', constant: pair(2, 10), bias: [1, 1], weights: float('w', [2, 2]) },
    expected: ['FULLY_CONNECTED x w b=1,1 -> m', 'MUL m k=2,10 -> y'],
  },
  {
    name: 'not behind a transposed convolution, which is not among what is folded into',
    input: { layer: 'TRANSPOSE_CONV', then: 'ADD', constant: pair(5, -5) },
    expected: ['TRANSPOSE_CONV shape=1,1,1,2 w=1,2,3,4 x -> m', 'ADD m k=5,-5 -> y'],
  },
  {
    name: 'a rectifier',
    input: { then: 'RELU', bias: [1, 1] },
    expected: ['FULLY_CONNECTED RELU x w=1,2,3,4 b=1,1 -> y'],
  },
  {
    name: 'six at most',
    input: { then: 'RELU6', bias: [1, 1] },
    expected: ['FULLY_CONNECTED RELU6 x w=1,2,3,4 b=1,1 -> y'],
  },
  {
    name: 'between -1 and 1',
    input: { then: 'RELU_N1_TO_1', bias: [1, 1] },
    expected: ['FULLY_CONNECTED RELU_N1_TO_1 x w=1,2,3,4 b=1,1 -> y'],
  },
  {
    name: 'not a function that no kernel fuses',
    input: { then: 'TANH', bias: [1, 1] },
    expected: ['FULLY_CONNECTED x w=1,2,3,4 b=1,1 -> m', 'TANH m -> y'],
  },
  {
    name: 'not a second activation function',
    input: { then: 'RELU6', activation: 'RELU', bias: [1, 1] },
    expected: ['FULLY_CONNECTED RELU x w=1,2,3,4 b=1,1 -> m', 'RELU6 m -> y'],
  },
]);

check('what is said of it', (inputs: readonly Folding[]) => fold(folding(inputs[0])).decisions, [
  { name: 'nothing', input: [{ then: 'TANH' }], expected: [] },
  {
    name: 'a multiplication',
    input: [{ then: 'MUL', constant: pair(2, 10) }],
    expected: ['1 multiplication or addition of constants was folded into the layer before it.'],
  },
  {
    name: 'a rectifier',
    input: [{ then: 'RELU' }],
    expected: ['1 activation function was fused into the layer before it.'],
  },
]);

/** A dense layer, a product, a sum and a rectifier: a normalization that was not fused. */
const normalized = model(
  graph(
    [
      float('x'),
      floats('w', [2, 2], [1, 2, 3, 4]),
      float('a'),
      pair(2, 10),
      float('b'),
      floats('s', [2], [5, -5]),
      float('c'),
      float('y'),
    ],
    [
      operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: fused('NONE') }),
      operator('MUL', [2, 3], [4], { options: fused('NONE') }),
      operator('ADD', [4, 5], [6], { options: fused('NONE') }),
      operator('RELU', [6], [7]),
    ],
    { inputs: [0], outputs: [7] },
  ),
);

check(
  'a whole normalization',
  (source: Model) => ({ drawn: drawn(fold(source).model), said: fold(source).decisions }),
  [
    {
      name: 'becomes weights, bias and activation function',
      input: normalized,
      expected: {
        drawn: ['FULLY_CONNECTED RELU x w=2,4,30,40 w/bias=5,-5 -> y'],
        said: [
          '2 multiplications and additions of constants were folded into the layers before them.',
          '1 activation function was fused into the layer before it.',
        ],
      },
    },
  ],
);

const half = (name: string, ...values: readonly number[]): Tensor =>
  tensor(name, 'float16', [values.length], { data: new Uint8Array(Uint16Array.from(values).buffer) });
const line = (tensors: readonly Tensor[], operators: readonly Operator[]): Model =>
  model(graph(tensors, operators, { inputs: [0], outputs: [tensors.length - 1] }));

check(
  'the float model that a model stands for',
  (source: Model) => {
    const { model: result, decisions } = repair(source);
    return { drawn: drawn(result), decisions };
  },
  [
    {
      // 0x3c00 is 1, 0xc000 is -2, 0x3800 is 0.5.
      name: 'two constants in half precision, read as they are',
      input: line(
        [float('x'), half('a', 0x3c00, 0xc000), float('m'), half('b', 0x3800), float('y')],
        [operator('ADD', [0, 1], [2]), operator('MUL', [2, 3], [4])],
      ),
      expected: {
        drawn: ['ADD x a=1,-2 -> m', 'MUL m b=0.5 -> y'],
        decisions: ['2 constants in half precision are taken as the float32 numbers that they stand for.'],
      },
    },
    {
      name: 'two DEQUANTIZE of constants',
      input: line(
        [float('x'), half('a', 0x3c00), float('fa', [1]), half('b', 0x3800), float('fb', [1]), float('m'), float('y')],
        [
          operator('DEQUANTIZE', [1], [2]),
          operator('DEQUANTIZE', [3], [4]),
          operator('ADD', [0, 2], [5]),
          operator('MUL', [5, 4], [6]),
        ],
      ),
      expected: {
        drawn: ['ADD x a=1 -> m', 'MUL m b=0.5 -> y'],
        decisions: [
          '2 constants in half precision are taken as the float32 numbers that they stand for.',
          '2 DEQUANTIZE of constants were removed; their results are constants now.',
        ],
      },
    },
    {
      name: 'two hybrid layers, with a zero point',
      input: line(
        [
          float('x'),
          tensor('w', 'int8', [2, 2], { data: new Uint8Array([1, 2, 3, 4]), quantization: quantized(0.5, 1) }),
          float('m'),
          float('y'),
        ],
        [operator('FULLY_CONNECTED', [0, 1, -1], [2]), operator('FULLY_CONNECTED', [2, 1, -1], [3])],
      ),
      expected: {
        drawn: ['FULLY_CONNECTED x w=0,0.5,1,1.5 - -> m', 'FULLY_CONNECTED m w=0,0.5,1,1.5 - -> y'],
        decisions: [
          '2 operators had integer weights under float activations (hybrid), which TFLite Micro rejects: the weights were dequantized and are quantized again.',
        ],
      },
    },
    {
      name: 'a shape that is computed although it is known',
      input: line(
        [float('x', [1, 2, 1]), tensor('s', 'int32', [3]), tensor('t', 'int32', [2]), float('y')],
        [operator('SHAPE', [0], [1]), operator('SLICE', [1], [2]), operator('RESHAPE', [0, 2], [3])],
      ),
      expected: {
        drawn: ['RESHAPE x y/shape_2=1,2 -> y'],
        decisions: ['2 operators that only computed shapes known beforehand were removed.'],
      },
    },
    {
      name: 'indices are no real numbers',
      input: line(
        [float('x'), tensor('i', 'int32', [1], { data: new Uint8Array(4) }), float('y')],
        [operator('GATHER', [0, 1], [2])],
      ),
      expected: { drawn: ['GATHER x i=0 -> y'], decisions: [] },
    },
    {
      name: 'a constant that cannot be read',
      input: line(
        [float('x'), tensor('h', 'float16', [4], { data: new Uint8Array(2) }), float('y')],
        [operator('ADD', [0, 1], [2])],
      ),
      fails:
        'The constant "h" (float16) cannot be read as numbers: its data lie elsewhere, are too short, or are quantized block by block. Convert the model again.',
    },
  ],
);

const note = (
  name: string,
  type: Tensor['type'],
  affine: readonly [scale: number, zeroPoint: number],
  data?: readonly number[],
): Tensor =>
  tensor(name, type, [1, 2], {
    quantization: quantized(...affine),
    ...(data && { data: Uint8Array.from(data) }),
  });

/** What is drawn, and ranges as `name min max`. */
function widened(source: Model): unknown {
  const result = widenUint8(source);
  const { model: float32, ranges } = takeRanges(result.model);
  const { tensors } = float32.graphs[0];
  return {
    drawn: drawn(float32),
    ranges: [...ranges].map(
      ([index, { min, max }]) => `${tensors[index].name} ${Number(min.toFixed(3))} ${Number(max.toFixed(3))}`,
    ),
    known: [...result.knownWeights.values()].map(({ name, scale, stored }) => `${name} ${scale} ${[...stored].join()}`),
    notes: tensors.filter(({ quantization }) => quantization !== undefined).length,
  };
}

const zeroBias = (values: readonly number[]): Tensor =>
  tensor('b', 'int32', [values.length], { data: new Uint8Array(Int32Array.from(values).buffer) });

check('a model in uint8 as a float one with ranges', widened, [
  {
    name: 'weights less their zero point, a bias by input x weights',
    input: line(
      [
        note('x', 'uint8', [0.5, 128]),
        { ...note('w', 'uint8', [0.25, 100], [100, 104]), shape: [1, 2] },
        zeroBias([8]),
        { ...note('y', 'uint8', [2, 128]), shape: [1, 1] },
      ],
      [operator('FULLY_CONNECTED', [0, 1, 2], [3], { options: fused('NONE') })],
    ),
    expected: {
      drawn: ['FULLY_CONNECTED x w=0,1 b=1 -> y'],
      ranges: ['x -64 63.5', 'y -256 254'],
      known: ['w 0.25 100,104'],
      notes: 0,
    },
  },
  {
    name: 'a range from 0 on is a rectifier',
    input: line(
      [
        note('x', 'uint8', [0.5, 128]),
        note('w', 'uint8', [0.25, 100], [100, 104]),
        { ...note('y', 'uint8', [0.5, 0]), shape: [1, 1] },
      ],
      [operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: fused('NONE') })],
    ),
    expected: {
      drawn: ['FULLY_CONNECTED RELU x w=0,1 - -> y'],
      ranges: ['x -64 63.5', 'y 0 127.5'],
      known: ['w 0.25 100,104'],
      notes: 0,
    },
  },
  {
    name: 'conversions at the ends go',
    input: line(
      [float('in'), note('x', 'uint8', [0.5, 128]), note('y', 'uint8', [0.5, 128]), float('out')],
      [operator('QUANTIZE', [0], [1]), operator('RELU', [1], [2]), operator('DEQUANTIZE', [2], [3])],
    ),
    expected: { drawn: ['RELU in -> y'], ranges: ['in -64 63.5', 'y -64 63.5'], known: [], notes: 0 },
  },
  {
    name: 'pairs of int8 in a float model',
    input: line(
      [float('in'), note('q', 'int8', [0.5, -128]), float('f'), float('out')],
      [operator('QUANTIZE', [0], [1]), operator('DEQUANTIZE', [1], [2]), operator('TANH', [2], [3])],
    ),
    expected: { drawn: ['TANH in -> out'], ranges: ['in 0 127.5'], known: [], notes: 0 },
  },
  {
    // 65,536 steps of 1 / 257 are 255 of 1: from -128 to 127.
    name: 'pairs of int16',
    input: line(
      [float('in'), note('q', 'int16', [1 / 257, 0]), float('f'), float('out')],
      [operator('QUANTIZE', [0], [1]), operator('DEQUANTIZE', [1], [2]), operator('TANH', [2], [3])],
    ),
    expected: { drawn: ['TANH in -> out'], ranges: ['in -128 127'], known: [], notes: 0 },
  },
]);
