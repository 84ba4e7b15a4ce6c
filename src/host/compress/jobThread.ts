import type { Progress } from '../../core/compress/offer';
import { HumanError } from '../../core/model/problem';
import type { SampleFiles } from '../../core/samples/sampleFiles';
import type { DataChoice, FromJobThreadDirection, JobThreadData, ToJobThreadDirection } from '../../protocol/jobs';
import { CancelledError } from '../../protocol/rpc';
import type { BesideHandlers } from '../analysis/filesBeside';
import type { RunningThread } from '../thread';
import { startThread } from '../thread';

/** What a job needs of its host while it runs. */
interface JobEnds {
  progress(progress: Progress): void;
  /** Of file systems that no path leads to, by URI. */
  readonly files: SampleFiles;
  /** Asks the person for sample data. Absent: the job never needs any that were not chosen before. */
  chooseData?(): Promise<DataChoice | undefined>;
  /** Answers questions about files beside the model. */
  readonly beside: BesideHandlers;
  /** Folders of the workspace on this machine: what has its name in one of them does not lead out of them. */
  readonly roots: readonly string[];
}

/** Which program the thread runs. */
interface JobProgram {
  readonly script: string;
  /** Milliseconds that a cancelled job has for answering with the best so far. */
  readonly graceMs?: number;
}

/**
 * Does one job on a thread of its own and gives its reply: `ask` makes the one request that is the job. A job that is
 * cancelled may still answer, with the best that it has so far; one that does not within the grace is ended with its
 * thread, and the promise rejects with a `CancelledError`. It settles too, with a sentence for people, when the thread
 * dies.
 */
export async function runJob<Reply>(
  { script, graceMs = 5000 }: JobProgram,
  ends: JobEnds,
  ask: (rpc: JobRpc) => Promise<Reply>,
  signal: AbortSignal,
): Promise<Reply> {
  if (signal.aborted) throw new CancelledError();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const { worker, rpc } = start(script, flag, ends);
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    Atomics.store(flag, 0, 1);
    timer = setTimeout(() => rpc.close(new CancelledError()), graceMs);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await ask(rpc);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    rpc.close(new CancelledError());
    await worker.terminate();
  }
}

type JobRunning = RunningThread<ToJobThreadDirection, FromJobThreadDirection>;

/** The host's end of a job thread. */
export type JobRpc = JobRunning['rpc'];

function start(script: string, cancelFlag: Int32Array, ends: JobEnds): JobRunning {
  const workerData: JobThreadData = { cancelFlag, roots: ends.roots };
  return startThread(
    script,
    { workerData },
    {
      handlers: {
        ...ends.beside,
        progress: ({ progress }) => ends.progress(progress),
        chooseData: () => ends.chooseData?.() ?? Promise.resolve(undefined),
        listFiles: ({ place }) => ends.files.list(place),
        readFile: ({ file, mostBytes }) => ends.files.read(file, mostBytes),
      },
      exit: (cause) => new JobStopped(cause),
    },
  );
}

/** The thread ended before the job did. */
class JobStopped extends HumanError {
  constructor(cause: string) {
    super(
      'job-stopped',
      `The work stopped unexpectedly (${cause}); nothing was written. Try again with fewer samples: running out of memory is the usual cause.`,
    );
  }
}
