import type { Channels } from '../channels/channels';
import { channelReadings, readersOf } from '../clean/readers';
import type { Reader } from '../clean/readers';
import { realValues } from '../../model/values/real';

/** Where a layer that sums over channels reads one. */
interface Reading {
  readonly channel: number;
  readonly reader: Reader;
  /** Index along the weights' input axis. */
  readonly input: number;
}

/** Every place where a removable channel is summed into something else. */
export function readingsOf({ graph, channels }: Channels): readonly Reading[] {
  const readingsOfChannel = channelReadings(readersOf(graph));
  return channels.flatMap((channel) =>
    readingsOfChannel(channel).flatMap(({ reader, inputs }) =>
      inputs.map((input) => ({ channel: channel.id, reader, input })),
    ),
  );
}

/** Sum of the squares of the real weights that a reader has for each index along its input axis. */
export function squaredWeights({ weights }: Reader): Float64Array {
  const depth = weights.shape.at(-1) ?? 1;
  const squares = new Float64Array(depth);
  realValues(weights)?.forEach((value, index) => (squares[index % depth] += value * value));
  return squares;
}
