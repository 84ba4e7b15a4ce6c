import type { PathPoint } from './pathPoint';
import type { TradeOffCurve, TradeOffPoint } from './request';
import { totalsOf } from '../totals';

/** Few enough to be told apart in a plot, and to be measured in reasonable time. */
const mostPoints = 12;

/** Points of a path, evenly spread over what they save, the first and the last among them. */
export function thinPath(path: readonly PathPoint[], most = mostPoints): readonly PathPoint[] {
  if (path.length <= most) return path;
  const costs = path.map(({ spread }) => spread);
  const [first, last] = [costs[0], costs[costs.length - 1]];
  const picked = new Set<number>();
  for (let place = 0; place < most; place++) {
    const wanted = first + ((last - first) * place) / (most - 1);
    const nearest = costs.reduce(
      (best, cost, index) => (Math.abs(cost - wanted) < Math.abs(costs[best] - wanted) ? index : best),
      0,
    );
    picked.add(nearest);
  }
  picked.add(0).add(path.length - 1);
  return [...picked].sort((a, b) => a - b).map((index) => path[index]);
}

/** A point of a path as plain data. */
export function pointOf(
  { removedChannels, report }: PathPoint,
  more: Omit<TradeOffPoint, 'totals' | 'removedChannels'>,
): TradeOffPoint {
  return { totals: totalsOf(report), removedChannels, ...more };
}

/** The curve as comma-separated values with a heading, for other programs. */
export function curveText({ points }: TradeOffCurve): string {
  const columns = ['arenaBytes', 'flashBytes', 'instructions', 'cycles', 'ms', 'macs'] as const;
  const rows = points.map(({ index, totals, removedChannels, fidelity, repaired }) =>
    [
      index,
      ...columns.map((column) => totals[column] ?? ''),
      ...[removedChannels, fidelity?.top1Agreement ?? '', fidelity?.accuracy ?? '', fidelity?.sqnrDb ?? ''],
      repaired === true ? 1 : 0,
    ].join(','),
  );
  return [
    ['point', ...columns, 'removedChannels', 'top1Agreement', 'accuracy', 'sqnrDb', 'repaired'].join(','),
    ...rows,
  ].join('\n');
}
