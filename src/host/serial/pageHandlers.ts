import * as vscode from 'vscode';
import { HumanError } from '../../core/model/problem';
import type { Done, FromMonitorPageDirection, MonitorCommand } from '../../protocol/monitor';
import type { Handlers } from '../../protocol/rpc';
import { failureSentence } from '../log';
import type { Log } from '../log';
import { copyRows, exportPlotCsv, exportPlotPng, openLogFile, saveHistory, startLogAsking } from './files';
import type { Monitor } from './monitor';
import { setFilter, setHighlights } from './rules';
import { sendFile, sendHex, sendText } from './sending';

type PageHandlers = Handlers<FromMonitorPageDirection>;

const doneReply: Done = { type: 'done' };

const commandOf: Readonly<Record<MonitorCommand, readonly [command: string, ...values: readonly unknown[]]>> = {
  releasePort: ['milliwatt.releasePort'],
  takeBackPort: ['milliwatt.takeBackPort'],
  calibrate: ['milliwatt.calibrate'],
  addProfiler: ['milliwatt.addProfiler'],
  openSettings: ['workbench.action.openSettings', 'milliwatt.monitor'],
  showLog: ['milliwatt.showLog'],
};

/** What is done with each message of the page. */
export function pageHandlers(monitor: Monitor, log: Log, ready: () => void): PageHandlers {
  const handlers: PageHandlers = {
    ready,
    refreshPorts: () => monitor.ports.look(),
    ...connectionHandlers(monitor),
    ...contentHandlers(monitor),
    sendText: (message) => sendText(monitor, message),
    sendHex: (message) => sendHex(monitor, message),
    sendFile: (message) => sendFile(monitor, message),
    startLog: async ({ tab, timestamps, ask }) => {
      await startLogAsking(monitor, monitor.tab(tab), { timestamps, ask });
      return doneReply;
    },
    stopLog: ({ tab }) => monitor.stopLog(monitor.tab(tab)),
    openLog: ({ tab }) => openLogFile(monitor.tab(tab)),
    saveHistory: async ({ tab }) => {
      await saveHistory(monitor, monitor.tab(tab));
      return doneReply;
    },
    exportPlotCsv: async ({ tab }) => {
      await exportPlotCsv(monitor, monitor.tab(tab));
      return doneReply;
    },
    exportPlotPng: async ({ tab, png }) => {
      await exportPlotPng(monitor.tab(tab), png);
      return doneReply;
    },
    copy: ({ tab, from, to }) => copyRows(monitor, monitor.tab(tab), { from, to }),
    runEventAction: async ({ tab, event, action }) => {
      await monitor.tab(tab).hearing.cards.run(event, action);
      return doneReply;
    },
    runCommand: ({ command }) =>
      Object.hasOwn(commandOf, command) && vscode.commands.executeCommand(...commandOf[command]),
  };
  return guardHandlers(handlers, log);
}

type ConnectionType =
  'connect' | 'chooseTab' | 'closeTab' | 'disconnect' | 'reconnect' | 'setSignals' | 'resetBoard' | 'chooseBoard';

function connectionHandlers(monitor: Monitor): Pick<PageHandlers, ConnectionType> {
  return {
    connect: ({ address, settings }) => shownByTab(() => monitor.open(address, settings)),
    chooseTab: ({ tab }) => monitor.choose(tab),
    closeTab: ({ tab }) => monitor.closeTab(tab),
    disconnect: ({ tab }) => monitor.tab(tab).connection.close(),
    reconnect: ({ tab, settings }) => shownByTab(() => monitor.tab(tab).connection.open(settings)),
    setSignals: async ({ tab, signals }) => {
      await monitor.tab(tab).setSignals(signals);
      return doneReply;
    },
    resetBoard: async ({ tab }) => {
      await monitor.tab(tab).reset();
      return doneReply;
    },
    chooseBoard: ({ board }) => vscode.commands.executeCommand('milliwatt.chooseBoard', undefined, board),
  };
}

type ContentType = 'setDisplay' | 'setFilter' | 'setHighlights' | 'lines' | 'hexRows' | 'search' | 'clear';

/** What is asked of the monitor's thread. */
function contentHandlers(monitor: Monitor): Pick<PageHandlers, ContentType> {
  return {
    setDisplay: ({ tab, display }) => monitor.setDisplay(tab, display),
    setFilter: ({ tab, filter }) => setFilter(monitor, monitor.tab(tab), filter),
    setHighlights: ({ tab, highlights }) => setHighlights(monitor, monitor.tab(tab), highlights),
    lines: ({ tab, from, to }) => monitor.thread.request<'lines'>({ type: 'lines', stream: tab, from, to }),
    hexRows: ({ tab, from, to }) => monitor.thread.request<'hexRows'>({ type: 'hexRows', stream: tab, from, to }),
    search: ({ tab, type, ...search }, { signal }) =>
      monitor.thread.request<'search'>({ type, stream: tab, ...search }, { signal }),
    clear: ({ tab }) => monitor.tab(tab).clear(),
  };
}

/** A connection that fails says why in its tab; only an address without a tab is a failure of the request. */
async function shownByTab(open: () => Promise<unknown>): Promise<Done> {
  try {
    await open();
  } catch (error) {
    const isShown = error instanceof HumanError && error.code !== 'port-address' && error.code !== 'tab-closed';
    if (!isShown) throw error;
  }
  return doneReply;
}

/** Failures that are no sentence for people become one, and go to the log with their stack. */
function guardHandlers(handlers: PageHandlers, log: Log): PageHandlers {
  const wrapped = Object.entries(handlers).map(([type, handle]) => [
    type,
    async (...values: readonly unknown[]) => {
      try {
        return await (handle as (...values: readonly unknown[]) => unknown)(...values);
      } catch (error) {
        if (error instanceof HumanError || (error instanceof Error && error.name === 'CancelledError')) throw error;
        throw new HumanError('failed', failureSentence(error, log));
      }
    },
  ]);
  return Object.fromEntries(wrapped) as PageHandlers;
}
