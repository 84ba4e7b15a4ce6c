import type { Operator } from '../../model/model';
import { shortNames } from '../../model/names';
import { redraw } from '../rewrite/redraw';
import { GraphView, type Exchange } from './graphView';
import type { Rewrite } from './rewrite';

/** What takes the place of some operators, and how that is said. */
interface Replacement extends Exchange {
  /** What was done, as a complete sentence; `name` is that of the operator's output. */
  readonly sentence: (name: string) => string;
}

/** A rewrite of one operator with its neighbours. */
interface Pattern extends Pick<Rewrite, 'id' | 'exactWhen'> {
  /** Kinds of the operator that it begins at. */
  readonly kinds: readonly string[];
  /** `undefined` where it does not match; tensors are added to the view only where it does. */
  readonly match: (operator: Operator, view: GraphView) => Replacement | undefined;
}

/** Applies a pattern to graph 0 wherever it matches. */
export function patternRewrite({ id, exactWhen, kinds, match }: Pattern): Rewrite {
  return {
    id,
    exactWhen,
    apply: (model) => {
      const [graph] = model.graphs;
      if (!graph.operators.some(({ kind }) => kinds.includes(kind))) return undefined;
      const names = shortNames(graph);
      const view = new GraphView(graph);
      const decisions: string[] = [];
      for (const operator of graph.operators) {
        if (!kinds.includes(operator.kind) || !view.has(operator)) continue;
        const found = match(operator, view);
        if (found === undefined) continue;
        view.replace(found);
        decisions.push(found.sentence(names[operator.outputs[0]] ?? String(operator.index)));
      }
      return decisions.length === 0 ? undefined : { model: redraw(model, view.draft), decisions };
    },
  };
}
