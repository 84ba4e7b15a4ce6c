import type { Report } from '../../estimate/report';
import type { Model } from '../../model/model';
import { clean } from '../clean/clean';
import { reportOf } from '../costs';
import type { PruneRequest, PruneTools } from './request';
import type { PrunedPlace } from './writtenCosts';

/** A removal of what makes no difference. */
export type CleanRequest = Omit<PruneRequest, 'options'>;

/** A pruning or cleaning under way. */
export interface CleanWork {
  readonly request: CleanRequest;
  readonly tools: PruneTools;
  readonly source: Model;
  readonly place: PrunedPlace;
  /** Costs of the source. */
  readonly original: Report;
  readonly decisions: string[];
  readonly warnings: string[];
}

/** A pruning under way. */
export interface PruneWork extends CleanWork {
  readonly request: PruneRequest;
}

/** Before anything is done. */
export function startWork<Request extends CleanRequest>(
  request: Request,
  tools: PruneTools,
  source: Model,
): CleanWork & { readonly request: Request } {
  const place: PrunedPlace = { path: request.path, target: request.target, limits: request.limits };
  return { request, tools, source, place, original: reportOf(source, place), decisions: [], warnings: [] };
}

/** The source without what makes no difference; decisions say what that was. */
export function cleanedSource({ source, decisions }: CleanWork): Model {
  const cleaned = clean(source);
  decisions.push(...cleaned.decisions);
  return cleaned.model;
}
