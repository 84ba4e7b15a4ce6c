import type { Graph } from '../../model/model';

/**
 * A channel as the whole graph sees it: the indices of tensors that only go together. One filter of a convolution with
 * its bias, its place in the image, its tap of a depthwise convolution and the weights that read it are one channel; so
 * are equal channels of the two sides of an addition.
 */
export interface Channel {
  readonly id: number;
  readonly places: readonly ChannelPlace[];
}

/**
 * The indices of one tensor's axis that belong to a channel; several where an image was flattened or a depth
 * multiplied.
 */
export interface ChannelPlace {
  readonly tensor: number;
  readonly axis: number;
  readonly indices: readonly number[];
}

/** Channels that occupy the same axes of the same tensors: one may go as well as another, and one at least stays. */
export interface ChannelGroup {
  readonly id: number;
  /** Layers that compute these channels, in order of execution; the first one names the group. */
  readonly layers: readonly number[];
  /** Channel ids, in the order of the first layer's outputs. */
  readonly channels: readonly number[];
}

/** An operator with weights, and what may go of its output channels. */
export interface ChannelLayer {
  /** Operator index in the graph. */
  readonly operator: number;
  readonly kind: string;
  /** Short name of its output. */
  readonly name: string;
  /** All of its output channels. */
  readonly outputs: number;
  /** Groups that its removable channels belong to; empty where none may go. */
  readonly groups: readonly number[];
  /** Why channels stay, as a complete sentence, where some or all do. */
  readonly reason?: string;
}

/** What may be removed from a graph. */
export interface Channels {
  readonly graph: Graph;
  readonly channels: readonly Channel[];
  readonly groups: readonly ChannelGroup[];
  readonly layers: readonly ChannelLayer[];
}
