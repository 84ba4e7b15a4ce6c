import { HumanError } from '../../src/core/model/problem';
import { bytesText, groupDigits } from '../../src/core/text/units';
import type { FromMonitorPageDirection, MonitorReplies, ToMonitorPageDirection } from '../../src/protocol/monitor';
import type { TabDisplay } from '../../src/protocol/monitorState';
import type { Rpc } from '../../src/protocol/rpc';
import type { Actions, RequestOf, RequestType } from './actions';
import type { RowRange } from './list';
import type { PlotPanel } from './plot/panel';
import type { Search } from './search';
import type { PageEvent, PageState, Pane } from './store';
import { placeOf, shownTab } from './store';

/** What the actions work with. */
export interface Tools {
  readonly rpc: Rpc<FromMonitorPageDirection, ToMonitorPageDirection>;
  readonly state: () => PageState;
  readonly dispatch: (event: PageEvent) => void;
  readonly search: Search;
  readonly plots: PlotPanel;
  /** Brings a row of the list that is shown into view. */
  readonly reveal: (row: number) => void;
}

/** Everything that the views can do. */
export function createActions(tools: Tools): Actions {
  const { rpc, state, dispatch, plots, reveal } = tools;
  const ask = asker(tools);
  return {
    state,
    dispatch,
    ask,
    reveal,
    tell: (message) => rpc.notify(message),
    plot: (event) => onTab(state, (tab) => plots.change(tab, event)),
    display: (display) => changeDisplay(tools, display),
    pane: (pane) => choosePane(tools, pane),
    send: () => void send(tools, ask),
    find: (direction) => void find(tools, direction),
    copyRows: (rows) => void copyRows(tools, ask, rows),
    savePicture: () => void savePicture(tools, ask),
  };
}

type Ask = Actions['ask'];

function onTab(state: () => PageState, run: (tab: number) => void): void {
  const { chosenTab } = state();
  if (chosenTab !== undefined) run(chosenTab);
}

/** Failures are the user's to see: a request of theirs had no effect. */
function asker({ rpc, state, dispatch }: Tools): Ask {
  return async <Type extends RequestType>(message: RequestOf<Type>): Promise<MonitorReplies[Type] | undefined> => {
    if (state().notice?.severity === 'error') dispatch({ type: 'notice' });
    try {
      return await rpc.request(message);
    } catch (error) {
      const text = error instanceof HumanError ? error.message : `That failed: ${String(error)}`;
      dispatch({ type: 'notice', notice: { severity: 'error', text } });
      return undefined;
    }
  };
}

function changeDisplay({ state, dispatch, rpc }: Tools, display: Partial<TabDisplay>): void {
  onTab(state, (tab) => {
    dispatch({ type: 'display', tab, display });
    rpc.notify({ type: 'setDisplay', tab, display });
  });
}

function choosePane(tools: Tools, pane: Pane): void {
  tools.dispatch({ type: 'place', place: { pane } });
  if (pane === 'text' || pane === 'hex' || pane === 'plot') changeDisplay(tools, { view: pane });
}

async function send({ state, dispatch }: Tools, ask: Ask): Promise<void> {
  const { input } = state();
  const tab = shownTab(state());
  if (tab === undefined || (input.kind === 'hex' && input.text.trim() === '')) return;
  const { id, display } = tab;
  const reply =
    input.kind === 'hex'
      ? await ask({ type: 'sendHex', tab: id, text: input.text })
      : await ask({ type: 'sendText', tab: id, text: input.text, lineEnding: display.lineEnding });
  if (reply === undefined) return;
  dispatch({ type: 'sent', text: input.text });
  if (input.kind === 'hex') say(dispatch, `${bytesText(reply.bytes)} sent.`);
}

async function find({ search, dispatch, reveal }: Tools, direction: 'forward' | 'backward'): Promise<void> {
  const match = await search.step(direction);
  if (match === undefined) return;
  dispatch({ type: 'found', match });
  reveal(match.row);
}

/** The host copies: the page has only the rows in view. */
async function copyRows(
  { state, dispatch }: Tools,
  ask: Ask,
  rows: { readonly from: number; readonly to: number } | undefined,
): Promise<void> {
  const { chosenTab } = state();
  if (chosenTab === undefined) return;
  const range = rows === undefined ? {} : { from: rows.from, to: rows.to + 1 };
  const reply = await ask({ type: 'copy', tab: chosenTab, ...range });
  if (reply === undefined) return;
  const text = `${groupDigits(reply.lines)} ${reply.lines === 1 ? 'line' : 'lines'} copied.`;
  say(dispatch, reply.notice === undefined ? text : `${text} ${reply.notice}`);
}

async function savePicture({ state, plots }: Tools, ask: Ask): Promise<void> {
  const { chosenTab } = state();
  const png = await plots.picture();
  if (chosenTab !== undefined && png !== undefined) await ask({ type: 'exportPlotPng', tab: chosenTab, png });
}

function say(dispatch: Tools['dispatch'], text: string): void {
  dispatch({ type: 'notice', notice: { severity: 'information', text } });
}

/** Where the user moved a list to: the end is followed again, anything else ends following. */
export function scrolledTo(
  tools: Tools,
  list: { readonly range: RowRange; readonly rowPx: number; readonly isAtEnd: boolean },
  topPx: number,
): void {
  const page = tools.state();
  const tab = shownTab(page);
  if (tab === undefined) return;
  const topRow = list.range.first + topPx / list.rowPx;
  tools.dispatch({ type: 'place', place: placeOf(page).pane === 'hex' ? { hexTopRow: topRow } : { topRow } });
  if (tab.display.follow !== list.isAtEnd) changeDisplay(tools, { follow: list.isAtEnd });
}
