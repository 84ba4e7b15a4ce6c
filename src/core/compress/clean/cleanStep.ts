import type { Model } from '../../model/model';

/** One way of making a model smaller without changing any output. One file each, one line in `clean.ts`. */
export interface CleanStep {
  readonly id: string;
  /**
   * The model with what this step removes gone, and what was done as complete sentences; `undefined` where there is
   * nothing to do.
   */
  readonly apply: (model: Model) => CleanResult | undefined;
}

export interface CleanResult {
  readonly model: Model;
  readonly decisions: readonly string[];
}
