import { isOn, numberOf, numbersOf, textOf } from '../configValues';
import { windowLength } from '../dimensions';
import type { KerasDimension, KerasShape } from '../kerasModel';
import {
  activationParameter,
  dataFormat,
  kernelAndBias,
  parameter,
  required,
  sizes,
  trainable,
  useBias,
  without,
  word,
  type LayerKind,
  type LayerParameter,
  type LayerUse,
  type WeightShape,
} from './layerKind';
import { spatialAxes, withSpatial } from './spatial';

const strides = (axes: number): LayerParameter => parameter('strides', 1, sizes(axes));
const dilation = (axes: number): LayerParameter => parameter('dilation_rate', 1, sizes(axes));
const padding = parameter('padding', 'valid', word);

const convolution = (axes: number, aliases: readonly string[]): LayerKind => ({
  className: `Conv${axes}D`,
  aliases,
  parameters: [
    required('filters'),
    required('kernel_size', sizes(axes)),
    strides(axes),
    padding,
    dataFormat,
    dilation(axes),
    parameter('groups', 1),
    activationParameter,
    useBias,
    ...kernelAndBias(),
  ],
  outputs: (use) => [slid(use, axes, numberOf(use.config, 'filters'))],
  weights(use): readonly WeightShape[] | undefined {
    const facts = convolutionFacts(use, axes);
    const [filters, groups] = [numberOf(use.config, 'filters'), numberOf(use.config, 'groups')];
    if (facts === undefined || filters === undefined || groups === undefined) return undefined;
    return [trainable('kernel', [...facts.window, facts.channels / groups, filters]), ...bias(use, filters)];
  },
});

const depthwise = (axes: number, aliases: readonly string[]): LayerKind => ({
  className: `DepthwiseConv${axes}D`,
  aliases,
  parameters: [
    required('kernel_size', sizes(axes)),
    strides(axes),
    padding,
    parameter('depth_multiplier', 1),
    dataFormat,
    dilation(axes),
    activationParameter,
    useBias,
    ...kernelAndBias('depthwise'),
  ],
  outputs: (use) => [slid(use, axes, depthwiseChannels(use, axes))],
  weights(use): readonly WeightShape[] | undefined {
    const facts = convolutionFacts(use, axes);
    const multiplier = numberOf(use.config, 'depth_multiplier');
    if (facts === undefined || multiplier === undefined) return undefined;
    const name = use.flavour === 'keras2' && axes === 2 ? 'depthwise_kernel' : 'kernel';
    const kernel = trainable(name, [...facts.window, facts.channels, multiplier]);
    return [kernel, ...bias(use, facts.channels * multiplier)];
  },
});

const separable = (axes: number, aliases: readonly string[]): LayerKind => ({
  className: `SeparableConv${axes}D`,
  aliases,
  parameters: [
    required('filters'),
    required('kernel_size', sizes(axes)),
    strides(axes),
    padding,
    dataFormat,
    dilation(axes),
    parameter('depth_multiplier', 1),
    activationParameter,
    useBias,
    ...without('depthwise_initializer', 'pointwise_initializer', 'bias_initializer', 'depthwise_regularizer'),
    ...without('pointwise_regularizer', 'bias_regularizer', 'activity_regularizer', 'depthwise_constraint'),
    ...without('pointwise_constraint', 'bias_constraint'),
  ],
  outputs: (use) => [slid(use, axes, numberOf(use.config, 'filters'))],
  weights(use): readonly WeightShape[] | undefined {
    const facts = convolutionFacts(use, axes);
    const [filters, multiplier] = [numberOf(use.config, 'filters'), numberOf(use.config, 'depth_multiplier')];
    if (facts === undefined || filters === undefined || multiplier === undefined) return undefined;
    return [
      trainable('depthwise_kernel', [...facts.window, facts.channels, multiplier]),
      trainable('pointwise_kernel', [...Array<number>(axes).fill(1), facts.channels * multiplier, filters]),
      ...bias(use, filters),
    ];
  },
});

