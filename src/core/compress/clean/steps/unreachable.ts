import type { Graph, Operator } from '../../../model/model';
import { definitionOf } from '../../../operators/operators';
import { draftOf } from '../../rewrite/graphDraft';
import { redraw } from '../../rewrite/redraw';
import { countText } from '../../wording';
import type { CleanStep } from '../cleanStep';

/** Operators that do more than compute their outputs. */
const effects: ReadonlySet<string> = new Set([
  'ASSIGN_VARIABLE',
  'CALL',
  'CALL_ONCE',
  'CUSTOM',
  'IF',
  'VAR_HANDLE',
  'WHILE',
]);

/** Removes operators whose outputs reach neither an output of the model nor anything that keeps state. */
export const unreachable: CleanStep = {
  id: 'unreachable',
  apply: (model) => {
    const [graph] = model.graphs;
    const kept = reachable(graph);
    const gone = graph.operators.length - kept.length;
    if (gone === 0) return undefined;
    return {
      model: redraw(model, draftOf(graph, { operators: kept })),
      decisions: [
        `${countText(gone, 'operator')} reached no output of the model and ${gone === 1 ? 'is' : 'are'} gone.`,
      ],
    };
  },
};

function reachable(graph: Graph): readonly Operator[] {
  const needed = new Set(graph.outputs);
  const kept: Operator[] = [];
  for (const operator of [...graph.operators].reverse()) {
    if (!operator.outputs.some((index) => needed.has(index)) && !hasEffects(operator, graph)) continue;
    kept.unshift(operator);
    for (const index of operator.inputs) needed.add(index);
  }
  return kept;
}

/**
 * State in a variable tensor is read by the operator that writes it, so that it matters only where the operator's
 * output does.
 */
function hasEffects(operator: Operator, graph: Graph): boolean {
  if (effects.has(operator.kind) || definitionOf(operator) === undefined) return true;
  return operator.outputs.some((index) => graph.tensors[index].isVariable) || operator.outputs.length === 0;
}
