import type { Done, Filter, HighlightRule } from '../../protocol/monitor';
import type { Monitor } from './monitor';
import type { MonitorTab } from './monitorTab';

/** What a tab shows of its lines, and what it marks in them. The thread does it; the tab keeps it for the thread's next life. */

/** @throws {HumanError} where the pattern is no regular expression; the filter stays as it was then. */
export async function setFilter(monitor: Monitor, tab: MonitorTab, filter: Filter | undefined): Promise<Done> {
  const reply = await monitor.thread.request<'setFilter'>({ type: 'setFilter', stream: tab.id, filter });
  tab.filter = filter;
  monitor.tellTab(tab);
  monitor.remember();
  return reply;
}

/** @throws {HumanError} where a pattern is no regular expression; the rules stay as they were then. */
export async function setHighlights(
  monitor: Monitor,
  tab: MonitorTab,
  highlights: readonly HighlightRule[],
): Promise<Done> {
  const reply = await monitor.thread.request<'setHighlights'>({ type: 'setHighlights', stream: tab.id, highlights });
  tab.highlights = highlights;
  monitor.tellTab(tab);
  monitor.remember();
  return reply;
}

/** Tells a new thread the rules of a tab, or those kept over a reload. Rules that it refuses are given up. */
export async function restoreRules(
  monitor: Monitor,
  tab: MonitorTab,
  { filter, highlights }: Pick<MonitorTab, 'filter' | 'highlights'>,
): Promise<void> {
  tab.filter = undefined;
  tab.highlights = [];
  if (filter !== undefined) await setFilter(monitor, tab, filter).catch(() => undefined);
  if (highlights.length > 0) await setHighlights(monitor, tab, highlights).catch(() => undefined);
}
