import type { KernelsInUse } from '../../faults/kernelsInUse';
import type { Graph, Model, Operator } from '../../model/model';
import { shortNames } from '../../model/names';
import { isComplete } from '../../operators/operators';
import { redraw } from '../rewrite/redraw';
import { GraphView, type Exchange } from './graphView';
import type { Rewrite, Rewritten } from './rewrite';

/** What takes the place of some operators, and how that is said. */
export interface Replacement extends Exchange {
  /** What was done, as a complete sentence; `name` is that of the operator's output. */
  readonly sentence: (name: string) => string;
}

/** A rewrite of one operator with its neighbours. */
interface Pattern extends Pick<Rewrite, 'id' | 'exactWhen' | 'mends'> {
  /** Kinds of the operator that it begins at. */
  readonly kinds: readonly string[] | 'any';
  /** `undefined` where it does not match; tensors are added to the view only where it does. */
  readonly match: (operator: Operator, view: GraphView, use: KernelsInUse) => Replacement | undefined;
}

/** Applies a pattern to every graph wherever it matches. */
export function patternRewrite({ kinds, match, ...about }: Pattern): Rewrite {
  const begins = kinds === 'any' ? undefined : new Set(kinds);
  const isBegun = ({ kind }: Operator): boolean => begins?.has(kind) !== false;
  return {
    ...about,
    apply: (model, use) => {
      const decisions: string[] = [];
      let made = model;
      for (const { index } of model.graphs) {
        const graph = made.graphs[index];
        if (!graph.operators.some(isBegun)) continue;
        const next = inGraph(made, graph, (operator, view) =>
          isBegun(operator) ? match(operator, view, use) : undefined,
        );
        if (next === undefined) continue;
        made = next.model;
        decisions.push(...next.decisions);
      }
      return decisions.length === 0 ? undefined : { model: made, decisions };
    },
  };
}

function inGraph(
  model: Model,
  graph: Graph,
  match: (operator: Operator, view: GraphView) => Replacement | undefined,
): Rewritten | undefined {
  const names = shortNames(graph);
  const view = new GraphView(graph);
  const decisions: string[] = [];
  for (const operator of graph.operators) {
    if (!view.has(operator) || !isComplete(operator, graph)) continue;
    const found = match(operator, view);
    if (found === undefined) continue;
    view.replace(found);
    decisions.push(found.sentence(names[operator.outputs[0]] ?? String(operator.index)));
  }
  return decisions.length === 0 ? undefined : { model: redraw(model, view.draft), decisions };
}
