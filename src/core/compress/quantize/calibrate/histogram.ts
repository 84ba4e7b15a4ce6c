import type { Range } from '../affine';

/** Bins on each side of 0. */
const halfBins = 4096;

/**
 * A histogram of real numbers whose range need not be known: bins start at multiples of a power of two, which doubles
 * whenever a value lies outside. The result depends on the values alone, not on their order or on how they were
 * batched.
 */
export class GrowingHistogram {
  /** counts[halfBins + i] holds the values from i x width up to (i + 1) x width. */
  readonly counts = new Float64Array(2 * halfBins);
  #exponent = -40;
  #min = Infinity;
  #max = -Infinity;
  #count = 0;
  #occupied: readonly number[] | undefined = [];

  get width(): number {
    return 2 ** this.#exponent;
  }

  get count(): number {
    return this.#count;
  }

  /** Exact extremes of what was added; 0 to 0 when there was nothing. */
  get range(): Range {
    return this.#count === 0 ? { min: 0, max: 0 } : { min: this.#min, max: this.#max };
  }

  /** Adds finite values. */
  add(values: Float32Array): void {
    let [min, max] = [this.#min, this.#max];
    for (const value of values) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
    [this.#min, this.#max] = [min, max];
    this.#count += values.length;
    let exponent = this.#exponent;
    while (Math.floor(max / 2 ** exponent) >= halfBins || Math.floor(min / 2 ** exponent) < -halfBins) exponent++;
    this.#widenTo(exponent);
    this.#occupied = undefined;
    const { counts, width } = this;
    for (const value of values) counts[halfBins + Math.floor(value / width)]++;
  }

  /** What this and `other` have seen together. */
  with(other: GrowingHistogram): GrowingHistogram {
    const sum = new GrowingHistogram();
    for (const part of [this, other]) sum.#addCounts(part);
    return sum;
  }

  #addCounts(part: GrowingHistogram): void {
    if (part.#count === 0) return;
    this.#widenTo(Math.max(this.#exponent, part.#exponent));
    this.#occupied = undefined;
    const ratio = 2 ** (this.#exponent - part.#exponent);
    for (const place of part.#places()) {
      this.counts[halfBins + Math.floor((place - halfBins) / ratio)] += part.counts[place];
    }
    this.#count += part.#count;
    this.#min = Math.min(this.#min, part.#min);
    this.#max = Math.max(this.#max, part.#max);
  }

  /** Bins of 2^exponent, in one pass however much wider they are. */
  #widenTo(exponent: number): void {
    const ratio = 2 ** (exponent - this.#exponent);
    if (ratio === 1) return;
    const { counts } = this;
    const taken = this.#places().map((place) => [place, counts[place]] as const);
    for (const [place] of taken) counts[place] = 0;
    for (const [place, count] of taken) counts[halfBins + Math.floor((place - halfBins) / ratio)] += count;
    this.#exponent = exponent;
    this.#occupied = undefined;
  }

  /**
   * Bins that are not empty, in rising order. Few are filled, and a range is chosen by looking at them a hundred times.
   */
  #places(): readonly number[] {
    if (this.#occupied !== undefined) return this.#occupied;
    const places: number[] = [];
    this.counts.forEach((count, place) => {
      if (count > 0) places.push(place);
    });
    return (this.#occupied = places);
  }

  /** Calls `visit` with the middle and the count of every bin that is not empty, in rising order. */
  visit(visit: (middle: number, count: number) => void): void {
    const { counts, width } = this;
    for (const place of this.#places()) visit((place - halfBins + 0.5) * width, counts[place]);
  }
}
