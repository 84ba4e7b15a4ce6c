import { render } from 'lit-html';
import type { FromMonitorPageDirection, ToMonitorPageDirection } from '../../src/protocol/monitor';
import type { RowMatch } from '../../src/protocol/monitorState';
import type { Rpc } from '../../src/protocol/rpc';
import type { Actions } from './actions';
import { byRow } from './find/store';
import { HexList, TextList } from './lists';
import type { DrawnList } from './lists';
import type { ChartFrame } from './plot/chartFrame';
import type { PlotContext } from './plot/plotContext';
import { PlotPanel } from './plot/panel';
import { Scroller } from './scroller';
import { Search } from './search';
import type { PageEvent, PageState } from './store';
import { initialState, placeOf, reduce, shownTab } from './store';
import { createActions, scrolledTo } from './tasks';
import type { Tools } from './tasks';
import type { PaneContexts } from './view';
import { monitorPage } from './view';
import { bottomPx, revealedTop } from './virtual';

/** The page at work: holds its state and what is too much for it, and draws once a frame when something has changed. */
export class MonitorPage {
  readonly plots = new PlotPanel(() => this.redraw());
  readonly #changed: (before: PageState, after: PageState) => void;
  readonly #textScroller = new Scroller(
    (topPx) => this.#scrolled(topPx),
    () => this.redraw(),
  );
  readonly #hexScroller = new Scroller(
    (topPx) => this.#scrolled(topPx),
    () => this.redraw(),
  );
  readonly #text: TextList;
  readonly #hex: HexList;
  readonly #search: Search;
  readonly #tools: Tools;
  readonly #actions: Actions;
  #state: PageState;
  #isScheduled = false;
  #list?: DrawnList;
  #startMs = 0;
  #frame?: ChartFrame;
  #matches: ReadonlyMap<number, readonly RowMatch[]> = new Map();
  #matchesOf?: readonly RowMatch[];

  /** `changed` is told of every change of the state, to keep what is worth keeping. */
  constructor(
    rpc: Rpc<FromMonitorPageDirection, ToMonitorPageDirection>,
    kept: Partial<PageState>,
    changed: (before: PageState, after: PageState) => void,
  ) {
    this.#state = { ...initialState, ...kept };
    this.#changed = changed;
    const dispatch = (event: PageEvent): void => this.dispatch(event);
    const state = (): PageState => this.#state;
    const arrived = (): void => this.redraw();
    this.#text = new TextList(this.#textScroller, (from, to) => this.#fetchLines(rpc, from, to), arrived);
    this.#hex = new HexList(this.#hexScroller, (from, to) => this.#fetchHex(rpc, from, to), arrived);
    this.#search = new Search(rpc, state, dispatch);
    const reveal = (row: number): void => this.#reveal(row);
    this.#tools = { rpc, state, dispatch, search: this.#search, plots: this.plots, reveal };
    this.#actions = createActions(this.#tools);
  }

  get actions(): Actions {
    return this.#actions;
  }

  dispatch(event: PageEvent): void {
    const before = this.#state;
    this.#state = reduce(before, event);
    if (event.type === 'tabClosed') this.plots.forget(event.tab);
    if (this.#state === before) return;
    this.#changed(before, this.#state);
    this.#search.changed(before, this.#state);
    this.redraw();
  }

  /** Draws with the next frame. */
  redraw(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      this.#draw();
    });
  }

  /** True while the lines that are shown move with what arrives. */
  get isFollowing(): boolean {
    return shownTab(this.#state)?.display.follow === true;
  }

  /** Ends following where the list stands now. */
  stay(): void {
    const { pane } = placeOf(this.#state);
    if (this.#list === undefined || !this.isFollowing) return;
    const topRow = this.#list.range.first + this.#list.plan.topPx / this.#scroller.rowPx;
    this.dispatch({ type: 'place', place: pane === 'hex' ? { hexTopRow: topRow } : { topRow } });
    this.#actions.display({ follow: false });
  }

  focusLines(): void {
    this.#scroller.focus();
  }

  get #scroller(): Scroller {
    return placeOf(this.#state).pane === 'hex' ? this.#hexScroller : this.#textScroller;
  }

  #draw(): void {
    const contexts = this.#contexts();
    render(monitorPage(this.#state, contexts, this.#actions), document.body);
    if (this.#list !== undefined) this.#scroller.sync(this.#list.plan.rows, this.#list.plan.topPx);
    if (contexts.plot !== undefined) this.#drawPlot(contexts.plot);
  }

  #contexts(): PaneContexts {
    const page = this.#state;
    const tab = page.isAdding ? undefined : shownTab(page);
    const extent = tab && page.extents[tab.id];
    const place = placeOf(page);
    this.#list = undefined;
    if (tab === undefined || extent === undefined) return {};
    const common = { page, tab, extent, startMs: this.#startMs, actions: this.#actions };
    if (place.pane === 'text') {
      this.#list = this.#text.plan(tab, extent, place);
      const lineAt = (row: number): ReturnType<TextList['at']> => this.#text.at(row);
      const matchesOf = this.#marks(page);
      return { text: { ...common, plan: this.#list.plan, lineAt, matchesOf, scroller: this.#textScroller } };
    }
    if (place.pane === 'hex') {
      this.#list = this.#hex.plan(tab, extent, place);
      const rowAt = (row: number): ReturnType<HexList['at']> => this.#hex.at(row);
      return { hex: { ...common, ...this.#list, rowAt, scroller: this.#hexScroller } };
    }
    if (place.pane !== 'plot') return {};
    const { model, view } = this.plots.of(tab.id);
    const frame = this.plots.frame(tab.id);
    return { plot: { tab, model, view, frame, attach: this.plots.attach, actions: this.#actions } };
  }

  #drawPlot({ tab, view, frame }: PlotContext): void {
    // The first rendering made the element of the chart: only now its size is known.
    const current = this.plots.frame(tab.id) ?? frame;
    this.plots.draw(current, current !== this.#frame);
    if (view.cursor !== undefined && current !== undefined) this.plots.pointAt(view.cursor);
    this.#frame = current;
  }

  /** Matches by row, rebuilt only when they have changed. */
  #marks({ find }: PageState): (row: number) => readonly RowMatch[] | undefined {
    const matches = find.isOpen ? find.count?.matches : undefined;
    if (matches !== this.#matchesOf) this.#matches = byRow(matches ?? []);
    this.#matchesOf = matches;
    return (row) => this.#matches.get(row);
  }

  async #fetchLines(
    rpc: Tools['rpc'],
    from: number,
    to: number,
  ): Promise<readonly (readonly [number, NonNullable<ReturnType<TextList['at']>>])[]> {
    const tab = this.#state.chosenTab!;
    const { generation, lines, startMs } = await rpc.request<'lines'>({ type: 'lines', tab, from, to });
    if (generation !== this.#state.extents[tab]?.generation) return [];
    this.#startMs = startMs;
    return lines.map((line) => [line.row, line] as const);
  }

  async #fetchHex(
    rpc: Tools['rpc'],
    from: number,
    to: number,
  ): Promise<readonly (readonly [number, NonNullable<ReturnType<HexList['at']>>])[]> {
    const tab = this.#state.chosenTab!;
    const { rows, startMs } = await rpc.request<'hexRows'>({ type: 'hexRows', tab, from, to });
    this.#startMs = startMs;
    return rows.map((row) => [Math.floor(row.offset / 16), row] as const);
  }

  #scrolled(topPx: number): void {
    if (this.#list === undefined) return;
    const { range } = this.#list;
    const geometry = this.#scroller.geometry(this.#list.plan.rows);
    const isAtEnd = topPx >= bottomPx(geometry) - 1;
    scrolledTo(this.#tools, { range, rowPx: geometry.rowPx, isAtEnd }, topPx);
  }

  /** The row may lie beyond what is drawn while new rows are followed: what counts is what there is. */
  #reveal(row: number): void {
    const list = this.#list;
    if (list === undefined) {
      this.dispatch({ type: 'place', place: { topRow: Math.max(0, row - 3) } });
      this.#actions.display({ follow: false });
      return;
    }
    const geometry = this.#scroller.geometry(Math.max(list.plan.rows, row + 1 - list.range.first));
    const topPx = revealedTop(geometry, list.plan.topPx, row - list.range.first);
    scrolledTo(this.#tools, { range: list.range, rowPx: geometry.rowPx, isAtEnd: row >= list.range.end - 1 }, topPx);
  }
}
