import { rewriteModel } from '../../../src/core/compress/tflm/rewriteModel';
import type { KernelsInUse } from '../../../src/core/faults/kernelsInUse';
import type { DataType } from '../../../src/core/model/dataType';
import type { Model, Operator, OptionValue, Tensor } from '../../../src/core/model/model';
import { encode } from '../../../src/core/model/values/stored';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { exactly, integers, operatorsOf, proved } from './proved';

/** Types, ranks and operators that TFLM, or the version in use, has no kernel for. */

const scaled = (type: DataType, shape: readonly number[], quantization: readonly [number, number]): Tensor =>
  tensor(type, type, shape, { quantization: quantized(...quantization) });
const wide = (values: readonly number[]): Tensor =>
  tensor('wide', 'int64', [values.length], { data: encode('int64', values) });

/** One operator from input 0 to output 1; constants behind them. */
function one(kind: string, tensors: readonly Tensor[], more: Partial<Operator> = {}): Model {
  const inputs = [0, ...tensors.slice(2).map((_, place) => place + 2)];
  return model(graph(tensors, [operator(kind, inputs, [1], more)], { inputs: [0], outputs: [1] }));
}

const dense = options('FullyConnectedOptions', { fusedActivationFunction: 'RELU', weightsFormat: 'DEFAULT' });
/** uint8 weights around their zero point, up to `far` away. */
const unsigned = (zero: number, far: number): Model =>
  one(
    'FULLY_CONNECTED',
    [
      ...[scaled('uint8', [1, 4], [0.05, 120]), scaled('uint8', [1, 2], [0.2, 130])],
      tensor('w', 'uint8', [2, 4], {
        quantization: quantized(0.01, zero),
        data: Uint8Array.of(zero, zero + far, zero - 3, zero + 7, zero - 9, zero + 1, zero + 2, zero + 5),
      }),
      tensor('b', 'int32', [2], { quantization: quantized(0.0005), data: encode('int32', [300, -200]) }),
    ],
    { options: dense },
  );
/** Weights of one type in a dense layer between floats. */
const hybrid = (weights: Partial<Tensor>): Model =>
  one(
    'FULLY_CONNECTED',
    [tensor('x', 'float32', [1, 4]), tensor('y', 'float32', [1, 2]), { ...tensor('w', 'int8', [2, 4]), ...weights }],
    { options: dense },
  );
const gathered = (places: Tensor): Model =>
  one('GATHER', [tensor('x', 'float32', [6, 3]), tensor('y', 'float32', [2, 3]), places], {
    options: options('GatherOptions', { axis: 0, batchDims: 0 }),
  });
const turned = (type: DataType, shape: readonly number[], axes: readonly number[]): Model =>
  one('TRANSPOSE', [
    tensor('x', type, shape),
    tensor(
      'y',
      type,
      axes.map((axis) => shape[axis]),
    ),
    integers('axes', axes),
  ]);
const cut = (begin: readonly number[], step: number): Model =>
  one(
    'STRIDED_SLICE',
    [
      ...[tensor('x', 'float32', [1, 4, 2, 3, 5]), tensor('y', 'float32', [1, 4 / step, 2, 3, 5 - begin[4]])],
      ...[integers('begin', begin), integers('end', [1, 4, 2, 3, 5]), integers('strides', [1, step, 1, 1, 1])],
    ],
    { options: options('StridedSliceOptions', { beginMask: 0, endMask: 0, shrinkAxisMask: 0 }) },
  );
const cutEverywhere = one(
  'STRIDED_SLICE',
  [
    ...[tensor('x', 'float32', [3, 3, 3, 3, 3]), tensor('y', 'float32', [2, 2, 2, 2, 2])],
    ...[integers('begin', [1, 1, 1, 1, 1]), integers('end', [3, 3, 3, 3, 3]), integers('strides', [1, 1, 1, 1, 1])],
  ],
  { options: options('StridedSliceOptions', { beginMask: 0, endMask: 0, shrinkAxisMask: 0 }) },
);
const unary = (kind: string, type: DataType, scales: readonly [number, number] = [0.001, 0.002]): Model =>
  one(kind, [scaled(type, [1, 32], [scales[0], 0]), scaled(type, [1, 32], [scales[1], 0])]);
