import { clean } from '../../clean/clean';
import type { FitStep } from '../step';

/** Removes what makes no difference to any output. */
export const dropDeadWeight: FitStep = {
  id: 'clean',
  summary: 'remove what makes no difference to any output',
  leavesOut: true,
  apply: (model) => {
    const { model: cleaned, decisions } = clean(model);
    return cleaned === model
      ? { reason: 'Everything in the model makes a difference.' }
      : { model: cleaned, decisions };
  },
};
