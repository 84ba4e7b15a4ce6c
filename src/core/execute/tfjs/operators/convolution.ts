import type * as Core from '@tensorflow/tfjs-core';
import { enumOption, numberOption } from '../../../model/options';
import { HumanError } from '../../../model/problem';
import type { TfjsCall, Tf, TfjsOperator, TfTensor } from '../call';
import { outputShape } from '../call';
import { biasedAndActivated } from '../fusedActivation';

/**
 * Filters lie as [output, height, width, depth of one group] in TFLite, as [height, width, depth, output] in
 * TensorFlow.js.
 */
export const conv2d: TfjsOperator = {
  kind: 'CONV_2D',
  compute(call) {
    const { tf } = call;
    const [input, filter] = [call.input(0), call.input(1)];
    const turned = tf.transpose(filter, [1, 2, 3, 0]) as Core.Tensor4D;
    const groups = input.shape[3]! / filter.shape[3]!;
    const over = (x: TfTensor, w: TfTensor): TfTensor =>
      convolvePadded(call, { x: x as Core.Tensor4D, filter: w as Core.Tensor4D, convolve: tf.conv2d });
    if (groups <= 1) return biasedAndActivated(call, over(input, turned), 2);
    const [inputs, filters] = [tf.split(input, groups, 3), tf.split<TfTensor>(turned, groups, 3)];
    const joined = tf.concat(
      inputs.map((part, group) => over(part, filters[group])),
      3,
    );
    return biasedAndActivated(call, joined, 2);
  },
};

interface Convolution {
  readonly x: Core.Tensor4D;
  readonly filter: Core.Tensor4D;
  readonly convolve: Tf['conv2d'] | Tf['depthwiseConv2d'];
}

/**
 * A convolution, over all channels or each by itself. A dilated one, of strides 1, goes as one without dilation over
 * every so manieth row and column: TensorFlow.js has a gradient of that one alone. Source: the identity that
 * tf.nn.with_space_to_batch documents.
 */
function convolvePadded(call: TfjsCall, { x, filter, convolve }: Convolution): TfTensor {
  const { tf } = call;
  const [strides, padding, dilations] = windowOf(call);
  if (dilations.every((dilation) => dilation === 1)) return convolve(x, filter, strides, padding);
  const sides = dilations.map((dilation, side) => {
    const reach = (filter.shape[side] - 1) * dilation;
    const all = padding === 'same' ? reach : 0;
    const before = Math.floor(all / 2);
    const size = x.shape[side + 1] + all;
    return { pad: [before, all - before], extra: (dilation - (size % dilation)) % dilation };
  });
  const paddings = sides.map(({ pad: [before, after], extra }) => [before, after + extra]);
  const crops = sides.map(({ extra }) => [0, extra]);
  const parts = tf.spaceToBatchND(x, dilations, paddings);
  return tf.batchToSpaceND(convolve(parts, filter, 1, 'valid'), dilations, crops);
}

/**
 * Filters lie as [1, height, width, input channel x copies], in the order that TensorFlow.js has over two dimensions.
 */
export const depthwiseConv2d: TfjsOperator = {
  kind: 'DEPTHWISE_CONV_2D',
  compute(call) {
    const { tf } = call;
    const [input, filter] = [call.input(0) as Core.Tensor4D, call.input(1)];
    const channels = input.shape[3];
    const [, height, width, outputs] = filter.shape as [number, number, number, number];
    const shaped = tf.reshape<Core.Rank.R4>(filter, [height, width, channels, outputs / channels]);
    return biasedAndActivated(
      call,
      convolvePadded(call, { x: input, filter: shaped, convolve: tf.depthwiseConv2d }),
      2,
    );
  },
};

/**
 * The convolution's gradient by its input. Inputs: output shape, weights [output, height, width, input], input, bias.
 */
export const transposeConv: TfjsOperator = {
  kind: 'TRANSPOSE_CONV',
  values: [1, 2, 3],
  compute(call) {
    const { tf } = call;
    const turned = tf.transpose(call.input(1), [1, 2, 0, 3]) as Core.Tensor4D;
    const [strides, padding] = windowOf(call);
    const shape = outputShape(call) as [number, number, number, number];
    return biasedAndActivated(
      call,
      tf.conv2dTranspose(call.input(2) as Core.Tensor4D, turned, shape, strides, padding),
      3,
    );
  },
};

type Pair = [number, number];

/** Strides, padding and dilations, each height first. */
function windowOf({ operator }: TfjsCall): [Pair, 'same' | 'valid', Pair] {
  const strides: Pair = [numberOption(operator, 'strideH', 1), numberOption(operator, 'strideW', 1)];
  const dilations: Pair = [numberOption(operator, 'dilationHFactor', 1), numberOption(operator, 'dilationWFactor', 1)];
  const padding = enumOption(operator, 'padding', 'SAME') === 'SAME' ? 'same' : 'valid';
  if (dilations.some((dilation) => dilation > 1) && strides.some((stride) => stride > 1)) {
    throw new HumanError(
      'float-operator-unsupported',
      `${operator.kind} (operator ${operator.index}) has both strides and dilations above 1, which TensorFlow.js cannot compute.`,
    );
  }
  return [strides, padding, dilations];
}
