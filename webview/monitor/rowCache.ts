/** Rows by number, as one reply brings them. */
type NumberedRows<Row> = readonly (readonly [number, Row])[];

/** Asks the host for rows `from` (included) to `to` (excluded). */
export type FetchRows<Row> = (from: number, to: number) => Promise<NumberedRows<Row>>;

/** Rows that are kept around those in view, so that scrolling back a little asks for nothing. */
const mostRows = 4096;

/**
 * The few rows of a long list that the page has. One request is under way at a time: while it is, wishes replace each
 * other, so that scrolling fast never makes a queue.
 */
export class RowCache<Row> {
  readonly #fetch: FetchRows<Row>;
  readonly #arrived: () => void;
  readonly #rows = new Map<number, Row>();
  #isBusy = false;
  #wish?: { readonly from: number; readonly to: number };
  #life = 0;
  #newestEnd = 0;

  /** `arrived` is called after rows came. */
  constructor(fetch: FetchRows<Row>, arrived: () => void) {
    this.#fetch = fetch;
    this.#arrived = arrived;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** One past the highest row that ever came: how far a list that follows growth can be drawn without a gap. */
  get newestEnd(): number {
    return this.#newestEnd;
  }

  at(row: number): Row | undefined {
    return this.#rows.get(row);
  }

  /** True where every row of the range is here. */
  has(from: number, to: number): boolean {
    for (let row = from; row < to; row += 1) if (!this.#rows.has(row)) return false;
    return true;
  }

  /** Sees to it that the rows come that are missing of `from` to `to`. */
  want(from: number, to: number): void {
    let first = from;
    let end = to;
    while (first < end && this.#rows.has(first)) first += 1;
    while (end > first && this.#rows.has(end - 1)) end -= 1;
    this.#wish = first < end ? { from: first, to: end } : undefined;
    void this.#work();
  }

  /** The row has changed: it is asked for again when it is wanted. */
  forget(row: number): void {
    this.#rows.delete(row);
  }

  /** The rows mean something else now; a reply that is under way is dropped. */
  reset(): void {
    this.#rows.clear();
    this.#wish = undefined;
    this.#life += 1;
    this.#newestEnd = 0;
    this.#isBusy = false;
  }

  async #work(): Promise<void> {
    const wish = this.#wish;
    if (this.#isBusy || wish === undefined) return;
    this.#isBusy = true;
    this.#wish = undefined;
    const life = this.#life;
    // A failure brings no rows; they are asked for again when the list is next drawn.
    const rows = await this.#fetch(wish.from, wish.to).catch(() => []);
    if (life !== this.#life) return;
    this.#isBusy = false;
    for (const [number, row] of rows) {
      this.#rows.set(number, row);
      this.#newestEnd = Math.max(this.#newestEnd, number + 1);
    }
    this.#shrink();
    if (rows.length > 0) this.#arrived();
    await this.#work();
  }

  /** The rows that came first go first. */
  #shrink(): void {
    if (this.#rows.size <= mostRows) return;
    let excess = this.#rows.size - (mostRows * 3) / 4;
    for (const row of this.#rows.keys()) {
      if (excess <= 0) return;
      this.#rows.delete(row);
      excess -= 1;
    }
  }
}
