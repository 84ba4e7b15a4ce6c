import { estimate } from '../estimate/estimate';
import type { Budget } from '../model/budget';
import { underBudget } from '../model/budget';
import { HumanError } from '../model/problem';
import type { ArenaFacts } from '../runtimes/facts';
import { runtimes } from '../runtimes/runtimes';
import { tflmVersions } from '../runtimes/tflm/versions';
import type { AnalysisRequest } from './analysis';
import { subjectOf } from './subject';

/**
 * Where nothing says which kernels run the model: its arena with every library of kernels in every version that is
 * known, worked out when it is first asked for. `work`: what that may take.
 */
export function arenasWhereOpen(request: AnalysisRequest, work: Budget): (() => readonly ArenaFacts[]) | undefined {
  return isOpen(request) ? once(() => arenasWithin(request, work)) : undefined;
}

/** None, which is not known, where they would take more than is given to a model. */
function arenasWithin(request: AnalysisRequest, work: Budget): readonly ArenaFacts[] {
  try {
    return underBudget(work, () => possibleArenas(request));
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return [];
  }
}

/** Whether nothing says which kernels run the model. */
function isOpen({ target: { board, runtime } }: AnalysisRequest): boolean {
  return board === undefined && runtime === undefined;
}

function possibleArenas(request: AnalysisRequest): readonly ArenaFacts[] {
  const choices = runtimes.flatMap(({ id }) => tflmVersions.map((version) => ({ runtime: id, version })));
  return choices
    .map(({ runtime, version }) => {
      const settings = { tflmVersion: version.id, ...request.target.settings };
      const { model, target, limits } = subjectOf({ ...request, target: { ...request.target, runtime, settings } });
      return estimate(model, request.path, target, limits).report.arena;
    })
    .filter((arena) => arena !== undefined);
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
