import type { Progress } from '../../core/compress/offer';
import type { DataChoice } from '../../protocol/jobs';
import type { FilesBeside } from '../analysis/filesBeside';
import { folderPaths } from '../workspaceFolders';
import type { JobRpc } from './jobThread';
import { runJob } from './jobThread';
import { workspaceFiles } from './workspaceFiles';

/** A job of this window. */
export interface WindowJob<Reply> {
  /** The script of the job's thread. */
  readonly script: string;
  readonly beside: FilesBeside;
  /** Milliseconds that it has for answering once it is cancelled. */
  readonly graceMs?: number;
  readonly progress?: (progress: Progress) => void;
  /** Absent: the job never needs sample data that were not chosen before. */
  readonly chooseData?: () => Promise<DataChoice | undefined>;
  readonly ask: (rpc: JobRpc) => Promise<Reply>;
}

/** Does a job that may ask for files of this window's workspace; see `runJob`. */
export function runWindowJob<Reply>(job: WindowJob<Reply>, signal: AbortSignal): Promise<Reply> {
  const { script, graceMs, beside, progress = () => undefined, chooseData, ask } = job;
  const ends = { progress, chooseData, files: workspaceFiles, roots: folderPaths(), beside: beside.handlers };
  return runJob({ script, graceMs }, ends, ask, signal);
}
