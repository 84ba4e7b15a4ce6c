import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rewrites } from '../../../src/core/compress/tflm/rewrites';
import { faultsById } from '../../../src/core/faults/faults';
import { newestReference, type KernelsInUse } from '../../../src/core/faults/kernelsInUse';
import type { DataType } from '../../../src/core/model/dataType';
import type { Model, Operator, OptionValue, Tensor } from '../../../src/core/model/model';
import { encode } from '../../../src/core/model/values/stored';
import { graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { exactly, integers, operatorsOf, proved } from './proved';

/** Operators that a kernel with a known fault answers wrongly to, and what takes their place. */

const plain = (name: string, type: DataType, shape: readonly number[]): Tensor => tensor(name, type, shape);
type Scaled = readonly [name: string, type: DataType, shape: readonly number[], scale: number, zero?: number];
const scaled = (...[name, type, shape, scale, zero = 0]: Scaled): Tensor =>
  tensor(name, type, shape, { quantization: quantized(scale, zero) });

/** One operator from input 0 to output 1; further tensors are its other inputs, of which activations are given. */
function one(kind: string, tensors: readonly Tensor[], more: Partial<Operator> = {}): Model {
  const rest = tensors.slice(2).map((_, place) => place + 2);
  const given = rest.filter((index) => tensors[index].data === undefined && !tensors[index].isVariable);
  return model(graph(tensors, [operator(kind, [0, ...rest], [1], more)], { inputs: [0, ...given], outputs: [1] }));
}

const line = [1, 16];
const relu6 = (type: DataType, scale: number): Model =>
  one('RELU6', [scaled('x', type, line, type === 'int8' ? 0.08 : 0.0005), scaled('y', type, line, scale)]);
const sigmoid = (kind: string, scale: number, zero: number): Model =>
  one(kind, [scaled('x', 'int8', line, 0.05, -3), scaled('y', 'int8', line, scale, zero)], { version: 2 });
const sum = (activation: string, type: DataType = 'int32'): Model =>
  one('ADD', [plain('x', type, [1, 4]), plain('y', type, [1, 4]), plain('z', type, [1, 4])], {
    options: options('AddOptions', { fusedActivationFunction: activation }),
  });
const greater = (type: DataType): Model =>
  one('GREATER', [scaled('x', type, line, 0.5), plain('y', 'bool', line), scaled('z', type, line, 0.4)], {
    options: options('GreaterOptions'),
  });
const blocks = (zero: number): Model =>
  one('SPACE_TO_BATCH_ND', [
    ...[scaled('x', 'int8', [1, 5, 5, 2], 0.05, zero), scaled('y', 'int8', [4, 3, 3, 2], 0.05, zero)],
    ...[integers('block', [2, 2]), integers('pads', [1, 0, 0, 1], [2, 2])],
  ]);

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => ((at * 37) % 19) - 9);
const weights = (shape: readonly number[], axis?: number): Tensor => {
  const scales = axis === undefined ? 0.01 : Array.from({ length: shape[axis] }, (_, at) => 0.01 * (at + 1));
  const data = encode('int8', numbers(shape.reduce((product, size) => product * size, 1)));
  return tensor('w', 'int8', shape, { quantization: quantized(scales, 0, axis ?? 0), data });
};
const bias = (channels: number): Tensor =>
  tensor('b', 'int32', [channels], { quantization: quantized(0.0005), data: encode('int32', numbers(channels)) });

interface Image {
  readonly size: readonly [number, number];
  readonly made: readonly [number, number];
  readonly filter: readonly number[];
  readonly channels: number;
  readonly type?: DataType;
  readonly values?: Readonly<Record<string, OptionValue>>;
  readonly kind?: 'CONV_2D' | 'DEPTHWISE_CONV_2D';
  readonly bias?: 'listed as absent' | 'left out';
}

