import { wrongShapes } from '../../faults/wrongAnswers';
import type { Model } from '../../model/model';
import { unwrittenText } from '../claims';

/**
 * Why the tensors of a model must stay where they are, as a whole sentence: where an operator makes more than the file
 * has room for, what lies behind its output takes part in the answers, so that other places give other answers.
 */
export function whyNotMoved(model: Model): string | undefined {
  const [wrong] = wrongShapes(model);
  return (
    unwrittenText(model) ??
    (wrong &&
      `${wrong.message} What lies beside such a tensor in memory decides the answers, so that tensors are not moved. Mend the shapes first.`)
  );
}
