import { shapeProblemOf } from '../operators/operators';
import type { Rule } from './rule';

/** The shapes of an operator's tensors contradict each other: the file is damaged or was edited by hand. */
export const shapeContradiction: Rule = {
  code: 'shape-contradiction',
  severity: 'error',
  documentation:
    'The shapes of the operator’s tensors contradict each other, so that its costs cannot be computed and no runtime can run it.',
  find: ({ estimate }) =>
    estimate.placed.flatMap(({ operator, graph, layer }) => {
      const message = shapeProblemOf(operator, graph);
      return message === undefined ? [] : [{ layer, message }];
    }),
};
