import { readKerasFile } from '../../src/core/keras/files/kerasFile';
import { convertKeras } from '../../src/core/keras/lower/convert';
import { check } from '../support/check';
import { floatOutputs } from '../support/floatOutputs';
import { kerasArchive } from '../support/kerasArchive';

/** A node of a file of Keras 3: `x` and names of nodes before are tensors. */
interface Node {
  readonly is: string;
  readonly config?: object;
  readonly args?: readonly unknown[];
  readonly kwargs?: object;
  readonly isLayer?: boolean;
}

const tensor = (layer: string): unknown => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 2, 2], dtype: 'float32', keras_history: [layer, 0, 0] },
});

/** The first output of the last node for the rows (1, -2) and (3, -4), or the beginning of the refusal. */
function answer(nodes: readonly Node[]): readonly number[] | string {
  const given = (value: unknown): unknown => {
    if (typeof value === 'string' && /^(x|n\d)$/.test(value)) return tensor(value);
    return Array.isArray(value) ? value.map(given) : value;
  };
  const layers = nodes.map(({ is, config = {}, args = ['x'], kwargs = {}, isLayer = false }, index) => ({
    class_name: is,
    name: `n${index}`,
    module: isLayer ? 'keras.layers' : 'keras.src.ops.numpy',
    config: { name: `n${index}`, ...config, ...(isLayer && { trainable: true }) },
    inbound_nodes: [{ args: args.map(given), kwargs }],
  }));
  const first = { class_name: 'InputLayer', name: 'x', config: { name: 'x', batch_shape: [null, 2, 2] } };
  const config = {
    name: 'm',
    layers: [{ ...first, inbound_nodes: [] }, ...layers],
    input_layers: [['x', 0, 0]],
    output_layers: [[`n${layers.length - 1}`, 0, 0]],
  };
  try {
    const { model } = convertKeras(readKerasFile(kerasArchive({ class_name: 'Functional', config })), {
      manner: 'ours',
      batch: 1,
    });
    const [output] = floatOutputs(model, [[1, -2, 3, -4]]);
    return [...output].map((value) => Math.round(value * 1e5) / 1e5 + 0);
  } catch (error) {
    return /^.*?(?=, so the model)/.exec((error as Error).message)?.[0] ?? String(error);
  }
}

const slice = (start: number | null, stop: number | null): unknown => ({
  class_name: '__slice__',
  config: { start, stop, step: null },
});
const ellipsis = { class_name: '__ellipsis__', config: {} };
const number: Node = { is: 'Cast', config: { dtype: 'float32' }, args: ['n0'] };

