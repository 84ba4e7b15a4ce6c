import { rewriteModel } from '../../tflm/rewriteModel';
import { fusions } from '../fusions';
import type { FitStep } from '../step';

/** Lets operators do what another one does for them: each operator has its structures and its output in the arena. */
export const fuse: FitStep = {
  id: 'fuse',
  summary: 'let an operator do what the one before it did for it (PAD, RESHAPE, ADD of a bias)',
  leavesOut: true,
  apply: (model) => {
    const { model: fused, decisions } = rewriteModel(model, fusions);
    return fused === model
      ? { reason: 'No operator can do what its neighbour does for it.' }
      : { model: fused, decisions };
  },
};
