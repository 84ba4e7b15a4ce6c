import type { Report } from '../../estimate/report';
import type { Model } from '../../model/model';
import type { CompressionInput } from '../compressionInput';
import { reportOf, type Place } from '../costs';
import type { CompressionTools } from '../kind';

/** What every compression is asked, whatever its options. */
export type WorkRequest = Omit<CompressionInput, 'options'>;

/** A compression under way, as its proof needs it. */
export interface WorkUnderWay {
  readonly request: WorkRequest;
  readonly tools: CompressionTools;
  readonly source: Model;
  readonly place: Place;
  /** Costs of the source. */
  readonly original: Report;
  readonly decisions: string[];
  readonly warnings: string[];
  /** Outputs that cannot be computed here are no reason to write nothing: a warning says so. */
  readonly mayStayUnmeasured?: true;
}

/** Before anything is done. */
export function startWork<Request extends WorkRequest, Tools extends CompressionTools>(
  request: Request,
  tools: Tools,
  source: Model,
): WorkUnderWay & { readonly request: Request; readonly tools: Tools } {
  const place: Place = { path: request.path, target: request.target, limits: request.limits };
  return { request, tools, source, place, original: reportOf(source, place), decisions: [], warnings: [] };
}
