import { findChannels } from '../../src/core/compress/channels/findChannels';
import { outlineWithout, removeChannels } from '../../src/core/compress/channels/removeChannels';
import { redraw } from '../../src/core/compress/rewrite/redraw';
import type { Model, Operator, Tensor } from '../../src/core/model/model';
import { integerValues } from '../../src/core/model/values/stored';
import { floats, graph, model, operator, options, tensor } from '../support/build';
import { check } from '../support/check';

const zeros = (count: number): readonly number[] => new Array<number>(count).fill(0);
const zeroed = (name: string, shape: readonly number[]): Tensor =>
  floats(name, shape, zeros(shape.reduce((product, size) => product * size, 1)));
const ints = (name: string, values: readonly number[]): Tensor =>
  tensor(name, 'int32', [values.length], { data: new Uint8Array(Int32Array.from(values).buffer) });
const float = (name: string, shape: readonly number[]): Tensor => tensor(name, 'float32', shape);

interface Case {
  readonly kind: string;
  /** Of what the layer computes; its last axis are its channels. */
  readonly from?: readonly number[];
  /** Shapes of the outputs `m`, or `m0`, `m1` … */
  readonly to: readonly (readonly number[])[];
  /** Further tensors, from index 3 on. */
  readonly more?: readonly Tensor[];
  /** Index 2 is what the layer computes. */
  readonly inputs?: readonly number[];
  readonly options?: Operator['options'];
}

/** A layer `a` of a filter for each channel, and an operator on its result that no output of the model hangs on. */
function behind({ kind, from = [1, 2, 2, 4], to, more = [], inputs = [2], options: own }: Case): Model {
  const channels = from[from.length - 1];
  const isImage = from.length === 4;
  const [x, w] = isImage
    ? [float('x', [1, 2, 2, 1]), zeroed('w', [channels, 1, 1, 1])]
    : [float('x', [1, 2]), zeroed('w', [channels, 2])];
  const made = to.map((shape, place) => float(to.length === 1 ? 'm' : `m${place}`, shape));
  const tensors = [x, w, float('a', from), ...more, ...made];
  const first = 3 + more.length;
  return model(
    graph(
      tensors,
      [
        operator(isImage ? 'CONV_2D' : 'FULLY_CONNECTED', [0, 1, -1], [2]),
        operator(
          kind,
          inputs,
          made.map((_, place) => first + place),
          { options: own },
        ),
      ],
      { inputs: [0], outputs: [] },
    ),
  );
}

/** Each channel as its places but those in the layer's weights, `tensor.axis:indices`; or why `a` keeps all. */
function followed(input: Case): readonly string[] {
  const { channels, layers, graph: found } = findChannels(behind(input));
  const [{ reason, groups }] = layers;
  if (groups.length === 0) return [reason!];
  return channels.map(({ places }) =>
    places
      .map(({ tensor: at, axis, indices }) => `${found.tensors[at].name}.${axis}:${indices.join('+')}`)
      .filter((text) => !text.startsWith('w.'))
      .join(' '),
  );
}

/** What four channels of `a` are at other places, `?` being the channel. */
const each = (text: string): readonly string[] =>
  [0, 1, 2, 3].map((id) => `a.3:${id} ${text.replaceAll('?', String(id))}`);

