import type { Points, Series, Span } from './series';

/**
 * A bucket keeps its first, smallest, largest and last point: the line through them covers the same pixels as that
 * through all. What is not finite is drawn nowhere, and is neither smallest nor largest where a number is.
 */
const keptPerBucket = 4;

/**
 * The points needed to draw a series over time on `buckets` columns of pixels: those within `span` and the neighbours
 * on both sides, so that the line runs to the edge. Few enough come as they are.
 */
export function thinned(series: Series, span: Span, buckets: number): Points {
  const from = series.isAscending ? Math.max(0, series.firstAtOrAfter(span.from) - 1) : 0;
  const end = series.isAscending ? endAfter(series, span.to) : series.length;
  if (!series.isAscending || end - from <= keptPerBucket * buckets) return copied(series, from, end);
  return perBucket(series, { from, end }, { from: span.from, width: (span.to - span.from) / buckets });
}

/** Smallest and largest value of points, finite ones only. */
export function valueRange({ y }: Points): Span | undefined {
  let from = Infinity;
  let to = -Infinity;
  for (const value of y) {
    if (value < from && value !== -Infinity) from = value;
    if (value > to && value !== Infinity) to = value;
  }
  return from <= to ? { from, to } : undefined;
}

/**
 * All points in the order of their arrival, but those that fall on the pixel of the one before: for curves in the
 * plane.
 */
export function curvePoints(series: Series, pixelX: number, pixelY: number): Points {
  const x = new Float64Array(series.length);
  const y = new Float64Array(series.length);
  let kept = 0;
  for (let index = 0; index < series.length; index += 1) {
    const atX = series.xAt(index);
    const atY = series.yAt(index);
    const isSamePixel =
      kept > 0 && Math.abs(atX - x[kept - 1]) < pixelX / 2 && Math.abs(atY - y[kept - 1]) < pixelY / 2;
    if (isSamePixel) continue;
    x[kept] = atX;
    y[kept] = atY;
    kept += 1;
  }
  return { x: x.subarray(0, kept), y: y.subarray(0, kept) };
}

function endAfter(series: Series, x: number): number {
  let end = series.firstAtOrAfter(x);
  while (end < series.length && series.xAt(end) === x) end += 1;
  return Math.min(series.length, end + 1);
}

function copied(series: Series, from: number, end: number): Points {
  const x = new Float64Array(end - from);
  const y = new Float64Array(end - from);
  for (let index = from; index < end; index += 1) {
    x[index - from] = series.xAt(index);
    y[index - from] = series.yAt(index);
  }
  return { x, y };
}

function perBucket(
  series: Series,
  { from, end }: { readonly from: number; readonly end: number },
  grid: { readonly from: number; readonly width: number },
): Points {
  const kept: number[] = [];
  for (let index = from; index < end;) {
    const bucket = Math.floor((series.xAt(index) - grid.from) / grid.width);
    let smallest = index;
    let largest = index;
    const first = index;
    for (index += 1; index < end; index += 1) {
      if (series.xAt(index) >= grid.from + (bucket + 1) * grid.width) break;
      const value = series.yAt(index);
      if (!Number.isFinite(value)) continue;
      if (!(value >= series.yAt(smallest)) || !Number.isFinite(series.yAt(smallest))) smallest = index;
      if (!(value <= series.yAt(largest)) || !Number.isFinite(series.yAt(largest))) largest = index;
    }
    pushDistinct(kept, [first, Math.min(smallest, largest), Math.max(smallest, largest), index - 1]);
  }
  return {
    x: Float64Array.from(kept, (index) => series.xAt(index)),
    y: Float64Array.from(kept, (index) => series.yAt(index)),
  };
}

function pushDistinct(kept: number[], ascending: readonly number[]): void {
  for (const index of ascending) if (kept.length === 0 || kept[kept.length - 1] < index) kept.push(index);
}