function convolution({
  size,
  made,
  filter,
  channels,
  type = 'int8',
  values,
  kind = 'CONV_2D',
  bias: how,
}: Image): Model {
  const units = kind === 'CONV_2D' ? filter[0] : filter[3];
  const tensors = [scaled('x', type, [1, ...size, channels], 0.05), scaled('y', type, [1, ...made, units], 0.2)];
  const inputs = how === undefined ? [0, 2, 3] : how === 'left out' ? [0, 2] : [0, 2, -1];
  const only = operator(kind, inputs, [1], {
    version: 3,
    options: options(kind === 'CONV_2D' ? 'Conv2DOptions' : 'DepthwiseConv2DOptions', {
      ...{ padding: 'SAME', strideW: 1, strideH: 1, dilationWFactor: 1, dilationHFactor: 1, ...values },
      ...(kind === 'CONV_2D' ? {} : { depthMultiplier: units / channels }),
    }),
  });
  const constants = [weights(filter, kind === 'CONV_2D' ? 0 : 3), ...(how === undefined ? [bias(units)] : [])];
  return model(graph([...tensors, ...constants], [only], { inputs: [0], outputs: [1] }));
}

const dense = (rows: number, depth: number, axis?: 0): Model =>
  one(
    'FULLY_CONNECTED',
    [scaled('x', 'int8', [rows, depth], 0.05, 4), scaled('y', 'int8', [rows, 4], 0.2, -9), weights([4, depth], axis)],
    { version: 5, options: options('FullyConnectedOptions') },
  );
const product = (left: readonly number[]): Model =>
  one(
    'BATCH_MATMUL',
    [plain('a', 'float32', left), plain('y', 'float32', [left[0], 5, 2]), plain('b', 'float32', [1, 4, 2])],
    {
      options: options('BatchMatMulOptions', { adjX: true, adjY: false }),
    },
  );
const maximum = (shape: readonly number[]): Model =>
  one('MAXIMUM', [scaled('a', 'int8', shape, 0.1), scaled('y', 'int8', shape, 0.1), scaled('b', 'int8', shape, 0.1)], {
    options: options('MaximumMinimumOptions'),
  });
const pad = (shape: readonly number[]): Model =>
  one(
    'PAD',
    [
      scaled('x', 'int8', shape, 0.1, 3),
      scaled('y', 'int8', [...shape.slice(0, -1), shape.at(-1)! + 3], 0.1, 3),
      integers('pads', [...shape.slice(1).flatMap(() => [0, 0]), 2, 1], [shape.length, 2]),
    ],
    { version: 2, options: options('PadOptions') },
  );
const pool = (batch: number): Model =>
  one('MAX_POOL_2D', [scaled('x', 'int8', [batch, 4, 4, 2], 0.1), scaled('y', 'int8', [batch, 2, 2, 2], 0.1)], {
    version: 2,
    options: options('Pool2DOptions', {
      ...{ padding: 'VALID', strideW: 2, strideH: 2, filterWidth: 2, filterHeight: 2 },
    }),
  });
const transposed = (strides: readonly [number, number], filter: readonly [number, number]): Model => {
  const made = [1, 4 * strides[0], 4 * strides[1], 3];
  const tensors = [integers('shape', made), scaled('x', 'int8', [1, 4, 4, 4], 0.05, 4), scaled('y', 'int8', made, 0.1)];
  const only = operator('TRANSPOSE_CONV', [0, 3, 1], [2], {
    version: 3,
    options: options('TransposeConvOptions', { padding: 'SAME', strideH: strides[0], strideW: strides[1] }),
  });
  return model(graph([...tensors, weights([3, ...filter, 4], 0)], [only], { inputs: [1], outputs: [2] }));
};
const rescaled = (scales: number | readonly number[]): Model =>
  one('DEQUANTIZE', [
    tensor('x', 'int8', [2, 2], { quantization: quantized(scales), data: encode('int8', [1, 2, 3, 4]) }),
    plain('y', 'float32', [2, 2]),
  ]);
