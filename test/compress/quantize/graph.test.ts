import { check } from '../../support/check';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { fold } from '../../../src/core/compress/quantize/repair/fold';
import { checkQuantizable } from '../../../src/core/compress/quantize/repair/refuse';
import { repair } from '../../../src/core/compress/quantize/repair/repair';
import type { QuantizationSpec } from '../../../src/core/compress/quantize/quantizationSpec';
import { quantizeGraph } from '../../../src/core/compress/quantize/quantizeGraph';
import type { Model, Tensor } from '../../../src/core/model/model';
import { realValues } from '../../../src/core/model/values/real';

const activation = (name: string, shape: readonly number[] = [1, 2]): Tensor => tensor(name, 'float32', shape);
const none = { fusedActivationFunction: 'NONE' };

/** A dense layer, then `kind` on its result. */
function denseThen(
  kind: string,
  more: { constants?: Tensor[]; options?: ReturnType<typeof options>; output?: Tensor } = {},
): Model {
  const constants = more.constants ?? [];
  const tensors = [
    activation('x'),
    floats('w', [2, 2], [1, -127, 63.2, 20.7]),
    floats('b', [2], [0.5, -0.25]),
    activation('dense'),
    more.output ?? activation('y'),
    ...constants,
  ];
  return model(
    graph(
      tensors,
      [
        operator('FULLY_CONNECTED', [0, 1, 2], [3], { options: options('FullyConnectedOptions', none) }),
        operator(
          kind,
          [3, ...constants.keys()].map((at, place) => (place === 0 ? 3 : 5 + at)),
          [4],
          {
            options: more.options,
          },
        ),
      ],
      { inputs: [0], outputs: [4] },
    ),
  );
}

const ranges = new Map([
  [0, { min: -1, max: 1 }],
  [3, { min: -2, max: 2 }],
  [4, { min: 0, max: 2 }],
]);

interface Case {
  readonly model: Model;
  readonly spec?: Partial<QuantizationSpec>;
}

/** Every operator with the types of its inputs and outputs, and why some stay float. */
function rewritten({ model: source, spec }: Case): { operators: string[]; islands: string[] } {
  const result = quantizeGraph(source, {
    activations: 'int8',
    io: 'int8',
    perChannelDense: false,
    keepFloat: [],
    scales: { ranges },
    ...spec,
  });
  const [{ tensors, operators }] = result.model.graphs;
  const types = (indices: readonly number[]): string => indices.map((index) => tensors[index].type).join(' ');
  return {
    operators: operators.map(({ kind, inputs, outputs }) => `${kind} ${types(inputs)} -> ${types(outputs)}`),
    islands: [...result.islands.values()],
  };
}

const denseInt8 = 'FULLY_CONNECTED int8 int8 int32 -> int8';

check('quantized graphs', rewritten, [
  {
    name: 'integers throughout',
    input: { model: denseThen('RELU') },
    expected: { operators: [denseInt8, 'RELU int8 -> int8'], islands: [] },
  },
  {
    name: 'float at the edge',
    input: { model: denseThen('RELU'), spec: { io: 'float' } },
    expected: {
      operators: ['QUANTIZE float32 -> int8', denseInt8, 'RELU int8 -> int8', 'DEQUANTIZE int8 -> float32'],
      islands: [],
    },
  },
  {
    name: '16-bit activations have a 64-bit bias',
    input: { model: denseThen('TANH'), spec: { activations: 'int16' } },
    expected: { operators: ['FULLY_CONNECTED int16 int8 int64 -> int16', 'TANH int16 -> int16'], islands: [] },
  },
  {
    name: 'an operator without an int8 kernel stays float between conversions',
    input: { model: denseThen('SIN') },
    expected: {
      operators: [denseInt8, 'DEQUANTIZE int8 -> float32', 'SIN float32 -> float32', 'QUANTIZE float32 -> int8'],
      islands: ['y (SIN) stays float: TFLite Micro has no int8 kernel for it that keeps to the specification.'],
    },
  },
  {
    name: 'a layer that is kept float',
    input: { model: denseThen('RELU'), spec: { keepFloat: ['dense'] } },
    expected: {
      operators: [
        'DEQUANTIZE int8 -> float32',
        'FULLY_CONNECTED float32 float32 float32 -> float32',
        'QUANTIZE float32 -> int8',
        'RELU int8 -> int8',
      ],
      islands: ['dense (FULLY_CONNECTED) stays float, as asked for.'],
    },
  },
  {
    name: 'what stays float may have a scale of its own, and be refused as float too',
    input: { model: denseThen('RELU', { output: tensor('y', 'float64', [1, 2], { quantization: quantized(0.5) }) }) },
    expected: {
      operators: [denseInt8, 'DEQUANTIZE int8 -> float32', 'RELU float32 -> float64'],
      islands: [
        'y (RELU) stays float: Output 0 of RELU has type float64, but TFLite Micro takes int8 there when input 0 is int8; cast it to int8 in the model before converting it.',
      ],
    },
  },
]);

