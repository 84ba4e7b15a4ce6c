import type { CompressionKind } from './kind';
import { compressionKinds } from './kinds';
import type { MadeOffer, OfferedWork } from './offers';

/** What running an offer means, for whoever runs it. */
export type OfferCommand =
  { readonly id: 'applyOffer'; readonly work: OfferedWork } | { readonly id: 'sayWhyNot'; readonly why: string };

/** One thing that can be done with a model: what a light bulb, a lens or a button shows and runs. */
export interface OfferAction {
  readonly title: string;
  readonly command: OfferCommand;
  readonly isPossible: boolean;
}

/** Where offers are shown: for the model as a whole, or for one layer (index into the report's layers). */
export type OfferPlace = 'model' | number;

/** What stands there until the offers are known: a title never guesses. */
function whileEstimating(kinds: readonly CompressionKind[]): readonly OfferAction[] {
  return kinds.flatMap(({ id: kind, expected }) =>
    expected === undefined
      ? []
      : [
          {
            title: `${expected} (estimating)`,
            command: { id: 'applyOffer', work: { kind, options: {} } },
            isPossible: true,
          },
        ],
  );
}

/**
 * The actions for a place, in the order of the offers. One that cannot run is there all the same and says why. `offers`
 * are absent while they are being estimated.
 */
export function offerActions(
  offers: readonly MadeOffer[] | undefined,
  place: OfferPlace,
  kinds = compressionKinds,
): readonly OfferAction[] {
  if (offers === undefined) return place === 'model' ? whileEstimating(kinds) : [];
  return offers.filter(({ offer }) => (offer.layer ?? 'model') === place).map(actionOf);
}

function actionOf({ offer, work }: MadeOffer): OfferAction {
  const { title } = offer;
  if (offer.possible && work !== undefined) return { title, command: { id: 'applyOffer', work }, isPossible: true };
  const why = offer.possible ? title : `${title} ${offer.reason}`;
  return { title, command: { id: 'sayWhyNot', why }, isPossible: false };
}
