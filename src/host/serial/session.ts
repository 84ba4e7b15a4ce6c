import type { KeptSession } from './memory';
import type { TabDisplay, TabId } from '../../protocol/monitorState';
import type { PortSettings } from '../../protocol/serialPort';
import type { MonitorTab } from './monitorTab';
import type { RuleOwner } from './rules';
import { restoreRules } from './rules';

/** Where tabs are made. */
interface TabOwner extends RuleOwner {
  readonly tabs: readonly MonitorTab[];
  tabFor(address: string, settings?: PortSettings, display?: Partial<TabDisplay>): Promise<MonitorTab>;
  choose(id: TabId): void;
}

/** Brings back the tabs that were there when the window was closed, and opens those that were open. */
export async function restoreSession(monitor: TabOwner, { tabs, chosen }: KeptSession): Promise<void> {
  for (const { address, settings, display, wasOpen, filter, highlights = [] } of tabs) {
    if (monitor.tabs.some((tab) => tab.address === address)) continue;
    const tab = await monitor.tabFor(address, settings, display);
    await restoreRules(monitor, tab, { filter, highlights });
    if (wasOpen) void tab.connection.open().catch(() => undefined);
  }
  const first = monitor.tabs.find(({ address }) => address === chosen);
  if (first !== undefined) monitor.choose(first.id);
}
