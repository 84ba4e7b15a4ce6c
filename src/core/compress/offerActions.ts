import type { CompressionKind } from './kind';
import { compressionKinds } from './kinds';
import type { Totals } from './offer';
import type { MadeOffer, OfferedWork } from './offers';

/** What running an offer means, for whoever runs it. */
export type OfferCommand =
  { readonly id: 'applyOffer'; readonly work: OfferedWork } | { readonly id: 'sayWhyNot'; readonly why: string };

/** What something brings, in figures. */
export interface OfferedChange {
  /** Absent where TFLM refuses the source. */
  readonly before?: Totals;
  readonly after: Totals;
  /** All outputs stay as they are, bit for bit. */
  readonly keepsOutputs: boolean;
}

/** One thing that can be done with a model: what a light bulb, a lens or a button shows and runs. */
export interface OfferAction {
  readonly title: string;
  /** Absent while it is estimated, and of what cannot be done. */
  readonly brings?: OfferedChange;
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
  return offers.filter(({ offer }) => (offer.layer ?? 'model') === place).map((made) => actionOf(made, kinds));
}

function actionOf({ offer, work }: MadeOffer, kinds: readonly CompressionKind[]): OfferAction {
  const { title } = offer;
  if (offer.possible && work !== undefined) {
    const keepsOutputs = kinds.find(({ id }) => id === work.kind)?.keepsOutputs ?? false;
    const { before, after } = offer;
    return {
      title,
      command: { id: 'applyOffer', work },
      isPossible: true,
      brings: { ...(before && { before }), after, keepsOutputs },
    };
  }
  const why = offer.possible ? title : `${title} ${offer.reason}`;
  return { title, command: { id: 'sayWhyNot', why }, isPossible: false };
}
