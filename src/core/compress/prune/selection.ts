import { HumanError } from '../../model/problem';
import { nearest, quotedChoice } from '../../text/nearest';
import type { Channels, ChannelGroup, ChannelLayer } from '../channels/channels';
import type { ChannelImportances } from './filterImportance';
import type { PruneOptions } from './request';
import { inOrder } from './searchPath';

/**
 * The channels that a ratio for all layers, or ratios for some, remove: of each group round(ratio x size), the least
 * important first, one at least staying. How many go depends on the ratios alone, so that costs are known before
 * importances are.
 * @throws HumanError `prune-ratio`, `prune-layer-unknown`, `prune-layer-fixed` for what cannot be done.
 */
export function selectByRatio(
  channels: Channels,
  importances: ChannelImportances,
  { ratio, layers }: Pick<PruneOptions, 'ratio' | 'layers'>,
): ReadonlySet<number> {
  const ratios = new Map<ChannelGroup, number>();
  if (ratio !== undefined) for (const group of channels.groups) ratios.set(group, checkedRatio(ratio));
  for (const { name, ratio: own } of layers) {
    const layer = layerNamed(channels, name);
    for (const group of layer.groups) ratios.set(channels.groups[group], checkedRatio(own));
  }
  const removed = [...ratios].flatMap(([group, share]) => {
    const count = Math.min(Math.round(share * group.channels.length), group.channels.length - 1);
    return inOrder(group.channels, importances).slice(0, count);
  });
  return new Set(removed);
}

function layerNamed({ layers }: Channels, name: string): ChannelLayer {
  const layer = layers.find((each) => each.name === name);
  if (layer === undefined) {
    const names = layers.map((each) => each.name);
    const hint = names.length === 0 ? 'The model has none.' : `Did you mean ${quotedChoice(nearest(name, names))}?`;
    throw new HumanError(
      'prune-layer-unknown',
      `There is no layer with weights called "${name.slice(0, 80)}". ${hint}`,
    );
  }
  if (layer.groups.length > 0) return layer;
  throw new HumanError(
    'prune-layer-fixed',
    `"${name}" cannot be pruned. ${layer.reason ?? 'It has one channel.'} Choose another layer.`,
  );
}

function checkedRatio(ratio: number): number {
  if (ratio >= 0 && ratio < 1) return ratio;
  throw new HumanError(
    'prune-ratio',
    `A ratio of ${ratio} is not between 0 and 1. Write for instance 0.25 to remove a quarter of the channels.`,
  );
}
