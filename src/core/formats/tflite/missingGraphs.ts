import { calledGraphs } from '../../model/calls';
import type { Graph } from '../../model/model';
import { ModelError } from '../../model/problem';

/** @throws ModelError where an operator calls a graph that is not there. Circles of calls are the rules' business. */
export function checkCalls(graphs: readonly Graph[]): void {
  graphs.forEach(({ operators }, caller) => {
    const missing = operators.flatMap(calledGraphs).find((index) => index < 0 || index >= graphs.length);
    if (missing === undefined) return;
    throw new ModelError(
      'graph-index',
      `Graph ${caller} calls graph ${missing}, but the model has ${graphs.length} graphs. The file is damaged: export the model again.`,
    );
  });
}
