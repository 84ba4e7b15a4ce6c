import type { Estimate } from '../estimate/estimate';
import { wrongShapes } from '../faults/wrongAnswers';
import { operatorName, type Model } from '../model/model';

/**
 * Costs of a model whose shapes contradict its operators are those of the shapes that the file declares, and not exact.
 */
export function withBelievedShapes(estimate: Estimate, model: Model): Estimate {
  const [first] = wrongShapes(model);
  if (first === undefined) return estimate;
  const { report } = estimate;
  const { arena } = report;
  const note = `This is what the shapes take that the file declares. Operator ${first.operator.index} (${operatorName(first.operator)}) makes another one of its inputs.`;
  const believed =
    arena?.basis === 'exact'
      ? { ...arena, basis: 'modelled' as const, ...(arena.detail && { detail: { ...arena.detail, note } }) }
      : arena;
  return {
    ...estimate,
    report: { ...report, model: { ...report.model, macsBasis: 'modelled' }, ...(believed && { arena: believed }) },
  };
}
