import type { Finding, Report } from '../core/estimate/report';
import type { FileFix } from '../core/model/problem';

/** The findings about one model of a workspace. */
export interface CheckedModel {
  /** Relative to the workspace file. */
  readonly path: string;
  readonly report?: Report;
  readonly findings: readonly CheckedFinding[];
  /** What the same model cost in an earlier revision, where that was asked for. */
  readonly before?: Report;
}

/** A finding with the edits that help, in files named relative to the workspace file. Commands are an editor's. */
export interface CheckedFinding extends Finding {
  readonly fixes: readonly FileFix[];
}
