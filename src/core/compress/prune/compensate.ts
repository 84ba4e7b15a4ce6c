import type { Channels } from '../channels/channels';
import { foldIntoBiases } from '../clean/foldIntoBiases';
import type { ChannelStatistics } from './activationStatistics';
import { readingsOf } from './readings';

/**
 * The graph with the means of channels that are about to go added to the biases of the layers that read them, so that
 * only what varies is lost. At padded borders that is a little too much. `statistics` hold real numbers, of the same
 * graph or of its float twin.
 */
export function compensateBiases(
  channels: Channels,
  removed: ReadonlySet<number>,
  statistics: ReadonlyMap<number, ChannelStatistics>,
): Channels {
  const inputs = readingsOf(channels).flatMap(({ channel, reader, input }) => {
    const mean = statistics.get(reader.image.index)?.mean[input % reader.inputs];
    if (!removed.has(channel) || mean === undefined || reader.operator.kind === 'TRANSPOSE_CONV') return [];
    const scale = reader.image.quantization?.scales[0] ?? 1;
    return [{ reader, input, value: mean / scale + reader.zeroPoint }];
  });
  return { ...channels, graph: foldIntoBiases(channels.graph, inputs).graph };
}
