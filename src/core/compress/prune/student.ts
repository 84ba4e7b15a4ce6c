import type { Model } from '../../model/model';
import type { Channels } from '../channels/channels';
import { removeChannels } from '../channels/removeChannels';
import { redrawTracked } from '../rewrite/redraw';

/** A pruned model that still knows what it came from. */
export interface Student {
  readonly model: Model;
  /** Tensor of the unpruned graph to that of the pruned one; -1: gone. */
  readonly tensorIndices: Int32Array;
  /** Channels of the last axis of an unpruned tensor that the pruned one has; `undefined`: all. */
  readonly keptChannels: (tensor: number) => readonly number[] | undefined;
}

/** The model without these channels. */
export function studentOf(model: Model, channels: Channels, removed: ReadonlySet<number>): Student {
  const { model: pruned, tensorIndices } = redrawTracked(model, removeChannels(channels, removed));
  return { model: pruned, tensorIndices, keptChannels: (tensor) => keptOf(channels, removed, tensor) };
}

function keptOf(
  { graph, channels }: Channels,
  removed: ReadonlySet<number>,
  tensor: number,
): readonly number[] | undefined {
  const { shape } = graph.tensors[tensor];
  const axis = shape.length - 1;
  const gone = new Set<number>();
  for (const id of removed) {
    for (const place of channels[id].places) {
      if (place.tensor === tensor && place.axis === axis) for (const index of place.indices) gone.add(index);
    }
  }
  if (gone.size === 0) return undefined;
  return Array.from({ length: shape[axis] }, (_, index) => index).filter((index) => !gone.has(index));
}
