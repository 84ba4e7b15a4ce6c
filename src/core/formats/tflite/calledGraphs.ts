import type { Graph, Operator, OptionValue } from '../../model/model';
import { ModelError } from '../../model/problem';

/** Graphs that an operator's options name: bodies of loops, branches, compositions. */
function calledGraphs(operator: Operator): readonly number[] {
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

/**
 * Throws `ModelError` when an operator calls a graph that is not there, or when graphs call each other in a circle, so
 * that following the calls afterwards ends.
 */
export function checkCalls(graphs: readonly Graph[]): void {
  const calls = graphs.map((graph) => [...new Set(graph.operators.flatMap(calledGraphs))]);
  calls.forEach((called, caller) => {
    const missing = called.find((index) => index < 0 || index >= graphs.length);
    if (missing === undefined) return;
    throw new ModelError(
      'graph-index',
      `Graph ${caller} calls graph ${missing}, but the model has ${graphs.length} graphs. The file is damaged: export the model again.`,
    );
  });
  const circle = findCircle(calls);
  if (circle === undefined) return;
  throw new ModelError(
    'graph-circle',
    `Graph ${circle} calls itself, directly or through other graphs, and would never end. Export the model again.`,
  );
}

/**
 * A graph on a circle of calls: what is left when graphs without calls (to graphs left) are taken away again and again.
 */
function findCircle(calls: readonly (readonly number[])[]): number | undefined {
  const callers = calls.map((): number[] => []);
  const open = calls.map((called, caller) => {
    for (const index of called) callers[index].push(caller);
    return called.length;
  });
  const ended = open.flatMap((count, index) => (count === 0 ? [index] : []));
  for (const graph of ended) {
    for (const caller of callers[graph]) {
      open[caller] -= 1;
      if (open[caller] === 0) ended.push(caller);
    }
  }
  const index = open.findIndex((count) => count > 0);
  return index < 0 ? undefined : index;
}
