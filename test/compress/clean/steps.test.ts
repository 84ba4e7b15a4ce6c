import assert from 'node:assert/strict';
import { it } from 'node:test';
import { clean } from '../../../src/core/compress/clean/clean';
import { deadChannels } from '../../../src/core/compress/clean/steps/deadChannels';
import { duplicates } from '../../../src/core/compress/clean/steps/duplicates';
import { foldConstants } from '../../../src/core/compress/clean/steps/foldConstants';
import { identities } from '../../../src/core/compress/clean/steps/identities';
import { quantizePairs } from '../../../src/core/compress/clean/steps/quantizePairs';
import { unreachable } from '../../../src/core/compress/clean/steps/unreachable';
import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import { realValues } from '../../../src/core/model/values/real';
import { storedValues } from '../../../src/core/model/values/stored';
import { floats, graph, model, operator, options, quantized, tensor } from '../../support/build';
import { check } from '../../support/check';

const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(Int8Array.from(values).buffer);
const words = (...values: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);
const int8 = (name: string, shape: readonly number[], scale = 1, zeroPoint = 0): Tensor =>
  tensor(name, 'int8', shape, { quantization: quantized(scale, zeroPoint) });
const float = (name: string, shape: readonly number[] = [1, 4]): Tensor => tensor(name, 'float32', shape);
const ints = (...values: readonly number[]): Tensor =>
  tensor('list', 'int32', [values.length], { data: words(...values) });

interface One {
  readonly kind: string;
  /** What goes in and what comes out; a float row of 4 by default. */
  readonly x?: Tensor;
  readonly y?: Tensor;
  /** From tensor 4 on. */
  readonly more?: readonly Tensor[];
  /** 1 is what is asked about. */
  readonly inputs?: readonly number[];
  readonly options?: Operator['options'];
  /** Operator before it: from tensor 0 to tensor 1. */
  readonly before?: string;
}

/** Between an operator before and TANH or another behind, so that neither end is one of the model. */
function between({
  kind,
  x = float('x'),
  y = float('y'),
  more = [],
  inputs,
  options: own,
  before = 'ABS',
}: One): Model {
  const lists = inputs ?? [1, ...more.map((_, place) => 4 + place)];
  return model(
    graph(
      [{ ...x, name: 'in' }, x, y, { ...y, name: 'out' }, ...more],
      [operator(before, [0], [1]), operator(kind, lists, [2], { options: own }), operator('NEG', [2], [3])],
      { inputs: [0], outputs: [3] },
    ),
  );
}

/** Whether the step takes the operator in the middle away. */
const goes = (one: One): boolean => identities.apply(between(one)) !== undefined;
const row = int8('x', [1, 4], 0.1, -128);
const square = float('x', [2, 2]);

