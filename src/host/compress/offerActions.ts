import type { MadeOffer } from '../../core/compress/offers';

/** One thing that can be done with a model: what a light bulb, a lens or a button shows and runs. */
export interface OfferAction {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
  readonly isPossible: boolean;
}

/** Where offers are shown: for the model as a whole, or for one layer (index into the report's layers). */
export type OfferPlace = 'model' | number;

/** What stands there until the offers are known: a title never guesses. */
const whileEstimating: readonly (readonly [title: string, command: string])[] = [
  ['Quantize to int8 (estimating)', 'milliwatt.quantize'],
  ['Prune (estimating)', 'milliwatt.prune'],
];

/**
 * The actions for a place, in the order of the offers. One that cannot run is there all the same and says why. `model` is passed on to the
 * commands; `offers` are absent while they are being estimated.
 */
export function offerActions(
  offers: readonly MadeOffer[] | undefined,
  place: OfferPlace,
  model: unknown,
): readonly OfferAction[] {
  if (offers === undefined) {
    if (place !== 'model') return [];
    return whileEstimating.map(([title, command]) => ({ title, command, arguments: [model], isPossible: true }));
  }
  return offers.filter(({ offer }) => (offer.layer ?? 'model') === place).map((made) => actionOf(made, model));
}

function actionOf({ offer, work }: MadeOffer, model: unknown): OfferAction {
  if (!offer.possible) {
    return {
      title: offer.title,
      command: 'milliwatt.sayWhyNot',
      arguments: [`${offer.title} ${offer.reason}`],
      isPossible: false,
    };
  }
  return { title: offer.title, command: 'milliwatt.applyOffer', arguments: [model, work], isPossible: true };
}
