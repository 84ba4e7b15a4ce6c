/** What a person may decide about a rewrite. */
export interface RewriteOptions {
  /** Outputs are also compared on samples. */
  readonly onSamples: boolean;
}

export const defaultRewriteOptions: RewriteOptions = { onSamples: false };
