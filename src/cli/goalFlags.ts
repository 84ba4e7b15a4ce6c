import type { Subject } from '../core/analysis/subject';
import type { Goal } from '../core/compress/goals/goal';
import { budgetFacts } from '../core/estimate/budget';

/** Flags that say what a model has to fit. */
export interface GoalFlags {
  /** A board, whose memory is the limit. */
  readonly toFit?: string;
  readonly ram?: number;
  readonly flash?: number;
  readonly ms?: number;
}

/** The limits of the flags; those of a board are what is left of its memory. */
export function goalOf({ toFit, ram, flash, ms }: GoalFlags, subject: Subject): Goal {
  const budget = toFit === undefined ? undefined : budgetFacts(subject);
  return { ramBytes: ram ?? budget?.ramBytes, flashBytes: flash ?? budget?.flashBytes, latencyMs: ms };
}
