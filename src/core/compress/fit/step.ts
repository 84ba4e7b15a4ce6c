import type { Model } from '../../model/model';
import type { Target } from '../../runtimes/target';

/** What a step made of a model, or why nothing; each in whole sentences. */
type StepResult =
  | { readonly model: Model; readonly decisions: readonly string[] }
  | { readonly model?: undefined; readonly reason: string };

/** A way to less memory that changes no output. */
export interface FitStep {
  /** As it is typed: `--only plan,order`. */
  readonly id: string;
  /** What it does, as one line of help. */
  readonly summary: string;
  /** True where it leaves operators out and moves nothing: what it saves, no later step takes back. */
  readonly leavesOut?: boolean;
  apply(model: Model, target: Target, isCancelled: () => boolean): StepResult;
}