check('channels through an operator', followed, [
  {
    name: 'rows and columns are padded',
    input: { kind: 'PAD', to: [[1, 4, 4, 4]], more: [ints('p', [0, 0, 1, 1, 1, 1, 0, 0])], inputs: [2, 3] },
    expected: each('m.3:?'),
  },
  {
    name: 'channels are padded behind',
    input: { kind: 'PAD', to: [[1, 2, 2, 6]], more: [ints('p', [0, 0, 0, 0, 0, 0, 0, 2])], inputs: [2, 3] },
    expected: ['PAD "m" pads this dimension.'],
  },
  {
    name: 'channels are padded before',
    input: { kind: 'MIRROR_PAD', to: [[1, 2, 2, 6]], more: [ints('p', [0, 0, 0, 0, 0, 0, 2, 0])], inputs: [2, 3] },
    expected: ['MIRROR_PAD "m" pads this dimension.'],
  },
  {
    name: 'paddings that are computed',
    input: { kind: 'PAD', to: [[1, 4, 4, 4]], more: [tensor('p', 'int32', [8])], inputs: [2, 3] },
    expected: ['PAD "m" has paddings that are no constant of the model.'],
  },
  {
    name: 'a mean over the image',
    input: { kind: 'MEAN', to: [[1, 4]], more: [ints('axes', [1, 2])], inputs: [2, 3] },
    expected: each('m.1:?'),
  },
  {
    name: 'a mean over the image that keeps its axes',
    input: {
      ...{ kind: 'MEAN', to: [[1, 1, 1, 4]], more: [ints('axes', [1, 2])], inputs: [2, 3] },
      options: options('ReducerOptions', { keepDims: true }),
    },
    expected: each('m.3:?'),
  },
  {
    name: 'a sum over rows, counted from the end',
    input: { kind: 'SUM', to: [[1, 2, 4]], more: [ints('axes', [-3])], inputs: [2, 3] },
    expected: each('m.2:?'),
  },
  {
    name: 'a mean over the channels',
    input: { kind: 'REDUCE_MAX', to: [[1, 2, 2]], more: [ints('axes', [-1])], inputs: [2, 3] },
    expected: ['REDUCE_MAX "m" works over the whole dimension.'],
  },
  {
    name: 'axes that are computed',
    input: { kind: 'MEAN', to: [[1, 4]], more: [tensor('axes', 'int32', [2])], inputs: [2, 3] },
    expected: ['MEAN "m" has axes that are no constant of the model.'],
  },
  {
    name: 'channels come first',
    input: { kind: 'TRANSPOSE', to: [[1, 4, 2, 2]], more: [ints('order', [0, 3, 1, 2])], inputs: [2, 3] },
    expected: each('m.1:?'),
  },
  {
    name: 'channels before columns',
    input: { kind: 'TRANSPOSE', to: [[1, 2, 4, 2]], more: [ints('order', [0, 1, -1, 2])], inputs: [2, 3] },
    expected: each('m.2:?'),
  },
  {
    name: 'an order that is computed',
    input: { kind: 'TRANSPOSE', to: [[1, 4, 2, 2]], more: [tensor('order', 'int32', [4])], inputs: [2, 3] },
    expected: ['TRANSPOSE "m" has an order of dimensions that is no constant of the model.'],
  },
  {
    name: 'joined with itself along the channels',
    input: { kind: 'CONCATENATION', to: [[1, 2, 2, 8]], inputs: [2, 2], options: options('C', { axis: 3 }) },
    expected: ['a.3:0 m.3:0+4', 'a.3:1 m.3:1+5', 'a.3:2 m.3:2+6', 'a.3:3 m.3:3+7'],
  },
  {
    name: 'joined behind two channels of a constant',
    input: {
      ...{ kind: 'CONCATENATION', to: [[1, 2, 2, 6]], more: [zeroed('c', [1, 2, 2, 2])], inputs: [3, 2] },
      options: options('C', { axis: -1 }),
    },
    expected: ['a.3:0 m.3:2', 'a.3:1 m.3:3', 'a.3:2 m.3:4', 'a.3:3 m.3:5'],
  },
  {
    name: 'joined along the rows',
    input: { kind: 'CONCATENATION', to: [[1, 4, 2, 4]], inputs: [2, 2], options: options('C', { axis: 1 }) },
    expected: each('m.3:?'),
  },
  {
    name: 'parted in halves, which stay equal',
    input: {
      kind: 'SPLIT',
      to: [
        [1, 2, 2, 2],
        [1, 2, 2, 2],
      ],
      more: [ints('axis', [3])],
      inputs: [3, 2],
    },
    expected: ['a.3:0+2 m0.3:0 m1.3:0', 'a.3:1+3 m0.3:1 m1.3:1'],
  },
  {
    name: 'parted along the rows',
    input: {
      kind: 'SPLIT',
      to: [
        [1, 1, 2, 4],
        [1, 1, 2, 4],
      ],
      more: [ints('axis', [-3])],
      inputs: [3, 2],
    },
    expected: each('m0.3:? m1.3:?'),
  },
  {
    name: 'parted along an axis that is computed',
    input: {
      kind: 'SPLIT',
      to: [
        [1, 2, 2, 2],
        [1, 2, 2, 2],
      ],
      more: [tensor('axis', 'int32', [1])],
      inputs: [3, 2],
    },
    expected: ['SPLIT "m0" has an axis that is no constant of the model.'],
  },
  {
    name: 'parted unevenly',
    input: {
      kind: 'SPLIT_V',
      to: [
        [1, 2, 2, 1],
        [1, 2, 2, 3],
      ],
      more: [ints('sizes', [1, 3]), ints('axis', [3])],
      inputs: [2, 3, 4],
    },
    expected: ['a.3:0 m0.3:0', 'a.3:1 m1.3:0', 'a.3:2 m1.3:1', 'a.3:3 m1.3:2'],
  },
  {
    name: 'stacked before the rows',
    input: { kind: 'PACK', to: [[1, 2, 2, 2, 4]], inputs: [2, 2], options: options('PackOptions', { axis: 1 }) },
    expected: each('m.4:?'),
  },
  {
    name: 'stacked behind the channels',
    input: { kind: 'PACK', to: [[1, 2, 2, 4, 2]], inputs: [2, 2], options: options('PackOptions', { axis: -1 }) },
    expected: each('m.3:?'),
  },
  {
    name: 'rows taken apart',
    input: {
      kind: 'UNPACK',
      to: [
        [1, 2, 4],
        [1, 2, 4],
      ],
      options: options('UnpackOptions', { axis: 1, num: 2 }),
    },
    expected: each('m0.2:? m1.2:?'),
  },
  {
    name: 'channels taken apart',
    input: {
      ...{ kind: 'UNPACK', to: [0, 1, 2, 3].map(() => [1, 2, 2]) },
      options: options('UnpackOptions', { axis: -1, num: 4 }),
    },
    expected: ['UNPACK "m0" stacks along this dimension.'],
  },
  {
    name: 'a depthwise convolution',
    input: { kind: 'DEPTHWISE_CONV_2D', to: [[1, 2, 2, 4]], more: [zeroed('f', [1, 1, 1, 4])], inputs: [2, 3, -1] },
    expected: each('f.3:? m.3:?'),
  },
  {
    name: 'a depthwise convolution that makes two of each',
    input: {
      ...{ kind: 'DEPTHWISE_CONV_2D', to: [[1, 2, 2, 8]], inputs: [2, 3, 4] },
      more: [zeroed('f', [1, 1, 1, 8]), zeroed('b', [8])],
    },
    expected: [
      'a.3:0 f.3:0+1 b.0:0+1 m.3:0+1',
      'a.3:1 f.3:2+3 b.0:2+3 m.3:2+3',
      'a.3:2 f.3:4+5 b.0:4+5 m.3:4+5',
      'a.3:3 f.3:6+7 b.0:6+7 m.3:6+7',
    ],
  },
  {
    name: 'a transposed convolution reads them',
    input: {
      ...{ kind: 'TRANSPOSE_CONV', to: [[1, 4, 4, 1]], inputs: [3, 4, 2] },
      more: [ints('shape', [1, 4, 4, 1]), zeroed('f', [1, 2, 2, 4])],
      options: options('TransposeConvOptions', { padding: 'SAME', strideW: 2, strideH: 2 }),
    },
    // Its own channel is one that may go as well, for all that is known of channels.
    expected: [...each('f.3:?'), 'f.0:0 m.3:0'],
  },
  {
    name: 'a convolution in two groups',
    input: { kind: 'CONV_2D', to: [[1, 2, 2, 4]], more: [zeroed('f', [4, 1, 1, 2])], inputs: [2, 3, -1] },
    expected: ['CONV_2D "m" works in groups of channels, which must stay equal in size.'],
  },
  {
    name: 'a pool',
    input: {
      ...{ kind: 'AVERAGE_POOL_2D', to: [[1, 1, 1, 4]] },
      options: options('Pool2DOptions', { padding: 'VALID', filterHeight: 2, filterWidth: 2, strideH: 2, strideW: 2 }),
    },
    expected: each('m.3:?'),
  },
  {
    name: 'an image scaled up',
    input: { kind: 'RESIZE_NEAREST_NEIGHBOR', to: [[1, 4, 4, 4]], more: [ints('size', [4, 4])], inputs: [2, 3] },
    expected: each('m.3:?'),
  },
  {
    name: 'a dense layer on each place',
    input: { kind: 'FULLY_CONNECTED', to: [[4, 1]], more: [zeroed('d', [1, 4])], inputs: [2, 3, -1] },
    expected: [...each('d.1:?'), 'd.0:0 m.1:0'],
  },
  {
    name: 'a dense layer on the whole image',
    input: { kind: 'FULLY_CONNECTED', to: [[1, 1]], more: [zeroed('d', [1, 16])], inputs: [2, 3, -1] },
    expected: ['a.3:0 d.1:0+4+8+12', 'a.3:1 d.1:1+5+9+13', 'a.3:2 d.1:2+6+10+14', 'a.3:3 d.1:3+7+11+15', 'd.0:0 m.1:0'],
  },
  {
    name: 'a summand for each channel',
    input: { kind: 'ADD', to: [[1, 2, 2, 4]], more: [zeroed('c', [4])], inputs: [2, 3] },
    expected: each('c.0:? m.3:?'),
  },
  {
    name: 'one summand for all',
    input: { kind: 'ADD', to: [[1, 2, 2, 4]], more: [zeroed('c', [1])], inputs: [3, 2] },
    expected: each('m.3:?'),
  },
  {
    name: 'a factor for each place',
    input: { kind: 'MUL', to: [[1, 2, 2, 4]], more: [zeroed('c', [2, 2, 1])], inputs: [2, 3] },
    expected: each('m.3:?'),
  },
  {
    name: 'a slope for each channel',
    input: { kind: 'PRELU', to: [[1, 2, 2, 4]], more: [zeroed('c', [1, 1, 4])], inputs: [2, 3] },
    expected: each('c.2:? m.3:?'),
  },
  {
    name: 'normalized along the channels',
    input: { kind: 'L2_NORMALIZATION', to: [[1, 2, 2, 4]] },
    expected: ['L2_NORMALIZATION "m" works over all channels together.'],
  },
  {
    name: 'state of another inference',
    input: { kind: 'ASSIGN_VARIABLE', to: [], more: [tensor('handle', 'resource', [])], inputs: [3, 2] },
    expected: ['ASSIGN_VARIABLE "1" keeps state from one inference to the next, whose size stays.'],
  },
  {
    name: 'a bias of two axes',
    input: {
      ...{ kind: 'DEPTHWISE_CONV_2D', to: [[1, 2, 2, 4]], inputs: [2, 3, 4] },
      more: [zeroed('f', [1, 1, 1, 4]), zeroed('b', [1, 4])],
    },
    expected: ['DEPTHWISE_CONV_2D "m" has tensors of unusual shape, through which channels are not followed.'],
  },
]);

