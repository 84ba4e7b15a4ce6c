import { countText } from '../../wording';
import { findChannels } from '../../channels/findChannels';
import type { Channels } from '../../channels/channels';
import { removeChannels } from '../../channels/removeChannels';
import { redraw } from '../../rewrite/redraw';
import { foldIntoBiases } from '../foldIntoBiases';
import type { ConstantInput } from '../foldIntoBiases';
import { ConstantChannels } from '../constantChannels';
import { channelReadings, readersOf } from '../readers';
import type { CleanStep } from '../cleanStep';

/**
 * Removes channels that make no difference: nothing reads them, or they hold the same value whatever the input is, and
 * what that value adds to each sum is the same at every place of the output, so that the bias can hold it. Repeated by
 * the caller: what only a removed channel read is then read by nothing.
 */
export const deadChannels: CleanStep = {
  id: 'dead-channels',
  apply: (model) => {
    const channels = findChannels(model);
    const found = deadOf(channels);
    const removed = keepOneOfEach(channels, found);
    if (removed.size === 0) return undefined;
    const { graph, fixed } = foldIntoBiases(
      channels.graph,
      [...removed].flatMap((id) => found.get(id)!),
    );
    const draft = removeChannels({ ...channels, graph }, removed);
    return { model: redraw(model, draft), decisions: sentences(channels, removed, fixed) };
  },
};

/** Channels that may go, with what has to be added to biases for each. */
function deadOf(channels: Channels): ReadonlyMap<number, readonly ConstantInput[]> {
  const constants = new ConstantChannels(channels.graph);
  const readingsOf = channelReadings(readersOf(channels.graph));
  const dead = new Map<number, readonly ConstantInput[]>();
  for (const channel of channels.channels) {
    const contributions = contributionsOf(readingsOf(channel), constants);
    if (contributions !== undefined) dead.set(channel.id, contributions);
  }
  return dead;
}

/** What a channel adds wherever it is read; `undefined` where that depends on the input or on the place. */
function contributionsOf(
  readings: ReturnType<ReturnType<typeof channelReadings>>,
  constants: ConstantChannels,
): readonly ConstantInput[] | undefined {
  const contributions: ConstantInput[] = [];
  for (const { reader, inputs } of readings) {
    for (const input of inputs) {
      if (reader.isUnread(input)) continue;
      const value = constants.valueOf(reader.image, input % reader.inputs);
      if (value === undefined) return undefined;
      if (value === reader.zeroPoint) continue;
      if (!reader.foldsConstants) return undefined;
      contributions.push({ reader, input, value });
    }
  }
  return contributions;
}

/** A tensor cannot lose all of its channels. */
function keepOneOfEach({ groups }: Channels, dead: ReadonlyMap<number, unknown>): ReadonlySet<number> {
  const removed = new Set(dead.keys());
  for (const { channels } of groups) {
    if (channels.every((id) => removed.has(id))) removed.delete(channels[0]);
  }
  return removed;
}

function sentences({ groups, layers }: Channels, removed: ReadonlySet<number>, fixed: number): readonly string[] {
  const parts = groups.flatMap(({ layers: owners, channels }) => {
    const gone = channels.filter((id) => removed.has(id)).length;
    if (gone === 0) return [];
    const names = layers.filter(({ operator }) => owners.includes(operator)).map(({ name }) => name);
    return [
      `${names.join(' and ')}: ${gone} of ${countText(channels.length, 'channel')} made no difference to any output and are gone.`,
    ];
  });
  if (fixed > 0) parts.push(`What the constant channels added is now part of ${countText(fixed, 'bias', 'biases')}.`);
  return parts;
}
