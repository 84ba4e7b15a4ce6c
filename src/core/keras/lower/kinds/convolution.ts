import type { OptionValue } from '../../../model/model';
import { isOn, numberOf, numbersOf, textOf } from '../../configValues';
import { windowLength } from '../../dimensions';
import { add, reshaped, transposed, type LayerContext } from '../context';
import { integers, isStatic, zeros, type DraftDimension, type DraftValue } from '../draft';
import { activate } from './activations';
import { batchOf, expandDims, reshapeTo, shapeAtRunTime, squeeze } from './shapes';
import { binary } from './elementwise';

interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: string;
}

function windowOf({ config }: LayerContext, axes: number): Window {
  const ones = Array<number>(axes).fill(1);
  return {
    kernel: numbersOf(config, 'kernel_size') ?? ones,
    strides: numbersOf(config, 'strides') ?? ones,
    dilation: numbersOf(config, 'dilation_rate') ?? ones,
    padding: textOf(config, 'padding') ?? 'valid',
  };
}

/** Zeros in front, as Keras pads a causal convolution. */
function causal(context: LayerContext, input: DraftValue, { kernel, dilation, padding }: Window): DraftValue {
  if (padding !== 'causal') return input;
  const before = (kernel[0] - 1) * dilation[0];
  const shape = input.shape.map((length, axis) => (axis === 1 && length !== null ? length + before : length));
  return add(context, 'PAD', [input, integers([0, 0, before, 0, 0, 0], [3, 2])], { shape, name: 'Pad' });
}

interface Slide {
  readonly filter: DraftValue;
  readonly channels: number;
  readonly window: Window;
  readonly multiplier?: number;
  readonly name: string;
}

/** A convolution over rank 4 with a window of two axes. */
export function slide(
  context: LayerContext,
  input: DraftValue,
  { filter, channels, window, multiplier, name }: Slide,
): DraftValue {
  const padding = window.padding === 'same' ? 'SAME' : 'VALID';
  const length = (axis: number): DraftDimension => {
    const known = input.shape[axis + 1];
    const [size, stride, dilation] = [window.kernel[axis], window.strides[axis], window.dilation[axis]];
    return known === null
      ? null
      : (windowLength(known, { size, stride, dilation, padding: window.padding === 'same' ? 'same' : 'valid' }) ??
          null);
  };
  const options = {
    padding,
    strideW: window.strides[1],
    strideH: window.strides[0],
    fusedActivationFunction: 'NONE',
    dilationWFactor: window.dilation[1],
    dilationHFactor: window.dilation[0],
  };
  const shape = [input.shape[0], length(0), length(1), channels];
  const inputs = [input, filter, zeros([channels])];
  return multiplier === undefined
    ? add(context, 'CONV_2D', inputs, { shape, name, options: { ...options, quantizedBiasType: 'FLOAT32' } })
    : add(context, 'DEPTHWISE_CONV_2D', inputs, { shape, name, options: { ...options, depthMultiplier: multiplier } });
}

/** One axis as the second of two. */
function asTwo(window: Window): Window {
  const widened = (values: readonly number[]): readonly number[] => [1, values[0]];
  const { kernel, strides, dilation, padding } = window;
  return { kernel: widened(kernel), strides: widened(strides), dilation: widened(dilation), padding };
}

/** Depthwise, Keras steps as far along the axis of length 1: the same, said in another way. */
function bothWays(context: LayerContext, window: Window): Window {
  const two = asTwo(window);
  return context.options.manner === 'ours' ? two : { ...two, strides: [window.strides[0], window.strides[0]] };
}

export function finished(context: LayerContext, value: DraftValue): DraftValue {
  const { config } = context;
  const sum = isOn(config, 'use_bias') ? binary(context, 'ADD', [value, context.weight('bias')], 'BiasAdd') : value;
  return activate(context, sum, config.get('activation'));
}

/**
 * TensorFlow's way of dilating: blocks into the batch, and back. The official converter makes one operator of it later
 * where all lengths are known (`passes/dilation`).
 */
