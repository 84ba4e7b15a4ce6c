import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rewriteModel } from '../../../src/core/compress/tflm/rewriteModel';
import { rewrites } from '../../../src/core/compress/tflm/rewrites';
import type { DataType } from '../../../src/core/model/dataType';
import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import { encode } from '../../../src/core/model/values/stored';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';
import { exactly, integers, operatorsOf, proved } from './proved';

interface Line {
  readonly size: number;
  readonly block: number;
  readonly pads: readonly [number, number];
  readonly crops?: readonly [number, number];
  readonly type?: DataType;
  readonly taps?: number;
  readonly stride?: number;
  readonly blockBack?: number;
  readonly padding?: string;
  /** Reads what the convolution makes, too. */
  readonly second?: boolean;
}

/** A dilated convolution of a square image as a converter writes it with an open batch: stored shapes are not true. */
function detour(line: Line): Model {
  const { size, block, pads, crops = [0, 0], type = 'float32', taps = 3, stride = 1, padding = 'VALID' } = line;
  const padded = size + pads[0] + pads[1];
  const inner = Math.floor(padded / block);
  const made = inner - taps + 1;
  const out = made * block - crops[0] - crops[1];
  const own = (scale: number, zero = type === 'int8' ? 5 : 0): Partial<Tensor> =>
    type === 'float32' ? {} : { quantization: quantized(scale, zero) };
  const weights = Array.from({ length: taps * taps * 2 * 3 }, (_, index) => ((index * 37) % 19) - 9);
  const filter =
    type === 'float32'
      ? floats('w', [3, taps, taps, 2], weights)
      : tensor('w', 'int8', [3, taps, taps, 2], { quantization: quantized(0.1), data: encode('int8', weights) });
  const bias =
    type === 'float32'
      ? floats('b', [3], [1, -2, 3])
      : tensor('b', type === 'int16' ? 'int64' : 'int32', [3], {
          quantization: quantized(0.01 * 0.1),
          data: encode(type === 'int16' ? 'int64' : 'int32', [10, -20, 30]),
        });
  const convolution = options('Conv2DOptions', {
    ...{ padding, strideW: stride, strideH: stride, fusedActivationFunction: 'RELU' },
    ...{ dilationWFactor: 1, dilationHFactor: 1 },
  });
  const list = (values: readonly [number, number]): Tensor => integers('list', [...values, ...values], [2, 2]);
  const operators = [
    operator('SPACE_TO_BATCH_ND', [0, 4, 5], [1], { version: 2 }),
    operator('CONV_2D', [1, 7, 8], [2], { options: convolution, version: 3 }),
    operator('BATCH_TO_SPACE_ND', [2, 9, 6], [3], { version: 2 }),
    ...(line.second === true ? [operator('RELU', [2], [10])] : []),
  ];
  return model(
    graph(
      [
        tensor('x', type, [1, size, size, 2], { ...own(0.01), shapeSignature: [-1, size, size, 2] }),
        tensor('blocks', type, [1, inner, inner, 2], own(0.01)),
        tensor('c', type, [1, made, made, 3], own(0.5)),
        tensor('y', type, [1, out, out, 3], own(0.5)),
        ...[integers('block', [block, block]), list(pads), list(crops), filter, bias],
        integers('back', [line.blockBack ?? block, block]),
        tensor('z', type, [1, made, made, 3], own(0.5)),
      ],
      operators,
      { inputs: [0], outputs: line.second === true ? [3, 10] : [3] },
    ),
  );
}

check('rewrite for TFLM: a dilated convolution that went over the batch, in both roundings', proved, [
  ...(['float32', 'int8', 'int16'] as const).flatMap((type) => [
    {
      // 8 = 8 + 0 places, 3 taps 2 apart reach 4: 4 are left.
      name: `${type}, nothing is padded`,
      input: detour({ size: 8, block: 2, pads: [0, 0], type }),
      expected: exactly(['CONV_2D 1x4x4x3']),
    },
    {
      name: `${type}, padded as SAME does`,
      input: detour({ size: 8, block: 2, pads: [2, 2], type }),
      expected: exactly(['CONV_2D 1x8x8x3']),
    },
    {
      // 7 + 2 + 3 = 12 places in blocks of 2, of which one is cropped: as SAME.
      name: `${type}, padded to whole blocks and cropped`,
      input: detour({ size: 7, block: 2, pads: [2, 3], crops: [0, 1], type }),
      expected: exactly(['CONV_2D 1x7x7x3']),
    },
    {
      name: `${type}, padded at the beginning only`,
      input: detour({ size: 8, block: 2, pads: [4, 0], type }),
      expected: exactly(['PAD 1x12x12x2', 'CONV_2D 1x8x8x3']),
    },
  ]),
  {
    name: 'a dilation of 3 in 2 taps',
    input: detour({ size: 9, block: 3, pads: [0, 0], taps: 2 }),
    expected: exactly(['CONV_2D 1x6x6x3']),
  },
]);

const ways = ['SPACE_TO_BATCH_ND', 'CONV_2D', 'BATCH_TO_SPACE_ND'];

