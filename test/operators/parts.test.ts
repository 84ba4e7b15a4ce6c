import { hasPerChannelDenseWeights } from '../../src/core/operators/fullyConnected';
import { refusedOperators } from '../../src/core/operators/modelSupport';
import { signature } from '../../src/core/operators/signature';
import { sliceLengths, type StridedRange } from '../../src/core/operators/sliceLengths';
import { graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';
import { one } from './literal';

const range = (more: Partial<StridedRange>): StridedRange => ({
  sizes: [10],
  begin: [0],
  end: [10],
  strides: [1],
  beginMask: 0,
  endMask: 0,
  shrinkMask: 0,
  ...more,
});

check('lengths of a strided slice', sliceLengths, [
  { name: 'all of it', input: range({}), expected: [10] },
  { name: 'every third', input: range({ strides: [3] }), expected: [4] },
  { name: 'from the end', input: range({ begin: [-3] }), expected: [3] },
  { name: 'past the end', input: range({ end: [99] }), expected: [10] },
  { name: 'backwards', input: range({ begin: [8], end: [2], strides: [-2] }), expected: [3] },
  { name: 'backwards over everything', input: range({ strides: [-1], beginMask: 1, endMask: 1 }), expected: [10] },
  { name: 'nothing', input: range({ begin: [5], end: [5] }), expected: [0] },
  { name: 'masks', input: range({ begin: [4], end: [6], beginMask: 1, endMask: 1 }), expected: [10] },
  {
    name: 'a dimension that is dropped',
    input: range({ sizes: [2, 4], begin: [1, 1], end: [0, 3], strides: [1, 1], shrinkMask: 1 }),
    expected: [2],
  },
  { name: 'stride 0', input: range({ strides: [0] }), expected: undefined },
  { name: 'a dimension without begin', input: range({ sizes: [10, 3] }), expected: undefined },
  { name: 'a dimension without elements', input: range({ sizes: [0] }), expected: [0] },
]);

check(
  'rows of accepted types',
  (row: string) => {
    const { inputs, outputs, repeatsInput, repeatsOutput } = signature(row);
    const sets = [inputs, outputs].map((side) => side.map((types) => [...types].join('|')).join(' '));
    return `${sets.join(' -> ')} ${repeatsInput} ${repeatsOutput}`;
  },
  [
    { name: 'alternatives', input: 'int8 int8|int4 -> int8', expected: 'int8 int8|int4 -> int8 false false' },
    { name: 'repetition', input: 'int32 int8 -> int8...', expected: 'int32 int8 -> int8 false true' },
    { name: 'no inputs', input: '-> resource', expected: ' -> resource false false' },
    { name: 'no such type', input: 'int9 -> int8', fails: '"int9" is not a data type.' },
    { name: 'no arrow', input: 'int8', fails: '"int8" has no arrow.' },
  ],
);

check(
  'dense layers with a scale per channel',
  ([kind, text]: readonly [string, string]) => {
    const { operator: node, graph: whole } = one(kind, text);
    return hasPerChannelDenseWeights(node, whole);
  },
  [
    {
      name: 'two scales',
      input: ['FULLY_CONNECTED', 'int8[1,4]@0.5,0 int8[2,4]!@0.5|0.25,0 int32[2]! -> int8[1,2]@0.5,0'],
      expected: true,
    },
    {
      name: 'one scale',
      input: ['FULLY_CONNECTED', 'int8[1,4]@0.5,0 int8[2,4]!@0.5,0 int32[2]! -> int8[1,2]@0.5,0'],
      expected: false,
    },
    { name: 'float', input: ['FULLY_CONNECTED', 'float32[1,4] float32[2,4]! - -> float32[1,2]'], expected: false },
    {
      name: 'a convolution, where it is usual',
      input: ['CONV_2D', 'int8[1,1,1,4]@0.5,0 int8[2,1,1,4]!@0.5|0.25,0 int32[2]! -> int8[1,1,1,2]@0.5,0'],
      expected: false,
    },
  ],
);

const types = [tensor('a', 'float32', [4]), tensor('b', 'int32', [4]), tensor('c', 'uint8', [4])];

check(
  'refused operators come in the order in which TFLM meets them',
  (kinds: readonly (readonly [string, number])[]) => {
    const operators = kinds.map(([kind, index]) => operator(kind, [index], [index]));
    return refusedOperators(model(graph(types, operators)), 'reference').map(
      ({ operator: node, refusal }) => `${node.index} ${refusal.when}`,
    );
  },
  [
    {
      name: 'lookup, then preparation, then the run',
      input: [
        ['NEG', 1],
        ['CEIL', 1],
        ['TILE', 0],
        ['ROUND', 2],
      ],
      expected: ['2 allocating', '1 allocating', '3 allocating', '0 running'],
    },
    { name: 'nothing refused', input: [['NEG', 0]], expected: [] },
  ],
);
