import { exactBytesText } from '../../text/units';
import { signedPercent } from '../changesText';
import { reportOf } from '../costs';
import type { OfferWithOptions } from '../kind';
import type { OfferSubject } from '../offer';
import { totalsOf } from '../totals';
import { fitModel } from './fitModel';
import type { FitOptions } from './request';
import { fuse } from './steps/fuse';
import { placeTensors } from './steps/placeTensors';
import { reorder } from './steps/reorder';
import { whyNotMoved } from './whyNotMoved';

/** Removing dead weight is an offer of its own: this one is about which tensors there are, where they lie, and when. */
const offered = [fuse, reorder, placeTensors];

/** What fewer operators, a better order of them and better places of tensors save of the arena. */
export function fitOffers({ model, ...place }: OfferSubject): readonly OfferWithOptions<FitOptions>[] {
  if (whyNotMoved(model) !== undefined) return [];
  const before = reportOf(model, place);
  const least = before.arena?.minimumBytes;
  if (least === undefined || before.arena?.isLowerBound === true) return [];
  const fitted = fitModel(model, place.target, offered, () => false);
  const { file, leastBytes: bytes } = fitted;
  if (file === undefined || bytes === undefined || bytes >= least) {
    const reason = fitted.decisions.join(' ');
    return reason === ''
      ? []
      : [{ offer: { possible: false, id: 'fit', title: 'Why not save RAM with the same weights?', reason } }];
  }
  const title =
    `Save RAM with the same weights: ${exactBytesText(least)} -> ${exactBytesText(bytes)} (${signedPercent(bytes / least - 1)}); ` +
    'outputs stay the same bit for bit';
  const after = totalsOf(reportOf(file.model, place));
  const options = { only: offered.map(({ id }) => id) };
  return [{ offer: { possible: true, id: 'fit', title, before: totalsOf(before), after }, options }];
}
