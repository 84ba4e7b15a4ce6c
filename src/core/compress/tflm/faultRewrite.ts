import { faultsById, faultsOf } from '../../faults/faults';
import type { Operator } from '../../model/model';
import type { GraphView } from './graphView';
import { patternRewrite, type Replacement } from './patternRewrite';
import type { Rewrite } from './rewrite';

/** Another way to say an operator, for kernels that answer wrongly to it. */
interface Mending extends Pick<Rewrite, 'id' | 'exactWhen'> {
  /** Known faults, by id. */
  readonly mends: readonly string[];
  readonly match: (operator: Operator, view: GraphView) => Replacement | undefined;
}

/** Applies where the kernels in use have one of these faults, and nowhere else. */
export function faultRewrite({ match, ...about }: Mending): Rewrite {
  const ids = new Set(about.mends);
  return patternRewrite({
    ...about,
    kinds: about.mends.flatMap((id) => faultsById.get(id)?.operators ?? []),
    match: (operator, view, use) =>
      faultsOf(operator, view.graph, use).some(({ id }) => ids.has(id)) ? match(operator, view) : undefined,
  });
}
