import type { Limits } from '../estimate/budget';
import { resolveTarget } from '../estimate/resolveTarget';
import { formats, readModel } from '../formats/formats';
import type { ReadResult } from '../formats/readResult';
import { calibratedTarget } from '../measure/measured';
import type { Model } from '../model/model';
import type { Origins } from '../model/origin';
import type { Program } from '../model/program';
import type { Problem } from '../model/problem';
import type { Target } from '../runtimes/target';
import type { AnalysisRequest } from './analysis';
import { limitsOf } from './limits';

/**
 * What a request is about: the model that was read, the target with the calibration of its board, and what may be used
 * of it.
 */
export interface Subject {
  /** Path of the model, for people. */
  readonly path: string;
  readonly model: Model;
  readonly target: Target;
  readonly limits: Limits;
  /** Where the model's operators came from, as far as its reader knows. */
  readonly origins?: Origins;
  readonly program?: Program;
  readonly manners?: ReadResult['manners'];
  /** What reading the model and resolving the target found. */
  readonly problems: readonly Problem[];
}

/**
 * The only way from a request to a model and a target: whatever is computed for the same request is computed for the
 * same board, with the same calibration and the same limits. Throws `ModelError` when there is no model in the bytes,
 * `HumanError` when the target is not understood.
 */
export function subjectOf(request: AnalysisRequest, known = formats): Subject {
  const { path, measured } = request;
  const { model, problems: readingProblems, origins, program, manners } = request.read ?? readModel(request, known);
  const resolved = resolveTarget(request.target);
  const { target, problems } = calibratedTarget(resolved.target, measured?.calibrations ?? []);
  return {
    path,
    model,
    origins,
    ...(program === undefined ? {} : { program }),
    ...(manners && { manners }),
    target,
    limits: limitsOf(request),
    problems: [...readingProblems, ...resolved.problems, ...problems],
  };
}
