import type { Offer } from '../offer';
import type { PruneOptions } from './request';

/** An offer, with the options that do exactly what it says; absent where it cannot be taken up. */
export interface PruneOffer {
  readonly offer: Offer;
  readonly options?: PruneOptions;
}