const reshaped = (from: readonly number[], to: readonly number[]): Case => ({ kind: 'RESHAPE', from, to: [to] });

check('channels through a change of shape', followed, [
  {
    name: 'an image becomes a row',
    input: reshaped([1, 2, 2, 4], [1, 16]),
    expected: ['a.3:0 m.1:0+4+8+12', 'a.3:1 m.1:1+5+9+13', 'a.3:2 m.1:2+6+10+14', 'a.3:3 m.1:3+7+11+15'],
  },
  { name: 'rows and columns become one axis', input: reshaped([1, 2, 2, 4], [1, 4, 4]), expected: each('m.2:?') },
  { name: 'the batch goes', input: reshaped([1, 2, 2, 4], [4, 4]), expected: each('m.1:?') },
  {
    name: 'axes of one',
    input: { ...reshaped([1, 2, 2, 4], [1, 2, 1, 2, 4]), kind: 'EXPAND_DIMS' },
    expected: each('m.4:?'),
  },
  {
    name: 'columns and channels become one axis',
    input: reshaped([1, 2, 2, 4], [1, 2, 8]),
    expected: ['a.3:0 m.2:0+4', 'a.3:1 m.2:1+5', 'a.3:2 m.2:2+6', 'a.3:3 m.2:3+7'],
  },
  {
    name: 'the last axis is no longer one of channels',
    input: reshaped([1, 2, 2, 4], [1, 8, 2]),
    expected: ['RESHAPE "m" lays this dimension out together with others.'],
  },
  {
    name: 'a row becomes two',
    input: reshaped([1, 4], [1, 2, 2]),
    expected: ['a.1:0+2 m.2:0', 'a.1:1+3 m.2:1'],
  },
  {
    name: 'a row stays one',
    input: { ...reshaped([1, 2], [2]), kind: 'SQUEEZE' },
    expected: ['a.1:0 m.0:0', 'a.1:1 m.0:1'],
  },
]);