check(
  'rewrite for TFLM: what is nearly a dilated convolution',
  (line: Line) => operatorsOf(detour(line)).map((text) => text.split(' ')[0]),
  [
    { name: 'is one', input: { size: 8, block: 2, pads: [2, 2] }, expected: ['CONV_2D'] },
    { name: 'with a stride', input: { size: 8, block: 2, pads: [0, 0], stride: 2 }, expected: ways },
    { name: 'with padding SAME inside', input: { size: 8, block: 2, pads: [0, 0], padding: 'SAME' }, expected: ways },
    { name: 'back by another block', input: { size: 8, block: 2, pads: [0, 0], blockBack: 4 }, expected: ways },
    { name: 'cropped more than padded', input: { size: 8, block: 2, pads: [0, 0], crops: [1, 0] }, expected: ways },
    { name: 'read in between', input: { size: 8, block: 2, pads: [0, 0], second: true }, expected: [...ways, 'RELU'] },
  ],
);

/** A dense layer over three dimensions as a converter writes it with an open batch. */
const dense = model(
  graph(
    [
      tensor('x', 'float32', [1, 4, 2], { shapeSignature: [-1, 4, 2] }),
      ...[tensor('shape', 'int32', [3]), tensor('last', 'int32', [1]), tensor('channels', 'int32', [])],
      ...[tensor('first', 'int32', [2]), tensor('rows', 'int32', []), tensor('flat', 'int32', [2])],
      ...[tensor('whole', 'int32', [3]), tensor('f', 'float32', [1, 1], { shapeSignature: [-1, -1] })],
      ...[tensor('d', 'float32', [1, 3]), tensor('y', 'float32', [1, 4, 3])],
      ...[integers('two', [2]), integers('zero', [0]), integers('zero one', [0, 1]), integers('three', [3])],
      floats('w', [3, 2], [1, 2, 3, 4, 5, 6]),
    ],
    [
      operator('SHAPE', [0], [1], { options: options('ShapeOptions', { outType: 'INT32' }) }),
      operator('GATHER', [1, 11], [2], { options: options('GatherOptions', { axis: 0, batchDims: 0 }) }),
      operator('REDUCE_PROD', [2, 12], [3], { options: options('ReducerOptions', { keepDims: false }) }),
      operator('GATHER', [1, 13], [4], { options: options('GatherOptions', { axis: 0, batchDims: 0 }) }),
      operator('REDUCE_PROD', [4, 12], [5], { options: options('ReducerOptions', { keepDims: false }) }),
      operator('PACK', [5, 3], [6], { options: options('PackOptions', { valuesCount: 2, axis: 0 }) }),
      operator('CONCATENATION', [4, 14], [7], { options: options('ConcatenationOptions', { axis: 0 }) }),
      operator('RESHAPE', [0, 6], [8]),
      operator('FULLY_CONNECTED', [8, 15, -1], [9], { options: options('FullyConnectedOptions') }),
      operator('RESHAPE', [9, 7], [10]),
    ],
    { inputs: [0], outputs: [10] },
  ),
);

/** FILL with a shape that is computed, as an unrolled recurrent layer has for its first state. */
const filled = model(
  graph(
    [
      tensor('x', 'float32', [1, 3], { shapeSignature: [-1, 3] }),
      ...[tensor('shape', 'int32', [2]), tensor('zeros', 'float32', [1, 3]), tensor('y', 'float32', [1, 3])],
      tensor('zero', 'float32', [], { data: encode('float32', [0]) }),
    ],
    [
      operator('SHAPE', [0], [1], { options: options('ShapeOptions', { outType: 'INT32' }) }),
      operator('FILL', [1, 4], [2]),
      operator('ADD', [0, 2], [3], { options: options('AddOptions') }),
    ],
    { inputs: [0], outputs: [3] },
  ),
);

/** RESHAPE to a column and back, between two operators. */
const pair = model(
  graph(
    [
      ...[tensor('x', 'float32', [1, 4]), tensor('a', 'float32', [1, 4]), tensor('b', 'float32', [4, 1])],
      ...[tensor('c', 'float32', [1, 4]), tensor('y', 'float32', [1, 4])],
    ],
    [
      operator('NEG', [0], [1]),
      operator('RESHAPE', [1], [2]),
      operator('RESHAPE', [2], [3]),
      operator('ABS', [3], [4]),
    ],
    { inputs: [0], outputs: [4] },
  ),
);

check('rewrite for TFLM: shapes', proved, [
  {
    name: 'what only computes them is gone, and those in the file are true',
    input: dense,
    expected: exactly(['FULLY_CONNECTED 1x4x3']),
  },
  { name: 'that an operator needs as a constant', input: filled, expected: exactly(['FILL 1x3', 'ADD 1x3']) },
  { name: 'there and back', input: pair, expected: exactly(['NEG 1x4', 'ABS 1x4']) },
]);

const right = (operators: readonly Operator[]): Model =>
  model(
    graph([tensor('x', 'float32', [1, 4]), tensor('y', 'float32', [1, 4])], operators, { inputs: [0], outputs: [1] }),
  );

it('rewrite for TFLM: leaves a model alone that is right', () => {
  const from = right([operator('ABS', [0], [1])]);
  assert.equal(rewriteModel(from).model, from);
});

it('rewrite for TFLM: each rewrite has an id of its own and a condition', () => {
  assert.equal(new Set(rewrites.map(({ id }) => id)).size, rewrites.length);
  for (const { exactWhen } of rewrites) assert.match(exactWhen, /\.$/);
});
