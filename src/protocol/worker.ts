import type { Analysis, AnalysisRequest } from '../core/analysis/analysis';

/** Host to analysis worker. */
export type ToAnalysisWorker =
  /**
   * Analyses a content that the worker knows by `content` (a name of the host's for one version of one file).
   * Without `bytes` the worker uses what it has kept, and answers `bytesNeeded` when it kept nothing.
   */
  {
    readonly type: 'analyse';
    readonly content: string;
    readonly bytes?: Uint8Array;
    readonly request: Omit<AnalysisRequest, 'bytes'>;
  };

export interface ToAnalysisWorkerDirection {
  readonly messages: ToAnalysisWorker;
  readonly replies: { readonly analyse: AnalyseReply };
}

export type AnalyseReply =
  | {
      readonly type: 'analysis';
      readonly analysis: Analysis;
      /** SHA-256 of the content, hexadecimal. */
      readonly contentHash: string;
    }
  | { readonly type: 'bytesNeeded' };

/** Analysis worker to host: nothing unasked so far. */
export interface FromAnalysisWorkerDirection {
  readonly messages: never;
  readonly replies: object;
}
