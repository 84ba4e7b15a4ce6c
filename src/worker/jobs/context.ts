import type { Progress } from '../../core/compress/offer';
import type { JobFile } from '../../protocol/jobs';

/** What a job has of its host. */
export interface JobContext {
  /** Is to be asked often: nothing is dispatched from it. */
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
  listFiles(address: string): Promise<readonly JobFile[]>;
  readFile(address: string): Promise<Uint8Array>;
}
