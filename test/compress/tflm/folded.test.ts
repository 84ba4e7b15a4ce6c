import { rewriteModel } from '../../../src/core/compress/tflm/rewriteModel';
import type { Model, Operator, Tensor } from '../../../src/core/model/model';
import { realValues } from '../../../src/core/model/values/real';
import { floats, graph, model, operator, options, tensor } from '../../support/build';
import { check } from '../../support/check';
import { exactly, operatorsOf, proved } from './proved';

interface Row {
  readonly layer?: 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'FULLY_CONNECTED';
  /** Operators with a constant, from the input on; the layer stands among them. */
  readonly chain: readonly (string | Constant)[];
  readonly padding?: string;
  readonly activation?: string;
  /** What stands before the layer is read by the model's caller, too. */
  readonly isGivenOut?: boolean;
}

interface Constant {
  readonly kind: string;
  readonly values: readonly number[];
  readonly activation?: string;
}

const tables = {
  CONV_2D: 'Conv2DOptions',
  DEPTHWISE_CONV_2D: 'DepthwiseConv2DOptions',
  FULLY_CONNECTED: 'FullyConnectedOptions',
};

const numbers = (count: number): number[] => Array.from({ length: count }, (_, place) => (place % 7) - 3);

/** Factors and summands around a layer of 2 input and 2 output channels over 3 x 3 places. */
function drawn({ layer = 'CONV_2D', chain, padding = 'VALID', activation = 'NONE', isGivenOut = false }: Row): Model {
  const isDense = layer === 'FULLY_CONNECTED';
  const shape = isDense ? [1, 2] : [1, 3, 3, 2];
  const made = isDense ? [1, 2] : [1, padding === 'SAME' ? 3 : 2, padding === 'SAME' ? 3 : 2, 2];
  const sizes = { CONV_2D: [2, 2, 2, 2], DEPTHWISE_CONV_2D: [1, 2, 2, 2], FULLY_CONNECTED: [2, 2] };
  const tensors: Tensor[] = [tensor('x', 'float32', shape)];
  const add = (each: Tensor): number => tensors.push(each) - 1;
  const operators: Operator[] = [];
  let at = 0;
  let size = shape;
  for (const each of chain) {
    const name = `t${operators.length}`;
    if (typeof each === 'string') {
      const weights = add(floats('w', sizes[layer], numbers(isDense ? 4 : sizes[layer].reduce((a, b) => a * b))));
      const bias = add(floats('b', [2], [1, -2]));
      size = made;
      const to = add(tensor(name, 'float32', size));
      const values = {
        padding,
        strideW: 1,
        strideH: 1,
        dilationWFactor: 1,
        dilationHFactor: 1,
        ...(layer === 'DEPTHWISE_CONV_2D' && { depthMultiplier: 1 }),
      };
      const table = isDense ? {} : values;
      operators.push(
        operator(layer, [at, weights, bias], [to], {
          options: options(tables[layer], { ...table, fusedActivationFunction: activation }),
        }),
      );
      at = to;
    } else {
      const constant = add(floats('k', [each.values.length], each.values));
      const to = add(tensor(name, 'float32', size));
      const fusedActivationFunction = each.activation ?? 'NONE';
      operators.push(
        operator(each.kind, [at, constant], [to], {
          options: options(each.kind === 'MUL' ? 'MulOptions' : 'AddOptions', { fusedActivationFunction }),
        }),
      );
      at = to;
    }
  }
  const outputs = isGivenOut ? [operators[0].outputs[0], at] : [at];
  return model(graph(tensors, operators, { inputs: [0], outputs }));
}

const twice: Constant = { kind: 'MUL', values: [2, 0.5] };
const shifted: Constant = { kind: 'ADD', values: [4, -1] };
const layer = 'layer';

