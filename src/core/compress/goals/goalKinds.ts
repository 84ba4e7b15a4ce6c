import type { BudgetFacts, Report } from '../../estimate/report';
import { arenaBytesToReserve } from '../../model/arenaReserve';
import { bytesText, millisecondsText } from '../../text/units';
import type { GoalKind, GoalQuestion } from '../kind';
import type { Goal, WithGoal } from './goal';

/** Limits of costs. */
export const limitKinds: readonly GoalKind<WithGoal>[] = [
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
];

/** How much smaller, or how far. */
const extentKinds: readonly GoalKind<WithGoal>[] = [
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

/** Every way of saying how far a model is to be made smaller. */
export const goalKinds: readonly GoalKind<WithGoal>[] = [...limitKinds, ...extentKinds];

/** What every question for a goal has in common. */
export const goalQuestion = {
  expected: 'A number above 0 (percent below 100).',
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
} satisfies Pick<GoalQuestion<WithGoal>, 'expected' | 'ready'>;

/** The budgets that a model breaks, as a goal; absent where none is broken. */
export function brokenBudget({ budget, arena, flash, latency }: Report): Goal | undefined {
  const broken: Goal = {
    ...over('ramBytes', budget, arena && arenaBytesToReserve(arena)),
    ...over('flashBytes', budget, flash?.totalBytes),
    ...over('latencyMs', budget, latency?.ms),
  };
  return Object.keys(broken).length === 0 ? undefined : broken;
}

/** `RAM 64.0 KB, 20.0 ms`. */
export function goalText({ ramBytes, flashBytes, latencyMs, macsShare, accuracyDrop }: Goal): string {
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
): Goal {
  const limit = budget?.[key];
  return limit !== undefined && used !== undefined && used > limit ? { [key]: limit } : {};
}

function positive(text: string, goalOf: (value: number) => Goal | undefined): WithGoal | undefined {
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