const plain = (kind: string, more: readonly Tensor[] = [], values?: Readonly<Record<string, OptionValue>>): Model =>
  one(
    kind,
    [tensor('x', 'float32', [2, 3]), tensor('y', 'float32', kind.startsWith('REDUCE') ? [2] : [2, 3]), ...more],
    {
      ...(values && { options: options('ReducerOptions', values) }),
    },
  );
const reversed = plain('REVERSE_V2', [integers('axis', [1])]);
const compared = (type: DataType): Model =>
  model(
    graph(
      [scaled(type, [1, 8], [0.1, 0]), scaled(type, [1, 8], [0.3, 0]), tensor('y', 'bool', [1, 8])],
      [operator('LESS', [0, 1], [2], { options: options('LessOptions') })],
      { inputs: [0, 1], outputs: [2] },
    ),
  );

/** A graph that an operator stands for: twice what it is given. */
function called(kind: string): Model {
  const body = graph(
    [tensor('a', 'float32', [1, 4]), tensor('b', 'float32', [1, 4])],
    [operator('ADD', [0, 0], [1], { options: options('AddOptions') })],
    { inputs: [0], outputs: [1] },
  );
  const table =
    kind === 'CALL'
      ? { options: options('CallOptions', { subgraph: 1 }) }
      : { options2: options('StableHLOCompositeOptions', { name: 'twice', decompositionSubgraphIndex: 1 }) };
  const main = graph(
    [tensor('x', 'float32', [1, 4]), tensor('t', 'float32', [1, 4]), tensor('y', 'float32', [1, 4])],
    [operator(kind, [0], [1], table), operator('NEG', [1], [2])],
    { inputs: [0], outputs: [2] },
  );
  return model([main, body]);
}

const earlier: KernelsInUse = { library: 'reference', day: '2022-01-01' };

const sliced = (): Model =>
  model(
    graph(
      [
        ...[tensor('x', 'float32', [2, 3]), tensor('y', 'float32', [1, 2])],
        ...[integers('begin', [1, 1]), integers('size', [1, -1])],
      ],
      [operator('SLICE', [0, 2, 3], [1])],
      { inputs: [0], outputs: [1] },
    ),
  );

const looked = (): Model =>
  model(
    graph(
      [
        ...[tensor('places', 'int32', [2]), floats('table', [4, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])],
        tensor('y', 'float32', [2, 3]),
      ],
      [operator('EMBEDDING_LOOKUP', [0, 1], [2])],
      { inputs: [0], outputs: [2] },
    ),
  );

/** Two rows of three numbers by a matrix. */
function multiplied(right: Tensor): Model {
  const own = (scale: number) => (right.type === 'int8' ? { quantization: quantized(scale, 5) } : {});
  const values = { options: options('BatchMatMulOptions', { adjX: false, adjY: false }) };
  return model(
    graph(
      [tensor('x', right.type, [1, 2, 3], own(0.05)), right, tensor('y', right.type, [1, 2, 2], own(0.02))],
      [operator('BATCH_MATMUL', [0, 1], [2], values)],
      { inputs: [0], outputs: [2] },
    ),
  );
}

const matrix = (zero: number): Tensor =>
  tensor('right', 'int8', [1, 3, 2], {
    quantization: quantized(0.01, zero),
    data: encode('int8', [1, -20, 30, 40, -50, 60]),
  });

const chosen = (): Model =>
  model(
    graph(
      [
        ...[tensor('x', 'float32', [2, 3]), floats('c', [2, 3], [0, 1, -1, 0, 2, 0])],
        ...[tensor('less', 'bool', [2, 3]), tensor('y', 'float32', [2, 3])],
      ],
      [
        operator('LESS', [0, 1], [2], { options: options('LessOptions') }),
        operator('SELECT_V2', [2, 0, 1], [3], { options: options('SelectV2Options') }),
      ],
      { inputs: [0], outputs: [3] },
    ),
  );

