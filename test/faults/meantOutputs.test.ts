import { differenceFromMeant, meantOutputs } from '../../src/core/faults/meantOutputs';
import type { DataType } from '../../src/core/model/dataType';
import type { Model, OptionValue, Tensor } from '../../src/core/model/model';
import { heldValues } from '../../src/core/model/values/real';
import { floats, graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

const integers = (name: string, shape: readonly number[], values: readonly number[]): Tensor =>
  tensor(name, 'int32', shape, { data: new Uint8Array(Int32Array.from(values).buffer) });

/** One operator; constants among `tensors` have data, the last one is the output. */
function one(kind: string, tensors: readonly Tensor[], values: Readonly<Record<string, OptionValue>> = {}): Model {
  const last = tensors.length - 1;
  const inputs = tensors.flatMap(({ data }, index) => (data === undefined && index !== last ? [index] : []));
  const only = operator(
    kind,
    tensors.slice(0, last).map((_entry, index) => index),
    [last],
    { options: options('', values) },
  );
  return model(graph(tensors, [only], { inputs, outputs: [last] }));
}

const int8 = (scale: number | readonly number[], zeroPoint = 0, shape: readonly number[] = [4]): Tensor =>
  tensor('x', 'int8', shape, { quantization: quantized(scale, zeroPoint) });

function meant({ of, given }: { readonly of: Model; readonly given: readonly ArrayBufferView[] }): readonly number[] {
  const bytes = given.map(({ buffer }) => new Uint8Array(buffer));
  return Array.from(heldValues(meantOutputs(of, bytes)[0]!));
}

const plain = (type: DataType, shape: readonly number[] = [3]): Tensor => tensor('x', type, shape);

check('what a file means where a board answers otherwise', meant, [
  {
    // Real -2, 1, 3, 10: clamped 0, 1, 3, 6, in quarters above -20.
    name: 'RELU6 to another scale',
    input: { of: one('RELU6', [int8(0.5), int8(0.25, -20)]), given: [Int8Array.of(-4, 2, 6, 20)] },
    expected: [-20, -16, -8, 4],
  },
  {
    // Real 0, 100: 0 and 1, in steps of 0.5 above 3.
    name: 'TANH to another scale',
    input: { of: one('TANH', [int8(1, 0, [2]), int8(0.5, 3, [2])]), given: [Int8Array.of(0, 100)] },
    expected: [3, 5],
  },
  {
    // Real 0 is a half, 100 is 1: in steps of 1/128 above -128.
    name: 'LOGISTIC to another scale',
    input: { of: one('LOGISTIC', [int8(1, 0, [2]), int8(1 / 128, -128, [2])]), given: [Int8Array.of(0, 100)] },
    expected: [-64, 0],
  },
  {
    // 3 and 4 have a length of 5, -5 and 12 one of 13: 0.6, 0.8, -0.385, 0.923 in steps of 0.01 above 5.
    name: 'L2_NORMALIZATION to another scale',
    input: {
      of: one('L2_NORMALIZATION', [int8(1, 0, [2, 2]), int8(0.01, 5, [2, 2])]),
      given: [Int8Array.of(3, 4, -5, 12)],
    },
    expected: [65, 85, -33, 97],
  },
  {
    // 1, 1.5 and -2, -1 in steps of 0.5 above 10.
    name: 'PACK of two scales to a third',
    input: {
      of: one('PACK', [int8(0.25, 0, [2]), int8(1, 3, [2]), int8(0.5, 10, [2, 2])], { axis: 0, valuesCount: 2 }),
      given: [Int8Array.of(4, 6), Int8Array.of(1, 2)],
    },
    expected: [12, 13, 6, 8],
  },
  {
    name: 'UNPACK to another scale',
    input: {
      of: one('UNPACK', [int8(1, 0, [1, 2]), int8(0.5, -3, [2])], { axis: 0, num: 1 }),
      given: [Int8Array.of(4, -6)],
    },
    expected: [5, -15],
  },
  {
    name: 'DEQUANTIZE of a scale for each row',
    input: {
      of: one('DEQUANTIZE', [int8([0.5, 0.25], 0, [2, 2]), tensor('y', 'float32', [2, 2])]),
      given: [Int8Array.of(1, 2, 4, 8)],
    },
    expected: [0.5, 1, 1, 2],
  },
  {
    name: 'ADD of int32 with RELU6',
    input: {
      of: one('ADD', [plain('int32'), plain('int32'), plain('int32')], { fusedActivationFunction: 'RELU6' }),
      given: [Int32Array.of(-5, 1, 9), Int32Array.of(1, 2, 3)],
    },
    expected: [0, 3, 6],
  },
  {
    name: 'GREATER of int16',
    input: {
      of: one('GREATER', [plain('int16'), plain('int16'), plain('bool')]),
      given: [Int16Array.of(1, 2, 300), Int16Array.of(2, 2, 2)],
    },
    expected: [0, 0, 1],
  },
  {
    // One row of 3, padded to 4: even places, then odd ones.
    name: 'SPACE_TO_BATCH_ND, padded with the zero point',
    input: {
      of: one('SPACE_TO_BATCH_ND', [
        int8(1, 7, [1, 3, 1]),
        integers('block', [1], [2]),
        integers('padding', [1, 2], [0, 1]),
        int8(1, 7, [2, 2, 1]),
      ]),
      given: [Int8Array.of(1, 2, 3)],
    },
    expected: [1, 3, 2, 7],
  },
  {
    // The file declares a batch of 1.
    name: 'SPACE_TO_BATCH_ND of a batch that the file does not declare',
    input: {
      of: one('SPACE_TO_BATCH_ND', [
        plain('float32', [1, 4, 1]),
        integers('block', [1], [2]),
        integers('padding', [1, 2], [0, 0]),
        plain('float32', [1, 2, 1]),
      ]),
      given: [Float32Array.of(1, 2, 3, 4)],
    },
    expected: [1, 3, 2, 4],
  },
]);

/** Nothing where it is not known. */
function shapeMeant(of: Model): readonly number[] | undefined {
  return meantOutputs(of, [new Uint8Array(4)])[0]?.shape;
}

check('what no file can mean', shapeMeant, [
  {
    name: 'an output of more bytes than there are',
    input: one('RESIZE_NEAREST_NEIGHBOR', [
      int8(1, 0, [1, 2, 2, 1]),
      integers('to', [2], [2 ** 30, 2 ** 30]),
      int8(1, 0, [1, 4, 4, 1]),
    ]),
    expected: undefined,
  },
  {
    name: 'a scale of what holds no numbers',
    input: one('ABS', [int8(1), tensor('y', 'complex128', [4], { quantization: quantized(1) })]),
    expected: undefined,
  },
]);

const value = (values: readonly number[]): Parameters<typeof differenceFromMeant>[0] => ({
  type: 'float32',
  shape: [values.length],
  bytes: floats('y', [values.length], values).data!,
});

check(
  'how far a board is from what is meant',
  ([board, wanted]: readonly [readonly number[], readonly number[]]) =>
    differenceFromMeant(value(board), value(wanted), {}),
  [
    {
      name: 'of two',
      input: [
        [1, 2],
        [1.5, -4],
      ],
      expected: { largestDifference: 6, largestMeant: 4 },
    },
    { name: 'of as many', input: [[1, 2], [1]], expected: undefined },
  ],
);