const rows: readonly (readonly [name: string, nodes: readonly Node[], expected: readonly number[] | string])[] = [
  ['a comparison as numbers', [{ is: 'Greater', args: ['x', 0] }, number], [1, 0, 1, 0]],
  [
    'one of two truths',
    [
      { is: 'Less', args: ['x', -3] },
      { is: 'LogicalOr', args: ['n0', 'n0'] },
      { ...number, args: ['n1'] },
    ],
    [0, 0, 0, 1],
  ],
  [
    'what a truth chooses',
    [
      { is: 'Greater', args: ['x', 0] },
      { is: 'Where', args: ['n0', 'x', 9] },
    ],
    [1, 9, 3, 9],
  ],
  ['any along an axis', [{ is: 'Any', config: { axis: 1 }, args: ['x'] }, number], [1, 1]],
  [
    'all above -3',
    [
      { is: 'Greater', args: ['x', -3] },
      { is: 'All', config: { axis: -1 }, args: ['n0'] },
      { ...number, args: ['n1'] },
    ],
    [1, 0],
  ],
  ['signs', [{ is: 'Sign' }], [1, -1, 1, -1]],
  ['a rest of 5: 1, 3, 3, 1', [{ is: 'Mod', args: ['x', 5] }], [1, 3, 3, 1]],
  ['a third power', [{ is: 'Power', args: ['x', 3] }], [1, -8, 27, -64]],
  ['an inverse', [{ is: 'Reciprocal' }], [1, -0.5, 0.33333, -0.25]],
  ['variances of rows: 1.5 and 3.5 squared', [{ is: 'Var', config: { axis: -1 } }], [2.25, 12.25]],
  ['products of columns', [{ is: 'Prod', config: { axis: 1 } }], [3, 8]],
  ['sums up to each row', [{ is: 'Cumsum', config: { axis: 1 } }], [1, -2, 4, -6]],
  ['rows the other way round', [{ is: 'Flip', config: { axis: 1 } }], [3, -4, 1, -2]],
  ['columns moved by one', [{ is: 'Roll', config: { shift: 1, axis: 2 } }], [-2, 1, -4, 3]],
  ['one row', [{ is: 'Take', config: { axis: 1 }, args: ['x', -1] }], [3, -4]],
  [
    'two on top of each other',
    [{ is: 'Stack', config: { axis: 1 }, args: [['x', 'x']] }],
    [1, -2, 3, -4, 1, -2, 3, -4],
  ],
  ['axes that change places', [{ is: 'Swapaxes', config: { axis1: 1, axis2: 2 } }], [1, 3, -2, -4]],
  ['what is below the diagonal', [{ is: 'Tril', config: { k: 0 } }], [1, 0, 3, -4]],
  [
    'products of rows with rows',
    [{ is: 'Einsum', config: { subscripts: 'abc,adc->abd' }, args: ['x', 'x'] }],
    [5, 11, 11, 25],
  ],
  ['sums by an equation', [{ is: 'Einsum', config: { subscripts: 'abc->ab' } }], [-1, -1]],
  ['the last of each row', [{ is: 'GetItem', args: ['x', [ellipsis, 1]] }], [-2, -4]],
  ['an axis more', [{ is: 'GetItem', args: ['x', [slice(null, null), null, slice(1, null)]] }], [3, -4]],
  ['the largest, of 2 as well', [{ is: 'Max', config: { axis: 2, initial: 2 } }], [2, 3]],
  [
    'edges of 7',
    [
      {
        is: 'Pad',
        config: {
          pad_width: [
            [0, 0],
            [1, 0],
            [0, 0],
          ],
          mode: 'constant',
        },
        kwargs: { constant_values: 7 },
      },
    ],
    [7, 7, 1, -2, 3, -4],
  ],
  [
    'a power of what is not known',
    [{ is: 'Power', args: ['x', 'x'] }],
    'The layer "n0" (Power) has an exponent that is not known, which is not followed here',
  ],
  [
    'attention: e^25 and more leave one',
    [{ is: 'Attention', args: [['x', 'x']], isLayer: true }],
    [2.99505, -3.99505, 3, -4],
  ],
  [
    'attention to what came before: the first row has only itself',
    [{ is: 'Attention', args: [['x', 'x']], kwargs: { use_causal_mask: true }, isLayer: true }],
    [1, -2, 3, -4],
  ],
  [
    'the mean of steps that are not masked: those of 3 are all there are',
    [
      { is: 'Relu' },
      { is: 'GetItem', args: ['n0', [slice(null, null), slice(null, null), slice(0, 1)]] },
      { is: 'Masking', config: { mask_value: 1 }, args: ['n1'], isLayer: true },
      { is: 'GlobalAveragePooling1D', args: ['n2'], isLayer: true },
    ],
    [3],
  ],
  [
    'a product by lengths of rows: those of a vector with itself are 1',
    [{ is: 'Normalize', config: { axis: -1, order: 1 } }],
    [0.33333, -0.66667, 0.42857, -0.57143],
  ],
];

check(
  'operations of Keras on the rows (1, -2) and (3, -4)',
  answer,
  rows.map(([name, input, expected]) => ({ name, input, expected })),
);
