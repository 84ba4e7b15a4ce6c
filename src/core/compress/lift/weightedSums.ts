import type { Graph, Operator, Tensor } from '../../model/model';
import { realValues, sliceStride } from '../../model/values/real';
import type { Interval } from './interval';
import { lookup } from '../../text/lookup';

const unboundedInterval: Interval = { least: -Infinity, most: Infinity };

/** Positions of what a layer sums over. */
const positions: Readonly<Record<string, { readonly input: number; readonly bias: number }>> = lookup({
  CONV_2D: { input: 0, bias: 2 },
  DEPTHWISE_CONV_2D: { input: 0, bias: 2 },
  FULLY_CONNECTED: { input: 0, bias: 2 },
  TRANSPOSE_CONV: { input: 2, bias: 3 },
});

/**
 * The least and the most that a layer's sums can come to over all its outputs: each weight times whichever end of the
 * input is worse, zeros of a padding among them, plus the bias.
 */
export function weightedSums(inputs: readonly Interval[], operator: Operator, { tensors }: Graph): Interval {
  const { input, bias } = positions[operator.kind];
  const weights = tensors[operator.inputs[1]];
  const values = realValues(weights);
  const { least, most } = inputs[input];
  if (values === undefined || !Number.isFinite(least) || !Number.isFinite(most)) return unboundedInterval;
  const [low, high] = [Math.min(least, 0), Math.max(most, 0)];
  const axis = operator.kind === 'DEPTHWISE_CONV_2D' ? weights.shape.length - 1 : 0;
  const [channels, stride] = [weights.shape[axis] ?? 1, sliceStride(weights.shape, axis)];
  const sums = biasOf(operator.inputs[bias], { tensors, from: tensors[operator.inputs[input]], weights }, channels);
  if (sums === undefined) return unboundedInterval;
  const [leasts, mosts] = [sums.slice(), sums.slice()];
  values.forEach((weight, index) => {
    const channel = Math.floor(index / stride) % channels;
    leasts[channel] += Math.min(weight * low, weight * high);
    mosts[channel] += Math.max(weight * low, weight * high);
  });
  return { least: leasts.reduce((a, b) => Math.min(a, b)), most: mosts.reduce((a, b) => Math.max(a, b)) };
}

interface Layer {
  readonly tensors: readonly Tensor[];
  readonly from: Tensor;
  readonly weights: Tensor;
}

/** A bias has the scale of input times weights, whether the file says so or not. */
function biasOf(index: number | undefined, layer: Layer, channels: number): Float64Array | undefined {
  if (index === undefined || index < 0) return new Float64Array(channels);
  const { tensors, from, weights } = layer;
  const bias = tensors[index];
  const values = realValues(bias);
  if (values?.length !== channels) return undefined;
  const isNoted = bias.type === 'float32' || (bias.quantization?.scales.length ?? 0) > 0;
  const scales = weights.quantization?.scales ?? [1];
  const scaleAt = (channel: number): number =>
    isNoted ? 1 : (from.quantization?.scales[0] ?? 1) * scales[scales.length === 1 ? 0 : channel];
  return Float64Array.from(values, (value, channel) => value * scaleAt(channel));
}
