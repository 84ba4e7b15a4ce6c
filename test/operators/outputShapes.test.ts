import type { OptionValue } from '../../src/core/model/model';
import { operatorDefinitions } from '../../src/core/operators/operators';
import type { Shape } from '../../src/core/operators/outputShapes';
import { operator, options } from '../support/build';
import { check } from '../support/check';

interface Case {
  readonly kind: string;
  readonly inputs: readonly Shape[];
  /** Integers by input. */
  readonly integers?: Readonly<Record<number, readonly number[]>>;
  readonly options?: Readonly<Record<string, OptionValue>>;
  readonly outputs?: number;
}

/** What an operator makes of these shapes, as TF Lite's Prepare() does. */
function made({
  kind,
  inputs,
  integers = {},
  options: values = {},
  outputs = 1,
}: Case): readonly Shape[] | string | undefined {
  const definition = operatorDefinitions.find((candidate) => candidate.kind === kind);
  const all = Array.from({ length: outputs }, (_, index) => inputs.length + index);
  return definition?.outputShapes?.({
    operator: operator(kind, [...inputs.keys()], all, { options: options('', values) }),
    shape: (position) => inputs[position],
    integers: (position) => integers[position],
  });
}

const window = { strideH: 2, strideW: 1, dilationHFactor: 1, dilationWFactor: 2 };

