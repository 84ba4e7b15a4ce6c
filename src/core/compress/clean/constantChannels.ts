import { allRoundings } from '../../execute/roundings';
import type { Graph, Tensor } from '../../model/model';
import { channelRanges, UnroundedRanges } from './ranges/channelRanges';
import type { ChannelRange } from './ranges/channelRange';

/** Channels of a graph that hold one value whatever the inputs are, the same one in both rounding modes. */
export class ConstantChannels {
  readonly #ranges: readonly (readonly ChannelRange[])[];

  constructor(graph: Graph) {
    const unrounded = new UnroundedRanges(graph);
    this.#ranges = allRoundings.map((rounding) => channelRanges(graph, rounding, unrounded));
  }

  /** The stored value of channel `channel` of `tensor`; `undefined` where it is not proved to be constant. */
  valueOf(tensor: Tensor, channel: number): number | undefined {
    const [first, ...others] = this.#ranges.map((ranges) => ranges[tensor.index]);
    const value = first.low[channel];
    const isOneValue = (range: ChannelRange): boolean => range.low[channel] === value && range.high[channel] === value;
    return isOneValue(first) && others.every(isOneValue) ? value : undefined;
  }

  /** Bounds over both rounding modes of everything that `tensor` can hold. */
  boundsOf(tensor: Tensor): readonly [low: number, high: number] {
    const ranges = this.#ranges.map((each) => each[tensor.index]);
    const low = Math.min(...ranges.map((range) => range.low.reduce((a, b) => Math.min(a, b), Infinity)));
    const high = Math.max(...ranges.map((range) => range.high.reduce((a, b) => Math.max(a, b), -Infinity)));
    return [low, high];
  }
}
