import type { Severity } from '../model/problem';

/** What the user decided about findings, by code. From `milliwatt.json`. */
export type RuleChoice = Readonly<Record<string, RuleSeverity | RuleException>>;

type RuleSeverity = Severity | 'off';

export interface RuleException {
  readonly severity?: RuleSeverity;
  /** Names of layers (as in the listing) for which the finding is silent. */
  readonly except?: readonly string[];
}
