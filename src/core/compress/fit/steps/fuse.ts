import { kernelsInUse } from '../../../faults/kernelsInUse';
import { knownFaults } from '../../../faults/wrongAnswers';
import type { Model } from '../../../model/model';
import type { Target } from '../../../runtimes/target';
import type { Rewrite } from '../../tflm/rewrite';
import { rewriteModel } from '../../tflm/rewriteModel';
import { fusions } from '../fusions';
import type { FitStep } from '../step';

/** Lets operators do what another one does for them: each operator has its structures and its output in the arena. */
export const fuse: FitStep = {
  id: 'fuse',
  summary: 'let an operator do what the one before it did for it (PAD, RESHAPE, ADD of a bias)',
  leavesOut: true,
  apply: (model, target) => {
    const { model: fused, decisions } = rewriteModel(model, kernelsInUse(target), safeFusions(model, target));
    return fused === model
      ? { reason: 'No operator can do what its neighbour does for it.' }
      : { model: fused, decisions };
  },
};

/** Those after which no more operators meet a known fault of the target's kernels: some pad amiss by themselves. */
function safeFusions(model: Model, target: Target): readonly Rewrite[] {
  const use = kernelsInUse(target);
  const faults = (of: Model): number => knownFaults(of, use).length;
  const before = faults(model);
  if (faults(rewriteModel(model, use, fusions).model) <= before) return fusions;
  return fusions.filter((fusion) => faults(rewriteModel(model, use, [fusion]).model) <= before);
}
