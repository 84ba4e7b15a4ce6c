import { bytesText, millisecondsText } from '../../text/units';
import { reportOf } from '../costs';
import type { Goal, WithGoal } from '../goals/goal';
import { brokenBudget } from '../goals/goalKinds';
import type { OfferWithOptions } from '../kind';
import type { OfferSubject, Totals } from '../offer';
import { whyUntouched } from '../prune/checks';
import { totalsOf } from '../totals';

/** What a model that breaks its budget has to come down to; which step does it is found out step by step. */
export function ladderOffers({ model, ...place }: OfferSubject): readonly OfferWithOptions<WithGoal>[] {
  const report = reportOf(model, place);
  const goal = brokenBudget(report);
  if (goal === undefined || whyUntouched(model, place.target) !== undefined) return [];
  const before = totalsOf(report);
  const after = within(before, goal);
  const title = `Make it fit: ${changes(before, goal)}, by the steps that lose least…`;
  return [{ offer: { possible: true, id: 'makeItFit', title, before, after }, options: { goal } }];
}

/** What a result costs at most in what the goal limits. */
function within(before: Totals, { ramBytes: arenaBytes, flashBytes, latencyMs }: Goal): Totals {
  return {
    ...before,
    ...(arenaBytes !== undefined && { arenaBytes }),
    ...(flashBytes !== undefined && { flashBytes }),
    ...(latencyMs !== undefined && { ms: latencyMs }),
  };
}

function changes({ arenaBytes, flashBytes, ms }: Totals, goal: Goal): string {
  const parts = [
    part('RAM', arenaBytes, goal.ramBytes, bytesText),
    part('flash', flashBytes, goal.flashBytes, bytesText),
    part('time', ms, goal.latencyMs, millisecondsText),
  ];
  return parts.filter((each) => each !== undefined).join(', ');
}

function part(
  name: string,
  from: number | undefined,
  limit: number | undefined,
  text: (value: number) => string,
): string | undefined {
  if (limit === undefined) return undefined;
  return `${name} ${from === undefined ? '' : `${text(from)} -> `}at most ${text(limit)}`;
}
