import { findChannels } from '../../src/core/compress/channels/findChannels';
import { removeChannels } from '../../src/core/compress/channels/removeChannels';
import { redraw } from '../../src/core/compress/rewrite/redraw';
import type { Model } from '../../src/core/model/model';
import { floats, graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

/** Layers as text: `name: group of each removable channel, or why it stays`. */
function layersOf(source: Model): readonly string[] {
  const { layers, groups } = findChannels(source);
  return layers.map(({ name, groups: own, reason }) => {
    const parts = own.map((id) => `${groups[id].channels.length} in group ${id}`);
    return `${name}: ${[...parts, ...(reason === undefined ? [] : [reason])].join(', ')}`;
  });
}

const zeros = (count: number): readonly number[] => new Array<number>(count).fill(0);

/** An image through CONV_2D `a` (2 to 4 channels), something in between, and FULLY_CONNECTED `out`. */
const twoConvolutions = graph(
  [
    tensor('x', 'float32', [1, 2, 2, 1]),
    floats('wa', [3, 1, 1, 1], [1, 2, 3]),
    tensor('a', 'float32', [1, 2, 2, 3]),
    floats('wb', [2, 1, 1, 3], [1, 2, 3, 4, 5, 6]),
    tensor('b', 'float32', [1, 2, 2, 2]),
  ],
  [operator('CONV_2D', [0, 1, -1], [2]), operator('CONV_2D', [2, 3, -1], [4])],
  { inputs: [0], outputs: [4] },
);

const residual = graph(
  [
    tensor('x', 'float32', [1, 2, 2, 1]),
    floats('wa', [3, 1, 1, 1], zeros(3)),
    tensor('a', 'float32', [1, 2, 2, 3]),
    floats('wb', [3, 1, 1, 3], zeros(9)),
    tensor('b', 'float32', [1, 2, 2, 3]),
    tensor('sum', 'float32', [1, 2, 2, 3]),
    floats('wc', [2, 12], zeros(24)),
    tensor('flat', 'float32', [1, 12]),
    tensor('out', 'float32', [1, 2]),
  ],
  [
    operator('CONV_2D', [0, 1, -1], [2]),
    operator('CONV_2D', [2, 3, -1], [4]),
    operator('ADD', [2, 4], [5]),
    operator('RESHAPE', [5], [7]),
    operator('FULLY_CONNECTED', [7, 6, -1], [8]),
  ],
  { inputs: [0], outputs: [8] },
);

const concatenated = graph(
  [
    tensor('x', 'float32', [1, 2, 2, 1]),
    floats('wa', [2, 1, 1, 1], zeros(2)),
    tensor('a', 'float32', [1, 2, 2, 2]),
    floats('wb', [3, 1, 1, 1], zeros(3)),
    tensor('b', 'float32', [1, 2, 2, 3]),
    tensor('both', 'float32', [1, 2, 2, 5]),
    floats('wc', [1, 1, 1, 5], zeros(5)),
    tensor('out', 'float32', [1, 2, 2, 1]),
  ],
  [
    operator('CONV_2D', [0, 1, -1], [2]),
    operator('CONV_2D', [0, 3, -1], [4]),
    operator('CONCATENATION', [2, 4], [5], { options: options('ConcatenationOptions', { axis: 3 }) }),
    operator('CONV_2D', [5, 6, -1], [7]),
  ],
  { inputs: [0], outputs: [7] },
);

/** A dense layer of 4 outputs, then an operator of this kind, then a dense layer that is the output. */
function between(kind: string, more: Parameters<typeof operator>[3] = {}): Model {
  return model(
    graph(
      [
        tensor('x', 'float32', [1, 2]),
        floats('wa', [4, 2], zeros(8)),
        tensor('a', 'float32', [1, 4]),
        tensor('m', 'float32', [1, 4]),
        floats('wb', [2, 4], zeros(8)),
        tensor('out', 'float32', [1, 2]),
      ],
      [
        operator('FULLY_CONNECTED', [0, 1, -1], [2]),
        operator(kind, [2], [3], more),
        operator('FULLY_CONNECTED', [3, 4, -1], [5]),
      ],
      { inputs: [0], outputs: [5] },
    ),
  );
}

const sharedWeights = graph(
  [
    tensor('x', 'float32', [1, 2]),
    floats('w', [2, 2], zeros(4)),
    tensor('a', 'float32', [1, 2]),
    tensor('b', 'float32', [1, 2]),
    floats('wc', [1, 2], zeros(2)),
    tensor('out', 'float32', [1, 1]),
  ],
  [
    operator('FULLY_CONNECTED', [0, 1, -1], [2]),
    operator('FULLY_CONNECTED', [2, 1, -1], [3]),
    operator('FULLY_CONNECTED', [3, 4, -1], [5]),
  ],
  { inputs: [0], outputs: [5] },
);

check('channels that may go', layersOf, [
  {
    name: 'a convolution read by another; the outputs stay',
    input: model(twoConvolutions),
    expected: ['a: 3 in group 0', 'b: Its channels are outputs of the model.'],
  },
  {
    name: 'both sides of an addition go together, also through a flattened image',
    input: model(residual),
    expected: ['a: 3 in group 0', 'b: 3 in group 0', 'out: Its channels are outputs of the model.'],
  },
  {
    name: 'parts of a concatenation go by themselves',
    input: model(concatenated),
    expected: ['a: 2 in group 0', 'b: 3 in group 1', 'out: Its channels are outputs of the model.'],
  },
  {
    name: 'an activation lets them through',
    input: between('LOGISTIC'),
    expected: ['a: 4 in group 0', 'out: Its channels are outputs of the model.'],
  },
  {
    name: 'a softmax needs them all',
    input: between('SOFTMAX'),
    expected: ['a: SOFTMAX "m" works over all channels together.', 'out: Its channels are outputs of the model.'],
  },
  {
    name: 'a custom operator',
    input: between('CUSTOM', { customCode: 'Mine' }),
    expected: [
      'a: Mine "m" is a custom operator: what it does with each channel is not known.',
      'out: Its channels are outputs of the model.',
    ],
  },
  {
    name: 'control flow',
    input: between('WHILE'),
    expected: [
      'a: WHILE "m" is control flow: the graphs that it calls need all channels.',
      'out: Its channels are outputs of the model.',
    ],
  },
  {
    name: 'an operator that is not followed',
    input: between('REVERSE_V2'),
    expected: [
      'a: REVERSE_V2 "m" is an operator through which channels are not followed.',
      'out: Its channels are outputs of the model.',
    ],
  },
  {
    name: 'weights that serve two layers',
    input: model(sharedWeights),
    expected: [
      'a: Its weights serve FULLY_CONNECTED "a" and FULLY_CONNECTED "b": what goes for one goes for the other.',
      'b: Its weights serve FULLY_CONNECTED "a" and FULLY_CONNECTED "b": what goes for one goes for the other.',
      'out: Its channels are outputs of the model.',
    ],
  },
]);

/**
 * Shapes of all tensors, and the values of the constants, after the channels at these places of the first group are
 * gone.
 */
function without({
  source,
  places,
}: {
  readonly source: Model;
  readonly places: readonly number[];
}): readonly string[] {
  const channels = findChannels(source);
  const removed = places.map((place) => channels.groups[0].channels[place]);
  const [{ tensors }] = redraw(source, removeChannels(channels, removed)).graphs;
  return tensors.map(({ name, shape, data, quantization, type }) => {
    const array = type === 'int8' ? Int8Array : Float32Array;
    const values = data === undefined ? '' : ` ${new array(data.slice().buffer).join()}`;
    const scales = (quantization?.scales.length ?? 0) > 1 ? ` x ${quantization!.scales.join()}` : '';
    return `${name}[${shape.join()}]${values}${scales}`;
  });
}

const perChannel = graph(
  [
    tensor('x', 'int8', [1, 1, 1, 2], { quantization: quantized(1) }),
    tensor('wa', 'int8', [3, 1, 1, 2], {
      data: new Uint8Array([1, 2, 3, 4, 5, 6]),
      quantization: quantized([0.5, 0.25, 0.125]),
    }),
    tensor('a', 'int8', [1, 1, 1, 3], { quantization: quantized(1) }),
    tensor('wd', 'int8', [1, 1, 1, 6], {
      data: new Uint8Array([1, 2, 3, 4, 5, 6]),
      quantization: quantized([1, 2, 3, 4, 5, 6], 0, 3),
    }),
    tensor('d', 'int8', [1, 1, 1, 6], { quantization: quantized(1) }),
    tensor('wo', 'int8', [1, 6], { data: new Uint8Array([1, 2, 3, 4, 5, 6]), quantization: quantized(1) }),
    tensor('out', 'int8', [1, 1], { quantization: quantized(1) }),
  ],
  [
    operator('CONV_2D', [0, 1, -1], [2]),
    operator('DEPTHWISE_CONV_2D', [2, 3, -1], [4], {
      options: options('DepthwiseConv2DOptions', { depthMultiplier: 2 }),
    }),
    operator('FULLY_CONNECTED', [4, 5, -1], [6]),
  ],
  { inputs: [0], outputs: [6] },
);

check('channels that are gone', without, [
  {
    name: 'a filter with the weights that read it',
    input: { source: model(twoConvolutions), places: [1] },
    expected: ['x[1,2,2,1]', 'wa[2,1,1,1] 1,3', 'a[1,2,2,2]', 'wb[2,1,1,2] 1,3,4,6', 'b[1,2,2,2]'],
  },
  {
    name: 'scales of each channel, and all copies of a multiplied one',
    input: { source: model(perChannel), places: [0] },
    expected: [
      'x[1,1,1,2]',
      'wa[2,1,1,2] 3,4,5,6 x 0.25,0.125',
      'a[1,1,1,2]',
      'wd[1,1,1,4] 3,4,5,6 x 3,4,5,6',
      'd[1,1,1,4]',
      'wo[1,4] 3,4,5,6',
      'out[1,1]',
    ],
  },
  {
    name: 'every place of a flattened image',
    input: { source: model(residual), places: [0, 2] },
    expected: [
      'x[1,2,2,1]',
      'wa[1,1,1,1] 0',
      'a[1,2,2,1]',
      'wb[1,1,1,1] 0',
      'b[1,2,2,1]',
      'sum[1,2,2,1]',
      'wc[2,4] 0,0,0,0,0,0,0,0',
      'flat[1,4]',
      'out[1,2]',
    ],
  },
]);
