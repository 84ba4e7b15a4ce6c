import { exactBytesText } from '../../../text/units';
import { planModel } from '../plan';
import type { FitStep } from '../step';

/** Writes a plan of the interpreter's memory into the file. */
export const placeTensors: FitStep = {
  id: 'plan',
  summary: 'give tensors fixed places in the arena (metadata OfflineMemoryAllocation)',
  apply: (model, target, isCancelled) => {
    const outcome = planModel(model, target, isCancelled);
    if (!outcome.isPlanned) return { reason: outcome.reason };
    const { bytesBefore, bytesAfter, isShortest } = outcome;
    const proof = isShortest ? ' No plan needs less.' : '';
    const decision =
      'The tensors have fixed places in the arena (metadata OfflineMemoryAllocation): ' +
      `${exactBytesText(bytesBefore)} -> ${exactBytesText(bytesAfter)}.${proof}`;
    return { model: outcome.model, decisions: [decision] };
  },
};