check('operators whose output is their input', goes, [
  { name: 'plus 0', input: { kind: 'ADD', more: [floats('c', [1], [0])] }, expected: true },
  {
    name: 'plus 0 and once more than 0',
    input: { kind: 'ADD', more: [floats('c', [4], [0, 0, 0, 1])] },
    expected: false,
  },
  {
    name: 'plus 0 with a rectifier',
    input: {
      kind: 'ADD',
      more: [floats('c', [1], [0])],
      options: options('AddOptions', { fusedActivationFunction: 'RELU' }),
    },
    expected: false,
  },
  { name: 'minus 0', input: { kind: 'SUB', more: [floats('c', [1], [0])] }, expected: true },
  { name: 'minus 1', input: { kind: 'SUB', more: [floats('c', [1], [1])] }, expected: false },
  { name: 'times 1', input: { kind: 'MUL', more: [floats('c', [4], [1, 1, 1, 1])] }, expected: true },
  { name: 'times 0', input: { kind: 'MUL', more: [floats('c', [1], [0])] }, expected: false },
  { name: 'by 1', input: { kind: 'DIV', more: [floats('c', [1], [1])] }, expected: true },
  { name: 'by 2', input: { kind: 'DIV', more: [floats('c', [1], [2])] }, expected: false },
  {
    name: 'times 1 in integers, which goes through two scales',
    input: { kind: 'MUL', x: row, y: row, more: [{ ...int8('c', [1]), data: bytes(1) }] },
    expected: false,
  },
  { name: 'plus what is computed', input: { kind: 'ADD', more: [float('c')], inputs: [1, 4] }, expected: false },
  { name: 'a cast to the same type', input: { kind: 'CAST' }, expected: true },
  { name: 'a cast to another type', input: { kind: 'CAST', y: tensor('y', 'int32', [1, 4]) }, expected: false },
  { name: 'a concatenation of one', input: { kind: 'CONCATENATION' }, expected: true },
  {
    name: 'a concatenation with nothing',
    input: { kind: 'CONCATENATION', more: [floats('c', [1, 0], [])] },
    expected: false,
  },
  {
    name: 'a pool of one value',
    input: {
      ...{ kind: 'AVERAGE_POOL_2D', x: float('x', [1, 2, 2, 1]), y: float('y', [1, 2, 2, 1]) },
      options: options('Pool2DOptions', { filterHeight: 1, filterWidth: 1, strideH: 1, strideW: 1 }),
    },
    expected: true,
  },
  ...['filterHeight', 'filterWidth', 'strideH', 'strideW'].map((name) => ({
    name: `a pool of which ${name} is 2`,
    input: {
      ...{ kind: 'MAX_POOL_2D', x: float('x', [1, 2, 2, 1]), y: float('y', [1, 2, 2, 1]) },
      options: options('Pool2DOptions', { filterHeight: 1, filterWidth: 1, strideH: 1, strideW: 1, [name]: 2 }),
    },
    expected: false,
  })),
  { name: 'padding of nothing', input: { kind: 'PAD', more: [ints(0, 0, 0, 0)] }, expected: true },
  { name: 'mirrored padding of nothing', input: { kind: 'MIRROR_PAD', more: [ints(0, 0, 0, 0)] }, expected: true },
  { name: 'padding of one, as its list says', input: { kind: 'PADV2', more: [ints(0, 0, 0, 1)] }, expected: false },
  { name: 'padding that is computed', input: { kind: 'PAD', more: [tensor('p', 'int32', [4])] }, expected: false },
  { name: 'a reshape to the same shape', input: { kind: 'RESHAPE' }, expected: true },
  { name: 'a reshape to another', input: { kind: 'RESHAPE', y: float('y', [4, 1]) }, expected: false },
  { name: 'a slice of all', input: { kind: 'SLICE', more: [ints(0, 0), ints(1, 4)] }, expected: true },
  {
    name: 'all, forwards',
    input: { kind: 'STRIDED_SLICE', more: [ints(0, 0), ints(1, 4), ints(1, 1)] },
    expected: true,
  },
  {
    name: 'all, backwards',
    input: { kind: 'STRIDED_SLICE', more: [ints(0, 0), ints(1, 4), ints(1, -1)] },
    expected: false,
  },
  {
    name: 'dimensions in their order',
    input: { kind: 'TRANSPOSE', x: square, y: square, more: [ints(0, 1)] },
    expected: true,
  },
  {
    name: 'dimensions in another',
    input: { kind: 'TRANSPOSE', x: square, y: square, more: [ints(1, 0)] },
    expected: false,
  },
  { name: 'the same scale', input: { kind: 'QUANTIZE', x: row, y: row }, expected: true },
  {
    name: 'another scale',
    input: { kind: 'QUANTIZE', x: row, y: int8('y', [1, 4], 0.2, -128) },
    expected: false,
  },
  {
    name: 'a rectifier of integers from 0 on',
    input: { kind: 'RELU', x: row, y: row },
    expected: true,
  },
  {
    name: 'a rectifier of integers on both sides of 0',
    input: { kind: 'RELU', x: int8('x', [1, 4]), y: int8('y', [1, 4]) },
    expected: false,
  },
  {
    name: 'a leaky rectifier of integers from 0 on',
    input: {
      kind: 'LEAKY_RELU',
      x: row,
      y: row,

      options: options('LeakyReluOptions', { alpha: 0.1 }),
    },
    expected: true,
  },
  // 255 steps of 0.02 reach 5.1, of 0.1 they reach 25.5.
  {
    name: 'six at most, of what ends before',
    input: { kind: 'RELU6', x: int8('x', [1, 4], 0.02, -128), y: int8('y', [1, 4], 0.02, -128) },
    expected: true,
  },
  {
    name: 'six at most, of what goes beyond',
    input: { kind: 'RELU6', x: row, y: row },
    expected: false,
  },
  { name: 'a rectifier of floats from 0 on', input: { kind: 'RELU', before: 'RELU6' }, expected: true },
  { name: 'six at most, twice', input: { kind: 'RELU6', before: 'RELU6' }, expected: true },
  { name: 'six at most, of a rectifier', input: { kind: 'RELU6', before: 'RELU' }, expected: false },
  { name: 'a leaky rectifier of floats from 0 on', input: { kind: 'LEAKY_RELU', before: 'RELU' }, expected: false },
  { name: 'a rectifier of floats of both signs', input: { kind: 'RELU', before: 'NEG' }, expected: false },
  { name: 'a state', input: { kind: 'RESHAPE', x: { ...float('x'), isVariable: true } }, expected: false },
]);