interface Case {
  readonly of: Model;
  readonly use?: KernelsInUse;
}

check('rewrite for TFLM: what has no kernel', ({ of, use }: Case) => proved(of, use), [
  {
    name: 'uint8 as int8, with uint8 outside',
    input: { of: unsigned(128, 100) },
    expected: exactly(['QUANTIZE 1x4', 'FULLY_CONNECTED 1x2', 'QUANTIZE 1x2']),
  },
  {
    name: 'int8 weights under floats',
    input: { of: hybrid({ quantization: quantized(0.5), data: encode('int8', [1, 2, 3, 4, 5, 6, 7, 8]) }) },
    expected: exactly(['FULLY_CONNECTED 1x2']),
  },
  {
    name: 'weights in half precision',
    input: { of: hybrid({ type: 'float16', data: encode('float16', [1, 2, 3, 4, 5, 6, 7, 8]) }) },
    expected: exactly(['FULLY_CONNECTED 1x2']),
  },
  { name: 'indices of int64', input: { of: gathered(wide([4, 1])) }, expected: exactly(['GATHER 2x3']) },
  {
    name: 'TRANSPOSE of int32',
    input: { of: turned('int32', [2, 3, 4], [0, 2, 1]) },
    expected: exactly(['UNPACK 2x3 2x3 2x3 2x3', 'PACK 2x4x3']),
  },
  {
    name: 'TRANSPOSE of six dimensions, two of which go together',
    input: { of: turned('float32', [1, 2, 3, 1, 4, 5], [4, 5, 0, 1, 3, 2]) },
    expected: exactly(['RESHAPE 6x20', 'TRANSPOSE 20x6', 'RESHAPE 4x5x1x2x1x3']),
  },
  {
    name: 'STRIDED_SLICE of five dimensions',
    input: { of: cut([0, 0, 0, 0, 0], 2) },
    expected: exactly(['RESHAPE 1x4x30', 'STRIDED_SLICE 1x2x30', 'RESHAPE 1x2x2x3x5']),
  },
  {
    name: 'EXP of int16, in floats',
    input: { of: unary('EXP', 'int16', [0.0001, 0.002]) },
    expected: exactly(['DEQUANTIZE 1x32', 'EXP 1x32', 'QUANTIZE 1x32']),
  },
  {
    name: 'LESS of int16, which TF Lite compares as they are',
    input: { of: compared('int16') },
    expected: exactly(['CAST 1x8', 'CAST 1x8', 'LESS 1x8']),
  },
  {
    name: 'RELU_N1_TO_1',
    input: { of: plain('RELU_N1_TO_1') },
    expected: exactly(['MAXIMUM 2x3', 'MINIMUM 2x3']),
  },
  {
    name: 'RELU_0_TO_1 of int8',
    input: { of: unary('RELU_0_TO_1', 'int8', [0.02, 0.02]) },
    expected: exactly(['MAXIMUM 1x32', 'MINIMUM 1x32']),
  },
  {
    name: 'a composite',
    input: { of: called('STABLEHLO_COMPOSITE') },
    // What a composite means is not followed, so that outputs are not compared.
    expected: {
      ...{ operators: ['ADD 1x4', 'NEG 1x4'], equal: undefined, wrong: [], again: [] },
      warning: 'What TF Lite makes of the source cannot be computed here, so that outputs were not compared.',
    },
  },
  {
    name: 'REVERSE_V2 for an earlier version',
    input: { of: reversed, use: earlier },
    expected: exactly(['STRIDED_SLICE 2x3']),
  },
  {
    name: 'REDUCE_MIN for an earlier version',
    input: { of: plain('REDUCE_MIN', [integers('axis', [1])], { keepDims: false }), use: earlier },
    expected: exactly(['NEG 2x3', 'REDUCE_MAX 2', 'NEG 2']),
  },
  {
    name: 'SQUARED_DIFFERENCE for an earlier version',
    input: { of: plain('SQUARED_DIFFERENCE', [floats('c', [3], [1, 2, 3])]), use: earlier },
    expected: exactly(['SUB 2x3', 'MUL 2x3']),
  },
  {
    name: 'SUM for an earlier version',
    input: { of: plain('SUM', [integers('axis', [1])], { keepDims: false }), use: earlier },
    expected: exactly(['MEAN 2', 'MUL 2']),
  },
  {
    name: 'DIV by powers of two for an earlier version',
    input: { of: plain('DIV', [floats('c', [3], [2, -0.5, 4])]), use: earlier },
    expected: exactly(['MUL 2x3']),
  },
  {
    name: 'SLICE for an earlier version',
    input: { of: sliced(), use: { ...earlier, day: '2021-06-01' } },
    expected: exactly(['STRIDED_SLICE 1x2']),
  },
  {
    name: 'EMBEDDING_LOOKUP for an earlier version',
    input: { of: looked(), use: earlier },
    expected: exactly(['GATHER 2x3']),
  },
  {
    name: 'BATCH_MATMUL of floats for an earlier version',
    input: { of: multiplied(floats('right', [1, 3, 2], [1, 2, 3, 4, 5, 6])), use: earlier },
    expected: exactly(['FULLY_CONNECTED 1x2x2']),
  },
  {
    name: 'BATCH_MATMUL of int8 for an earlier version',
    input: { of: multiplied(matrix(0)), use: earlier },
    expected: exactly(['FULLY_CONNECTED 1x2x2']),
  },
  {
    name: 'SELECT_V2 for an earlier version',
    input: { of: chosen(), use: earlier },
    expected: exactly(['LESS 2x3', 'CAST 2x3', 'SUB 2x3', 'MUL 2x3', 'MUL 2x3', 'ADD 2x3']),
  },
]);

