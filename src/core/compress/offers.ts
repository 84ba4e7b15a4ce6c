import { tooLargeText } from './claims';
import type { Offer, OfferSubject } from './offer';
import { pruneOffers } from './prune/offers';
import type { PruneOptions } from './prune/request';
import { quantizationOffers, quantizationVariants } from './quantize/forecast';
import type { QuantizeOptions } from './quantize/request';
import { withWorseCosts } from './worseCosts';

/** Which compression does what an offer says, with which options. */
export type OfferedWork =
  | { readonly kind: 'quantize'; readonly options: QuantizeOptions }
  | { readonly kind: 'prune'; readonly options: PruneOptions };

export interface MadeOffer {
  readonly offer: Offer;
  /** Absent where it cannot be taken up. */
  readonly work?: OfferedWork;
}

/** Whatever makes offers. A new compression is a line here. */
const makers: readonly ((subject: OfferSubject) => readonly MadeOffer[])[] = [quantization, pruning];

/**
 * What compressions of a model would bring on a target, each computed from the graph alone. Titles say which costs get
 * worse.
 */
export function offersFor(subject: OfferSubject): readonly MadeOffer[] {
  const reason = tooLargeText(subject.model);
  if (reason !== undefined)
    return [{ offer: { possible: false, id: 'size', title: 'Why not make it smaller?', reason } }];
  return makers.flatMap((make) => make(subject)).map((made) => ({ ...made, offer: withWorseCosts(made.offer) }));
}

function quantization(subject: OfferSubject): readonly MadeOffer[] {
  return quantizationOffers(subject).map((offer) => {
    const options = quantizationVariants[offer.id];
    return offer.possible && options !== undefined ? { offer, work: { kind: 'quantize', options } } : { offer };
  });
}

function pruning(subject: OfferSubject): readonly MadeOffer[] {
  return pruneOffers(subject).map(({ offer, options }) => ({
    offer,
    work: options && { kind: 'prune', options },
  }));
}
