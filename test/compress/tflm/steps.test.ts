import { rewriteModel } from '../../../src/core/compress/tflm/rewriteModel';
import type { DataType } from '../../../src/core/model/dataType';
import type { Graph, Model, Operator, Tensor } from '../../../src/core/model/model';
import { encode } from '../../../src/core/model/values/stored';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { exactly, integers, operatorsOf, proved } from './proved';

/** One operator from input 0 to output 1; further tensors are constants from 2 on. */
function one(
  kind: string,
  tensors: readonly Tensor[],
  more: Partial<Operator> & { readonly from?: readonly number[] },
): Model {
  const { from = [0, ...tensors.slice(2).map((_, place) => place + 2)], ...rest } = more;
  return model(graph(tensors, [operator(kind, from, [1], rest)], { inputs: [0], outputs: [1] }));
}

const int8 = (name: string, shape: readonly number[], scale = 0.05, zero = 3): Tensor =>
  tensor(name, 'int8', shape, { quantization: quantized(scale, zero) });

const tiled = (type: DataType, shape: readonly number[], times: readonly number[]): Model => {
  const own: Partial<Tensor> = type === 'int8' ? { quantization: quantized(0.05, 3) } : {};
  const made = shape.map((size, axis) => size * times[axis]);
  return one('TILE', [tensor('x', type, shape, own), tensor('y', type, made, own), integers('times', times)], {});
};

check('rewrite for TFLM: TILE', proved, [
  {
    name: 'of one element of a dimension',
    input: tiled('float32', [1, 2, 1, 3], [1, 1, 4, 1]),
    expected: exactly(['RESHAPE 2x1x1x3', 'RESIZE_NEAREST_NEIGHBOR 2x4x1x3', 'RESHAPE 1x2x4x3']),
  },
  {
    name: 'of several elements',
    input: tiled('int8', [1, 2, 3], [1, 3, 1]),
    expected: exactly(['CONCATENATION 1x6x3']),
  },
  {
    name: 'of two dimensions',
    input: tiled('int8', [2, 1], [2, 3]),
    expected: exactly(['CONCATENATION 4x1', 'RESHAPE 4x1x1x1', 'RESIZE_NEAREST_NEIGHBOR 4x3x1x1', 'RESHAPE 4x3']),
  },
]);

check('rewrite for TFLM: TILE that stays', operatorsOf, [
  { name: 'in more parts than CONCATENATION takes', input: tiled('float32', [1, 2], [1, 11]), expected: ['TILE 1x22'] },
  { name: 'in none', input: tiled('float32', [1, 2], [1, 0]), expected: ['TILE 1x0'] },
]);

check('rewrite for TFLM: RESHAPE that writes what an operator remembers', operatorsOf, [
  {
    name: 'it stays, though it changes no shape',
    input: model(
      graph(
        [
          ...[tensor('x', 'float32', [1, 4]), tensor('state', 'float32', [1, 4], { isVariable: true })],
          ...[integers('shape', [1, 4]), tensor('y', 'float32', [1, 4])],
        ],
        [operator('RESHAPE', [0, 2], [1]), operator('TANH', [1], [3])],
        { inputs: [0], outputs: [3] },
      ),
    ),
    expected: ['RESHAPE 1x4', 'TANH 1x4'],
  },
]);

const chosen = (kind: string, type: DataType, condition: readonly number[] = [1, 4]): Model => {
  const zero = type === 'float32' ? floats('zero', [1, 4], [0, 0, 0, 0]) : integers('zero', [0, 2, 2, 0], [1, 4]);
  return model(
    graph(
      [tensor('x', type, [1, 4]), zero, tensor('c', 'bool', condition), tensor('y', type, [1, 4])],
      [
        operator('LESS', [0, 1], [2], { options: options('LessOptions') }),
        operator(kind, [2, 1, 0], [3], { options: options('SelectOptions') }),
      ],
      { inputs: [0], outputs: [3] },
    ),
  );
};

check('rewrite for TFLM: SELECT', proved, [
  { name: 'of floats', input: chosen('SELECT', 'float32'), expected: exactly(['LESS 1x4', 'SELECT_V2 1x4']) },
  {
    name: 'of integers, which have no kernel',
    input: chosen('SELECT_V2', 'int32'),
    expected: exactly(['LESS 1x4', 'CAST 1x4', 'SUB 1x4', 'MUL 1x4', 'ADD 1x4']),
  },
]);

check('rewrite for TFLM: types and parts', proved, [
  {
    name: 'SPLIT_V with a part of no size',
    input: model(
      graph(
        [
          ...[tensor('x', 'float32', [1, 5]), tensor('a', 'float32', [1, 2]), tensor('b', 'float32', [1, 3])],
          ...[tensor('c', 'float32', [1, 0]), integers('sizes', [2, 3, -1]), integers('axis', [-1], [])],
        ],
        [operator('SPLIT_V', [0, 4, 5], [1, 2, 3], { options: options('SplitVOptions', { numSplits: 3 }) })],
        { inputs: [0], outputs: [1, 2] },
      ),
    ),
    expected: exactly(['SPLIT_V 1x2 1x3']),
  },
  {
    name: 'CAST of uint8',
    input: one('CAST', [tensor('x', 'uint8', [1, 4]), tensor('y', 'float32', [1, 4])], {}),
    expected: exactly(['DEQUANTIZE 1x4']),
  },
  {
    name: 'REDUCE_MAX of int16',
    input: one(
      'REDUCE_MAX',
      [
        tensor('x', 'int16', [1, 4, 2], { quantization: quantized(0.001) }),
        tensor('y', 'int16', [1, 2], { quantization: quantized(0.001) }),
        integers('axis', [1]),
      ],
      { options: options('ReducerOptions', { keepDims: false }) },
    ),
    expected: exactly(['DEQUANTIZE 1x4x2', 'REDUCE_MAX 1x2', 'QUANTIZE 1x2']),
  },
  {
    name: 'GELU of int8, by a table',
    input: one('GELU', [int8('x', [1, 64]), int8('y', [1, 64], 0.04, -100)], { options: options('GeluOptions') }),
    expected: exactly(['CAST 1x64', 'ADD 1x64', 'GATHER 1x64']),
  },
]);

