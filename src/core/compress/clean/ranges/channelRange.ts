import type { Tensor } from '../../../model/model';
import { storedValues } from '../../../model/values/stored';
import { lookup } from '../../../text/lookup';

/**
 * Bounds of what a tensor can hold, for each index of its last axis: stored integers, or real numbers of a float
 * tensor.
 */
export interface ChannelRange {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

const limits: Readonly<Record<string, readonly [number, number]>> = lookup({
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
});

/** The number of channels of a tensor: the size of its last axis, 1 for a scalar. */
export function channelCount({ shape }: Tensor): number {
  return shape.length === 0 ? 1 : Math.max(0, shape[shape.length - 1]);
}

/** Everything that the tensor's type can hold. */
export function fullRange(tensor: Tensor): ChannelRange {
  const [low, high] = limits[tensor.type] ?? [-Infinity, Infinity];
  const channels = channelCount(tensor);
  return { low: new Float64Array(channels).fill(low), high: new Float64Array(channels).fill(high) };
}

/** What a constant holds. */
export function constantRange(tensor: Tensor): ChannelRange {
  const values = storedValues(tensor);
  return values === undefined ? fullRange(tensor) : hull(values, channelCount(tensor));
}

/** The smallest and the largest value of each channel, row-major with the channel last. Not a number: no bound. */
export function hull(values: ArrayLike<number>, channels: number): ChannelRange {
  const range = { low: new Float64Array(channels).fill(Infinity), high: new Float64Array(channels).fill(-Infinity) };
  const [least, most] = [range.low, range.high];
  for (let start = 0; start < values.length; start += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const value = values[start + channel];
      if (Number.isNaN(value)) [least[channel], most[channel]] = [-Infinity, Infinity];
      if (value < least[channel]) least[channel] = value;
      if (value > most[channel]) most[channel] = value;
    }
  }
  return range;
}
