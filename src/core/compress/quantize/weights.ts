import type { Quantization } from '../../model/model';
import { roundAway } from '../../model/values/rounding';
import { exactScale } from './exactScale';
import type { FeedbackRounding } from './rounding/feedback';
import { sliceStride } from '../../model/values/real';

interface WeightsSource {
  readonly values: Float32Array;
  readonly shape: readonly number[];
  /** Dimension of the output channels, each with a scale of its own; absent: one scale for all. */
  readonly axis?: number;
  /** Step that the weights were quantized with before; absent: not known. */
  readonly step?: number;
  /** Least scale of each channel (or of all), below which the bias would not fit; absent: none. */
  readonly leastScales?: readonly number[];
  /** Rounds weights so that their errors cancel in the layer's output; absent: each to its nearest. */
  readonly feedback?: FeedbackRounding;
}

interface QuantizedWeights {
  readonly data: Int8Array;
  readonly quantization: Quantization;
}

/** Symmetric weights use -127 … 127. Source: TFLite 8-bit quantization specification. */
const most = 127;

/**
 * Symmetric int8 weights, zero point 0, per channel along `axis` or as a whole. A channel that is all zeros takes the
 * median scale of the others, so that its bias keeps a fine scale; one whose values are whole steps already keeps these
 * steps, known or found.
 */
export function quantizeWeights({ values, shape, axis, step, leastScales, feedback }: WeightsSource): QuantizedWeights {
  const channels = axis === undefined ? 1 : shape[axis];
  const stride = axis === undefined ? values.length : sliceStride(shape, axis);
  const channelOf = (index: number): number => Math.floor(index / stride) % channels;
  const groups = groupByChannel(values, channels, channelOf);
  const scales = scalesOf(groups, step, leastScales);
  const data =
    feedback === undefined
      ? toNearest(values, (index) => scales[channelOf(index)])
      : withFeedback(values, feedback, scales);
  return { data, quantization: { scales, zeroPoints: scales.map(() => 0), axis: axis ?? 0 } };
}

function toNearest(values: Float32Array, scaleAt: (index: number) => number): Int8Array {
  return Int8Array.from(values, (value, index) => Math.max(-most, Math.min(most, roundAway(value / scaleAt(index)))));
}

function withFeedback(values: Float32Array, feedback: FeedbackRounding, scales: readonly number[]): Int8Array {
  const { channels, place } = feedback.patches;
  const data = new Int8Array(values.length);
  for (let channel = 0; channel < channels; channel++) {
    const scale = scales[scales.length === 1 ? 0 : channel];
    feedback.round(values, channel, { scale, most }).forEach((value, index) => {
      data[place(channel, index)] = value;
    });
  }
  return data;
}

/** The values of each channel. */
function groupByChannel(values: Float32Array, channels: number, channelOf: (index: number) => number): Float32Array[] {
  if (channels === 1) return [values];
  const groups = Array.from({ length: channels }, () => new Float32Array(values.length / channels));
  const filled = new Uint32Array(channels);
  values.forEach((value, index) => {
    const channel = channelOf(index);
    groups[channel][filled[channel]++] = value;
  });
  return groups;
}

/**
 * A known step serves up to here: what is one step beyond becomes 127, which costs less than rounding all others again.
 */
const mostKnownSteps = 128;

function scalesOf(
  groups: readonly Float32Array[],
  step: number | undefined,
  leastScales: readonly number[] | undefined,
): number[] {
  const largest = groups.map((group) => group.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  const alive = largest.filter((value) => value > 0).sort((left, right) => left - right);
  const usual = alive.length === 0 ? 1 : alive[alive.length >> 1];
  return groups.map((group, channel) => {
    const value = largest[channel];
    const plain = (value > 0 ? value : usual) / most;
    const isKnown = step !== undefined && roundAway(value / step) <= mostKnownSteps;
    const scale = Math.max(isKnown ? step : (exactScale(group) ?? plain), leastScales?.[channel] ?? 0);
    return Math.max(Math.fround(scale), 2 ** -126);
  });
}

/** Largest stored bias that is aimed at: half of what int32 holds leaves room for the products. */
const mostBias = 2 ** 30;

/** Least scales of the weights with which `bias` fits into int32. */
export function leastScalesFor(bias: Float32Array | undefined, inputScale: number, channels: number): number[] {
  const least = new Array<number>(channels).fill(0);
  bias?.forEach((value, index) => {
    const channel = channels === 1 ? 0 : index;
    least[channel] = Math.max(least[channel], Math.abs(value) / (inputScale * mostBias));
  });
  return least;
}

interface QuantizedBias {
  readonly data: Int32Array | BigInt64Array;
  readonly quantization: Quantization;
}

/** The bias with the scale input x weights, as int32, or as int64 beside 16-bit activations. */
export function quantizeBias(
  bias: ArrayLike<number>,
  inputScale: number,
  weights: Quantization,
  type: 'int32' | 'int64',
): QuantizedBias {
  const scales = weights.scales.map((scale) => Math.fround(inputScale * scale));
  const stored = Array.from(bias, (value, index) => roundAway(value / scales[scales.length === 1 ? 0 : index]));
  const data = type === 'int32' ? Int32Array.from(stored, clampInt32) : BigInt64Array.from(stored, clampInt64);
  return { data, quantization: { scales, zeroPoints: scales.map(() => 0), axis: 0 } };
}

function clampInt32(value: number): number {
  return Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, value));
}

/** TFLM's kernels want 16-bit sums to stay below 2^47. */
function clampInt64(value: number): bigint {
  return BigInt(Math.max(-(2 ** 46), Math.min(2 ** 46, value)));
}
