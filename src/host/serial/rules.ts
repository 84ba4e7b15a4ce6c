import type { Done } from '../../protocol/monitor';
import type { Filter, HighlightRule } from '../../protocol/monitorState';
import type { MonitorTab } from './monitorTab';
import type { ThreadRpc } from './monitorThread';

/** Where rules are told, and kept over a reload. */
export interface RuleOwner {
  readonly thread: ThreadRpc;
  tellTab(tab: MonitorTab): void;
  remember(): void;
}

/**
 * What a tab shows of its lines, and what it marks in them. The thread does it; the tab keeps it for the thread's next
 * life.
 */

/** @throws {HumanError} where the pattern is no regular expression; the filter stays as it was then. */
export async function setFilter(monitor: RuleOwner, tab: MonitorTab, filter: Filter | undefined): Promise<Done> {
  const reply = await monitor.thread.request<'setFilter'>({ type: 'setFilter', stream: tab.id, filter });
  tab.setRules({ filter });
  monitor.tellTab(tab);
  monitor.remember();
  return reply;
}

/** @throws {HumanError} where a pattern is no regular expression; the rules stay as they were then. */
export async function setHighlights(
  monitor: RuleOwner,
  tab: MonitorTab,
  highlights: readonly HighlightRule[],
): Promise<Done> {
  const reply = await monitor.thread.request<'setHighlights'>({ type: 'setHighlights', stream: tab.id, highlights });
  tab.setRules({ highlights });
  monitor.tellTab(tab);
  monitor.remember();
  return reply;
}

/** Tells a new thread the rules of a tab, or those kept over a reload. Rules that it refuses are given up. */
export async function restoreRules(
  monitor: RuleOwner,
  tab: MonitorTab,
  { filter, highlights }: Pick<MonitorTab, 'filter' | 'highlights'>,
): Promise<void> {
  tab.setRules({ filter: undefined, highlights: [] });
  if (filter !== undefined) await setFilter(monitor, tab, filter).catch(() => undefined);
  if (highlights.length > 0) await setHighlights(monitor, tab, highlights).catch(() => undefined);
}