check('the shapes that operators make', made, [
  { name: 'RELU', input: { kind: 'RELU', inputs: [[2, 3]] }, expected: [[2, 3]] },
  {
    name: 'ADD broadcasts',
    input: {
      kind: 'ADD',
      inputs: [
        [2, 1, 4],
        [3, 1],
      ],
    },
    expected: [[2, 3, 4]],
  },
  {
    name: 'ADD of what does not fit',
    input: { kind: 'ADD', inputs: [[2, 3], [4]] },
    expected: 'the shapes [2,3] and [4] do not fit each other',
  },
  { name: 'SELECT_V2', input: { kind: 'SELECT_V2', inputs: [[1], [2, 3], [3]] }, expected: [[2, 3]] },
  { name: 'SHAPE', input: { kind: 'SHAPE', inputs: [[2, 3, 4]] }, expected: [[3]] },
  { name: 'FILL', input: { kind: 'FILL', inputs: [[2], []], integers: { 0: [4, 5] } }, expected: [[4, 5]] },
  { name: 'FILL of a size that is computed', input: { kind: 'FILL', inputs: [[2], []] }, expected: [[-1, -1]] },
  {
    name: 'a claimed rank is not believed',
    input: { kind: 'FILL', inputs: [[2147483647], []] },
    expected: [[-1, -1, -1, -1, -1, -1, -1, -1]],
  },
  {
    name: 'CONV_2D same',
    input: {
      kind: 'CONV_2D',
      inputs: [
        [1, 7, 7, 3],
        [8, 3, 3, 3],
      ],
      options: { ...window, padding: 'SAME' },
    },
    expected: [[1, 4, 7, 8]],
  },
  {
    name: 'CONV_2D valid, dilated',
    input: {
      kind: 'CONV_2D',
      inputs: [
        [1, 7, 7, 3],
        [8, 3, 3, 3],
      ],
      options: { ...window, padding: 'VALID' },
    },
    expected: [[1, 3, 3, 8]],
  },
  {
    name: 'DEPTHWISE_CONV_2D',
    input: {
      kind: 'DEPTHWISE_CONV_2D',
      inputs: [
        [2, 7, 7, 3],
        [1, 3, 3, 6],
      ],
      options: { ...window, padding: 'SAME' },
    },
    expected: [[2, 4, 7, 6]],
  },
  {
    name: 'TRANSPOSE_CONV',
    input: { kind: 'TRANSPOSE_CONV', inputs: [[4], [1, 3, 3, 2], [1, 4, 4, 2]], integers: { 0: [1, 8, 8, 1] } },
    expected: [[1, 8, 8, 1]],
  },
  {
    name: 'AVERAGE_POOL_2D',
    input: {
      kind: 'AVERAGE_POOL_2D',
      inputs: [[1, 7, 7, 3]],
      options: { filterHeight: 2, filterWidth: 3, strideH: 2, strideW: 3, padding: 'VALID' },
    },
    expected: [[1, 3, 2, 3]],
  },
  {
    name: 'FULLY_CONNECTED',
    input: {
      kind: 'FULLY_CONNECTED',
      inputs: [
        [1, 4, 6],
        [5, 6],
      ],
    },
    expected: [[4, 5]],
  },
  {
    name: 'FULLY_CONNECTED keeping dimensions',
    input: {
      kind: 'FULLY_CONNECTED',
      inputs: [
        [1, 4, 6],
        [5, 6],
      ],
      options: { keepNumDims: true },
    },
    expected: [[1, 4, 5]],
  },
  {
    name: 'BATCH_MATMUL',
    input: {
      kind: 'BATCH_MATMUL',
      inputs: [
        [2, 1, 3, 4],
        [5, 6, 4],
      ],
      options: { adjY: true },
    },
    expected: [[2, 5, 3, 6]],
  },
  { name: 'MEAN', input: { kind: 'MEAN', inputs: [[1, 4, 5, 6], [2]], integers: { 1: [1, -2] } }, expected: [[1, 6]] },
  {
    name: 'MEAN keeping dimensions',
    input: { kind: 'MEAN', inputs: [[1, 4, 5, 6], [2]], integers: { 1: [1, 2] }, options: { keepDims: true } },
    expected: [[1, 1, 1, 6]],
  },
  { name: 'ARG_MAX', input: { kind: 'ARG_MAX', inputs: [[2, 5], []], integers: { 1: [-1] } }, expected: [[2]] },
  {
    name: 'PAD',
    input: {
      kind: 'PAD',
      inputs: [
        [2, 5],
        [2, 2],
      ],
      integers: { 1: [0, 1, 2, 3] },
    },
    expected: [[3, 10]],
  },
  { name: 'RESHAPE', input: { kind: 'RESHAPE', inputs: [[2, 6], [2]], integers: { 1: [-1, 4] } }, expected: [[3, 4]] },
  {
    name: 'RESHAPE by options',
    input: { kind: 'RESHAPE', inputs: [[2, 6]], options: { newShape: [12] } },
    expected: [[12]],
  },
  {
    name: 'RESHAPE of the wrong number',
    input: { kind: 'RESHAPE', inputs: [[2, 6], [2]], integers: { 1: [5, 2] } },
    expected: '12 values do not go into the shape [5,2] that it is given',
  },
  {
    name: 'RESHAPE of a shape that is computed',
    input: { kind: 'RESHAPE', inputs: [[2, 6], [2]] },
    expected: undefined,
  },
  {
    name: 'SQUEEZE',
    input: { kind: 'SQUEEZE', inputs: [[1, 3, 1]], options: { squeezeDims: [-1] } },
    expected: [[1, 3]],
  },
  {
    name: 'EXPAND_DIMS',
    input: { kind: 'EXPAND_DIMS', inputs: [[2, 3], []], integers: { 1: [-1] } },
    expected: [[2, 3, 1]],
  },
  {
    name: 'TRANSPOSE',
    input: { kind: 'TRANSPOSE', inputs: [[2, 3, 4], [3]], integers: { 1: [2, 0, 1] } },
    expected: [[4, 2, 3]],
  },
  {
    name: 'DEPTH_TO_SPACE',
    input: { kind: 'DEPTH_TO_SPACE', inputs: [[1, 2, 3, 8]], options: { blockSize: 2 } },
    expected: [[1, 4, 6, 2]],
  },
  {
    name: 'SPACE_TO_DEPTH',
    input: { kind: 'SPACE_TO_DEPTH', inputs: [[1, 4, 6, 2]], options: { blockSize: 2 } },
    expected: [[1, 2, 3, 8]],
  },
  {
    name: 'SPACE_TO_BATCH_ND',
    input: { kind: 'SPACE_TO_BATCH_ND', inputs: [[1, 13, 4], [1], [1, 2]], integers: { 1: [2], 2: [2, 1] } },
    expected: [[2, 8, 4]],
  },
  {
    name: 'BATCH_TO_SPACE_ND',
    input: { kind: 'BATCH_TO_SPACE_ND', inputs: [[4, 3, 5, 2], [2], [2, 2]], integers: { 1: [2, 2], 2: [0, 1, 2, 0] } },
    expected: [[1, 5, 8, 2]],
  },
  {
    name: 'CONCATENATION',
    input: {
      kind: 'CONCATENATION',
      inputs: [
        [2, 3],
        [2, 4],
      ],
      options: { axis: -1 },
    },
    expected: [[2, 7]],
  },
  {
    name: 'PACK',
    input: {
      kind: 'PACK',
      inputs: [
        [2, 3],
        [2, 3],
      ],
      options: { axis: 1 },
    },
    expected: [[2, 2, 3]],
  },
  {
    name: 'UNPACK',
    input: { kind: 'UNPACK', inputs: [[2, 3]], options: { axis: 0 }, outputs: 2 },
    expected: [[3], [3]],
  },
  {
    name: 'UNPACK into too few',
    input: { kind: 'UNPACK', inputs: [[2, 3]], options: { axis: 1 }, outputs: 2 },
    expected: '3 parts do not go into 2 outputs',
  },
  {
    name: 'SPLIT',
    input: { kind: 'SPLIT', inputs: [[], [2, 6]], integers: { 0: [1] }, outputs: 3 },
    expected: [
      [2, 2],
      [2, 2],
      [2, 2],
    ],
  },
  {
    name: 'SPLIT_V with a rest',
    input: { kind: 'SPLIT_V', inputs: [[2, 6], [2], []], integers: { 1: [2, -1], 2: [1] }, outputs: 2 },
    expected: [
      [2, 2],
      [2, 4],
    ],
  },
  {
    name: 'SLICE',
    input: { kind: 'SLICE', inputs: [[4, 5], [2], [2]], integers: { 1: [1, 2], 2: [2, -1] } },
    expected: [[2, 3]],
  },
  {
    name: 'SLICE that begins anywhere',
    input: { kind: 'SLICE', inputs: [[4, 5], [2], [2]], integers: { 2: [2, 5] } },
    expected: [[2, 5]],
  },
  {
    name: 'SLICE of a size that is computed',
    input: { kind: 'SLICE', inputs: [[4, 5], [2], [2]], integers: { 1: [1, 2] } },
    expected: [[-1, -1]],
  },
  {
    name: 'STRIDED_SLICE with a new axis and an ellipsis',
    input: {
      kind: 'STRIDED_SLICE',
      inputs: [[2, 3, 4, 5], [3], [3], [3]],
      integers: { 1: [0, 0, 1], 2: [0, 0, 5], 3: [1, 1, 2] },
      options: { newAxisMask: 1, ellipsisMask: 2 },
    },
    expected: [[1, 2, 3, 4, 2]],
  },
  {
    name: 'STRIDED_SLICE that drops a dimension',
    input: {
      kind: 'STRIDED_SLICE',
      inputs: [[2, 3], [1], [1], [1]],
      integers: { 1: [1], 2: [2], 3: [1] },
      options: { shrinkAxisMask: 1 },
    },
    expected: [[3]],
  },
  {
    name: 'GATHER',
    input: {
      kind: 'GATHER',
      inputs: [
        [4, 5, 6],
        [2, 3],
      ],
      options: { axis: 1 },
    },
    expected: [[4, 2, 3, 6]],
  },
  {
    name: 'GATHER in batches',
    input: {
      kind: 'GATHER',
      inputs: [
        [4, 5, 6],
        [4, 3],
      ],
      options: { axis: 1, batchDims: 1 },
    },
    expected: [[4, 3, 6]],
  },
  {
    name: 'GATHER_ND',
    input: {
      kind: 'GATHER_ND',
      inputs: [
        [4, 5, 6],
        [7, 2],
      ],
    },
    expected: [[7, 6]],
  },
  { name: 'EMBEDDING_LOOKUP', input: { kind: 'EMBEDDING_LOOKUP', inputs: [[3], [9, 4]] }, expected: [[3, 4]] },
  {
    name: 'RESIZE_BILINEAR',
    input: { kind: 'RESIZE_BILINEAR', inputs: [[1, 2, 2, 3], [2]], integers: { 1: [4, 5] } },
    expected: [[1, 4, 5, 3]],
  },
  {
    name: 'SVDF',
    input: {
      kind: 'SVDF',
      inputs: [
        [2, 8],
        [12, 8],
      ],
      options: { rank: 3 },
    },
    expected: [[2, 4]],
  },
  {
    name: 'BROADCAST_TO',
    input: { kind: 'BROADCAST_TO', inputs: [[3], [2]], integers: { 1: [2, 3] } },
    expected: [[2, 3]],
  },
  { name: 'BROADCAST_ARGS', input: { kind: 'BROADCAST_ARGS', inputs: [[2], [3]] }, expected: [[3]] },
]);
