import type { DataType } from '../../../src/core/model/dataType';
import { kernelCallOf } from '../../../src/core/runtimes/cost/cost';
import { graph, model, operator, tensor } from '../../support/build';
import { check } from '../../support/check';

interface Case {
  readonly kind: string;
  /** Of the inputs, then of the output. */
  readonly shapes: readonly (readonly number[])[];
  readonly type?: DataType;
  /** Values of constant inputs that follow the others. */
  readonly constants?: readonly (readonly number[])[];
}

/** Variant and counts. */
function countsOf({ kind, shapes, type = 'int8', constants = [] }: Case): unknown {
  const inputs = [
    ...shapes.slice(0, -1).map((shape, i) => tensor(`x${i}`, type, shape)),
    ...constants.map((values, i) =>
      tensor(`c${i}`, 'int32', [values.length], { data: new Uint8Array(Int32Array.from(values).buffer) }),
    ),
  ];
  const made = graph(
    [...inputs, tensor('y', type, shapes[shapes.length - 1])],
    [
      operator(
        kind,
        inputs.map((_, i) => i),
        [inputs.length],
      ),
    ],
  );
  const context = { operator: made.operators[0], graph: made, model: model(made), library: 'cmsis_nn', path: 'dsp' };
  const call = kernelCallOf(context as Parameters<typeof kernelCallOf>[0]);
  return call && [call.variant, call.shared, call.counts];
}

check('Loop counts of operators that one loop does', countsOf, [
  {
    name: 'three inputs of 12 values',
    input: {
      kind: 'ADD_N',
      shapes: [
        [3, 4],
        [3, 4],
        [3, 4],
        [3, 4],
      ],
    },
    expected: ['add n int8', true, { call: 1, input: 3, element: 12, sum: 36 }],
  },
  {
    name: 'two rows',
    input: {
      kind: 'L2_NORMALIZATION',
      type: 'float32',
      shapes: [
        [2, 64],
        [2, 64],
      ],
    },
    expected: ['l2 normalization float32', true, { call: 1, row: 2, element: 128 }],
  },
  {
    name: 'the logarithm of a softmax in float takes an exponential of every value',
    input: {
      kind: 'LOG_SOFTMAX',
      type: 'float32',
      shapes: [
        [2, 5],
        [2, 5],
      ],
    },
    expected: ['log softmax float32', true, { call: 1, row: 2, element: 10 }],
  },
  {
    name: 'a value for every element',
    input: { kind: 'FILL', constants: [[2, 7]], shapes: [[2, 7]] },
    expected: ['fill int8', true, { call: 1, element: 14 }],
  },
  {
    name: 'zeros: 23 bytes are one block of 16, a word and 3 bytes',
    input: { kind: 'ZEROS_LIKE', shapes: [[23], [23]] },
    expected: ['zeros like int8', true, { call: 1, fill: 1, fillBlock16: 1, fillWord: 1, fillByte: 3 }],
  },
  {
    name: 'a choice between equal shapes',
    input: {
      kind: 'SELECT_V2',
      shapes: [
        [4, 3],
        [4, 3],
        [4, 3],
        [4, 3],
      ],
    },
    expected: ['select int8', true, { call: 1, element: 12 }],
  },
  {
    name: 'a choice that broadcasts was not counted',
    input: {
      kind: 'SELECT_V2',
      shapes: [
        [4, 1],
        [4, 3],
        [4, 3],
        [4, 3],
      ],
    },
    expected: undefined,
  },
]);

check('Loop counts between batches and space', countsOf, [
  {
    // 2 x 2 blocks of 4 x 3 pixels hold 7 x 5 = 35 of them: 48 - 35 = 13 lie in the padding. 8 bytes are two words.
    name: 'pixels in the padding are filled with zeros',
    input: {
      kind: 'SPACE_TO_BATCH_ND',
      constants: [
        [2, 2],
        [1, 0, 1, 0],
      ],
      shapes: [
        [1, 7, 5, 8],
        [4, 4, 3, 8],
      ],
    },
    expected: [
      'space to batch nd',
      true,
      {
        call: 1,
        batch: 4,
        row: 16,
        fill: 13,
        fillBlock16: 0,
        fillWord: 26,
        fillByte: 0,
        copy: 35,
        copyBlock64: 0,
        copyBlock16: 0,
        copyWord: 70,
        copyTail: 0,
        copyByte: 280,
      },
    ],
  },
  {
    name: 'pixels that are cropped are left out; 3 bytes are copied one by one',
    input: {
      kind: 'BATCH_TO_SPACE_ND',
      constants: [
        [2, 2],
        [0, 1, 0, 1],
      ],
      shapes: [
        [4, 2, 2, 3],
        [1, 3, 3, 3],
      ],
    },
    expected: ['batch to space nd', true, { call: 1, batch: 4, row: 8, left: 7, copy: 9, copySmallByte: 27 }],
  },
  {
    name: 'blocks that are computed',
    input: {
      kind: 'BATCH_TO_SPACE_ND',
      shapes: [
        [4, 2, 2, 3],
        [1, 4, 4, 3],
      ],
    },
    expected: undefined,
  },
]);

check('Loop counts of copies', countsOf, [
  {
    name: '5 slices of 8 values, found by 2 indices each',
    input: {
      kind: 'GATHER_ND',
      shapes: [
        [6, 5, 8],
        [5, 2],
        [5, 8],
      ],
    },
    expected: ['gather nd int8', true, { call: 1, axis: 3, slice: 5, index: 10, element: 40 }],
  },
  {
    // 24 bytes are a block of 16 and two words; each of the 2 rows of the update has 2 bytes.
    name: 'the whole, then two rows',
    input: {
      kind: 'DYNAMIC_UPDATE_SLICE',
      shapes: [
        [6, 4],
        [2, 2],
        [6, 4],
      ],
    },
    expected: [
      'dynamic update slice',
      true,
      {
        call: 1,
        axis: 2,
        row: 2,
        copy: 3,
        copyBlock64: 0,
        copyBlock16: 1,
        copyWord: 2,
        copyTail: 0,
        copyByte: 24,
        copySmallByte: 4,
      },
    ],
  },
  {
    // Axes 1, 1, 1, 2, 3 of 5: the three leading ones, then both rows are visited; each writes its only value 3 times.
    name: 'a column three times',
    input: {
      kind: 'BROADCAST_TO',
      shapes: [
        [2, 1],
        [2, 3],
      ],
    },
    expected: ['broadcast to', true, { call: 1, visit: 5, grown: 2, copy: 6, copySmallByte: 6 }],
  },
  {
    name: 'equal shapes: one copy',
    input: { kind: 'BROADCAST_TO', shapes: [[7], [7]] },
    expected: ['broadcast to', true, { call: 1, visit: 4, grown: 0, copy: 1, copySmallByte: 7 }],
  },
]);
