import type { Limits } from '../estimate/budget';
import { estimate } from '../estimate/estimate';
import type { Report } from '../estimate/report';
import type { Model } from '../model/model';
import type { Target } from '../runtimes/target';

/** Where a model would run, for which its costs are computed. */
export interface Place {
  /** Path of the model, for people. */
  readonly path: string;
  readonly target: Target;
  readonly limits: Limits;
}

/** What a model costs, without findings: what offers, searches and proofs compare. */
export function reportOf(model: Model, { path, target, limits }: Place): Report {
  return { ...estimate(model, path, target, limits).report, findings: [] };
}
