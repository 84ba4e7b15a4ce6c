import type { FaultOutcome } from '../../faults/fault';
import { faultsById } from '../../faults/faults';
import { kernelsInUse } from '../../faults/kernelsInUse';
import { wrongAnswers } from '../../faults/wrongAnswers';
import { canRewrite, foreignName, resultKind } from '../../formats/kinds';
import type { Model } from '../../model/model';
import { exactBytesText } from '../../text/units';
import type { Report } from '../../estimate/report';
import { reportOf } from '../costs';
import type { OfferWithOptions } from '../kind';
import type { OfferSubject } from '../offer';
import { whyRefused } from '../refusal';
import { fileOf } from '../rewrite/fileOf';
import { totalsOf } from '../totals';
import { countText } from '../wording';
import { rewriteModel } from './rewriteModel';

const id = 'rewrite';

/** What of a kernel is reason enough to write a model anew. */
const mended: ReadonlySet<FaultOutcome> = new Set(['wrong', 'wrong-values', 'refused', 'crashes', 'overruns']);

/** What a rewrite mends, or saves where nothing is to be mended. */
export function rewriteOffers({ model, ...place }: OfferSubject): readonly OfferWithOptions[] {
  if (!canRewrite(model)) return [];
  const fault = faultOf(model, place);
  const rewritten = rewriteModel(model, kernelsInUse(place.target));
  const result = rewritten.model === model ? model : fileOf(rewritten.model).model;
  const left = faultOf(result, place);
  if (left !== undefined) {
    return [
      { offer: { possible: false, id, title: 'Why not rewrite for TFLM?', reason: whyNot(model, result, left) } },
    ];
  }
  const foreign = foreignName(model);
  if (result === model && foreign === undefined) return [];
  const [before, after] = [reportOf(model, place), reportOf(result, place)];
  const title = titleOf({ before, after, fault, foreign });
  if (title === undefined) return [];
  // What does not answer, or wrongly, costs nothing that could be compared.
  const totals = { ...(fault === undefined && { before: totalsOf(before) }), after: totalsOf(after) };
  return [{ offer: { possible: true, id, title, ...totals }, options: {} }];
}

function titleOf(made: {
  readonly before: Report;
  readonly after: Report;
  readonly fault?: string;
  readonly foreign?: string;
}): string | undefined {
  const { before, after, fault, foreign } = made;
  if (foreign !== undefined) return `Convert from ${foreign} to ${resultKind.written}`;
  return fault === undefined ? savedText(before, after) : 'Rewrite for TFLM: the board answers as the file means';
}

/** Why TFLM does not answer, or what it answers wrongly, as a complete sentence. */
function faultOf(model: Model, { target }: Omit<OfferSubject, 'model'>): string | undefined {
  const refused = whyRefused(model, target);
  if (refused !== undefined) return refused;
  const wrong = wrongAnswers(model, kernelsInUse(target)).find(({ outcome }) => mended.has(outcome));
  const why = wrong && faultsById.get(wrong.id)?.notRewritten;
  return why === undefined ? wrong?.message : `${wrong!.message} ${why}`;
}

function whyNot(model: Model, result: Model, left: string): string {
  if (result === model) return `No rewrite is known for this: ${left}`;
  return `Part of it can be rewritten. What is left: ${left}`;
}

/** `undefined` where nothing gets smaller. */
function savedText(before: Report, after: Report): string | undefined {
  const [was, is] = [before.arena?.minimumBytes, after.arena?.minimumBytes];
  const operators = before.model.operators - after.model.operators;
  if (was === undefined || is === undefined || is >= was) return undefined;
  return `Rewrite for TFLM: ${countText(operators, 'operator')} less, RAM ${exactBytesText(was)} -> ${exactBytesText(is)}; outputs stay the same`;
}