/** Weights that go into a sum, behind DEQUANTIZE. */
const summed = (scales: number | readonly number[]): Model => {
  const { graphs } = rescaled(scales);
  return model(
    graph(
      [...graphs[0].tensors, plain('a', 'float32', [2, 2]), plain('z', 'float32', [2, 2])],
      [operator('DEQUANTIZE', [0], [1]), operator('ADD', [1, 2], [3], { options: options('AddOptions') })],
      { inputs: [2], outputs: [3] },
    ),
  );
};

/** An LSTM of one unit, whose hidden state has one scale and whose output another. */
function lstm(stateScale: number, stateZero = 4): Model {
  const matrix = (value: number): Tensor =>
    tensor('w', 'int8', [1, 1], { quantization: quantized(0.01), data: encode('int8', [value]) });
  const state = { isVariable: true };
  const own = (name: string): Tensor =>
    tensor(name, 'int32', [1], { quantization: quantized(0.0005), data: encode('int32', [90]) });
  const tensors = [
    scaled('x', 'int8', [1, 3, 1], 0.05),
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((value) => matrix(10 * value)),
    ...['a', 'b', 'c', 'd'].map(own),
    tensor('h', 'int8', [1, 1], { ...state, quantization: quantized(stateScale, stateZero) }),
    tensor('k', 'int16', [1, 1], { ...state, quantization: quantized(2 ** -15) }),
    scaled('y', 'int8', [1, 3, 1], 0.004, 4),
    ...['i', 'f', 'g', 'o'].map((name) => scaled(name, 'int16', [], 2 ** -12)),
    scaled('hidden', 'int8', [], 0.004, 4),
  ];
  const only = operator(
    'UNIDIRECTIONAL_SEQUENCE_LSTM',
    [0, 1, 2, 3, 4, 5, 6, 7, 8, -1, -1, -1, 9, 10, 11, 12, -1, -1, 13, 14, -1, -1, -1, -1],
    [15],
    {
      intermediates: [16, 17, 18, 19, 20],
      options: options('UnidirectionalSequenceLSTMOptions', { fusedActivationFunction: 'TANH' }),
    },
  );
  return model(graph(tensors, [only], { inputs: [0], outputs: [15] }));
}

const packed = (scale: number): Model =>
  one('PACK', [scaled('x', 'int8', [4], 0.2), scaled('y', 'int8', [2, 4], 0.2), scaled('z', 'int8', [4], scale)], {
    options: options('PackOptions', { valuesCount: 2, axis: 0 }),
  });
const unpacked = (scale: number): Model =>
  model(
    graph(
      [scaled('x', 'int8', [2, 4], 0.2), scaled('y', 'int8', [4], 0.2), scaled('z', 'int8', [4], scale)],
      [operator('UNPACK', [0], [1, 2], { options: options('UnpackOptions', { num: 2, axis: 0 }) })],
      { inputs: [0], outputs: [1, 2] },
    ),
  );

const reference = (day: string): KernelsInUse => ({ library: 'reference', day });
const cmsisNn = (day: string, isa: KernelsInUse['isa'] = 'dsp'): KernelsInUse => ({ library: 'cmsis_nn', day, isa });
const espNn = (version: string): KernelsInUse => ({
  library: 'esp_nn',
  day: '2026-08-20',
  isa: 'esp32s3',
  espNn: version,
});

interface Row {
  readonly faulty: Model;
  readonly operators: readonly string[];
  /** The kernels that have the fault, and of those that changed, the next ones. */
  readonly use?: KernelsInUse;
  /** A model that the kernels answer rightly to. */
  readonly near: Model;
  /** Absent where it is exact; else why it is not. */
  readonly rounds?: true;
}

const strided = { strideW: 2, strideH: 2 };

