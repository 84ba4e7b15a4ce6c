import type { Report } from '../../estimate/report';
import type { Model } from '../../model/model';
import type { PruneRequest, PruneTools } from './request';
import type { PrunedPlace } from './writtenCosts';

/** A pruning under way. */
export interface PruneWork {
  readonly request: PruneRequest;
  readonly tools: PruneTools;
  readonly source: Model;
  readonly place: PrunedPlace;
  /** Costs of the source. */
  readonly original: Report;
  readonly decisions: string[];
  readonly warnings: string[];
}
