import type { Report } from '../estimate/report';
import { concerning } from '../measure/measuredChoice';
import type { AnalysisRequest } from './analysis';

type RequestWithoutBytes = Omit<AnalysisRequest, 'bytes'>;

/** An analysis as far as it is to hold for another request. */
interface AnsweredRequest {
  readonly request: RequestWithoutBytes;
  readonly report: Pick<Report, 'target'>;
  /** SHA-256 of the model's content, hexadecimal. */
  readonly contentHash: string;
}

/**
 * True where the answer to one request is that to another as well: what was measured of other models and boards changes
 * nothing.
 */
export function isAnsweredBy(asked: RequestWithoutBytes, { request, report, contentHash }: AnsweredRequest): boolean {
  const of = ({ measured = { measurements: [], calibrations: [] }, ...rest }: RequestWithoutBytes): string =>
    JSON.stringify({ ...rest, measured: concerning(measured, contentHash, report.target) });
  return of(asked) === of(request);
}