const cut = (kind: string, lists: readonly (readonly number[])[], to: readonly number[], masks = {}): Case => ({
  ...{ kind, to: [to], more: lists.map((values, place) => ints(`list${place}`, values)) },
  ...{ inputs: [2, ...lists.map((_, place) => 3 + place)], options: options('StridedSliceOptions', masks) },
});
const starts = [0, 0, 0, 0];
const ones = [1, 1, 1, 1];

check('channels through a cut', followed, [
  { name: 'rows', input: cut('SLICE', [starts, [1, 1, 2, 4]], [1, 1, 2, 4]), expected: each('m.3:?') },
  {
    name: 'channels',
    input: cut(
      'SLICE',
      [
        [0, 0, 0, 1],
        [1, 2, 2, 3],
      ],
      [1, 2, 2, 3],
    ),
    expected: ['SLICE "m" cuts along this dimension.'],
  },
  {
    name: 'places that are computed',
    input: {
      kind: 'SLICE',
      to: [[1, 1, 2, 4]],
      more: [tensor('b', 'int32', [4]), ints('s', [1, 1, 2, 4])],
      inputs: [2, 3, 4],
    },
    expected: ['SLICE "m" cuts at places that are no constant.'],
  },
  {
    name: 'rows, with strides',
    input: cut('STRIDED_SLICE', [starts, [1, 2, 2, 4], [1, 2, 1, 1]], [1, 1, 2, 4]),
    expected: each('m.3:?'),
  },
  {
    name: 'every other channel',
    input: cut('STRIDED_SLICE', [starts, [1, 2, 2, 4], [1, 1, 1, 2]], [1, 2, 2, 2]),
    expected: ['STRIDED_SLICE "m" cuts along this dimension.'],
  },
  {
    name: 'an axis that goes with it',
    input: cut('STRIDED_SLICE', [starts, [1, 2, 2, 4], ones], [2, 2, 4], { shrinkAxisMask: 1 }),
    expected: ['STRIDED_SLICE "m" cuts in a way through which channels are not followed.'],
  },
]);

