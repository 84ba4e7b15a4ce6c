import { HumanError } from '../../src/core/model/problem';
import type { FromMonitorPageDirection, SearchReply, ToMonitorPageDirection } from '../../src/protocol/monitor';
import type { RowMatch } from '../../src/protocol/monitorState';
import type { Rpc } from '../../src/protocol/rpc';
import { CancelledError } from '../../src/protocol/rpc';
import { nextMatch } from './find/store';
import type { PageEvent, PageState } from './store';
import { placeOf, shownRows, shownTab } from './store';

/** Matches that are counted and marked at most: as many as the host gives. */
const mostMatches = 10_000;
/** Matches of one line that the host tells: so many have to be asked for to get past the current line. */
const matchesPerLine = 64;
const typingPauseMs = 150;
/** How often what arrived since is counted too. */
const recountMs = 100;

type MonitorRpc = Rpc<FromMonitorPageDirection, ToMonitorPageDirection>;
type Direction = 'forward' | 'backward';

/** The search: asks the host, who looks off its own thread, and keeps the count current while lines arrive. */
export class Search {
  readonly #rpc: MonitorRpc;
  readonly #state: () => PageState;
  readonly #dispatch: (event: PageEvent) => void;
  #counting?: AbortController;
  #timer?: ReturnType<typeof setTimeout>;

  constructor(rpc: MonitorRpc, state: () => PageState, dispatch: (event: PageEvent) => void) {
    this.#rpc = rpc;
    this.#state = state;
    this.#dispatch = dispatch;
  }

  /** Called after every change of the page. */
  changed(before: PageState, after: PageState): void {
    const { find } = after;
    if (!find.isOpen || find.pattern.text === '' || find.problem !== undefined) return;
    if (before.find.pattern !== find.pattern || before.find.isOpen !== find.isOpen) this.#later(typingPauseMs);
    else if (this.#timer === undefined && this.#isBehind(after)) this.#later(find.count === undefined ? 0 : recountMs);
  }

  /** The next match from where the search stands, round the end if need be. */
  async step(direction: Direction): Promise<RowMatch | undefined> {
    const page = this.#state();
    const tab = shownTab(page);
    const extent = tab && page.extents[tab.id];
    if (extent === undefined || page.find.pattern.text === '') return undefined;
    const { first, end } = shownRows(tab!, extent);
    const current = page.find.current;
    const here = current?.row ?? placeOf(page).cursorRow ?? (direction === 'forward' ? first : end - 1);
    const near = await this.#search(here, direction, matchesPerLine + 1);
    const match = near && nextMatch(near.matches, current, direction);
    if (match !== undefined || near === undefined) return match;
    const round = await this.#search(direction === 'forward' ? first : end - 1, direction, matchesPerLine);
    return round && nextMatch(round.matches, undefined, direction);
  }

  #isBehind(page: PageState): boolean {
    const extent = page.chosenTab === undefined ? undefined : page.extents[page.chosenTab];
    const { count } = page.find;
    if (extent === undefined || this.#counting !== undefined) return false;
    return count === undefined || (!count.isMore && count.toRow < extent.endRow);
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#count();
    }, ms);
  }

  /** Counts all, or what is new since the last time. */
  async #count(): Promise<void> {
    this.#counting?.abort();
    const page = this.#state();
    const extent = page.chosenTab === undefined ? undefined : page.extents[page.chosenTab];
    if (extent === undefined || page.find.pattern.text === '') return;
    const { pattern, count } = page.find;
    const known = (count?.matches ?? []).filter(({ row }) => row >= extent.firstRow);
    const cancel = new AbortController();
    this.#counting = cancel;
    const room = Math.max(1, mostMatches - known.length);
    const reply = await this.#search(count?.toRow ?? extent.firstRow, 'forward', room, cancel.signal);
    if (this.#counting === cancel) this.#counting = undefined;
    const after = this.#state();
    if (reply === undefined || after.find.pattern !== pattern || after.chosenTab !== page.chosenTab) return;
    if (after.extents[page.chosenTab!]?.generation !== reply.generation) return;
    const matches = [...known, ...reply.matches];
    const toRow = Math.max(extent.endRow, (matches.at(-1)?.row ?? 0) + 1);
    this.#dispatch({ type: 'findCounted', count: { matches, isMore: reply.hasMore, toRow } });
  }

  async #search(
    fromRow: number,
    direction: Direction,
    maximumMatches: number,
    signal?: AbortSignal,
  ): Promise<SearchReply | undefined> {
    const { chosenTab, find } = this.#state();
    if (chosenTab === undefined) return undefined;
    const message = {
      type: 'search',
      tab: chosenTab,
      pattern: find.pattern,
      fromRow,
      direction,
      maximumMatches,
    } as const;
    try {
      return await this.#rpc.request<'search'>(message, { signal });
    } catch (error) {
      if (error instanceof CancelledError) return undefined;
      const problem = error instanceof HumanError ? error.message : 'The search failed.';
      this.#dispatch({ type: 'findFailed', problem });
      return undefined;
    }
  }
}
