import type { Done } from '../../protocol/monitor';
import type { Log } from '../log';
import type { ToMonitorPage } from '../../protocol/monitor';
import type { TabId } from '../../protocol/monitorState';
import type { MonitorTab } from './monitorTab';
import { continueLog } from './logs';
import type { RuleOwner } from './rules';
import { restoreRules } from './rules';
import type { ThreadEvents } from './monitorThread';

const doneReply: Done = { type: 'done' };

/** How often the size of a log is told; it grows with every line. */
const logSizeMs = 500;

/** Whose streams the thread holds. */
interface StreamOwner extends RuleOwner {
  readonly tabs: readonly MonitorTab[];
  find(id: TabId): MonitorTab | undefined;
  tell(message: ToMonitorPage): void;
  watchAll(): void;
}

/** What is done with what the monitor's thread tells. */
export function threadHandlers(monitor: StreamOwner, log: Log): ThreadEvents {
  const toldLogs = new Map<number, number>();
  return {
    consumed: ({ stream, bytes }) => monitor.find(stream)?.consumed(bytes),
    grown: ({ stream, extent, logBytes }) => {
      const tab = monitor.find(stream);
      if (tab === undefined) return;
      tab.grow(extent);
      monitor.tell({ type: 'grown', tab: stream, extent });
      if (tab.log === undefined || logBytes === undefined || logBytes === tab.log.bytes) return;
      tab.logGrew(logBytes);
      const now = Date.now();
      if (now - (toldLogs.get(stream) ?? 0) < logSizeMs) return;
      toldLogs.set(stream, now);
      monitor.tellTab(tab);
    },
    heard: ({ stream, groups }) => {
      monitor.find(stream)?.hearing.hear(groups);
      return doneReply;
    },
    plot: ({ stream, isWhole, series }) => monitor.tell({ type: 'plot', tab: stream, isWhole, series }),
    filterFailed: ({ stream, message }) => {
      const tab = monitor.find(stream);
      if (tab === undefined) return;
      tab.setRules({ filter: undefined });
      log.warn(message);
      monitor.tellTab(tab);
      monitor.tell({ type: 'notice', message });
    },
    highlightDropped: ({ stream, highlight, message }) => {
      const tab = monitor.find(stream);
      if (tab === undefined) return;
      const dropped = JSON.stringify(highlight);
      tab.setRules({ highlights: tab.highlights.filter((rule) => JSON.stringify(rule) !== dropped) });
      log.warn(message);
      monitor.tellTab(tab);
      monitor.remember();
      monitor.tell({ type: 'notice', message });
    },
    logFailed: ({ stream, message }) => {
      const tab = monitor.find(stream);
      if (tab?.log === undefined) return;
      log.warn(message);
      tab.logFailed(message);
      monitor.tellTab(tab);
      monitor.tell({ type: 'notice', message });
    },
    faulted: ({ message, stack }) => log.error(Object.assign(new Error(message), { stack })),
    died: (error) => {
      log.error(error);
      for (const tab of monitor.tabs) {
        tab.forgetThread();
        // First of all, so that what arrives now is logged.
        void continueLog(monitor.thread, tab).then(() => monitor.tellTab(tab));
        void restoreRules(monitor, tab, tab);
        monitor.tellTab(tab);
      }
      monitor.watchAll();
      monitor.tell({ type: 'notice', message: error.message });
    },
  };
}
