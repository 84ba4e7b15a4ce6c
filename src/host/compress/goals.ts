import type { PruneGoal } from '../../core/compress/prune/request';
import type { BudgetFacts, Report } from '../../core/estimate/report';
import { bytesText, millisecondsText } from '../../core/text/units';

/** One kind of goal of a pruning: how it is asked for, and what a typed answer means. */
export interface GoalKind {
  readonly label: string;
  readonly prompt: string;
  /** What is typed there already; absent where nothing is a sensible guess. */
  readonly suggestion: (report: Report) => string;
  /** The goal that a text means; nothing where it means none. */
  readonly read: (text: string) => PruneGoal | undefined;
}

/** All kinds of goals. */
export const goalKinds: readonly GoalKind[] = [
  {
    label: 'Until it fits into RAM…',
    prompt: 'Kilobytes of RAM (1 KB = 1,024 bytes) that the arena may take',
    suggestion: ({ budget, arena }) => kilobytes(budget?.ramBytes, arena?.minimumBytes),
    read: (text) => positive(text, (kilobytesTyped) => ({ ramBytes: Math.floor(kilobytesTyped * 1024) })),
  },
  {
    label: 'Until it fits into flash…',
    prompt: 'Kilobytes of flash (1 KB = 1,024 bytes) that model and code may take',
    suggestion: ({ budget, flash }) => kilobytes(budget?.flashBytes, flash?.totalBytes),
    read: (text) => positive(text, (kilobytesTyped) => ({ flashBytes: Math.floor(kilobytesTyped * 1024) })),
  },
  {
    label: 'Until it is fast enough…',
    prompt: 'Milliseconds that one inference may take',
    suggestion: ({ budget, latency }) => numberText(smaller(budget?.latencyMs, latency?.ms)),
    read: (text) => positive(text, (latencyMs) => ({ latencyMs })),
  },
  {
    label: 'Until it is a part smaller…',
    prompt: 'Percent of the multiplications (MACs) that are to go',
    suggestion: () => '30',
    read: (text) => positive(text, (percent) => (percent < 100 ? { macsShare: percent / 100 } : undefined)),
  },
  {
    label: 'As far as it stays accurate…',
    prompt: 'Percentage points that may be lost: of accuracy where the data have labels, else of same answers',
    suggestion: () => '1',
    read: (text) => positive(text, (accuracyDrop) => ({ accuracyDrop })),
  },
];

/** The budgets that a model breaks, as the goal of a pruning; absent where none is broken. */
export function brokenBudget({ budget, arena, flash, latency }: Report): PruneGoal | undefined {
  const goal: PruneGoal = {
    ...over('ramBytes', budget, arena?.minimumBytes),
    ...over('flashBytes', budget, flash?.totalBytes),
    ...over('latencyMs', budget, latency?.ms),
  };
  return Object.keys(goal).length === 0 ? undefined : goal;
}

/** `RAM 64.0 KB, 20.0 ms`. */
export function goalText({ ramBytes, flashBytes, latencyMs, macsShare, accuracyDrop }: PruneGoal): string {
  const parts = [
    ramBytes === undefined ? undefined : `RAM ${bytesText(ramBytes)}`,
    flashBytes === undefined ? undefined : `flash ${bytesText(flashBytes)}`,
    latencyMs === undefined ? undefined : millisecondsText(latencyMs),
    macsShare === undefined ? undefined : `${Number((macsShare * 100).toFixed(1))} % fewer MACs`,
    accuracyDrop === undefined ? undefined : `${accuracyDrop} points of accuracy`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

function over(
  key: 'ramBytes' | 'flashBytes' | 'latencyMs',
  budget: BudgetFacts | undefined,
  used: number | undefined,
): PruneGoal {
  const limit = budget?.[key];
  return limit !== undefined && used !== undefined && used > limit ? { [key]: limit } : {};
}

function positive(text: string, goal: (value: number) => PruneGoal | undefined): PruneGoal | undefined {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) && value > 0 ? goal(value) : undefined;
}

/** The budget where it is the smaller one, else three quarters of what is used. */
function smaller(limit: number | undefined, used: number | undefined): number | undefined {
  if (used === undefined) return limit;
  return limit !== undefined && limit < used ? limit : used * 0.75;
}

function kilobytes(limit: number | undefined, used: number | undefined): string {
  const bytes = smaller(limit, used);
  return bytes === undefined ? '' : numberText(bytes / 1024);
}

function numberText(value: number | undefined): string {
  return value === undefined ? '' : `${Number(value.toPrecision(3))}`;
}
