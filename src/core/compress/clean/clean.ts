import type { Model } from '../../model/model';
import { whyNotRedrawn } from '../rewrite/metadata';
import type { CleanStep, CleanResult } from './cleanStep';
import { deadChannels } from './steps/deadChannels';
import { duplicates } from './steps/duplicates';
import { foldConstants } from './steps/foldConstants';
import { identities } from './steps/identities';
import { quantizePairs } from './steps/quantizePairs';
import { unreachable } from './steps/unreachable';

/** All steps, in order: the first ones make work for the later ones. A new one is one line here. */
const steps: readonly CleanStep[] = [foldConstants, quantizePairs, identities, unreachable, deadChannels, duplicates];

/** No model has so many layers that each has to wait for the one behind it. */
const mostRounds = 1000;

/**
 * The model without what makes no difference to its outputs: for every input, bit for bit in both of TFLM's rounding
 * modes. Of float graphs "bit for bit" is meant for finite inputs and kernels that add in the order of the channels, as
 * TFLM's do: only exact zeros are left out of their sums. Graphs that control flow calls stay as they are.
 */
export function clean(model: Model): CleanResult {
  let cleaned: CleanResult = { model, decisions: [] };
  if (whyNotRedrawn(model) !== undefined) {
    return { model, decisions: ['The constants are compressed and are left as they are.'] };
  }
  for (let round = 0; round < mostRounds; round++) {
    const next = applyFirst(cleaned.model);
    if (next === undefined) return cleaned;
    cleaned = { model: next.model, decisions: [...cleaned.decisions, ...next.decisions] };
  }
  return cleaned;
}

function applyFirst(model: Model): CleanResult | undefined {
  for (const step of steps) {
    const next = step.apply(model);
    if (next !== undefined) return next;
  }
  return undefined;
}