/** Constants of integers and options of the operator behind, and its output's shape, once channel 1 of `a` is gone. */
function refitted(input: Case): unknown {
  const source = behind(input);
  const channels = findChannels(source);
  const [made, outlined] = [removeChannels, outlineWithout].map((remove) => {
    const { tensors, operators } = redraw(source, remove(channels, [1])).graphs[0];
    const lists = operators[1].inputs.flatMap((index) => {
      const values = index < 0 || tensors[index].type !== 'int32' ? undefined : integerValues(tensors[index]);
      return values === undefined ? [] : [[...values]];
    });
    const shapes = operators[1].outputs.map((index) => tensors[index].shape);
    return { lists, shapes, ...(operators[1].options && { options: operators[1].options.values }) };
  });
  // What only costs are taken of has zeros for values, but constants that name sizes are the same.
  return JSON.stringify(made) === JSON.stringify(outlined) ? made : { made, outlined };
}

check('constants and options that name sizes', refitted, [
  {
    name: 'a shape as a constant',
    input: { ...reshaped([1, 2, 2, 4], [1, 16]), more: [ints('shape', [1, 16])], inputs: [2, 3] },
    expected: { lists: [[1, 12]], shapes: [[1, 12]] },
  },
  {
    name: 'what is left stays what is left',
    input: { ...reshaped([1, 2, 2, 4], [1, 16]), more: [ints('shape', [-1, 16])], inputs: [2, 3] },
    expected: { lists: [[-1, 12]], shapes: [[1, 12]] },
  },
  {
    name: 'a shape among the options',
    input: { ...reshaped([1, 2, 2, 4], [1, 16]), options: options('ReshapeOptions', { newShape: [1, -1] }) },
    expected: { lists: [], shapes: [[1, 12]], options: { newShape: [1, -1] } },
  },
  {
    name: 'options that name the whole shape',
    input: { ...reshaped([1, 2, 2, 4], [1, 4, 4]), options: options('ReshapeOptions', { newShape: [1, 4, 4] }) },
    expected: { lists: [], shapes: [[1, 4, 3]], options: { newShape: [1, 4, 3] } },
  },
  {
    name: 'the size of a cut',
    input: cut('SLICE', [starts, [1, 1, 2, 4]], [1, 1, 2, 4]),
    expected: { lists: [starts, [1, 1, 2, 3]], shapes: [[1, 1, 2, 3]], options: {} },
  },
  {
    name: 'the size of a cut to the end',
    input: cut('SLICE', [starts, [1, 1, -1, -1]], [1, 1, 2, 4]),
    expected: { lists: [starts, [1, 1, -1, -1]], shapes: [[1, 1, 2, 3]], options: {} },
  },
  {
    name: 'the end of a cut, of the axis that is whole',
    input: cut('STRIDED_SLICE', [starts, [1, 1, 2, 4], ones], [1, 1, 2, 4]),
    expected: { lists: [starts, [1, 1, 2, 3], ones], shapes: [[1, 1, 2, 3]], options: {} },
  },
  {
    name: 'an end that a mask overrides',
    input: cut('STRIDED_SLICE', [starts, [1, 1, 2, 0], ones], [1, 1, 2, 4], { endMask: 8 }),
    expected: { lists: [starts, [1, 1, 2, 0], ones], shapes: [[1, 1, 2, 3]], options: { endMask: 8 } },
  },
  {
    name: 'the sizes of uneven parts',
    input: {
      kind: 'SPLIT_V',
      to: [
        [1, 2, 2, 1],
        [1, 2, 2, 3],
      ],
      more: [ints('sizes', [1, 3]), ints('axis', [-1])],
      inputs: [2, 3, 4],
    },
    expected: {
      lists: [[1, 2], [-1]],
      shapes: [
        [1, 2, 2, 1],
        [1, 2, 2, 2],
      ],
    },
  },
  {
    name: 'a depth multiplier stays where both sides lose',
    input: {
      ...{ kind: 'DEPTHWISE_CONV_2D', to: [[1, 2, 2, 8]], more: [zeroed('f', [1, 1, 1, 8])], inputs: [2, 3, -1] },
      options: options('DepthwiseConv2DOptions', { depthMultiplier: 2 }),
    },
    expected: { lists: [], shapes: [[1, 2, 2, 6]], options: { depthMultiplier: 2 } },
  },
]);

