import type { Report } from '../estimate/report';
import type { Measurement } from './measurement';

interface Measured {
  readonly report: Pick<Report, 'layers'>;
  readonly measurement: Pick<Measurement, 'optimization' | 'recordedAt'>;
}

/**
 * Of models whose layers are alike (one that was trained again), the one that was measured last: they deviate from the
 * estimates by the same, so that together they show no more than one of them, and the latest build counts.
 */
export function newestOfAlike<Pair extends Measured>(pairs: readonly Pair[]): readonly Pair[] {
  const newest = new Map<string, Pair>();
  for (const pair of pairs) {
    const key = JSON.stringify([
      pair.measurement.optimization,
      pair.report.layers.map(({ operator, cycles }) => [operator, cycles]),
    ]);
    const other = newest.get(key);
    if (other === undefined || pair.measurement.recordedAt > other.measurement.recordedAt) newest.set(key, pair);
  }
  return [...newest.values()];
}
