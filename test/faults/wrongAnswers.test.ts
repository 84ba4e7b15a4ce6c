import { wrongAnswers } from '../../src/core/faults/wrongAnswers';
import type { Model, Tensor } from '../../src/core/model/model';
import { floats, graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

const integers = (name: string, shape: readonly number[], values: readonly number[]): Tensor =>
  tensor(name, 'int32', shape, { data: new Uint8Array(Int32Array.from(values).buffer) });

/** `id outcome at graph:operator`. */
const answers = (input: Model): readonly string[] =>
  wrongAnswers(input).map(({ id, outcome, graph: of, operator: at }) => `${id} ${outcome} at ${of.index}:${at.index}`);

/** SPACE_TO_BATCH_ND, RELU and BATCH_TO_SPACE_ND, with the batch that the file declares between them. */
function dilated(batch: number): Model {
  return model(
    graph(
      [
        tensor('x', 'float32', [1, 8, 3]),
        integers('block', [1], [2]),
        integers('none', [1, 2], [0, 0]),
        tensor('blocks', 'float32', [batch, 4, 3]),
        tensor('relu', 'float32', [batch, 4, 3]),
        tensor('y', 'float32', [1, 8, 3]),
      ],
      [
        operator('SPACE_TO_BATCH_ND', [0, 1, 2], [3]),
        operator('RELU', [3], [4]),
        operator('BATCH_TO_SPACE_ND', [4, 1, 2], [5]),
      ],
      { inputs: [0], outputs: [5] },
    ),
  );
}

/**
 * A loop of `steps` passes whose body cuts `size` rows out of what it is given, from the pass on, or as many as the
 * pass.
 */
function loop(size: 'computed' | 'fixed'): Model {
  const state = (): readonly Tensor[] => [tensor('i', 'int32', [1]), tensor('rows', 'float32', [4])];
  const condition = graph(
    [...state(), integers('most', [1], [3]), tensor('goes on', 'bool', [1])],
    [operator('LESS', [0, 2], [3])],
    { inputs: [0, 1], outputs: [3] },
  );
  const body = graph(
    [
      ...state(),
      integers('one', [1], [1]),
      tensor('next', 'int32', [1]),
      tensor('cut', 'float32', [1]),
      tensor('sum', 'float32', [4]),
    ],
    [
      operator('ADD', [0, 2], [3]),
      operator('SLICE', size === 'computed' ? [1, 2, 3] : [1, 3, 2], [4]),
      operator('ADD', [1, 4], [5]),
    ],
    { inputs: [0, 1], outputs: [3, 5] },
  );
  const main = graph(
    [integers('zero', [1], [0]), tensor('x', 'float32', [4]), tensor('i', 'int32', [1]), tensor('y', 'float32', [4])],
    [
      operator('WHILE', [0, 1], [2, 3], {
        options: options('WhileOptions', { condSubgraphIndex: 1, bodySubgraphIndex: 2 }),
      }),
    ],
    { inputs: [1], outputs: [3] },
  );
  return model([main, condition, body]);
}

check('where a board answers otherwise than the file means', answers, [
  { name: 'a batch that is declared as it is made', input: dilated(2), expected: [] },
  {
    name: 'only the first operator of a chain is blamed',
    input: dilated(1),
    expected: ['shape-contradiction wrong at 0:0'],
  },
  { name: 'a part that begins where the pass says', input: loop('fixed'), expected: [] },
  {
    name: 'a part that is as long as the pass says',
    input: loop('computed'),
    expected: ['shape-contradiction wrong at 2:1'],
  },
  {
    name: 'dimensions of 1 change nothing',
    input: model(
      graph(
        [tensor('x', 'float32', [1, 2, 2, 3]), integers('axes', [2], [1, 2]), tensor('y', 'float32', [1, 1, 1, 3])],
        [operator('MEAN', [0, 1], [2])],
        { inputs: [0], outputs: [2] },
      ),
    ),
    expected: [],
  },
]);

/** An operator from one tensor to another. */
const one = (kind: string, from: Tensor, to: Tensor, activation?: string): Model =>
  model(
    graph(
      [from, to],
      [
        operator(kind, kind === 'ADD' ? [0, 0] : [0], [1], {
          options: options('', { fusedActivationFunction: activation }),
        }),
      ],
      { inputs: [0], outputs: [1] },
    ),
  );

const int8 = (name: string, scale: number | readonly number[], zeroPoint = 0): Tensor =>
  tensor(name, 'int8', [2, 2], { quantization: quantized(scale, zeroPoint) });

/** SPACE_TO_BATCH_ND of int8 with this zero point and padding. */
function blocks(zeroPoint: number, padding: readonly [number, number]): Model {
  const quantization = quantized(0.5, zeroPoint);
  const length = (8 + padding[0] + padding[1]) / 2;
  return model(
    graph(
      [
        tensor('x', 'int8', [1, 8, 3], { quantization }),
        integers('block', [1], [2]),
        integers('padding', [1, 2], padding),
        tensor('y', 'int8', [2, length, 3], { quantization }),
      ],
      [operator('SPACE_TO_BATCH_ND', [0, 1, 2], [3])],
      { inputs: [0], outputs: [3] },
    ),
  );
}

const greater = (type: 'int16' | 'int32'): Model =>
  model(
    graph(
      [tensor('x', type, [2]), tensor('y', type, [2]), tensor('more', 'bool', [2])],
      [operator('GREATER', [0, 1], [2])],
      { inputs: [0, 1], outputs: [2] },
    ),
  );

/** UNIDIRECTIONAL_SEQUENCE_LSTM by the scales of its hidden state, of its output and of what it computes. */
function recurrent(state: Tensor, output: Tensor, computed?: Tensor): Model {
  const inputs = Array.from({ length: 24 }, (_, position) => (position === 0 ? 0 : position === 18 ? 1 : -1));
  const intermediates = computed === undefined ? [] : [3, 3, 3, 3, 3];
  return model(
    graph(
      [tensor('x', 'int8', [1, 1, 2]), { ...state, isVariable: true }, output, ...(computed ? [computed] : [])],
      [operator('UNIDIRECTIONAL_SEQUENCE_LSTM', inputs, [2], { intermediates })],
      { inputs: [0], outputs: [2] },
    ),
  );
}

check('known faults of kernels, just inside and just outside', answers, [
  {
    name: 'RELU6 of another scale',
    input: one('RELU6', int8('x', 0.5), int8('y', 0.25)),
    expected: ['relu6-other-scale wrong at 0:0'],
  },
  {
    name: 'RELU6 of another zero point',
    input: one('RELU6', int8('x', 0.5), int8('y', 0.5, -128)),
    expected: ['relu6-other-scale wrong at 0:0'],
  },
  { name: 'RELU6 of one scale', input: one('RELU6', int8('x', 0.5), int8('y', 0.5)), expected: [] },
  { name: 'RELU of another scale', input: one('RELU', int8('x', 0.5), int8('y', 0.25)), expected: [] },
  {
    name: 'DEQUANTIZE of several scales',
    input: one('DEQUANTIZE', int8('x', [0.5, 0.25]), floats('y', [2, 2], [0, 0, 0, 0])),
    expected: ['dequantize-several-scales wrong at 0:0'],
  },
  {
    name: 'DEQUANTIZE of several equal scales',
    input: one('DEQUANTIZE', int8('x', [0.5, 0.5]), floats('y', [2, 2], [0, 0, 0, 0])),
    expected: [],
  },
  {
    name: 'ADD of int32 with an activation',
    input: one('ADD', tensor('x', 'int32', [2]), tensor('y', 'int32', [2]), 'RELU'),
    expected: ['add-int32-activation wrong at 0:0'],
  },
  {
    name: 'ADD of int32',
    input: one('ADD', tensor('x', 'int32', [2]), tensor('y', 'int32', [2]), 'NONE'),
    expected: [],
  },
  {
    name: 'ADD of float32 with one',
    input: one('ADD', tensor('x', 'float32', [2]), tensor('y', 'float32', [2]), 'RELU'),
    expected: [],
  },
  {
    name: 'RSQRT of a range that goes below zero',
    input: one('RSQRT', int8('x', 0.5, -127), int8('y', 0.5)),
    expected: ['rsqrt-below-zero refuses-values at 0:0'],
  },
  { name: 'RSQRT of a range from zero', input: one('RSQRT', int8('x', 0.5, -128), int8('y', 0.5)), expected: [] },
  { name: 'SPACE_TO_BATCH_ND that pads', input: blocks(3, [0, 2]), expected: ['space-to-batch-padding wrong at 0:0'] },
  { name: 'SPACE_TO_BATCH_ND that pads around zero', input: blocks(0, [0, 2]), expected: [] },
  { name: 'SPACE_TO_BATCH_ND that does not pad', input: blocks(3, [0, 0]), expected: [] },
  {
    name: 'TANH of another scale than it writes',
    input: one('TANH', int8('x', 0.5), int8('y', 1 / 64)),
    expected: ['tanh-other-scale wrong at 0:0'],
  },
  {
    name: 'TANH of another zero point than it writes',
    input: one('TANH', int8('x', 0.5), int8('y', 1 / 128, 1)),
    expected: ['tanh-other-scale wrong at 0:0'],
  },
  {
    name: 'LOGISTIC of another scale than it writes',
    input: one('LOGISTIC', int8('x', 0.5), int8('y', 1 / 128, -128)),
    expected: ['logistic-other-scale wrong at 0:0'],
  },
  {
    name: 'LOGISTIC of the scale that it writes',
    input: one('LOGISTIC', int8('x', 0.5), int8('y', 1 / 256, -128)),
    expected: [],
  },
  {
    name: 'L2_NORMALIZATION of another scale than it writes',
    input: one('L2_NORMALIZATION', int8('x', 0.5), int8('y', 1 / 100)),
    expected: ['l2-normalization-other-scale wrong at 0:0'],
  },
  {
    name: 'L2_NORMALIZATION of another zero point than it writes',
    input: one('L2_NORMALIZATION', int8('x', 0.5), int8('y', 1 / 128, 9)),
    expected: ['l2-normalization-other-scale wrong at 0:0'],
  },
  {
    name: 'L2_NORMALIZATION of what it writes',
    input: one('L2_NORMALIZATION', int8('x', 0.5), int8('y', 1 / 128)),
    expected: [],
  },
  {
    name: 'LSTM whose output has another scale than its state',
    input: recurrent(int8('h', 0.5), int8('y', 0.25)),
    expected: ['lstm-state-scale wrong at 0:0'],
  },
  {
    name: 'LSTM whose output has another zero point than its state',
    input: recurrent(int8('h', 0.5), int8('y', 0.5, -10), int8('computed', 0.5, -10)),
    expected: ['lstm-state-scale wrong at 0:0'],
  },
  {
    // TF Lite computes the same integers.
    name: 'LSTM that computes at the scale of its state',
    input: recurrent(int8('h', 0.5), int8('y', 0.25), int8('computed', 0.5)),
    expected: [],
  },
  { name: 'LSTM of one scale', input: recurrent(int8('h', 0.5), int8('y', 0.5), int8('computed', 0.5)), expected: [] },
  { name: 'TANH as it writes', input: one('TANH', int8('x', 0.5, 7), int8('y', 1 / 128)), expected: [] },
  { name: 'GREATER of int16', input: greater('int16'), expected: ['greater-int16 wrong at 0:0'] },
  { name: 'GREATER of int32', input: greater('int32'), expected: [] },
]);