/** By the id of the fault. */
const rows: Readonly<Record<string, Row | readonly Row[]>> = {
  'add-int32-activation': [
    { faulty: sum('RELU6'), operators: ['ADD 1x4', 'MAXIMUM 1x4', 'MINIMUM 1x4'], near: sum('NONE') },
    { faulty: sum('RELU'), operators: ['ADD 1x4', 'MAXIMUM 1x4'], near: sum('RELU', 'float32') },
  ],
  'batch-matmul-adjoint': {
    faulty: product([3, 4, 5]),
    operators: ['TRANSPOSE 3x5x4', 'BATCH_MATMUL 3x5x2'],
    use: reference('2026-04-08'),
    near: product([1, 4, 5]),
  },
  'convolution-bias-absent': {
    faulty: convolution({ size: [4, 4], made: [4, 4], filter: [3, 3, 3, 2], channels: 2, bias: 'left out' }),
    operators: ['CONV_2D 1x4x4x3'],
    use: reference('2023-08-23'),
    near: convolution({ size: [4, 4], made: [4, 4], filter: [3, 3, 3, 2], channels: 2 }),
  },
  'dense-per-channel-ignored': {
    faulty: dense(2, 6, 0),
    operators: ['RESHAPE 1x2x1x6', 'CONV_2D 1x2x1x4', 'RESHAPE 2x4'],
    use: reference('2024-05-28'),
    near: dense(2, 6),
  },
  'dense-per-channel-refused': {
    faulty: dense(1, 6, 0),
    operators: ['RESHAPE 1x1x1x6', 'CONV_2D 1x1x1x4', 'RESHAPE 1x4'],
    use: reference('2024-09-26'),
    near: dense(1, 6),
  },
  'depthwise-bias-absent': {
    faulty: convolution({
      ...{ size: [4, 4], made: [4, 4], filter: [1, 3, 3, 2], channels: 2 },
      ...{ kind: 'DEPTHWISE_CONV_2D', bias: 'listed as absent' },
    }),
    operators: ['DEPTHWISE_CONV_2D 1x4x4x2'],
    near: convolution({
      ...{ size: [4, 4], made: [4, 4], filter: [1, 3, 3, 2], channels: 2 },
      ...{ kind: 'DEPTHWISE_CONV_2D', bias: 'left out' },
    }),
  },
  'depthwise-bias-left-out': {
    faulty: convolution({
      ...{ size: [4, 4], made: [4, 4], filter: [1, 3, 3, 2], channels: 2 },
      ...{ kind: 'DEPTHWISE_CONV_2D', bias: 'left out' },
    }),
    operators: ['DEPTHWISE_CONV_2D 1x4x4x2'],
    use: reference('2024-12-15'),
    near: convolution({
      ...{ size: [4, 4], made: [4, 4], filter: [1, 3, 3, 2], channels: 2 },
      ...{ kind: 'DEPTHWISE_CONV_2D' },
    }),
  },
  'dequantize-several-scales': { faulty: summed([0.5, 0.25]), operators: ['ADD 2x2'], near: summed(0.5) },
  'esp-convolution-edges': {
    faulty: convolution({ size: [7, 8], made: [4, 4], filter: [8, 3, 3, 16], channels: 16, values: strided }),
    operators: ['PAD 1x9x9x16', 'CONV_2D 1x4x4x8'],
    use: espNn('1.2.3'),
    near: convolution({ size: [7, 7], made: [4, 4], filter: [8, 3, 3, 16], channels: 16, values: strided }),
  },
  'esp-dense-rows': {
    faulty: dense(3, 20),
    operators: ['PAD 3x32', 'FULLY_CONNECTED 3x4'],
    use: espNn('1.2.3'),
    near: dense(3, 32),
  },
  'esp-depthwise-scratch': {
    faulty: convolution({
      ...{ size: [7, 8], made: [4, 4], filter: [1, 3, 3, 16], channels: 16 },
      ...{ values: strided, kind: 'DEPTHWISE_CONV_2D' },
    }),
    operators: ['PAD 1x9x9x16', 'DEPTHWISE_CONV_2D 1x4x4x16'],
    use: espNn('1.2.3'),
    near: convolution({
      ...{ size: [7, 7], made: [4, 4], filter: [1, 3, 3, 16], channels: 16 },
      ...{ values: strided, kind: 'DEPTHWISE_CONV_2D' },
    }),
  },
  'esp-short-dense': {
    faulty: dense(1, 5),
    operators: ['PAD 1x8', 'FULLY_CONNECTED 1x4'],
    use: espNn('0.9.0'),
    near: dense(1, 8),
  },
  'esp-tall-padding': {
    faulty: convolution({ size: [6, 6], made: [6, 6], filter: [8, 5, 3, 16], channels: 16 }),
    operators: ['PAD 1x10x8x16', 'CONV_2D 1x6x6x8'],
    use: espNn('1.0.1'),
    near: convolution({ size: [6, 6], made: [6, 6], filter: [8, 3, 3, 16], channels: 16 }),
  },
  'greater-int16': {
    faulty: greater('int16'),
    operators: ['CAST 1x16', 'CAST 1x16', 'GREATER 1x16'],
    near: greater('int8'),
  },
  'grouped-pointwise': {
    faulty: convolution({ size: [3, 3], made: [3, 3], filter: [6, 1, 1, 2], channels: 4 }),
    operators: ['CONV_2D 1x3x3x6'],
    use: cmsisNn('2026-05-20'),
    near: convolution({ size: [3, 3], made: [3, 3], filter: [6, 1, 1, 4], channels: 4 }),
  },
  'logistic-other-scale': [
    {
      faulty: sigmoid('LOGISTIC', 1 / 128, -128),
      operators: ['LOGISTIC 1x16', 'QUANTIZE 1x16'],
      near: sigmoid('LOGISTIC', 1 / 256, -128),
      rounds: true,
    },
    {
      faulty: sigmoid('LOGISTIC', 1 / 300, -128),
      operators: ['CAST 1x16', 'ADD 1x16', 'GATHER 1x16'],
      near: sigmoid('LOGISTIC', 1 / 256, -128),
    },
  ],
  'lstm-state-scale': { faulty: lstm(0.003), operators: ['UNIDIRECTIONAL_SEQUENCE_LSTM 1x3x1'], near: lstm(0.004) },
  'maximum-rank': [
    {
      faulty: maximum([12]),
      operators: ['RESHAPE 1x1x1x12', 'RESHAPE 1x1x1x12', 'MAXIMUM 1x1x1x12', 'RESHAPE 12'],
      use: cmsisNn('2026-05-26'),
      near: maximum([3, 4]),
    },
    {
      faulty: maximum([2, 1, 3, 1, 2]),
      operators: ['RESHAPE 1x1x1x12', 'RESHAPE 1x1x1x12', 'MAXIMUM 1x1x1x12', 'RESHAPE 2x1x3x1x2'],
      use: cmsisNn('2026-05-26'),
      near: maximum([1, 2, 3, 2]),
    },
  ],
  'maximum-rank-five': {
    faulty: maximum([2, 1, 3, 1, 2]),
    operators: ['RESHAPE 1x1x1x12', 'RESHAPE 1x1x1x12', 'MAXIMUM 1x1x1x12', 'RESHAPE 2x1x3x1x2'],
    use: cmsisNn('2026-05-27'),
    near: maximum([12]),
  },
  'pad-rank': {
    faulty: pad([2, 3]),
    operators: ['RESHAPE 1x1x2x3', 'PAD 1x1x2x6', 'RESHAPE 2x6'],
    use: cmsisNn('2026-05-26'),
    near: pad([1, 1, 2, 3]),
  },
  'pooling-batch': {
    faulty: pool(2),
    operators: [...['SPLIT 1x4x4x2 1x4x4x2', 'MAX_POOL_2D 1x2x2x2', 'MAX_POOL_2D 1x2x2x2', 'CONCATENATION 2x2x2x2']],
    use: cmsisNn('2026-05-31'),
    near: pool(1),
  },
  'l2-normalization-other-scale': {
    faulty: sigmoid('L2_NORMALIZATION', 1 / 64, 0),
    operators: ['L2_NORMALIZATION 1x16', 'QUANTIZE 1x16'],
    near: sigmoid('L2_NORMALIZATION', 1 / 128, 0),
    rounds: true,
  },
  'pack-other-scale': [
    {
      faulty: packed(0.1),
      operators: ['QUANTIZE 4', 'PACK 2x4'],
      near: packed(0.2),
      rounds: true,
    },
    {
      faulty: unpacked(0.1),
      operators: ['UNPACK 4 4', 'QUANTIZE 4'],
      near: unpacked(0.2),
    },
  ],
  'relu6-other-scale': [
    { faulty: relu6('int8', 0.02), operators: ['QUANTIZE 1x16', 'RELU6 1x16'], near: relu6('int8', 0.08) },
    { faulty: relu6('int16', 0.0002), operators: ['QUANTIZE 1x16', 'RELU6 1x16'], near: relu6('int16', 0.0005) },
  ],
  'row-without-scratch': {
    faulty: convolution({ size: [1, 2], made: [1, 2], filter: [3, 1, 5, 4], channels: 4 }),
    operators: ['PAD 1x1x6x4', 'CONV_2D 1x1x2x3'],
    use: cmsisNn('2024-03-17', 'mve'),
    near: convolution({ size: [1, 8], made: [1, 8], filter: [3, 1, 5, 4], channels: 4 }),
  },
  'space-to-batch-padding': {
    faulty: blocks(7),
    operators: ['PAD 1x6x6x2', 'SPACE_TO_BATCH_ND 4x3x3x2'],
    near: blocks(0),
  },
  'tanh-other-scale': [
    {
      faulty: sigmoid('TANH', 1 / 64, 0),
      operators: ['TANH 1x16', 'QUANTIZE 1x16'],
      near: sigmoid('TANH', 1 / 128, 0),
      rounds: true,
    },
    {
      faulty: sigmoid('TANH', 1 / 300, 0),
      operators: ['CAST 1x16', 'ADD 1x16', 'GATHER 1x16'],
      near: sigmoid('TANH', 1 / 128, 0),
    },
  ],
  'transposed-rows': {
    faulty: transposed([2, 2], [4, 4]),
    operators: ['TRANSPOSE_CONV 1x10x10x3', 'SLICE 1x8x8x3'],
    use: cmsisNn('2026-05-20'),
    near: transposed([2, 2], [2, 2]),
  },
  'transposed-scratch': {
    faulty: transposed([1, 3], [1, 2]),
    operators: ['TRANSPOSE_CONV 1x4x12x3'],
    use: cmsisNn('2026-05-20'),
    near: transposed([3, 3], [3, 3]),
  },
};