/** A depthwise layer on the only channel of the input: each of its outputs is a filter of its own. */
const filters = model(
  graph(
    [float('x', [1, 2, 2, 1]), zeroed('f', [1, 1, 1, 4]), zeroed('b', [4]), float('m', [1, 2, 2, 4])],
    [
      operator('DEPTHWISE_CONV_2D', [0, 1, 2], [3], {
        options: options('DepthwiseConv2DOptions', { depthMultiplier: 4 }),
      }),
    ],
    { inputs: [0], outputs: [] },
  ),
);

/** A transposed convolution whose output shape is a constant. */
const upwards = model(
  graph(
    [
      ints('shape', [1, 4, 4, 3]),
      zeroed('f', [3, 2, 2, 1]),
      float('x', [1, 2, 2, 1]),
      zeroed('b', [3]),
      float('m', [1, 4, 4, 3]),
    ],
    [
      operator('TRANSPOSE_CONV', [0, 1, 2, 3], [4], {
        options: options('TransposeConvOptions', { padding: 'SAME', strideW: 2, strideH: 2 }),
      }),
    ],
    { inputs: [2], outputs: [] },
  ),
);

/** One shape for two operators, of which one loses channels. */
const sharedShape = model(
  graph(
    [
      float('x', [1, 2, 2, 4]),
      zeroed('w', [4, 1, 1, 4]),
      float('a', [1, 2, 2, 4]),
      ints('shape', [1, 16]),
      float('m', [1, 16]),
      float('n', [1, 16]),
    ],
    [operator('CONV_2D', [0, 1, -1], [2]), operator('RESHAPE', [2, 3], [4]), operator('RESHAPE', [0, 3], [5])],
    { inputs: [0], outputs: [] },
  ),
);

