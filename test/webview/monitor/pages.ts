import type { FromMonitorPage } from '../../../src/protocol/monitor';
import type { Extent, MonitorLine, MonitorState, TabState } from '../../../src/protocol/monitorState';
import { defaultPortSettings } from '../../../src/protocol/serialPort';
import type { Actions } from '../../../webview/monitor/actions';
import type { PlotEvent } from '../../../webview/monitor/plot/store';
import type { PageEvent, PageState } from '../../../webview/monitor/store';
import { initialState, reduce } from '../../../webview/monitor/store';

/** An open port that follows what arrives. */
export function tabOf(id: number, more: Partial<TabState> = {}): TabState {
  return {
    id,
    address: `/dev/ttyACM${id}`,
    title: `ttyACM${id}`,
    settings: defaultPortSettings,
    connection: { phase: 'open' },
    display: { view: 'text', timestamps: 'off', follow: true, wrap: false, echo: true, lineEnding: 'lf' },
    highlights: [],
    canReset: false,
    ...more,
  };
}

/** Rows 0 to `endRow`, a line each. */
export function extentOf(endRow: number, more: Partial<Extent> = {}): Extent {
  return {
    generation: 1,
    firstRow: 0,
    endRow,
    firstLine: 0,
    endLine: endRow,
    receivedBytes: endRow * 10,
    firstHexByte: 0,
    sentBytes: 0,
    bytesPerSecond: 0,
    linesPerSecond: 0,
    unfiltered: 0,
    plottedPoints: 0,
    ...more,
  };
}

/** A line of one colour that was received. */
export function lineOf(row: number, text: string, more: Partial<MonitorLine> = {}): MonitorLine {
  return { row, line: row, timeMs: 0, spans: [{ text, style: {} }], isCut: false, isSent: false, marks: [], ...more };
}

/** What the host tells on `ready`: these tabs, the first of them chosen. */
export function hostOf(tabs: readonly TabState[], more: Partial<MonitorState> = {}): MonitorState {
  const { ports, defaults } = initialState;
  return { ports, defaults, tabs, chosenTab: tabs.at(0)?.id, extents: [], events: [], inputHistory: [], ...more };
}

/** The page after the host's state and what followed. */
export function pageAfter(state: MonitorState, ...events: readonly PageEvent[]): PageState {
  return [{ type: 'state', state } as const, ...events].reduce(reduce, initialState);
}

type Done = PageEvent | PlotEvent | FromMonitorPage | readonly unknown[];

/** Actions that write down what views do; a request is answered with `reply`. */
export function recorded(
  page: PageState = initialState,
  reply?: unknown,
): { readonly actions: Actions; readonly done: Done[] } {
  const done: Done[] = [];
  const write = (what: Done): void => void done.push(what);
  const note =
    (name: string) =>
    (...what: readonly unknown[]): void =>
      void done.push([name, ...what]);
  const actions: Actions = {
    state: () => page,
    dispatch: write,
    plot: write,
    tell: write,
    ask: (message) => {
      write(message);
      return Promise.resolve(reply as never);
    },
    display: note('display'),
    pane: note('pane'),
    send: note('send'),
    find: note('find'),
    copyRows: note('copy'),
    reveal: note('reveal'),
    savePicture: note('picture'),
  };
  return { actions, done };
}
