import type { CompressionWork } from '../kind';
import { checkPrunable } from './checks';
import { cleanModel } from './cleanModel';
import { cleanOffers } from './cleanOffer';

/** What the kind `clean` does. */
export const cleanWork: CompressionWork = { offers: cleanOffers, check: checkPrunable, run: cleanModel };