function dilated(
  context: LayerContext,
  input: DraftValue,
  window: Window,
  work: (input: DraftValue, window: Window) => DraftValue,
): DraftValue {
  const { dilation } = window;
  const isDilated = dilation.some((rate) => rate > 1);
  if (!isDilated || context.options.manner === 'ours') return work(input, window);
  const axes = dilation.length;
  const ones = dilation.map(() => 1);
  const blocks = dilation;
  const pads = blocks.map((rate, axis) => {
    const total = window.padding === 'same' ? (window.kernel[axis] - 1) * rate : 0;
    const before = Math.floor(total / 2);
    const whole = (input.shape[axis + 1] ?? 0) + total;
    const extra = (rate - (whole % rate)) % rate;
    return { before, after: total - before + extra, extra, length: (whole + extra) / rate };
  });
  const factor = blocks.reduce((product, rate) => product * rate, 1);
  const inside = input.shape.map((length, axis) => {
    if (axis > 0 && axis <= axes) return pads[axis - 1].length;
    return axis === 0 && length !== null ? length * factor : length;
  });
  const split = add(
    context,
    'SPACE_TO_BATCH_ND',
    [
      input,
      integers(blocks),
      integers(
        pads.flatMap(({ before, after }) => [before, after]),
        [axes, 2],
      ),
    ],
    { shape: inside, name: 'convolution/SpaceToBatchND' },
  );
  context.draft.nodes[context.draft.nodes.length - 1].padding = window.padding === 'same' ? 'SAME' : 'VALID';
  const computed = work(split, { ...window, dilation: ones, padding: 'valid' });
  const shape = computed.shape.map((length, axis) => {
    if (length === null) return null;
    if (axis === 0) return length / factor;
    return axis <= axes ? length * blocks[axis - 1] - pads[axis - 1].extra : length;
  });
  const crops = integers(
    pads.flatMap(({ extra }) => [0, extra]),
    [axes, 2],
  );
  return add(context, 'BATCH_TO_SPACE_ND', [computed, integers(blocks), crops], {
    shape,
    name: 'convolution/BatchToSpaceND',
  });
}

/** TensorFlow's name of a convolution over some axes. */
function convolutionName({ options: { flavour } }: LayerContext, axes: 1 | 2): string {
  return flavour === 'keras2' ? `Conv${axes}D` : 'convolution';
}

export function convolution1d(context: LayerContext): DraftValue {
  const window = windowOf(context, 1);
  const input = causal(context, context.inputs[0], window);
  const kernel = context.weight('kernel');
  const [size, depth, channels] = kernel.shape.map((length) => length ?? 1);
  const filter = reshaped(transposed(kernel, [2, 0, 1]), [channels, 1, size, depth]);
  const valid = window.padding === 'causal' ? { ...window, padding: 'valid' } : window;
  const value = dilated(context, input, valid, (own, plain) => {
    const tall = expandDims(context, own, [1, -3], 'convolution/ExpandDims');
    const slid = slide(context, tall, { filter, channels, window: asTwo(plain), name: convolutionName(context, 1) });
    return squeeze(context, slid, 1, 'convolution/Squeeze');
  });
  return finished(context, value);
}

export function convolution2d(context: LayerContext): DraftValue {
  const window = windowOf(context, 2);
  const kernel = context.weight('kernel');
  const channels = kernel.shape[3] ?? 1;
  const filter = transposed(kernel, [3, 0, 1, 2]);
  const value = dilated(context, context.inputs[0], window, (own, plain) =>
    slide(context, own, { filter, channels, window: plain, name: convolutionName(context, 2) }),
  );
  return finished(context, value);
}

/** Filter of a depthwise convolution: `[1, height, width, channels x multiplier]`. */
function depthwiseFilter(kernel: DraftValue): { readonly filter: DraftValue; readonly channels: number } {
  const lengths = kernel.shape.map((length) => length ?? 1);
  const [height, width] = lengths.length === 3 ? [1, lengths[0]] : lengths;
  const channels = lengths[lengths.length - 2] * lengths[lengths.length - 1];
  return { channels, filter: reshaped(kernel, [1, height, width, channels]) };
}

function depthwise(context: LayerContext, input: DraftValue, window: Window, kernel: DraftValue): DraftValue {
  const multiplier = numberOf(context.config, 'depth_multiplier') ?? 1;
  return dilated(context, input, window, (own, plain) =>
    slide(context, own, { ...depthwiseFilter(kernel), window: plain, multiplier, name: 'depthwise' }),
  );
}

function depthwiseKernel(context: LayerContext): DraftValue {
  const own = context.layer.weights?.at(0)?.name;
  return context.weight(own ?? (context.options.flavour === 'keras2' ? 'depthwise_kernel' : 'kernel'));
}

export function depthwise2d(context: LayerContext): DraftValue {
  return finished(context, depthwise(context, context.inputs[0], windowOf(context, 2), depthwiseKernel(context)));
}

export function depthwise1d(context: LayerContext): DraftValue {
  const window = windowOf(context, 1);
  const input = causal(context, context.inputs[0], window);
  const tall = expandDims(context, input, [1, 1], 'ExpandDims');
  const slid = depthwise(
    context,
    tall,
    bothWays(context, validIfCausal(window)),
    context.weight(context.layer.weights?.at(0)?.name ?? 'kernel'),
  );
  return finished(context, squeeze(context, slid, 1, 'Squeeze'));
}