check(
  'rewrite for TFLM: what nearly has no kernel stays',
  ({ of, use }: Case) => operatorsOf(of, use).map((text) => text.split(' ')[0]),
  [
    { name: 'TANH of int16', input: { of: unary('TANH', 'int16', [0.0001, 2 ** -15]) }, expected: ['TANH'] },
    { name: 'int32 indices', input: { of: gathered(integers('places', [4, 1])) }, expected: ['GATHER'] },
    { name: 'int64 beyond 32 bits', input: { of: gathered(wide([2 ** 40, 1])) }, expected: ['GATHER'] },
    { name: 'TRANSPOSE of floats', input: { of: turned('float32', [2, 3, 4], [0, 2, 1]) }, expected: ['TRANSPOSE'] },
    {
      name: 'TRANSPOSE of six dimensions that all part',
      input: { of: turned('float32', [2, 2, 2, 2, 2, 2], [5, 4, 3, 2, 1, 0]) },
      expected: ['TRANSPOSE'],
    },
    { name: 'a cut of five along all', input: { of: cutEverywhere }, expected: ['STRIDED_SLICE'] },
    { name: 'LESS of int8', input: { of: compared('int8') }, expected: ['LESS'] },
    {
      name: 'DIV by next to nothing',
      input: { of: plain('DIV', [floats('c', [3], [1, 1, 1e-40])]), use: earlier },
      expected: ['DIV'],
    },
    {
      name: 'a matrix of another zero point',
      input: { of: multiplied(matrix(3)), use: earlier },
      expected: ['BATCH_MATMUL'],
    },
    { name: 'SUM today', input: { of: plain('SUM', [integers('axis', [1])], { keepDims: false }) }, expected: ['SUM'] },
    { name: 'REVERSE_V2 today', input: { of: reversed }, expected: ['REVERSE_V2'] },
    { name: 'RELU_N1_TO_1 to another scale', input: { of: unary('RELU_N1_TO_1', 'int8') }, expected: ['RELU_N1_TO_1'] },
  ],
);

check(
  'rewrite for TFLM: uint8 weights further from their zero point than int8 reaches are rounded by channel',
  (far: number) => rewriteModel(unsigned(20, far)).decisions.some((decision) => decision.includes('rounded anew')),
  [
    { name: 'as far as int8 reaches', input: 127, expected: false },
    { name: 'further', input: 128, expected: true },
  ],
);
