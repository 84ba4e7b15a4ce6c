import { bytesText } from '../../text/units';
import { signedPercent } from '../changesText';
import { clean } from '../clean/clean';
import { fileOf } from '../rewrite/fileOf';
import type { OfferWithOptions } from '../kind';
import type { Offer, OfferSubject } from '../offer';
import { whyUntouched } from './checks';
import type { Report } from '../../estimate/report';
import { reportOf } from '../costs';
import { totalsOf } from '../totals';

/** Files that shrink by less than this, with all else unchanged, are not worth an offer. */
const leastBytes = 256;

/** What can go without any output changing: in all units, since one of them alone would promise too much. */
export function cleanOffers({ model, ...place }: OfferSubject): readonly OfferWithOptions[] {
  // The reason is said once, by pruning.
  if (whyUntouched(model, place.target) !== undefined) return [];
  const before = reportOf(model, place);
  const id = 'clean';
  const cleaned = clean(model);
  const result = fileOf(cleaned.model).model;
  const after = reportOf(result, place);
  const isSame = after.model.macs === before.model.macs && after.model.operators === before.model.operators;
  if (cleaned.decisions.length === 0 || (isSame && model.fileBytes - result.fileBytes < leastBytes)) {
    const reason = 'Everything in this model makes a difference to its outputs.';
    return [{ offer: { possible: false, id, title: 'Why not remove dead weight?', reason } }];
  }
  const title = `Remove dead weight: ${unitsText(before, after)}; outputs stay the same bit for bit`;
  const offer: Offer = { possible: true, id, title, before: totalsOf(before), after: totalsOf(after) };
  return [{ offer, options: {} }];
}

/** What removing dead weight brings in every unit: MACs, instructions, weights, both kinds of RAM, the file. */
export function unitsText(before: Report, after: Report): string {
  const share = (unit: string, from: number | undefined, to: number | undefined): readonly string[] =>
    from === undefined || to === undefined || from === 0 ? [] : [`${signedPercent(to / from - 1)} ${unit}`];
  return [
    ...share('MACs', before.model.macs, after.model.macs),
    ...share('instructions', totalsOf(before).instructions, totalsOf(after).instructions),
    ...share('weights', before.model.parameters, after.model.parameters),
    ...ramText(before, after),
    ...share('of the file', before.model.bytes, after.model.bytes),
  ].join(', ');
}

function ramText({ arena: before }: Report, { arena: after }: Report): readonly string[] {
  if (before === undefined || after === undefined) return [];
  const change = (from: number, to: number): string =>
    from === to ? '0 bytes' : `${to < from ? '-' : '+'}${bytesText(Math.abs(to - from))}`;
  return [
    `${change(before.plannedBytes, after.plannedBytes)} of planned RAM`,
    `${change(before.persistentBytes, after.persistentBytes)} of the interpreter's`,
  ];
}