check('rewrite for TFLM: a batch normalization that was not folded, by powers of two', proved, [
  ...(['CONV_2D', 'DEPTHWISE_CONV_2D'] as const).flatMap((kind) => [
    {
      name: `${kind}, behind it`,
      input: drawn({ layer: kind, chain: [layer, twice, { ...shifted, activation: 'RELU' }], padding: 'SAME' }),
      expected: exactly([`${kind} 1x3x3x2`]),
    },
    {
      name: `${kind}, a factor before it, where it pads`,
      input: drawn({ layer: kind, chain: [twice, layer], padding: 'SAME' }),
      expected: exactly([`${kind} 1x3x3x2`]),
    },
  ]),
  {
    name: 'a factor of all channels',
    input: drawn({ chain: [layer, { kind: 'MUL', values: [4] }] }),
    expected: exactly(['CONV_2D 1x2x2x2']),
  },
]);

check(
  'rewrite for TFLM: what is nearly a batch normalization',
  (row: Row) => operatorsOf(drawn(row)).map((text) => text.split(' ')[0]),
  [
    { name: 'is one', input: { chain: [twice, shifted, layer, twice, shifted] }, expected: ['CONV_2D'] },
    {
      name: 'a dense layer',
      input: { layer: 'FULLY_CONNECTED', chain: [shifted, layer, twice] },
      expected: ['FULLY_CONNECTED'],
    },
    {
      name: 'behind an activation',
      input: { chain: [layer, twice], activation: 'RELU' },
      expected: ['CONV_2D', 'MUL'],
    },
    {
      name: 'a summand before a layer that pads',
      input: { chain: [shifted, layer], padding: 'SAME' },
      expected: ['ADD', 'CONV_2D'],
    },
    {
      name: 'with an activation before the layer',
      input: { chain: [{ ...twice, activation: 'RELU' }, layer] },
      expected: ['MUL', 'CONV_2D'],
    },
    { name: 'read by others', input: { chain: [twice, layer], isGivenOut: true }, expected: ['MUL', 'CONV_2D'] },
    {
      name: 'factors far apart',
      input: { chain: [{ kind: 'MUL', values: [1, 100] }, layer] },
      expected: ['MUL', 'CONV_2D'],
    },
    { name: 'a factor of 0', input: { chain: [{ kind: 'MUL', values: [0, 1] }, layer] }, expected: ['MUL', 'CONV_2D'] },
    {
      name: 'a large summand',
      input: { chain: [{ kind: 'ADD', values: [1000, 0] }, layer] },
      expected: ['ADD', 'CONV_2D'],
    },
    {
      name: 'a factor that ends in infinity',
      input: { chain: [layer, { kind: 'MUL', values: [3e38, 1] }] },
      expected: ['CONV_2D', 'MUL'],
    },
    {
      name: 'another operator',
      input: { chain: [layer, { kind: 'MAXIMUM', values: [0, 1] }] },
      expected: ['CONV_2D', 'MAXIMUM'],
    },
  ],
);

check(
  'rewrite for TFLM: weights and bias that a batch normalization is in',
  (row: Row) => {
    const { operators, tensors } = rewriteModel(drawn(row)).model.graphs[0];
    return operators[0].inputs.slice(1).map((index) => [...realValues(tensors[index])!]);
  },
  [
    {
      // Weights -3 -2 of the first output, -1 0 of the second; (1, -2) doubled and halved, then 4 and -1 more.
      name: 'behind a dense layer',
      input: { layer: 'FULLY_CONNECTED' as const, chain: [layer, twice, shifted] },
      expected: [
        [-6, -4, -0.5, 0],
        [6, -2],
      ],
    },
    {
      // 4 and -1 are added before the factors of the weights: 1 - 3 x 4 + 2 x 1 and -2 - 1 x 4.
      name: 'before a dense layer',
      input: { layer: 'FULLY_CONNECTED' as const, chain: [twice, shifted, layer] },
      expected: [
        [-6, -1, -2, 0],
        [-9, -6],
      ],
    },
  ],
);
