/**
 * The edge of a figure that several independent causes leave open, each by a factor below 1 or each above 1. Deviations
 * add up like those of independent quantities, as the root of the sum of their squared logarithms: they seldom lie at
 * their ends all at once. A factor on the other side of 1 counts as none.
 */
export function combinedEdge(side: 'low' | 'high', ...factors: readonly number[]): number {
  const logs = factors.map((factor) =>
    side === 'low' ? Math.min(0, Math.log(factor)) : Math.max(0, Math.log(factor)),
  );
  return Math.exp((side === 'low' ? -1 : 1) * Math.hypot(...logs));
}
