import type { Extent, MonitorLine, TabState, TimedHexRow } from '../../src/protocol/monitorState';
import type { ListPlan, RowRange } from './list';
import { hexRange, isFollowing, planList } from './list';
import type { FetchRows } from './rowCache';
import { RowCache } from './rowCache';
import type { Scroller } from './scroller';
import type { Place } from './store';
import { shownRows } from './store';

/** A list ready to be drawn. */
export interface DrawnList {
  readonly range: RowRange;
  readonly plan: ListPlan;
}

/** Decides which rows of a tab are drawn, and has them fetched. One for the text, one for the hex view. */
abstract class RowList<Row> {
  protected readonly cache: RowCache<Row>;
  protected readonly scroller: Scroller;
  #meaning = '';

  constructor(scroller: Scroller, fetch: FetchRows<Row>, arrived: () => void) {
    this.scroller = scroller;
    this.cache = new RowCache(fetch, arrived);
  }

  /** Rows kept are dropped when numbers come to mean others. */
  protected meaning(meaning: string): void {
    if (meaning !== this.#meaning) this.cache.reset();
    this.#meaning = meaning;
  }

  /**
   * The end of what arrives: drawn up to the newest row that is here, so that nothing flickers while more is on its
   * way.
   */
  protected planEnd(range: RowRange): DrawnList {
    const wanted = planList(range, undefined, this.#geometry());
    this.cache.want(Math.max(range.first, wanted.first - 1), wanted.end);
    const here = Math.min(range.end, this.cache.newestEnd);
    const drawn = here > range.first ? { first: range.first, end: here } : range;
    return { range: drawn, plan: planList(drawn, undefined, this.#geometry()) };
  }

  /** A place in what is kept, with a screen more on both sides. */
  protected planAt(range: RowRange, topRow: number): DrawnList {
    const plan = planList(range, topRow, this.#geometry());
    const screen = plan.end - plan.first;
    this.cache.want(Math.max(range.first, plan.first - screen), Math.min(range.end, plan.end + screen));
    return { range, plan };
  }

  #geometry(): { readonly rows: number; readonly rowPx: number; readonly viewPx: number } {
    return this.scroller.geometry(0);
  }
}

export class TextList extends RowList<MonitorLine> {
  #unfinished?: { readonly row: number; readonly line: MonitorLine };

  plan(tab: TabState, extent: Extent, { topRow }: Place): DrawnList {
    this.meaning(`${tab.id} ${extent.generation} ${JSON.stringify(tab.highlights)}`);
    const range = shownRows(tab, extent);
    const list = isFollowing(tab) ? this.planEnd(range) : this.planAt(range, topRow);
    this.#unfinished = undefined;
    if (extent.unfinished === undefined || list.range.end !== extent.endRow) return list;
    return this.#withUnfinished(list, extent.unfinished, isFollowing(tab) ? undefined : topRow);
  }

  at(row: number): MonitorLine | undefined {
    return row === this.#unfinished?.row ? this.#unfinished.line : this.cache.at(row);
  }

  /** A prompt has no row yet: it stands below the last. */
  #withUnfinished({ range }: DrawnList, line: MonitorLine, topRow: number | undefined): DrawnList {
    this.#unfinished = { row: range.end, line };
    const longer = { first: range.first, end: range.end + 1 };
    return { range: longer, plan: planList(longer, topRow, this.scroller.geometry(0)) };
  }
}

export class HexList extends RowList<TimedHexRow> {
  #receivedBytes = 0;

  plan(tab: TabState, extent: Extent, { hexTopRow }: Place): DrawnList {
    this.meaning(`${tab.id} ${extent.generation}`);
    // The last row was drawn with the bytes that it had then.
    if (extent.receivedBytes !== this.#receivedBytes) this.cache.forget(Math.floor(this.#receivedBytes / 16));
    this.#receivedBytes = extent.receivedBytes;
    const range = hexRange(extent);
    return tab.display.follow ? this.planEnd(range) : this.planAt(range, hexTopRow);
  }

  at(row: number): TimedHexRow | undefined {
    return this.cache.at(row);
  }
}
