import { circularCalls } from '../model/calls';
import { operatorName } from '../model/model';
import type { Rule } from './rule';

/** A graph that the model runs calls itself, directly or through others. */
export const graphCircle: Rule = {
  code: 'graph-circle',
  severity: 'error',
  documentation:
    'A graph calls itself, directly or through the graphs that it calls. TensorFlow Lite Micro follows the calls as it plans the arena, without end; what is shown of the model are its operators, each once.',
  find: ({ model, estimate }) => {
    const closing = circularCalls(model, model.graphs.slice(0, 1));
    return estimate.placed.flatMap(({ operator, graph, layer }) =>
      closing.has(operator)
        ? [
            {
              layer,
              message: `${operatorName(operator)} calls a graph that runs the graph "${graph.name}" again, and so on without end: the board stops in AllocateTensors(). Unroll the recursion before the model is converted.`,
            },
          ]
        : [],
    );
  },
};
