import type { ProfileDialect, ProfileEntry, ProfileFacts, ProfileTagSum } from './events';

/** Everything of one profile while its lines come in. */
export interface OpenProfile {
  readonly dialect: ProfileDialect;
  readonly facts: ProfileFacts;
  readonly entries: ProfileEntry[];
  readonly sums: ProfileTagSum[];
  readonly startMs: number;
  endMs: number;
  foreignLines: number;
  damaged: number;
  printedTotal?: number;
  ended: boolean;
}
