import type { Progress } from '../../core/compress/offer';
import type { SampleFiles } from '../../core/samples/sampleFiles';
import type { DataChoice } from '../../protocol/jobs';
import type { BesideHost } from '../besideModel';

/** What a job has of its host. */
export interface JobContext {
  /** Is to be asked often: nothing is dispatched from it. */
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
  /** By URI: this machine's, and those that only the host can read. */
  readonly files: SampleFiles;
  /** Asks the person for sample data; nothing where they want none. Absent where nobody can be asked. */
  readonly chooseData?: () => Promise<DataChoice | undefined>;
  /** Files beside the model, as its reader asks for them. */
  readonly beside: BesideHost;
}