check(
  'rewrite for TFLM: a table has the number of each integer',
  (value: number) => {
    const source = one('NEG', [int8('x', [1, 4]), int8('y', [1, 4])], {});
    const { tensors } = graphOf(source);
    const table = tensors.find(({ name }) => name === 'y/table')!;
    return new Int8Array(table.data!)[value + 128];
  },
  [
    // -(value - 3) x 0.05 = (result - 3) x 0.05
    { name: 'zero', input: 3, expected: 3 },
    { name: 'above', input: 10, expected: -4 },
    { name: 'beyond the range', input: -128, expected: 127 },
  ],
);

function graphOf(from: Model): Graph {
  return rewriteModel(from).model.graphs[0];
}

/** Weights that are quantized by channel and made float while the model runs. */
const perChannel = model(
  graph(
    [
      ...[tensor('x', 'float32', [1, 2]), tensor('y', 'float32', [1, 2])],
      tensor('w', 'int8', [2, 2], { quantization: quantized([0.5, 2], 0), data: encode('int8', [1, 2, 3, 4]) }),
      tensor('f', 'float32', [2, 2]),
    ],
    [
      operator('DEQUANTIZE', [2], [3]),
      operator('FULLY_CONNECTED', [0, 3, -1], [1], { options: options('FullyConnectedOptions') }),
    ],
    { inputs: [0], outputs: [1] },
  ),
);

/** Values that a model which was trained for uint8 rounds on their way. */
const rounded = model(
  graph(
    [
      ...[tensor('x', 'float32', [1, 8]), tensor('q', 'uint8', [1, 8], { quantization: quantized(0.01, 120) })],
      tensor('y', 'float32', [1, 8]),
    ],
    [operator('QUANTIZE', [0], [1]), operator('DEQUANTIZE', [1], [2])],
    { inputs: [0], outputs: [2] },
  ),
);

check('rewrite for TFLM: quantization', proved, [
  { name: 'weights with several scales', input: perChannel, expected: exactly(['FULLY_CONNECTED 1x2']) },
  { name: 'uint8 between floats', input: rounded, expected: exactly(['QUANTIZE 1x8', 'DEQUANTIZE 1x8']) },
]);

/** A dense layer on rows, whose bias an ADD brings; `reader` reads what it makes before that. */
const rows = (bias: Tensor, reader = false): Model =>
  model(
    graph(
      [
        ...[tensor('x', 'float32', [1, 3, 2]), tensor('r', 'float32', [3, 2]), tensor('d', 'float32', [3, 4])],
        ...[tensor('b', 'float32', [1, 3, 4]), tensor('y', 'float32', [1, 3, 4]), tensor('z', 'float32', [1, 3, 4])],
        ...[integers('flat', [3, 2]), integers('back', [1, 3, 4]), floats('w', [4, 2], [1, 2, 3, 4, 5, 6, 7, 8]), bias],
      ],
      [
        operator('RESHAPE', [0, 6], [1]),
        operator('FULLY_CONNECTED', [1, 8, -1], [2], { options: options('FullyConnectedOptions') }),
        operator('RESHAPE', [2, 7], [3]),
        operator('ADD', [3, 9], [4], { options: options('AddOptions', { fusedActivationFunction: 'RELU' }) }),
        ...(reader ? [operator('NEG', [3], [5])] : []),
      ],
      { inputs: [0], outputs: reader ? [4, 5] : [4] },
    ),
  );

check('rewrite for TFLM: a dense layer over three dimensions', proved, [
  {
    name: 'is one operator',
    input: rows(floats('bias', [4], [1, -2, 3, -40])),
    expected: exactly(['FULLY_CONNECTED 1x3x4']),
  },
  {
    name: 'with a sum of its own for each row',
    input: rows(floats('bias', [3, 4], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])),
    expected: exactly(['FULLY_CONNECTED 1x3x4', 'ADD 1x3x4']),
  },
  {
    name: 'whose sum is read without bias, too',
    input: rows(floats('bias', [4], [1, 2, 3, 4]), true),
    expected: exactly(['FULLY_CONNECTED 1x3x4', 'ADD 1x3x4', 'NEG 1x3x4']),
  },
]);

/** GELU of floats: TF Lite's result and ours differ by some 1e-7. */
check(
  'rewrite for TFLM: GELU of floats',
  async (approximate: boolean) => {
    const values = { options: options('GeluOptions', { approximate }) };
    const { equal, wrong, warning } = (await proved(
      one('GELU', [tensor('x', 'float32', [1, 64]), tensor('y', 'float32', [1, 64])], values),
    )) as Record<string, unknown>;
    return { isCompared: equal !== undefined, wrong, warning };
  },
  [
    { name: 'exact', input: false, expected: { isCompared: true, wrong: [], warning: undefined } },
    { name: 'approximate', input: true, expected: { isCompared: true, wrong: [], warning: undefined } },
  ],
);
