import type { Channels } from '../channels/channels';
import type { Totals } from '../offer';
import { totalsOf } from '../totals';
import { higherCosts } from '../worseCosts';
import type { ChannelImportances } from './filterImportance';
import { quickForecast } from './pruned';
import { inOrder } from './searchPath';
import type { PrunedPlace } from './writtenCosts';
import { writtenReportOf } from './writtenCosts';
import type { Model } from '../../model/model';

/** What costs are asked of. */
interface Selectable {
  readonly model: Model;
  readonly channels: Channels;
  readonly place: PrunedPlace;
}

/**
 * A selection without the numbers of channels that kernels handle worse: where the model would cost more than it does
 * whole, each group that makes it so takes the nearest number that does not, of two the one that removes more, or stays
 * as it is. Which channels go is still said by their importances.
 */
export function passOver(
  candidates: Selectable,
  removed: ReadonlySet<number>,
  importances: ChannelImportances,
): ReadonlySet<number> {
  const before = totalsOf(writtenReportOf(candidates.model, candidates.place));
  const isWorse = (some: ReadonlySet<number>): boolean => costsMore(candidates, before, some);
  if (removed.size === 0 || !isWorse(removed)) return removed;
  const kept = candidates.channels.groups.flatMap(({ channels }) => {
    const order = inOrder(channels, importances);
    const count = order.filter((id) => removed.has(id)).length;
    const counts = count === 0 ? [] : nearestFirst(count, order.length - 1);
    return order.slice(0, counts.find((each) => !isWorse(new Set(order.slice(0, each)))) ?? 0);
  });
  // Groups that are no worse each may be together.
  const together = new Set(kept);
  return isWorse(together) ? new Set() : together;
}

function costsMore({ model, channels, place }: Selectable, before: Totals, some: ReadonlySet<number>): boolean {
  if (some.size === 0) return false;
  // The quick forecast of a file is some bytes off, and no kernel makes a file of fewer channels larger.
  const after = { ...totalsOf(quickForecast({ model, channels, place }, some)), flashBytes: undefined };
  return higherCosts(before, after) !== undefined;
}

/** Numbers from 1 to `most`, the nearest to `count` first. */
function nearestFirst(count: number, most: number): readonly number[] {
  return Array.from({ length: most }, (_, index) => index + 1).sort(
    (a, b) => Math.abs(a - count) - Math.abs(b - count) || b - a,
  );
}
