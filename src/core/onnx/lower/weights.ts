import { elementCount } from '../../model/dataType';
import type { Quantization } from '../../model/model';
import { roundAway } from '../../model/values/rounding';
import { decode, encode, visitStored } from '../../model/values/stored';
import { realValues } from '../../model/values/real';
import { gatheredInto, stridesOf, turned } from '../arrays';
import { realNumbers, type Known, type Lowering } from '../lowering';
import { numberOf, refused } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import type { NodeTail } from '../tail';

/** A scale and an offset for each channel of an output: what batch normalizations behind it do. */
interface Scaling {
  readonly factors: Float64Array;
  readonly offsets: Float64Array;
}

export function scalingOf(lowering: Lowering, { scalings }: NodeTail, channels: number): Scaling {
  const factors = new Float64Array(channels).fill(1);
  const offsets = new Float64Array(channels);
  for (const node of scalings) {
    const { factor, offset } = batchNormalization(lowering, node, channels);
    for (let channel = 0; channel < channels; channel++) {
      factors[channel] *= factor[channel];
      offsets[channel] = offsets[channel] * factor[channel] + offset[channel];
    }
  }
  return { factors, offsets };
}

/** y = factor x + offset for each channel. */
export function batchNormalization(
  lowering: Lowering,
  node: OnnxNode,
  channels: number,
): { readonly factor: Float64Array; readonly offset: Float64Array } {
  const epsilon = numberOf(node, 'epsilon', 1e-5);
  const [gamma, beta, mean, variance] = node.inputs.slice(1, 5).map((name) => lowering.numbers(name)?.values);
  if ([gamma, beta, mean, variance].some((values) => values?.length !== channels)) {
    throw refused(node, 'its statistics are no constants of one number for each channel.');
  }
  const factor = gamma!.map((value, channel) => value / Math.sqrt(variance![channel] + epsilon));
  return { factor, offset: beta!.map((value, channel) => value - mean![channel] * factor[channel]) };
}

/**
 * Weights whose integers lie around zero, as TFLM's kernels take them: moved where they have room, else rounded anew by
 * channel, in steps that are as much larger as the farthest of them lies beyond 127.
 */
export function balanced(known: Known, axis: number): Known {
  const { quantization } = known;
  if (quantization === undefined || 'values' in known || known.type !== 'int8') return known;
  if (quantization.zeroPoints.every((zero) => zero === 0)) return known;
  const { shape } = known;
  const isAlong = quantization.scales.length > 1;
  if (isAlong && quantization.axis !== axis) return known;
  const channelOf = channelAlong(shape, axis);
  // As floats, since weights are most of a file, and half of what doubles take.
  const moved = new Float32Array(elementCount(shape));
  const farthest = new Float64Array(shape[axis]);
  const zeros = Float64Array.from(farthest, (_, channel) => quantization.zeroPoints[isAlong ? channel : 0]);
  visitStored({ type: 'int8', bytes: known.data, elements: moved.length }, (value, index) => {
    const channel = channelOf(index);
    const own = value - zeros[channel];
    moved[index] = own;
    if (own > farthest[channel] || -own > farthest[channel]) farthest[channel] = Math.abs(own);
  });
  if (!isAlong && farthest.every((most) => most <= 127)) {
    return { ...known, data: encode('int8', moved)!, quantization: { ...quantization, zeroPoints: [0] } };
  }
  const wider = farthest.map((most) => Math.max(1, most / 127));
  // Whole numbers are written many times faster than others.
  for (let index = 0; index < moved.length; index++) moved[index] = roundAway(moved[index] / wider[channelOf(index)]);
  const scales = Array.from(wider, (factor, channel) => quantization.scales[isAlong ? channel : 0] * factor);
  return { ...known, data: encode('int8', moved)!, quantization: { scales, zeroPoints: scales.map(() => 0), axis } };
}

/** The place along an axis of each element. */
function channelAlong(shape: readonly number[], axis: number): (index: number) => number {
  const [inner, count] = [elementCount(shape.slice(axis + 1)), shape[axis]];
  return (index) => Math.floor(index / inner) % count;
}

/** How weights are turned from ONNX's order to TFLite's. */
interface Turning {
  readonly permutation: readonly number[];
  /** The shape that they have then. */
  readonly shape: readonly number[];
  /** The axis of the channels of the output, before and behind. */
  readonly channelAxis: readonly [from: number, to: number];
  /** Which place of the contracted axis lies at each place of it in memory; absent where they are the same. */
  readonly inputOrder?: readonly number[];
  readonly inputAxis?: number;
}