check(
  'tensors and options once channel 1 is gone',
  (source: Model) => {
    const { tensors, operators } = redraw(source, removeChannels(findChannels(source), [1])).graphs[0];
    return {
      tensors: tensors.map((each1) => {
        const values = each1.type === 'int32' ? ` ${integerValues(each1)!.join()}` : '';
        return `${each1.name}[${each1.shape.join()}]${values}`;
      }),
      inputs: operators.map(({ inputs }) => inputs),
      multiplier: operators[0].options?.values.depthMultiplier,
    };
  },
  [
    {
      name: 'filters of the only channel: the multiplier falls',
      input: filters,
      expected: { tensors: ['x[1,2,2,1]', 'f[1,1,1,3]', 'b[3]', 'm[1,2,2,3]'], inputs: [[0, 1, 2]], multiplier: 3 },
    },
    {
      name: 'the output shape of a transposed convolution, its bias',
      input: upwards,
      expected: {
        tensors: ['shape[4] 1,4,4,2', 'f[2,2,2,1]', 'x[1,2,2,1]', 'b[2]', 'm[1,4,4,2]'],
        inputs: [[0, 1, 2, 3]],
        multiplier: undefined,
      },
    },
    {
      name: 'a shape that another operator reads as well',
      input: sharedShape,
      expected: {
        tensors: ['x[1,2,2,4]', 'w[3,1,1,4]', 'a[1,2,2,3]', 'shape[2] 1,16', 'm[1,12]', 'n[1,16]', 'shape[2] 1,12'],
        inputs: [
          [0, 1, -1],
          [2, 6],
          [0, 3],
        ],
        multiplier: undefined,
      },
    },
  ],
);

/** Why a layer with these weights, or with this result, keeps its channels. */
function kept({
  weights,
  result,
  bias,
}: {
  weights?: Partial<Tensor>;
  result?: Partial<Tensor>;
  bias?: Partial<Tensor>;
}): string {
  const source = model(
    graph(
      [
        float('x', [1, 2]),
        { ...zeroed('w', [3, 2]), ...weights },
        { ...zeroed('b', [3]), ...bias },
        { ...float('a', [1, 3]), ...result },
      ],
      [operator('FULLY_CONNECTED', [0, 1, 2], [3])],
      { inputs: [0], outputs: [] },
    ),
  );
  const [{ groups, reason }] = findChannels(source).layers;
  return groups.length > 0 ? 'may go' : reason!;
}

check('constants and states that keep channels', kept, [
  { name: 'plain ones do not', input: {}, expected: 'may go' },
  {
    name: 'a state',
    input: { result: { isVariable: true } },
    expected: '"a" is state that is kept from one inference to the next.',
  },
  {
    name: 'a sparse constant',
    input: { weights: { sparsity: {} } },
    expected: '"w" is stored as a sparse tensor.',
  },
  {
    name: 'a constant that is cut short',
    input: { bias: { data: new Uint8Array(11) } },
    expected: '"b" has no values that can be cut.',
  },
  {
    name: 'a constant as long as its shape says',
    input: { bias: { data: new Uint8Array(12) } },
    expected: 'may go',
  },
]);
