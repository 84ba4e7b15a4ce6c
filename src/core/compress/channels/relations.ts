import type { ChannelRelation } from './relation';
import { alongLastAxis, concatenation, pack, pad, reduction, split, splitV, transpose, unpack } from './relations/axes';
import { channelByChannel, conv2d, depthwiseConv2d, fullyConnected, transposeConv } from './relations/convolution';
import { broadcasting, unary } from './relations/elementwise';
import { reshape } from './relations/reshape';
import { slice, stridedSlice } from './relations/slice';

/**
 * Every operator through which channels are followed: a new one is one line here. At all others channels stay as they
 * are.
 */
const relations: readonly ChannelRelation[] = [
  alongLastAxis,
  broadcasting,
  channelByChannel,
  concatenation,
  conv2d,
  depthwiseConv2d,
  fullyConnected,
  pack,
  pad,
  reduction,
  reshape,
  slice,
  split,
  splitV,
  stridedSlice,
  transpose,
  transposeConv,
  unary,
  unpack,
];

const byKind = new Map(relations.flatMap((relation) => relation.kinds.map((kind) => [kind, relation] as const)));

/** How channels pass an operator of this kind; `undefined` where they are not followed. */
export function relationOf(kind: string): ChannelRelation | undefined {
  return byKind.get(kind);
}
