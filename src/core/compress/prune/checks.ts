import type { Model } from '../../model/model';
import type { Report } from '../../estimate/report';
import { HumanError } from '../../model/problem';
import type { Target } from '../../runtimes/target';
import { whyRefused } from '../refusal';
import { isUint8Model } from '../quantize/repair/uint8';
import { isMet } from '../goals/distances';
import { contradictionText } from '../claims';
import type { PruneOptions } from './request';
import type { Channels } from '../channels/channels';
import { checkRewritable } from '../rewrite/checkRewritable';

/** @throws HumanError where the model as a whole is in a form that is not rewritten. */
export function checkPrunable(model: Model): void {
  checkRewritable(model, { code: 'prune', done: 'pruned', verb: 'prune' });
  const contradiction = contradictionText(model);
  if (contradiction !== undefined) throw new HumanError('prune-shapes', contradiction);
}

/** Why a model as a whole is neither pruned nor cleaned, as a complete sentence. */
export function whyUntouched(model: Model, target: Target): string | undefined {
  try {
    checkPrunable(model);
  } catch (error) {
    if (error instanceof HumanError) return error.message;
    throw error;
  }
  const refusal = whyRefused(model, target);
  return refusal && `TensorFlow Lite Micro refuses the model as it is: ${refusal}`;
}

/** Why no layer at all can lose a channel. */
export function nothingToPrune({ layers }: Channels): HumanError {
  const reasons = layers.map(({ name, reason }) => `"${name}": ${reason ?? 'It has one channel.'}`);
  const most = 5;
  const more = reasons.length > most ? ` And ${reasons.length - most} more.` : '';
  const list =
    reasons.length === 0 ? 'It has no layers with weights of its own.' : `${reasons.slice(0, most).join(' ')}${more}`;
  return new HumanError('prune-impossible', `No layer of this model can lose channels. ${list}`);
}

/** @throws HumanError where the model meets every limit as it is, so that pruning would only copy it. */
export function checkGoalIsOpen({ ratio, layers, goal, quantize }: PruneOptions, original: Report): void {
  const limits = { ...goal, accuracyDrop: undefined };
  const hasLimits = Object.values(limits).some((limit) => limit !== undefined);
  if (quantize || ratio !== undefined || layers.length > 0) return;
  if (!hasLimits || goal?.accuracyDrop !== undefined || !isMet(limits, original, original)) return;
  throw new HumanError(
    'prune-fits-already',
    'The model fits already: it meets every limit that was given. Nothing was written; use the model as it is, or give a tighter limit.',
  );
}

/** @throws HumanError for a model in uint8 that is to be measured or quantized, which needs it to be executed. */
export function checkIsExecuted({ graphs: [graph] }: Model, isMeasured: boolean, { quantize }: PruneOptions): void {
  if (!isUint8Model(graph) || !(isMeasured || quantize)) return;
  throw new HumanError(
    'prune-uint8',
    'The model is quantized to uint8, which TFLite Micro rejects, so that it is not executed here. Make it int8 with `milliwatt quantize` first, then prune the result.',
  );
}
