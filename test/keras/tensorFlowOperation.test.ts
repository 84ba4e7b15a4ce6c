import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readKerasFile } from '../../src/core/keras/files/kerasFile';
import { convertKeras } from '../../src/core/keras/lower/convert';
import { floatOutputs } from '../support/floatOutputs';
import { kerasArchive } from '../support/kerasArchive';

/** Models of `tf_keras`, in which functions of TensorFlow are layers. */

type Node = readonly unknown[];
type Function_ = readonly [path: string, node: Node | readonly Node[]];

const input = ['x', 0, 0] as const;

function modelOf(functions: readonly Function_[]): ReturnType<typeof readKerasFile> {
  const layers = functions.map(([path, node], index) => ({
    class_name: path === '__operators__.getitem' ? 'SlicingOpLambda' : 'TFOpLambda',
    name: `f${index}`,
    config: { name: `f${index}`, function: path },
    inbound_nodes: [node],
  }));
  const first = { class_name: 'InputLayer', name: 'x', config: { name: 'x', batch_input_shape: [null, 2, 2] } };
  const config = {
    name: 'm',
    layers: [{ ...first, inbound_nodes: [] }, ...layers],
    input_layers: [input],
    output_layers: [[`f${layers.length - 1}`, 0, 0]],
  };
  return readKerasFile(kerasArchive({ class_name: 'Functional', config }));
}

/** Edges of rows alone. */
const rows = (before: number, after: number): readonly (readonly number[])[] => [
  [0, 0],
  [before, after],
  [0, 0],
];

function check(functions: readonly Function_[], expected: readonly number[]): void {
  const { model } = convertKeras(modelOf(functions), { manner: 'ours', batch: 1 });
  const [output] = floatOutputs(model, [[1, -2, 3, -4]]);
  assert.deepStrictEqual([...output], expected);
}

describe('functions of TensorFlow as layers', () => {
  const cases: readonly (readonly [string, readonly Function_[], readonly number[]])[] = [
    ['of one tensor', [['nn.relu', [...input, { name: null }]]], [1, 0, 3, 0]],
    ['with a number behind', [['math.multiply', [...input, { y: 0.5, name: null }]]], [0.5, -1, 1.5, -2]],
    ['with a number before', [['math.subtract', ['_CONSTANT_VALUE', -1, 1, { y: input }]]], [0, 3, -2, 5]],
    ['of the same tensor twice', [['__operators__.add', [...input, { y: input }]]], [2, -4, 6, -8]],
    ['with another name of the axis', [['math.reduce_max', [...input, { axis: [1], keepdims: false }]]], [3, -2]],
    ['of a slope of its own', [['nn.leaky_relu', [...input, { alpha: 0.5 }]]], [1, -1, 3, -2]],
    ['that turns axes', [['compat.v1.transpose', [...input, { perm: [0, 2, 1] }]]], [1, 3, -2, -4]],
    [
      'of a list',
      [
        [
          'concat',
          [
            [...input, { axis: -1 }],
            [...input, { axis: -1 }],
          ],
        ],
      ],
      [1, -2, 1, -2, 3, -4, 3, -4],
    ],
    [
      'that takes a part',
      [['__operators__.getitem', [...input, { slice_spec: [{ start: null, stop: null, step: null }, 1] }]]],
      [3, -4],
    ],
    [
      'with a switch that turns the second tensor',
      [['linalg.matmul', [...input, { b: input, transpose_b: true }]]],
      [5, 11, 11, 25],
    ],
    [
      'that mirrors',
      [['compat.v1.pad', [...input, { paddings: rows(1, 1), mode: 'REFLECT' }]]],
      [3, -4, 1, -2, 3, -4, 1, -2],
    ],
    [
      'that fills in ones',
      [['compat.v1.pad', [...input, { paddings: rows(1, 0), constant_values: 1 }]]],
      [1, 1, 1, -2, 3, -4],
    ],
    ['along an inner axis', [['math.reduce_min', [...input, { axis: 1 }]]], [1, -4]],
    [
      'that compares and chooses',
      [
        ['math.greater', [...input, { y: 0 }]],
        ['cast', ['f0', 0, 0, { dtype: 'float32' }]],
      ],
      [1, 0, 1, 0],
    ],
    ['in parts of lengths', [['split', [...input, { num_or_size_splits: [1, -1], axis: 2 }]]], [1, 3]],
    ['that adds up rows, as TensorFlow does', [['cumsum', [...input, { axis: 1 }]]], [1, -2, 4, -6]],
    ['in equal parts', [['split', [...input, { num_or_size_splits: 2, axis: 1 }]]], [1, -2]],
  ];
  for (const [what, functions, expected] of cases) it(what, () => check(functions, expected));

  const refused: readonly (readonly [string, Function_])[] = [
    ['of another name', ['nn.avg_pool2d', [...input, { ksize: 2 }]]],
    ['that repeats an edge', ['compat.v1.pad', [...input, { paddings: rows(1, 1), mode: 'EDGE' }]]],
  ];
  for (const [what, function_] of refused) {
    it(`refuses one ${what}`, () => {
      assert.throws(() => convertKeras(modelOf([function_]), { manner: 'ours', batch: 1 }), {
        code: 'keras-layer',
        message:
          /^(What t|T)he layer "f0" \((TFOpLambda|Pad)\) (computes is not known here|has mode="edge", which is not followed)/,
      });
    });
  }
});
