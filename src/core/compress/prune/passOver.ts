import type { Channels } from '../channels/channels';
import { higherCosts } from '../worseCosts';
import type { ChannelImportances } from './filterImportance';
import { inOrder } from './searchPath';
import type { SelectionTotals } from './selectionTotals';

/** What costs are asked of. */
interface Selectable {
  readonly channels: Channels;
  readonly totals: SelectionTotals;
}

/**
 * A selection without the numbers of channels that kernels handle worse: where the model would cost more than it does
 * whole, each group that makes it so takes the nearest number that does not, of two the one that removes more, or stays
 * as it is. Which channels go is still said by their importances. Yields after every question: see `heard`.
 */
export function* passOver(
  { channels: { groups }, totals }: Selectable,
  removed: ReadonlySet<number>,
  importances: ChannelImportances,
): Generator<undefined, ReadonlySet<number>> {
  const isWorse = (some: ReadonlySet<number>): boolean => costsMore(totals, some);
  if (removed.size === 0 || !isWorse(removed)) return removed;
  const together = new Set<number>();
  for (const { channels } of groups) {
    if (!channels.some((id) => removed.has(id))) continue;
    const order = inOrder(channels, importances);
    for (const count of nearestFirst(order.filter((id) => removed.has(id)).length, order.length - 1)) {
      yield;
      const some = order.slice(0, count);
      if (isWorse(new Set(some))) continue;
      some.forEach((id) => together.add(id));
      break;
    }
  }
  // Groups that are no worse each may be together.
  return isWorse(together) ? new Set() : together;
}

function costsMore(totals: SelectionTotals, some: ReadonlySet<number>): boolean {
  if (some.size === 0) return false;
  // No kernel makes a file of fewer channels larger.
  return higherCosts(totals.before, { ...totals.of(some), flashBytes: undefined }) !== undefined;
}

/** Numbers from 1 to `most`, the nearest to `count` first. */
function nearestFirst(count: number, most: number): readonly number[] {
  return Array.from({ length: most }, (_, index) => index + 1).sort(
    (a, b) => Math.abs(a - count) - Math.abs(b - count) || b - a,
  );
}
