import { wrongShapes } from '../faults/wrongAnswers';
import { shapeProblemOf } from '../operators/operators';
import type { Rule } from './rule';

/** The file declares other shapes than its operators make, or shapes that no operator can work on. */
export const shapeContradiction: Rule = {
  code: 'shape-contradiction',
  severity: 'error',
  documentation:
    'The file declares other shapes than its operators make of their inputs. TensorFlow Lite Micro believes the file, so the board answers ' +
    'wrongly without a word, or no runtime can run it.',
  find: ({ model, estimate, support }) => {
    const wrong = new Map(wrongShapes(model).map(({ operator, message }) => [operator, message]));
    return estimate.placed.flatMap(({ operator, graph, layer }) => {
      const message = shapeProblemOf(operator, graph) ?? wrong.get(operator);
      const outcome = support.get(operator);
      // Where TFLM refuses the operator for it, that finding says it.
      const isSaid = outcome?.supported === false && outcome.reason === message;
      return message === undefined || isSaid ? [] : [{ layer, message }];
    });
  },
};
