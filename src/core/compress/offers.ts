import { unworkableText } from './claims';
import type { CompressionRequest } from './kind';
import { compressionKinds } from './kinds';
import type { Offer, OfferSubject } from './offer';
import { laidOut } from './tflm/channelsLast';
import { withWorseCosts } from './worseCosts';

/** Which compression does what an offer says, with the options that its costs hang on; others are still open. */
export type OfferedWork = CompressionRequest;

export interface MadeOffer {
  readonly offer: Offer;
  /** Absent where it cannot be taken up. */
  readonly work?: OfferedWork;
}

/**
 * What compressions of a model would bring on a target, each computed from the graph alone. Titles say which costs get
 * worse.
 */
export async function offersFor(subject: OfferSubject, kinds = compressionKinds): Promise<readonly MadeOffer[]> {
  const reason = unworkableText(subject.model);
  if (reason !== undefined)
    return [{ offer: { possible: false, id: 'size', title: 'Why not make it smaller?', reason } }];
  const laid = { ...subject, model: laidOut(subject.model) };
  const loaded = await Promise.all(kinds.map(async (kind) => ({ id: kind.id, work: await kind.load() })));
  return loaded.flatMap(({ id, work }) =>
    work.offers(laid).map(({ offer, options }) => ({
      offer: withWorseCosts(offer),
      ...(offer.possible && options !== undefined && { work: { kind: id, options } }),
    })),
  );
}
