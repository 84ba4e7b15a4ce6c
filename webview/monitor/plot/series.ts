/** Points kept of one series at most; 16 bytes each. */
const mostPoints = 131_072;
const firstCapacity = 1024;

/** Columns of points. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Points of one series in the order of their arrival: a ring of columns that grows to its limit, after which the oldest
 * go.
 */
export class Series {
  readonly #limit: number;
  #x: Float64Array;
  #y: Float64Array;
  #start = 0;
  #length = 0;
  #isAscending = true;

  constructor(limit: number = mostPoints) {
    this.#limit = limit;
    this.#x = new Float64Array(Math.min(limit, firstCapacity));
    this.#y = new Float64Array(this.#x.length);
  }

  get length(): number {
    return this.#length;
  }

  /**
   * False once an `x` was smaller than the one before, as in curves, or when a board that prints its own time starts
   * again.
   */
  get isAscending(): boolean {
    return this.#isAscending;
  }

  add(x: number, y: number): void {
    if (this.#length > 0 && x < this.xAt(this.#length - 1)) this.#isAscending = false;
    if (this.#length === this.#x.length && this.#length < this.#limit) this.#grow();
    const isFull = this.#length === this.#x.length;
    const at = (this.#start + this.#length) % this.#x.length;
    this.#x[at] = x;
    this.#y[at] = y;
    if (isFull) this.#start = (this.#start + 1) % this.#x.length;
    else this.#length += 1;
  }

  clear(): void {
    this.#start = 0;
    this.#length = 0;
    this.#isAscending = true;
  }

  /** `index` counts from the oldest point. */
  xAt(index: number): number {
    return this.#x[(this.#start + index) % this.#x.length];
  }

  yAt(index: number): number {
    return this.#y[(this.#start + index) % this.#y.length];
  }

  /** Index of the first point whose `x` is not below `x`; `length` if there is none. Only for an ascending series. */
  firstAtOrAfter(x: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.xAt(middle) < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const capacity = Math.min(this.#limit, this.#x.length * 2);
    const x = new Float64Array(capacity);
    const y = new Float64Array(capacity);
    x.set(this.#x);
    y.set(this.#y);
    this.#x = x;
    this.#y = y;
  }
}

/** The smallest and the largest `x`; nothing for a series without points. */
export function spanOf(series: Series): Span | undefined {
  if (series.length === 0) return undefined;
  if (series.isAscending) return { from: series.xAt(0), to: series.xAt(series.length - 1) };
  let from = Infinity;
  let to = -Infinity;
  for (let index = 0; index < series.length; index += 1) {
    const x = series.xAt(index);
    if (x < from) from = x;
    if (x > to) to = x;
  }
  return { from, to };
}

/** The point nearest to `x`. */
export function nearestIndex(series: Series, x: number): number | undefined {
  if (series.length === 0) return undefined;
  if (!series.isAscending) return nearestOfAll(series, x);
  const after = Math.min(series.firstAtOrAfter(x), series.length - 1);
  const before = Math.max(0, after - 1);
  return Math.abs(series.xAt(before) - x) <= Math.abs(series.xAt(after) - x) ? before : after;
}

function nearestOfAll(series: Series, x: number): number {
  let nearest = 0;
  for (let index = 1; index < series.length; index += 1) {
    if (Math.abs(series.xAt(index) - x) < Math.abs(series.xAt(nearest) - x)) nearest = index;
  }
  return nearest;
}