/** Scales and zero points of all int8 values that are no constants, by name. */
function scales({ model: source, spec }: Case): Record<string, string> {
  const { model: result } = quantizeGraph(source, {
    activations: 'int8',
    io: 'int8',
    perChannelDense: false,
    keepFloat: [],
    scales: { ranges },
    ...spec,
  });
  const values = result.graphs[0].tensors.filter(({ data, type }) => data === undefined && type === 'int8');
  return Object.fromEntries(
    values.map(({ name, quantization }) => [
      name,
      `${Number(quantization!.scales[0].toPrecision(4))} ${quantization!.zeroPoints[0]}`,
    ]),
  );
}

/** A sigmoid and a dense layer's output, joined. */
const joined = model(
  graph(
    [activation('x'), activation('sigmoid'), activation('relu'), activation('both', [1, 4])],
    [
      operator('LOGISTIC', [0], [1], { options: undefined }),
      operator('RELU', [0], [2]),
      operator('CONCATENATION', [1, 2], [3], { options: options('ConcatenationOptions', { axis: 1, ...none }) }),
    ],
    { inputs: [0], outputs: [3] },
  ),
);

check(
  'zeros are stored as the values beside them, and other constants by their own range',
  (value: number) => {
    const compared = denseThen('GREATER', {
      constants: [floats('bound', [], [value])],
      output: tensor('y', 'bool', [1, 2]),
    });
    const result = quantizeGraph(fold(repair(compared).model).model, {
      activations: 'int8',
      io: 'int8',
      perChannelDense: false,
      keepFloat: [],
      scales: { ranges: new Map([[3, { min: -2, max: 2 }]]) },
    });
    const bound = result.model.graphs[0].tensors.find(({ name }) => name === 'bound')!;
    return [bound.quantization?.scales[0].toPrecision(4), new Int8Array(bound.data!)[0]];
  },
  [
    // 4 / 255, and round(-128 + 2 / scale) = -0.5, away from 0
    { name: 'zero', input: 0, expected: ['0.01569', -1] },
    // 0.51 / 255
    { name: 'another', input: 0.51, expected: ['0.002000', 127] },
  ],
);

check('scales', scales, [
  {
    name: 'a softmax has its own, whatever was seen',
    input: { model: denseThen('SOFTMAX', { options: options('SoftmaxOptions', { beta: 1 }) }) },
    expected: { x: '0.007843 -1', dense: '0.01569 -1', y: '0.003906 -128' },
  },
  {
    name: 'a reshape keeps those of its input, over the range of both',
    input: { model: denseThen('SQUEEZE', { options: options('SqueezeOptions', { squeezeDims: [] }) }) },
    expected: { x: '0.007843 -1', dense: '0.01569 -1', y: '0.01569 -1' },
  },
  {
    name: 'a bound beyond all that was seen widens nothing',
    input: { model: denseThen('MINIMUM', { constants: [floats('most', [], [1e12])] }) },
    expected: { x: '0.007843 -1', dense: '0.01569 -1', y: '0.01569 -1' },
  },
  {
    name: 'of a sigmoid that is joined with others: quantized anew before',
    input: {
      model: joined,
      spec: {
        scales: {
          ranges: new Map([
            [0, { min: -2, max: 2 }],
            [2, { min: 0, max: 2 }],
            [3, { min: 0, max: 2.55 }],
          ]),
        },
      },
    },
    expected: {
      x: '0.01569 -1',
      sigmoid: '0.003906 -128',
      sigmoid_int8: '0.01 -128',
      relu: '0.01 -128',
      both: '0.01 -128',
    },
  },
  {
    name: 'that are imposed',
    input: {
      model: denseThen('RELU'),
      spec: {
        scales: {
          ranges: new Map(),
          imposed: new Map([
            [0, { scale: 0.5, zeroPoint: 3 }],
            [3, { scale: 0.25, zeroPoint: 1 }],
            [4, { scale: 0.125, zeroPoint: -128 }],
          ]),
        },
      },
    },
    expected: { x: '0.5 3', dense: '0.25 1', y: '0.125 -128' },
  },
]);

/** Kinds of operators and the constants of the first, after repair and folding. */
function folded(source: Model): {
  kinds: string[];
  constants: number[][];
  activation: unknown;
  decisions: readonly string[];
} {
  const repaired = repair(source);
  const result = fold(repaired.model);
  const [{ operators, tensors }] = result.model.graphs;
  const constants = operators[0].inputs
    .flatMap((index) => (index < 0 ? [] : [tensors[index]]))
    .filter(({ data }) => data !== undefined);
  return {
    kinds: operators.map(({ kind }) => kind),
    constants: constants.map((constant) => [...realValues(constant)!].map((value) => Number(value.toFixed(3)))),
    activation: operators[0].options?.values.fusedActivationFunction,
    decisions: [...repaired.decisions, ...result.decisions],
  };
}