const cases = Object.entries(rows).flatMap(([id, row]) => [row].flat().map((each) => ({ id, ...each })));

check(
  'rewrite for TFLM: a known fault',
  ({ faulty, use }: Row) => proved(faulty, use),
  cases.map((row) => ({
    name: `${row.id}: ${row.operators.join(', ')}`,
    input: row,
    expected: { ...(exactly(row.operators) as object), ...(row.rounds === true && { equal: false }) },
  })),
);

check(
  'rewrite for TFLM: what has nearly a known fault stays',
  ({ near, use }: Row) => operatorsOf(near, use).length,
  cases.map((row) => ({ name: row.id, input: row, expected: row.near.graphs[0].operators.length })),
);

check(
  'rewrite for TFLM: other kernels do not have the fault',
  ({ faulty }: Row) => operatorsOf(faulty, newestReference).length,
  cases.filter(({ use }) => use !== undefined).map((row) => ({ name: row.id, input: row, expected: 1 })),
);

it('rewrite for TFLM: each known fault has a rewrite with a row here, or a sentence why none', () => {
  const mended = new Set(rewrites.flatMap(({ mends = [] }) => mends));
  for (const { id, notRewritten } of faultsById.values()) {
    assert.equal(notRewritten === undefined, mended.has(id), id);
    if (notRewritten !== undefined) assert.match(notRewritten, /^[A-Z].*\.$/, id);
  }
  // An int16 convolution without bias is seen where its sums are: TF Lite's and ours are of 64 bits.
  assert.deepEqual(
    [...mended].filter((id) => rows[id] === undefined),
    ['convolution-int16-sum', 'convolution-int16-sum-cmsis'],
  );
});
