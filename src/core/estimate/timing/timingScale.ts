import facts from './timing.json';
import type { Scale, TimingFacts } from './timingFacts';

export const timingFacts: TimingFacts = facts as TimingFacts;

/** The board's own scale, else that of its core; the kernel library must be the one that was measured. */
export function scaleOf(target: {
  readonly board?: string;
  readonly core?: string;
  readonly runtime: string;
}): Scale | undefined {
  const { board = '', core = '', runtime } = target;
  const scale: Scale | undefined = timingFacts.boards[board] ?? timingFacts.cores[core];
  return scale?.runtimes.some((id) => id === runtime) ? scale : undefined;
}

/** -O2 was not measured apart from -O3: both take the fit of -O3, whose instruction counts are those of -O2. */
export function measuredLevel(optimization: string): 'O3' | 'Os' {
  return optimization === 'Os' ? 'Os' : 'O3';
}