const hybrid = model(
  graph(
    [
      activation('x'),
      tensor('w', 'int8', [1, 2], { data: new Uint8Array([1, 255]), quantization: quantized(0.5) }),
      activation('y', [1, 1]),
    ],
    [operator('FULLY_CONNECTED', [0, 1, -1], [2], { options: options('FullyConnectedOptions', none) })],
    { inputs: [0], outputs: [2] },
  ),
);

const half = model(
  graph(
    [
      activation('x'),
      tensor('h', 'float16', [1, 2], { data: new Uint8Array([0, 0x3c, 0, 0xc0]) }),
      tensor('w', 'float32', [1, 2]),
      activation('y', [1, 1]),
    ],
    [
      operator('DEQUANTIZE', [1], [2]),
      operator('FULLY_CONNECTED', [0, 2, -1], [3], { options: options('FullyConnectedOptions', none) }),
    ],
    { inputs: [0], outputs: [3] },
  ),
);

check('repair and folding', folded, [
  {
    name: 'a factor for each output goes into weights and bias',
    input: denseThen('MUL', {
      constants: [floats('k', [2], [2, 10])],
      options: options('MulOptions', { fusedActivationFunction: 'RELU6' }),
    }),
    expected: {
      kinds: ['FULLY_CONNECTED'],
      constants: [
        [2, -254, 632, 207],
        [1, -2.5],
      ],
      activation: 'RELU6',
      decisions: ['1 multiplication or addition of constants was folded into the layer before it.'],
    },
  },
  {
    name: 'an activation function is fused',
    input: denseThen('RELU'),
    expected: {
      kinds: ['FULLY_CONNECTED'],
      constants: [
        [1, -127, 63.2, 20.7],
        [0.5, -0.25],
      ],
      activation: 'RELU',
      decisions: ['1 activation function was fused into the layer before it.'],
    },
  },
  {
    name: 'hybrid weights become the numbers that they stand for',
    input: hybrid,
    expected: {
      kinds: ['FULLY_CONNECTED'],
      constants: [[0.5, -0.5]],
      activation: 'NONE',
      decisions: [
        '1 operator had integer weights under float activations (hybrid), which TFLite Micro rejects: the weights were dequantized and are quantized again.',
      ],
    },
  },
  {
    name: 'weights in half precision',
    input: half,
    expected: {
      kinds: ['FULLY_CONNECTED'],
      constants: [[1, -2]],
      activation: 'NONE',
      decisions: [
        '1 constant in half precision is taken as the float32 numbers that it stands for.',
        '1 DEQUANTIZE of a constant was removed; its result is a constant now.',
      ],
    },
  },
]);

const one = (input: Tensor, kind = 'RELU', more = {}): Model =>
  model(
    graph(
      [input, tensor('y', input.type, [1, 2], { quantization: input.quantization })],
      [operator(kind, [0], [1], more)],
      { inputs: [0], outputs: [1] },
    ),
  );

check('models that cannot be quantized', checkQuantizable, [
  {
    name: 'quantized already',
    input: one(tensor('x', 'int8', [1, 2], { quantization: quantized(0.5) })),
    fails: 'The model is quantized already: "x" is int8. Quantize the float model that it was made from.',
  },
  {
    name: 'a custom operator',
    input: one(activation('x'), 'CUSTOM', { customCode: 'Mine' }),
    fails:
      'The model has the custom operator Mine (operator 0), whose results nobody but its own kernel knows, so that it cannot be calibrated. Replace it by builtin operators.',
  },
  {
    name: 'dynamic shapes',
    input: one(tensor('x', 'float32', [1, 1], { shapeSignature: [-1, -1] })),
    fails:
      'The input "x" has the shape [-1,-1], which is only known at run time. Convert the model again with fixed shapes.',
  },
  {
    name: 'nothing in float',
    input: one(tensor('x', 'int32', [1, 2])),
    fails: 'The model computes nothing in float, so that there is nothing to quantize.',
  },
  {
    name: 'a batch between the blocks of a dilated convolution that the file declares as 1',
    input: model(
      graph(
        [
          activation('x', [1, 4, 2]),
          tensor('block', 'int32', [1], { data: new Uint8Array(Int32Array.of(2).buffer) }),
          tensor('padding', 'int32', [1, 2], { data: new Uint8Array(8) }),
          activation('blocks', [1, 2, 2]),
          activation('y', [1, 2, 2]),
        ],
        [operator('SPACE_TO_BATCH_ND', [0, 1, 2], [3]), operator('RELU', [3], [4])],
        { inputs: [0], outputs: [4] },
      ),
    ),
    fails:
      'SPACE_TO_BATCH_ND makes [2,2,2] of its inputs, but the file declares [1,2,2], which TensorFlow Lite Micro believes: the board computes a part only and answers wrongly, without a word. Convert the model again with a fixed batch of 1.',
  },
  {
    name: 'two graphs',
    input: model([graph([], []), graph([], [])]),
    fails:
      'The model has 2 graphs, but only models of one graph can be quantized, or with loops whose number of passes is known. Convert its recurrent layers unrolled (unroll=True), or export a single signature without control flow.',
  },
]);