function validIfCausal(window: Window): Window {
  return window.padding === 'causal' ? { ...window, padding: 'valid' } : window;
}

function pointwise(context: LayerContext, input: DraftValue): DraftValue {
  const kernel = context.weight('pointwise_kernel');
  const [depth, channels] = kernel.shape.slice(-2).map((length) => length ?? 1);
  const flat = reshaped(kernel, [1, 1, depth, channels]);
  const ones = [1, 1];
  const window = { kernel: ones, strides: ones, dilation: ones, padding: 'valid' };
  return slide(context, input, { filter: transposed(flat, [3, 0, 1, 2]), channels, window, name: 'separable_conv2d' });
}

export function separable2d(context: LayerContext): DraftValue {
  const deep = depthwise(context, context.inputs[0], windowOf(context, 2), context.weight('depthwise_kernel'));
  return finished(context, pointwise(context, deep));
}

export function separable1d(context: LayerContext): DraftValue {
  const window = windowOf(context, 1);
  const input = causal(context, context.inputs[0], window);
  const tall = expandDims(context, input, [1, 1], 'ExpandDims');
  const deep = depthwise(context, tall, bothWays(context, validIfCausal(window)), context.weight('depthwise_kernel'));
  return finished(context, squeeze(context, pointwise(context, deep), 1, 'Squeeze'));
}

/**
 * Along one axis: as the second of two. Keras 3 puts the shape of two axes together of that of one; what Keras 2 does
 * where the batch is open is not followed.
 */
export function transposed1d(context: LayerContext): DraftValue | readonly DraftValue[] {
  const window = windowOf(context, 1);
  const [input] = context.inputs;
  const kernel = context.weight('kernel');
  const [size, channels, depth] = kernel.shape.map((length) => length ?? 1);
  const [batch, length] = [input.shape[0], context.outputs.at(0)?.at(1) ?? null];
  const isOfficial = context.options.manner === 'official';
  if (
    length === null ||
    window.dilation[0] > 1 ||
    (batch === null && isOfficial && context.options.flavour === 'keras2')
  )
    return [];
  const shape = [batch, 1, length, channels];
  const name = isOfficial && context.options.flavour === 'keras2' ? 'conv1d_transpose' : 'conv_transpose';
  const target = isStatic(shape) ? integers(shape) : shapeOfLine(context, input, [length, channels], name);
  const tall = expandDims(context, input, [1, 1], `${name}/ExpandDims`);
  const filter = reshaped(transposed(kernel, [1, 0, 2]), [channels, 1, size, depth]);
  const value = add(context, 'TRANSPOSE_CONV', [target, filter, tall], {
    shape,
    name,
    options: transposedOptions(asTwo(window)),
  });
  return finished(context, squeeze(context, value, 1, `${name}/Squeeze`));
}

/** The batch at run time, 1, and what is known. */
function shapeOfLine(context: LayerContext, input: DraftValue, known: readonly number[], name: string): DraftValue {
  const batch = reshapeTo(context, batchOf(context, input), [1], `${name}/concat/values_0`);
  return add(context, 'CONCATENATION', [batch, integers([1]), integers(known)], {
    shape: [4],
    type: 'int32',
    name: `${name}/concat`,
    options: { axis: 0, fusedActivationFunction: 'NONE' },
  });
}

function transposedOptions({ padding, strides }: Window): Readonly<Record<string, OptionValue>> {
  return {
    padding: padding === 'same' ? 'SAME' : 'VALID',
    strideW: strides[1],
    strideH: strides[0],
    fusedActivationFunction: 'NONE',
    quantizedBiasType: 'FLOAT32',
  };
}

/** The shape of its output is an input, computed at run time where the batch is open. */
export function transposed2d(context: LayerContext): DraftValue {
  const window = windowOf(context, 2);
  const [input] = context.inputs;
  const kernel = context.weight('kernel');
  const channels = kernel.shape[2] ?? 1;
  const declared = context.outputs.at(0) ?? [];
  const spatial = [declared.at(1), declared.at(2)].map((length) => length ?? null);
  const shape = [input.shape[0], ...spatial, channels];
  const target = isStatic(shape) ? integers(shape) : shapeAtRunTime(context, input, shape, 'conv_transpose/stack');
  const value = add(context, 'TRANSPOSE_CONV', [target, transposed(kernel, [2, 0, 1, 3]), input], {
    shape,
    name: 'conv_transpose',
    options: transposedOptions(window),
  });
  return finished(context, value);
}