/** Operators as `KIND inputs -> outputs`, by the names of their tensors. */
function drawn({ graphs: [{ operators, tensors }] }: Model): readonly string[] {
  const names = (list: readonly number[]): string => list.map((index) => tensors[index]?.name ?? '-').join(' ');
  return operators.map(({ kind, inputs, outputs }) => `${kind} ${names(inputs)} -> ${names(outputs)}`);
}

const line = (operators: readonly Operator[], outputs: readonly number[], count = 5): Model =>
  model(
    graph(
      ['x', 'a', 'b', 'c', 'd'].slice(0, count).map((name) => float(name)),
      operators,
      { inputs: [0], outputs },
    ),
  );

check('what reads and writes around an operator that is gone', (source: Model) => drawn(clean(source).model), [
  {
    name: 'readers read what came before',
    input: line([operator('ABS', [0], [1]), operator('RESHAPE', [1], [2]), operator('ADD', [2, 1], [3])], [3]),
    expected: ['ABS x -> a', 'ADD a a -> c'],
  },
  {
    name: 'an output of the model keeps its name: what came before writes it',
    input: line([operator('ABS', [0], [1]), operator('NEG', [1], [3]), operator('RESHAPE', [1], [2])], [2, 3]),
    expected: ['ABS x -> b', 'NEG b -> c'],
  },
  {
    name: 'an input that would be an output stays apart',
    input: line([operator('RESHAPE', [0], [1])], [1]),
    expected: ['RESHAPE x -> a'],
  },
  {
    name: 'two outputs stay two',
    input: line([operator('ABS', [0], [1]), operator('RESHAPE', [1], [2])], [1, 2]),
    expected: ['ABS x -> a', 'RESHAPE a -> b'],
  },
  {
    name: 'chains go one by one',
    input: line(
      [
        operator('ABS', [0], [1]),
        operator('RESHAPE', [1], [2]),
        operator('SQUEEZE', [2], [3]),
        operator('NEG', [3], [4]),
      ],
      [4],
    ),
    expected: ['ABS x -> a', 'NEG a -> d'],
  },
]);

