import type { Graph, Model, Operator, OptionValue } from './model';

/** Graphs that an operator's options name: bodies of loops, branches, compositions. */
export function calledGraphs(operator: Operator): readonly number[] {
  return [operator.options, operator.options2].flatMap((options) =>
    Object.entries(options?.values ?? {}).flatMap(([name, value]) =>
      /subgraph(Index|Indices)?$/i.test(name) ? indices(value) : [],
    ),
  );
}

function indices(value: OptionValue): readonly number[] {
  const list: readonly OptionValue[] = Array.isArray(value) ? (value as readonly OptionValue[]) : [value];
  return list.filter((entry): entry is number => typeof entry === 'number');
}

/** A call on the way from one of the roots that has not been followed to its end. */
interface OpenGraph {
  readonly graph: Graph;
  readonly calls: readonly (readonly [Operator, number])[];
  next: number;
}

/**
 * The operators that close a circle of calls: each calls a graph that is still running, on a way from one of `roots`.
 * What follows calls without end does so through these. Time: proportional to the graphs and their calls.
 */
export function circularCalls({ graphs }: Model, roots: readonly Graph[]): ReadonlySet<Operator> {
  const found = new Set<Operator>();
  const seen = new Set<number>();
  const running = new Set<number>();
  const way: OpenGraph[] = [];
  const enter = (graph: Graph | undefined): void => {
    if (graph === undefined || seen.has(graph.index)) return;
    seen.add(graph.index);
    running.add(graph.index);
    const calls = graph.operators.flatMap((operator) => calledGraphs(operator).map((to) => [operator, to] as const));
    way.push({ graph, calls, next: 0 });
  };
  for (const root of roots) {
    enter(root);
    for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
      const call = last.calls.at(last.next);
      last.next += 1;
      if (call === undefined) {
        running.delete(last.graph.index);
        way.pop();
      } else if (running.has(call[1])) found.add(call[0]);
      else enter(graphs[call[1]]);
    }
  }
  return found;
}
