import type { Channels } from '../channels/channels';
import type { ChannelStatistics } from './activationStatistics';
import type { ChannelImportances } from './filterImportance';
import { readingsOf, squaredWeights } from './readings';
import type { Reader } from '../clean/readers';

/**
 * The share of what each reader's sums vary by that comes through a channel: variance of the channel x squared weights,
 * over the sum of these of all of the reader's channels. A channel's mean is no loss, since the bias takes it over.
 * Added up over all readers.
 */
export function activationImportance(
  channels: Channels,
  statistics: ReadonlyMap<number, ChannelStatistics>,
): ChannelImportances {
  const importances = new Float64Array(channels.channels.length);
  const shares = new Map<Reader, Float64Array>();
  for (const { channel, reader, input } of readingsOf(channels)) {
    let share = shares.get(reader);
    if (share === undefined) {
      share = sharesOf(reader, statistics.get(reader.image.index));
      shares.set(reader, share);
    }
    importances[channel] += share[input];
  }
  return importances;
}

function sharesOf(reader: Reader, statistics: ChannelStatistics | undefined): Float64Array {
  const squares = squaredWeights(reader);
  const parts = squares.map((square, input) => square * (statistics?.variance[input % reader.inputs] ?? 1));
  const total = parts.reduce((sum, part) => sum + part, 0) || 1;
  return parts.map((part) => part / total);
}
