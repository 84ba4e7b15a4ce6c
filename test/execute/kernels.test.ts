import type { Rounding } from '../../src/core/execute/executable';
import { prepare } from '../../src/core/execute/prepare';
import { heldValues } from '../../src/core/model/values/real';
import type { Model, Tensor } from '../../src/core/model/model';
import { floats, graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

/** Operators with numbers that were worked out by hand. */

type Numbers = Int8Array | Int16Array | Int32Array | Float32Array;

interface Example {
  readonly model: Model;
  readonly inputs: readonly Numbers[];
  readonly rounding?: Rounding;
}

/** Stored values of each output. */
function execute({ model: one, inputs, rounding = 'double' }: Example): readonly (readonly number[])[] {
  const outputs = prepare(one, { rounding }).invoke(inputs.map((values) => new Uint8Array(values.slice().buffer)));
  return outputs.map((value) => [...heldValues(value)]);
}

function int8(name: string, shape: readonly number[], scale: number, zeroPoint: number): Tensor {
  return tensor(name, 'int8', shape, { quantization: quantized(scale, zeroPoint) });
}

function weights(shape: readonly number[], values: readonly number[], scale: number | readonly number[]): Tensor {
  return tensor('w', 'int8', shape, { quantization: quantized(scale), data: new Uint8Array(Int8Array.from(values)) });
}

function int32(values: readonly number[], shape: readonly number[] = [values.length]): Tensor {
  return tensor('n', 'int32', shape, { data: new Uint8Array(Int32Array.from(values).buffer) });
}

/** A bias of the scale 1. */
function bias(value: number): Tensor {
  return { ...int32([value]), quantization: quantized(1) };
}

/** The first `inputs` tensors are inputs, the last is the output. */
function single(
  kind: string,
  tensors: readonly Tensor[],
  inputs: number,
  more: Parameters<typeof options> = ['', {}],
): Model {
  const last = tensors.length - 1;
  const operands = tensors.map((_entry, index) => index).slice(0, last);
  const only = operator(kind, operands, [last], more[0] === '' ? {} : { options: options(...more) });
  return model(graph(tensors, [only], { inputs: operands.slice(0, inputs), outputs: [last] }));
}

const valid = { padding: 'VALID', strideW: 1, strideH: 1 };

check('kernels for int8', execute, [
  {
    // 2 (3 - 1) - 1 (5 - 1) + 4 = 4, factor 0.5 x 0.25 / 0.125 = 1, zero point -2.
    name: 'CONV_2D of one pixel',
    input: {
      model: single(
        'CONV_2D',
        [
          int8('x', [1, 1, 1, 2], 0.5, 1),
          weights([1, 1, 1, 2], [2, -1], 0.25),
          int32([4]),
          int8('y', [1, 1, 1, 1], 0.125, -2),
        ],
        1,
        ['Conv2DOptions', valid],
      ),
      inputs: [Int8Array.of(3, 5)],
    },
    expected: [[2]],
  },
  {
    // Outside the image is the real 0, the stored 10: the sums are 10 + 1 and 1 + 10 less zero points, 1 and 1.
    name: 'CONV_2D pads with the zero point',
    input: {
      model: single(
        'CONV_2D',
        [
          int8('x', [1, 1, 2, 1], 1, 10),
          weights([1, 1, 3, 1], [1, 1, 1], 1),
          int32([0]),
          int8('y', [1, 1, 2, 1], 1, 0),
        ],
        1,
        ['Conv2DOptions', { padding: 'SAME', strideW: 1, strideH: 1 }],
      ),
      inputs: [Int8Array.of(11, 10)],
    },
    expected: [[1, 1]],
  },
  {
    // -10 x 0.25 = -2.5.
    name: 'a tie with double rounding goes away from zero',
    input: { model: tie(), inputs: [Int8Array.of(-10)], rounding: 'double' },
    expected: [[-3]],
  },
  {
    name: 'a tie with single rounding goes upwards',
    input: { model: tie(), inputs: [Int8Array.of(-10)], rounding: 'single' },
    expected: [[-2]],
  },
  {
    // Channel 0: 1 x 3, channel 1: 2 x 4, with factors 1 and 0.5.
    name: 'DEPTHWISE_CONV_2D per channel',
    input: {
      model: single(
        'DEPTHWISE_CONV_2D',
        [
          int8('x', [1, 1, 1, 2], 1, 0),
          tensor('w', 'int8', [1, 1, 1, 2], {
            quantization: quantized([1, 0.5], 0, 3),
            data: new Uint8Array(Int8Array.of(3, 4)),
          }),
          int32([0, 0]),
          int8('y', [1, 1, 1, 2], 1, 0),
        ],
        1,
        ['DepthwiseConv2DOptions', { ...valid, depthMultiplier: 1 }],
      ),
      inputs: [Int8Array.of(1, 2)],
    },
    expected: [[3, 4]],
  },
  {
    // 1 x 2 + 2 x 3 = 8; RELU6 leaves 6, stored 6.
    name: 'FULLY_CONNECTED with RELU6',
    input: {
      model: single(
        'FULLY_CONNECTED',
        [int8('x', [1, 2], 1, 0), weights([1, 2], [2, 3], 1), bias(0), int8('y', [1, 1], 1, 0)],
        1,
        ['FullyConnectedOptions', { fusedActivationFunction: 'RELU6' }],
      ),
      inputs: [Int8Array.of(1, 2)],
    },
    expected: [[6]],
  },
  {
    // 0.5 x (7 - 1) + 0.25 x 8 = 5, stored 5 / 0.5 - 3 = 7; and 0.5 x (127 - 1) + 0.25 x 127 saturates.
    name: 'ADD of different scales',
    input: {
      model: single('ADD', [int8('a', [1, 2], 0.5, 1), int8('b', [1, 2], 0.25, 0), int8('y', [1, 2], 0.5, -3)], 2, [
        'AddOptions',
        {},
      ]),
      inputs: [Int8Array.of(7, 127), Int8Array.of(8, 127)],
    },
    expected: [[7, 127]],
  },
  {
    name: 'MUL of a vector and a broadcast number',
    input: {
      model: single('MUL', [int8('a', [1, 3], 0.5, 0), int8('b', [1], 0.5, 0), int8('y', [1, 3], 0.25, 0)], 2, [
        'MulOptions',
        {},
      ]),
      inputs: [Int8Array.of(1, -2, 3), Int8Array.of(5)],
    },
    expected: [[5, -10, 15]],
  },
  {
    // (1 + 2) / 2 = 1.5 and (-1 - 2) / 2 = -1.5: away from zero.
    name: 'AVERAGE_POOL_2D',
    input: {
      model: single('AVERAGE_POOL_2D', [int8('x', [1, 1, 2, 2], 1, 0), int8('y', [1, 1, 1, 2], 1, 0)], 1, [
        'Pool2DOptions',
        { ...valid, filterWidth: 2, filterHeight: 1 },
      ]),
      inputs: [Int8Array.of(1, -1, 2, -2)],
    },
    expected: [[2, -2]],
  },
  {
    name: 'MEAN over the width',
    input: {
      model: single('MEAN', [int8('x', [1, 4, 1], 1, 2), int32([1]), int8('y', [1, 1], 1, 0)], 1, [
        'ReducerOptions',
        { keepDims: false },
      ]),
      inputs: [Int8Array.of(2, 4, 6, 8)],
    },
    // Real values 0, 2, 4, 6.
    expected: [[3]],
  },
  {
    // Two equal inputs have half the probability each: 128 / 256, stored 128 - 128.
    name: 'SOFTMAX',
    input: {
      model: single('SOFTMAX', [int8('x', [1, 2], 0.1, 5), int8('y', [1, 2], 1 / 256, -128)], 1, [
        'SoftmaxOptions',
        { beta: 1 },
      ]),
      inputs: [Int8Array.of(17, 17)],
    },
    expected: [[0, 0]],
  },
  {
    // logistic(0) = 0.5, stored 128 - 128; far out it saturates.
    name: 'LOGISTIC',
    input: {
      model: single('LOGISTIC', [int8('x', [1, 3], 0.1, -5), int8('y', [1, 3], 1 / 256, -128)], 1),
      inputs: [Int8Array.of(-5, 127, -128)],
    },
    expected: [[0, 127, -128]],
  },
  {
    name: 'PAD with the zero point',
    input: {
      model: single('PAD', [int8('x', [1, 2], 1, 9), int32([0, 0, 1, 2], [2, 2]), int8('y', [1, 5], 1, 9)], 1, [
        'PadOptions',
        {},
      ]),
      inputs: [Int8Array.of(1, 2)],
    },
    expected: [[9, 1, 2, 9, 9]],
  },
  {
    // Columns become rows.
    name: 'TRANSPOSE',
    input: {
      model: single('TRANSPOSE', [int8('x', [2, 3], 1, 0), int32([1, 0]), int8('y', [3, 2], 1, 0)], 1, [
        'TransposeOptions',
        {},
      ]),
      inputs: [Int8Array.of(1, 2, 3, 4, 5, 6)],
    },
    expected: [[1, 4, 2, 5, 3, 6]],
  },
  {
    // 1.0 / 0.5 + 1 = 3; 1.2 / 0.5 = 2.4 and 1.25 / 0.5 = 2.5, away from zero 3.
    name: 'QUANTIZE',
    input: {
      model: single('QUANTIZE', [tensor('x', 'float32', [1, 4]), int8('y', [1, 4], 0.5, 1)], 1, [
        'QuantizeOptions',
        {},
      ]),
      inputs: [Float32Array.of(1, 1.2, 1.25, -1000)],
    },
    expected: [[3, 3, 4, -128]],
  },
]);

/** y = x / 4 with all zero points 0. */
function tie(): Model {
  const tensors = [int8('x', [1, 1], 1, 0), weights([1, 1], [1], 1), bias(0), int8('y', [1, 1], 4, 0)];
  return single('FULLY_CONNECTED', tensors, 1, ['FullyConnectedOptions', {}]);
}

check('kernels for other types', execute, [
  {
    // 300 x 2 + 5, in 64 bits; factor 1.
    name: 'FULLY_CONNECTED of int16 with a bias of int64',
    input: {
      model: single(
        'FULLY_CONNECTED',
        [
          tensor('x', 'int16', [1, 1], { quantization: quantized(1) }),
          weights([1, 1], [2], 1),
          tensor('b', 'int64', [1], { quantization: quantized(1), data: new Uint8Array(BigInt64Array.of(5n).buffer) }),
          tensor('y', 'int16', [1, 1], { quantization: quantized(1) }),
        ],
        1,
        ['FullyConnectedOptions', {}],
      ),
      inputs: [Int16Array.of(300)],
    },
    expected: [[605]],
  },
  {
    // Two weights of four bits in a byte, the first in the lower half: 3 and -2.
    name: 'FULLY_CONNECTED with int4 weights',
    input: {
      model: single(
        'FULLY_CONNECTED',
        [
          int8('x', [1, 2], 1, 0),
          tensor('w', 'int4', [1, 2], { quantization: quantized(1), data: Uint8Array.of(0xe3) }),
          bias(0),
          int8('y', [1, 1], 1, 0),
        ],
        1,
        ['FullyConnectedOptions', {}],
      ),
      inputs: [Int8Array.of(10, 1)],
    },
    expected: [[28]],
  },
  {
    name: 'CONV_2D of floats',
    input: {
      model: single(
        'CONV_2D',
        [
          tensor('x', 'float32', [1, 1, 2, 1]),
          floats('w', [1, 1, 2, 1], [0.5, -1]),
          floats('b', [1], [0.25]),
          tensor('y', 'float32', [1, 1, 1, 1]),
        ],
        1,
        ['Conv2DOptions', valid],
      ),
      inputs: [Float32Array.of(3, 1)],
    },
    expected: [[0.75]],
  },
  {
    // The second element of each row, from the back.
    name: 'STRIDED_SLICE backwards',
    input: {
      model: single(
        'STRIDED_SLICE',
        [tensor('x', 'float32', [2, 3]), int32([0, 2]), int32([2, 0]), int32([1, -1]), tensor('y', 'float32', [2, 2])],
        1,
        ['StridedSliceOptions', {}],
      ),
      inputs: [Float32Array.of(1, 2, 3, 4, 5, 6)],
    },
    expected: [[3, 2, 6, 5]],
  },
]);

check('prepare', execute, [
  {
    name: 'an operator that TFLM does not have',
    input: {
      model: single('REVERSE_SEQUENCE', [tensor('x', 'float32', [1]), tensor('y', 'float32', [1])], 1),
      inputs: [Float32Array.of(1)],
    },
    fails: 'TFLite Micro has no operator REVERSE_SEQUENCE; use REVERSE_V2 where every sequence has the full length.',
  },
  {
    name: 'an input of the wrong size',
    input: { model: tie(), inputs: [Int8Array.of(1, 2)] },
    fails: 'The input "x" is int8[1,1], which takes 1 bytes, but 2 were given. Give exactly that many.',
  },
  {
    name: 'an input too many',
    input: { model: tie(), inputs: [Int8Array.of(1), Int8Array.of(1)] },
    fails: 'The model has one input, but 2 were given. Give one for each input, in order.',
  },
  {
    name: 'weights that are shorter than their shape',
    input: {
      model: single(
        'FULLY_CONNECTED',
        [int8('x', [1, 2], 1, 0), weights([1, 2], [1], 1), bias(0), int8('y', [1, 1], 1, 0)],
        1,
        ['FullyConnectedOptions', {}],
      ),
      inputs: [Int8Array.of(1, 2)],
    },
    fails: 'The constant "w" has 1 bytes where its shape needs 2. The file is damaged: convert the model again.',
  },
  {
    name: 'tensors that no machine holds',
    input: {
      model: single('RELU', [int8('x', [1, 2 ** 31], 1, 0), int8('y', [1, 2 ** 31], 1, 0)], 1),
      inputs: [Int8Array.of(1)],
    },
    fails: 'The tensors of graph "main" need more than 1 GB of memory. Run a smaller model.',
  },
]);

/** y counts how often a model ran: a variable that one is added to. */
function counter(): Model {
  const resource = tensor('v', 'resource', [1]);
  const one = tensor('one', 'float32', [1], { data: new Uint8Array(Float32Array.of(1).buffer) });
  const names = { options: options('VarHandleOptions', { container: '', sharedName: 'count' }) };
  return model(
    graph(
      [tensor('x', 'float32', [1]), resource, tensor('old', 'float32', [1]), one, tensor('y', 'float32', [1])],
      [
        operator('VAR_HANDLE', [], [1], names),
        operator('READ_VARIABLE', [1], [2]),
        operator('ADD', [2, 3], [4], { options: options('AddOptions', {}) }),
        operator('ASSIGN_VARIABLE', [1, 4], []),
      ],
      { inputs: [0], outputs: [4] },
    ),
  );
}

check(
  'variables',
  (steps: readonly ('run' | 'reset')[]) => {
    const executable = prepare(counter(), { rounding: 'double' });
    return steps.flatMap((step) => {
      if (step === 'reset') executable.reset();
      return step === 'reset'
        ? []
        : [...new Float32Array(executable.invoke([new Uint8Array(4)])[0].bytes.slice().buffer)];
    });
  },
  [
    { name: 'keep their values', input: ['run', 'run', 'run'], expected: [1, 2, 3] },
    { name: 'until they are reset', input: ['run', 'run', 'reset', 'run'], expected: [1, 2, 1] },
  ],
);

/** What the file says of a CONCATENATION: its axis, the shapes of its two inputs and of its output. */
interface Joined {
  readonly axis: number;
  readonly shapes: readonly [readonly number[], readonly number[], readonly number[]];
}

check(
  'operators that would leave their tensors, whose shapes contradict each other',
  ({ axis, shapes }: Joined) => {
    const [a, b, y] = shapes.map((shape, index) => int8(`t${index}`, shape, 1, 0));
    const join = operator('CONCATENATION', [0, 1], [2], { options: options('ConcatenationOptions', { axis }) });
    const whole = model(graph([a, b, y], [join], { inputs: [0, 1], outputs: [2] }));
    return execute({ model: whole, inputs: [new Int8Array(4).fill(1), new Int8Array(4).fill(2)] });
  },
  [
    {
      name: 'an output that holds both',
      input: {
        axis: 1,
        shapes: [
          [2, 2],
          [2, 2],
          [2, 4],
        ],
      },
      expected: [[1, 1, 2, 2, 1, 1, 2, 2]],
    },
    {
      name: 'an output that holds one',
      input: {
        axis: 2 ** 31 - 1,
        shapes: [
          [2, 2],
          [2, 2],
          [2, 2],
        ],
      },
      fails:
        'Operator 0 (CONCATENATION) cannot be executed: it would read or write beyond its tensors, whose shapes contradict each other. Remove it or replace it to run this model.',
    },
  ],
);