const transposed = (axes: number, aliases: readonly string[]): LayerKind => ({
  className: `Conv${axes}DTranspose`,
  aliases,
  parameters: [
    required('filters'),
    required('kernel_size', sizes(axes)),
    strides(axes),
    padding,
    parameter('output_padding', null),
    dataFormat,
    dilation(axes),
    activationParameter,
    useBias,
    ...kernelAndBias(),
  ],
  outputs: (use) => [spread(use, axes)],
  weights(use): readonly WeightShape[] | undefined {
    const facts = convolutionFacts(use, axes);
    const filters = numberOf(use.config, 'filters');
    if (facts === undefined || filters === undefined) return undefined;
    return [trainable('kernel', [...facts.window, filters, facts.channels]), ...bias(use, filters)];
  },
});

export const convolutions: readonly LayerKind[] = [
  convolution(1, ['Convolution1D']),
  convolution(2, ['Convolution2D']),
  convolution(3, ['Convolution3D']),
  depthwise(1, []),
  depthwise(2, []),
  separable(1, ['SeparableConvolution1D']),
  separable(2, ['SeparableConvolution2D']),
  transposed(1, ['Convolution1DTranspose']),
  transposed(2, ['Convolution2DTranspose', 'Deconvolution2D', 'Deconv2D']),
];

interface ConvolutionFacts {
  readonly window: readonly number[];
  readonly channels: number;
}

function convolutionFacts({ config, inputs: [input] }: LayerUse, axes: number): ConvolutionFacts | undefined {
  const window = numbersOf(config, 'kernel_size');
  const channels = input && input[spatialAxes(config, axes).channels];
  return window?.length === axes && typeof channels === 'number' ? { window, channels } : undefined;
}

function bias({ config }: LayerUse, channels: number): readonly WeightShape[] {
  return isOn(config, 'use_bias') ? [trainable('bias', [channels])] : [];
}

function depthwiseChannels({ config, inputs: [input] }: LayerUse, axes: number): KerasDimension {
  const channels = input?.[spatialAxes(config, axes).channels];
  const multiplier = numberOf(config, 'depth_multiplier');
  return typeof channels === 'number' && multiplier !== undefined ? channels * multiplier : undefined;
}

/** Shape behind a window that slides over the spatial axes. */
function slid({ config, inputs: [input] }: LayerUse, axes: number, channels: KerasDimension): KerasShape {
  const [window, steps] = [numbersOf(config, 'kernel_size'), numbersOf(config, 'strides')];
  const [dilations, how] = [numbersOf(config, 'dilation_rate'), textOf(config, 'padding')];
  return withSpatial(input, { config, axes, channels }, (length, axis) => {
    const [size, stride, rate] = [window?.at(axis), steps?.at(axis), dilations?.at(axis)];
    if (size === undefined || stride === undefined || rate === undefined || how === undefined) return undefined;
    return windowLength(length, { size, stride, dilation: rate, padding: how });
  });
}

/**
 * Shape behind a transposed convolution.
 * Source: `compute_conv_transpose_output_shape` of Keras 3.
 */
function spread({ config, inputs: [input] }: LayerUse, axes: number): KerasShape {
  const [window, steps] = [numbersOf(config, 'kernel_size'), numbersOf(config, 'strides')];
  const [dilations, how] = [numbersOf(config, 'dilation_rate'), textOf(config, 'padding')];
  const extra = numbersOf(config, 'output_padding');
  return withSpatial(input, { config, axes, channels: numberOf(config, 'filters') }, (length, axis) => {
    const [size, stride, rate] = [window?.at(axis), steps?.at(axis), dilations?.at(axis)];
    if (size === undefined || stride === undefined || rate === undefined || how === undefined) return undefined;
    if (typeof length !== 'number') return length;
    const reach = (size - 1) * rate + 1;
    if (extra === undefined) return how === 'same' ? length * stride : length * stride + Math.max(reach - stride, 0);
    const cut = how === 'same' ? Math.floor(reach / 2) : 0;
    return (length - 1) * stride + reach - 2 * cut + (extra.at(axis) ?? extra[0]);
  });
}