/** A tensor of weights, as integers where the operator works on them. */
export function weightsTensor(
  lowering: Lowering,
  known: Known,
  { name, turning, factors }: { readonly name: string; readonly turning: Turning; readonly factors?: Float64Array },
): number {
  const { draft } = lowering;
  if (factors === undefined) {
    const { data, type, quantization } = known as Exclude<Known, { values: Float64Array }>;
    const bytes = ordered(type, data, { shape: known.shape, turning });
    const [, axis] = turning.channelAxis;
    return draft.constant(name, turning.shape, bytes, {
      type,
      quantization: { ...quantization!, axis },
    });
  }
  return draft.constant(name, turning.shape, scaledFloats(known, turning, factors), { type: 'float32' });
}

/**
 * The bytes of floats in TFLite's order, each times the factor of its channel: a view into the file where nothing
 * changes, since weights are most of a file.
 */
function scaledFloats(known: Known, turning: Turning, factors: Float64Array): Uint8Array {
  const { shape } = known;
  const { permutation, inputOrder, inputAxis = 0, channelAxis } = turning;
  const isStored = !('values' in known) && known.type === 'float32' && known.quantization === undefined;
  const isInOrder = inputOrder === undefined && permutation.every((axis, at) => axis === at);
  if (isStored && isInOrder && factors.every((factor) => factor === 1)) return known.data;
  const tensor = { index: 0, name: '', isVariable: false, type: known.type, shape };
  const source = isStored ? realValues({ ...tensor, data: known.data })! : realNumbers(known).values;
  const picked = inputOrder === undefined ? source : reordered(source, shape, { axis: inputAxis, order: inputOrder });
  const strides = stridesOf(shape);
  const values = gatheredInto(new Float32Array(picked.length), picked, {
    shape: permutation.map((axis) => shape[axis]),
    strides: permutation.map((axis) => strides[axis]),
  });
  const inner = elementCount(turning.shape.slice(channelAxis[1] + 1));
  for (let start = 0, block = 0; start < values.length; start += inner, block++) {
    const factor = factors[block % factors.length];
    if (factor !== 1) for (let at = start; at < start + inner; at++) values[at] *= factor;
  }
  return encode('float32', values)!;
}

/** Integers in TFLite's order; those of one byte are moved as they are. */
function ordered(
  type: Known['type'],
  data: Uint8Array,
  { shape, turning }: { readonly shape: readonly number[]; readonly turning: Turning },
): Uint8Array {
  const { permutation, inputOrder, inputAxis = 0 } = turning;
  if (data.length !== elementCount(shape)) {
    const values = decode(type, data, elementCount(shape))!;
    const picked = inputOrder === undefined ? values : reordered(values, shape, { axis: inputAxis, order: inputOrder });
    return encode(type, turned({ shape, values: picked }, permutation).values)!;
  }
  const picked = inputOrder === undefined ? data : reordered(data, shape, { axis: inputAxis, order: inputOrder });
  if (permutation.every((axis, at) => axis === at)) return picked;
  const strides = stridesOf(shape);
  return gatheredInto(new Uint8Array(data.length), picked, {
    shape: permutation.map((axis) => shape[axis]),
    strides: permutation.map((axis) => strides[axis]),
  });
}

/** The slices of an axis in another order. */
function reordered<T extends Uint8Array | Float32Array | Float64Array>(
  values: T,
  shape: readonly number[],
  { axis, order }: { readonly axis: number; readonly order: readonly number[] },
): T {
  const inner = elementCount(shape.slice(axis + 1));
  const result = values.slice() as T;
  for (let start = 0; start < values.length; start += order.length * inner) {
    order.forEach((from, to) => {
      result.set(values.subarray(start + from * inner, start + (from + 1) * inner), start + to * inner);
    });
  }
  return result;
}

/** What a bias is made of. */
interface BiasQuestion {
  readonly name: string;
  /** Absent: zeros. */
  readonly values?: Float64Array;
  readonly channels: number;
  /** Of the input and the weights, where the operator works on integers. */
  readonly scales?: readonly [input: Quantization, weights: Quantization];
  readonly wide?: boolean;
}

/** A tensor for a bias: floats, or integers whose step is that of the products. */
export function biasTensor(
  { draft }: Lowering,
  { name, values, channels, scales, wide = false }: BiasQuestion,
): number {
  const numbers = values ?? new Float64Array(channels);
  if (scales === undefined) return draft.numbers(name, numbers);
  const [input, weights] = scales;
  const steps = Array.from({ length: channels }, (_, channel) => {
    return input.scales[0] * (weights.scales[channel] ?? weights.scales[0]);
  });
  const type = wide ? 'int64' : 'int32';
  const stored = numbers.map((value, channel) => value / steps[channel]);
  const quantization = {
    scales: weights.scales.length === 1 ? [steps[0]] : steps,
    zeroPoints: weights.scales.length === 1 ? [0] : steps.map(() => 0),
    axis: 0,
  };
  return draft.constant(name, [channels], encode(type, stored)!, { type, quantization });
}