/** Values of the constant that an operator on constants became, or `undefined` where it stays. */
function foldedValues(one: One & { readonly isRead?: boolean }): readonly number[] | undefined {
  const { kind, y = float('y'), more = [], options: own } = one;
  const tensors = [float('x'), y, { ...y, name: 'out' }, ...more];
  const inputs = more.map((_, place) => 3 + place);
  const source = model(
    graph(
      tensors,
      [
        operator(kind, inputs, [1], { options: own }),
        operator('NEG', [1], [2]),
        ...(one.isRead === true ? [operator('ADD', [0, 3], [2])] : []),
      ],
      { inputs: [0], outputs: [2] },
    ),
  );
  const result = foldConstants.apply(source)?.model.graphs[0];
  const constant = result?.tensors.find(({ name }) => name === y.name);
  return constant?.data === undefined
    ? undefined
    : [...(constant.type === 'float32' ? realValues(constant)! : storedValues(constant)!)];
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

check('operators on constants', foldedValues, [
  {
    name: 'a sum',
    input: { kind: 'ADD', y: float('y', [2]), more: [floats('a', [2], [1, 2]), floats('b', [2], [3, 5])] },
    expected: [4, 7],
  },
  {
    name: 'a difference',
    input: { kind: 'SUB', y: float('y', [2]), more: [floats('a', [2], [1, 2]), floats('b', [2], [3, 5])] },
    expected: [-2, -3],
  },
  {
    name: 'a product',
    input: { kind: 'MUL', y: float('y', [2]), more: [floats('a', [2], [1, 2]), floats('b', [1], [3])] },
    expected: [3, 6],
  },
  {
    name: 'a transposition',
    input: { kind: 'TRANSPOSE', y: float('y', [2, 2]), more: [floats('a', [2, 2], [1, 2, 3, 4]), ints(1, 0)] },
    expected: [1, 3, 2, 4],
  },
  {
    name: 'real numbers',
    input: { kind: 'DEQUANTIZE', y: float('y', [2]), more: [{ ...int8('a', [2], 0.5, 1), data: bytes(3, -1) }] },
    expected: [1, -1],
  },
  {
    name: 'a dense layer: sums depend on their order',
    input: {
      kind: 'FULLY_CONNECTED',
      y: float('y', [1, 1]),
      more: [floats('a', [1, 2], [1, 2]), floats('b', [1, 2], [3, 5])],
    },
    expected: undefined,
  },
  {
    name: 'one operand is no constant',
    input: { kind: 'ADD', y: float('y', [2]), more: [floats('a', [2], [1, 2]), float('b', [2])] },
    expected: undefined,
  },
  {
    name: 'the shape of what has a fixed one',
    input: { kind: 'SHAPE', y: tensor('y', 'int32', [3]), more: [float('a', [2, 3, 4])] },
    expected: [2, 3, 4],
  },
  {
    name: 'the shape of what is only known at run time',
    input: {
      kind: 'SHAPE',
      y: tensor('y', 'int32', [2]),
      more: [tensor('a', 'float32', [1, 4], { shapeSignature: [-1, 4] })],
    },
    expected: undefined,
  },
  // A value of 4 bytes and a shape of 8 go: 12 + 64 bytes hold 19 values.
  {
    name: '64 bytes more',
    input: { kind: 'BROADCAST_TO', y: float('y', [1, 19]), more: [floats('a', [1], [7]), ints(1, 19)] },
    expected: range(19).map(() => 7),
  },
  {
    name: '68 bytes more',
    input: { kind: 'BROADCAST_TO', y: float('y', [1, 20]), more: [floats('a', [1], [7]), ints(1, 20)] },
    expected: undefined,
  },
  // The value stays for the other reader: 8 + 64 bytes hold 18.
  {
    name: '68 bytes more, since another reads the value',
    input: { kind: 'BROADCAST_TO', y: float('y', [1, 19]), more: [floats('a', [1], [7]), ints(1, 19)], isRead: true },
    expected: undefined,
  },
]);

check(
  'the way over floats',
  ([from, to]: readonly [Tensor, Tensor]) => {
    const tensors = [{ ...from, name: 'x' }, from, float('f'), to, { ...to, name: 'out' }];
    const operators = [
      operator('RESHAPE', [0], [1]),
      operator('DEQUANTIZE', [1], [2]),
      operator('QUANTIZE', [2], [3]),
      operator('RESHAPE', [3], [4]),
    ];
    const result = quantizePairs.apply(model(graph(tensors, operators, { inputs: [0], outputs: [4] })));
    return result && drawn(result.model);
  },
  [
    {
      name: 'between equal scales goes altogether',
      input: [int8('a', [1, 4], 0.5, 3), int8('b', [1, 4], 0.5, 3)],
      expected: ['RESHAPE x -> a', 'DEQUANTIZE a -> f', 'RESHAPE a -> out'],
    },
    {
      name: 'to twice the resolution is one QUANTIZE',
      input: [int8('a', [1, 4], 0.5), int8('b', [1, 4], 0.25)],
      expected: ['RESHAPE x -> a', 'DEQUANTIZE a -> f', 'QUANTIZE a -> b', 'RESHAPE b -> out'],
    },
    {
      // -1 x 0.5 lies between two steps: QUANTIZE from float rounds it away from 0, from integers upwards.
      name: 'to half of it stays, where halves are rounded otherwise',
      input: [int8('a', [1, 4], 0.5), int8('b', [1, 4], 1)],
      expected: undefined,
    },
    {
      name: 'of 16 bits stays',
      input: [
        tensor('a', 'int16', [1, 4], { quantization: quantized(0.5) }),
        tensor('b', 'int16', [1, 4], { quantization: quantized(0.5) }),
      ],
      expected: undefined,
    },
    {
      name: 'to another type stays',
      input: [int8('a', [1, 4], 0.5), tensor('b', 'int16', [1, 4], { quantization: quantized(0.5) })],
      expected: undefined,
    },
  ],
);

check(
  'the way over other integers',
  ([from, way, to]: readonly [Tensor, Tensor, Tensor]) => {
    const tensors = [{ ...from, name: 'x' }, from, way, to, { ...to, name: 'out' }];
    const operators = [
      operator('RESHAPE', [0], [1]),
      operator('QUANTIZE', [1], [2]),
      operator('QUANTIZE', [2], [3]),
      operator('RESHAPE', [3], [4]),
    ];
    const result = quantizePairs.apply(model(graph(tensors, operators, { inputs: [0], outputs: [4] })));
    return result && drawn(result.model);
  },
  [
    {
      // -128 x 0.5 is step -32,768 of 1/512, the last one of 16 bits.
      name: 'of 16 bits that hold every value goes altogether',
      input: [
        int8('a', [1, 4], 0.5),
        tensor('w', 'int16', [1, 4], { quantization: quantized(1 / 512) }),
        int8('b', [1, 4], 0.5),
      ],
      expected: ['RESHAPE x -> a', 'QUANTIZE a -> w', 'RESHAPE a -> out'],
    },
    {
      name: 'of 16 bits of which large values hit the end stays',
      input: [
        int8('a', [1, 4], 0.5),
        tensor('w', 'int16', [1, 4], { quantization: quantized(1 / 4096) }),
        int8('b', [1, 4], 0.5),
      ],
      expected: undefined,
    },
    {
      // Half of the values share a step of the way with another one.
      name: 'of half the resolution stays',
      input: [int8('a', [1, 4], 0.5), int8('w', [1, 4], 1), int8('b', [1, 4], 0.5)],
      expected: undefined,
    },
    {
      name: 'of a larger range is one QUANTIZE where nothing is lost on it',
      input: [
        int8('a', [1, 4], 0.5),
        tensor('w', 'int16', [1, 4], { quantization: quantized(1 / 512) }),
        int8('b', [1, 4], 0.25),
      ],
      expected: ['RESHAPE x -> a', 'QUANTIZE a -> w', 'QUANTIZE a -> b', 'RESHAPE b -> out'],
    },
  ],
);

check(
  'operators that reach nothing',
  ({ kinds, outputs = [] }: { readonly kinds: readonly Operator[]; readonly outputs?: readonly number[] }) => {
    const result = unreachable.apply(line([operator('NEG', [0], [4]), ...kinds], [4, ...outputs]));
    return result && [drawn(result.model).length, ...result.decisions];
  },
  [
    { name: 'none', input: { kinds: [] }, expected: undefined },
    {
      name: 'one',
      input: { kinds: [operator('ABS', [0], [1])] },
      expected: [1, '1 operator reached no output of the model and is gone.'],
    },
    {
      name: 'two, of which one reads the other',
      input: { kinds: [operator('ABS', [0], [1]), operator('ABS', [1], [2])] },
      expected: [1, '2 operators reached no output of the model and are gone.'],
    },
    {
      name: 'one of two outputs is read',
      input: { kinds: [operator('SPLIT', [0, 0], [1, 2])], outputs: [2] },
      expected: undefined,
    },
    {
      name: 'a custom operator may do more',
      input: { kinds: [operator('CUSTOM', [0], [1], { customCode: 'Mine' })] },
      expected: undefined,
    },
    {
      name: 'one that nobody knows may do more',
      input: { kinds: [operator('UNHEARD_OF', [0], [1])] },
      expected: undefined,
    },
    {
      name: 'what is written to a variable',
      input: { kinds: [operator('ASSIGN_VARIABLE', [0, 0], [])] },
      expected: undefined,
    },
    {
      name: 'what is made for it',
      input: {
        kinds: [operator('VAR_HANDLE', [], [1]), operator('ABS', [0], [2]), operator('ASSIGN_VARIABLE', [1, 2], [])],
      },
      expected: undefined,
    },
  ],
);

check(
  'constants with equal bytes',
  (constants: readonly Tensor[]) => {
    const source = model(
      graph(
        [...constants, float('y')],
        [
          operator(
            'ADD_N',
            constants.map((_, index) => index),
            [constants.length],
          ),
        ],
        { outputs: [constants.length] },
      ),
    );
    const result = duplicates.apply(source);
    if (result === undefined) return undefined;
    const { tensors } = result.model.graphs[0];
    return {
      first: constants.map((_, index) => tensors.findIndex(({ data }) => data === tensors[index].data)),
      decisions: result.decisions,
    };
  },
  [
    { name: 'one alone', input: [floats('a', [1], [1])], expected: undefined },
    { name: 'others', input: [floats('a', [1], [1]), floats('b', [1], [2])], expected: undefined },
    {
      name: 'share one buffer',
      input: [floats('a', [2], [1, 2]), floats('b', [1], [1]), floats('c', [1, 2], [1, 2])],
      expected: {
        first: [0, 1, 0],
        decisions: ['1 buffer held the same bytes as another one, which now serves both: 8 bytes less.'],
      },
    },
    {
      name: 'three of them',
      input: [floats('a', [1], [1]), floats('b', [1], [1]), floats('c', [1], [1])],
      expected: {
        first: [0, 0, 0],
        decisions: ['2 buffers held the same bytes as another one, which now serves both: 8 bytes less.'],
      },
    },
    { name: 'longer by zeros', input: [floats('a', [1], [0]), floats('b', [2], [0, 0])], expected: undefined },
    {
      name: 'shared already',
      input: ((data) => [tensor('a', 'float32', [1], { data }), tensor('b', 'float32', [1], { data })])(
        new Uint8Array([0, 0, 128, 63]),
      ),
      expected: undefined,
    },
    {
      name: 'states start apart',
      input: [floats('a', [1], [1]), { ...floats('b', [1], [1]), isVariable: true }],
      expected: undefined,
    },
  ],
);

interface Pair {
  /** Weights and biases of the channels in between. */
  readonly weights: readonly number[];
  readonly biases: readonly number[];
  /** Of the layer that reads them: one output. */
  readonly second: readonly number[];
  readonly secondBias?: number;
  readonly zeroPoint?: number;
  readonly secondScale?: number;
  /** Another reader of the second bias. */
  readonly isBiasShared?: boolean;
}

/** Two dense layers in int8 with scales of 1 but for the second's weights. */
function dense({
  weights,
  biases,
  second,
  secondBias,
  zeroPoint = 0,
  secondScale = 1,
  isBiasShared = false,
}: Pair): Model {
  const count = weights.length;
  const bias = (name: string, values: readonly number[], scale = 1): Tensor =>
    tensor(name, 'int32', [values.length], { data: words(...values), quantization: quantized(scale) });
  return model(
    graph(
      [
        int8('x', [1, 1]),
        { ...int8('w', [count, 1]), data: bytes(...weights) },
        bias('b', biases),
        int8('m', [1, count], 1, zeroPoint),
        { ...int8('v', [1, count], secondScale), data: bytes(...second) },
        int8('y', [1, 1]),
        ...(secondBias === undefined ? [] : [bias('c', [secondBias], secondScale)]),
        ...(isBiasShared ? [int8('z', [1, 1])] : []),
      ],
      [
        operator('FULLY_CONNECTED', [0, 1, 2], [3]),
        operator('FULLY_CONNECTED', [3, 4, secondBias === undefined ? -1 : 6], [5]),
        ...(isBiasShared ? [operator('FULLY_CONNECTED', [3, 4, 6], [7])] : []),
      ],
      { inputs: [0], outputs: isBiasShared ? [5, 7] : [5] },
    ),
  );
}

check(
  'dead channels of dense layers, and what they leave in biases',
  (pair: Pair) => {
    const result = deadChannels.apply(dense(pair));
    if (result === undefined) return undefined;
    const { tensors } = result.model.graphs[0];
    const constants = tensors
      .filter(({ data }) => data !== undefined)
      .map((each) => `${each.name} ${[...storedValues(each)!].join()}`);
    return {
      constants,
      scales: tensors.filter(({ name }) => name === 'y/bias').map(({ quantization }) => quantization!.scales),
      decisions: result.decisions,
    };
  },
  [
    { name: 'none', input: { weights: [1, 2], biases: [0, 0], second: [1, 1] }, expected: undefined },
    {
      name: 'what is always 7, read with 3, is 21 in the bias',
      input: { weights: [1, 0], biases: [0, 7], second: [2, 3], secondBias: 100 },
      expected: {
        constants: ['w 1', 'b 0', 'v 2', 'c 121'],
        scales: [],
        decisions: [
          'm: 1 of 2 channels made no difference to any output and are gone.',
          'What the constant channels added is now part of 1 bias.',
        ],
      },
    },
    {
      name: 'less the zero point: always 9, which is 7 above 2',
      input: { weights: [1, 0], biases: [0, 7], second: [2, 3], secondBias: 100, zeroPoint: 2 },
      expected: {
        constants: ['w 1', 'b 0', 'v 2', 'c 121'],
        scales: [],
        decisions: [
          'm: 1 of 2 channels made no difference to any output and are gone.',
          'What the constant channels added is now part of 1 bias.',
        ],
      },
    },
    {
      name: 'a bias comes into being, with the scale of input x weights',
      input: { weights: [1, 0], biases: [0, -7], second: [2, 3], secondScale: 0.5 },
      expected: {
        constants: ['w 1', 'b 0', 'v 2', 'y/bias -21'],
        scales: [[0.5]],
        decisions: [
          'm: 1 of 2 channels made no difference to any output and are gone.',
          'What the constant channels added is now part of 1 bias.',
        ],
      },
    },
    {
      name: 'all of them: one stays',
      input: { weights: [0, 0, 0], biases: [1, 2, 3], second: [1, 1, 1], secondBias: 0 },
      expected: {
        constants: ['w 0', 'b 1', 'v 1', 'c 5'],
        scales: [],
        decisions: [
          'm: 2 of 3 channels made no difference to any output and are gone.',
          'What the constant channels added is now part of 1 bias.',
        ],
      },
    },
    {
      name: 'two that nothing reads leave nothing',
      input: { weights: [1, 5, 6], biases: [0, 0, 0], second: [1, 0, 0], secondBias: 9 },
      expected: {
        constants: ['w 1', 'b 0', 'v 1', 'c 9'],
        scales: [],
        decisions: ['m: 2 of 3 channels made no difference to any output and are gone.'],
      },
    },
  ],
);

it('a compressed model is left as it is', () => {
  const source = {
    ...dense({ weights: [1, 0], biases: [0, 7], second: [2, 3] }),
    metadata: [{ name: 'COMPRESSION_METADATA', data: new Uint8Array(0) }],
  };
  assert.deepStrictEqual(clean(source), {
    model: source,
    decisions: ['The constants are compressed and are left as they are.'],
  });
});
