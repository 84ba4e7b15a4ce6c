import type { CompressionWork } from '../kind';
import { quantizeModel } from '../quantize/quantize';
import { checkPrunable } from './checks';
import { pruneOffers } from './offers';
import { pruneModel } from './pruneModel';
import type { PruneOptions } from './request';

/** What the kind `prune` does. */
export const pruningWork: CompressionWork<PruneOptions> = {
  offers: pruneOffers,
  check: checkPrunable,
  run: (input, tools) => pruneModel(input, { ...tools, quantize: quantizeModel }),
};
