import type { BudgetFacts, Report } from '../../estimate/report';
import { bytesText, millisecondsText } from '../../text/units';
import type { GoalKind, GoalQuestion } from '../kind';
import type { PruneGoal, PruneOptions } from './request';

const goalKinds: readonly GoalKind<PruneOptions>[] = [
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

/** How far a model is to be pruned. */
export const goal: GoalQuestion<PruneOptions> = {
  placeHolder: 'How far is the model to be pruned?',
  expected: 'A number above 0 (percent below 100).',
  kinds: goalKinds,
  isOpen: ({ goal: chosen, ratio, layers }) => chosen === undefined && ratio === undefined && layers.length === 0,
  reopened: (options) => ({ ...options, goal: undefined }),
  ready: (report) => {
    const broken = brokenBudget(report);
    return (
      broken && {
        label: 'Until it fits the budget',
        description: goalText(broken),
        options: { goal: broken },
      }
    );
  },
};

/** The budgets that a model breaks, as the goal of a pruning; absent where none is broken. */
function brokenBudget({ budget, arena, flash, latency }: Report): PruneGoal | undefined {
  const broken: PruneGoal = {
    ...over('ramBytes', budget, arena?.minimumBytes),
    ...over('flashBytes', budget, flash?.totalBytes),
    ...over('latencyMs', budget, latency?.ms),
  };
  return Object.keys(broken).length === 0 ? undefined : broken;
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

function positive(text: string, goalOf: (value: number) => PruneGoal | undefined): Partial<PruneOptions> | undefined {
  const value = Number(text.trim().replace(',', '.'));
  const found = text.trim() !== '' && Number.isFinite(value) && value > 0 ? goalOf(value) : undefined;
  return found && { goal: found };
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
