import type { WorkerOptions } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import type { Direction, Handlers } from '../protocol/rpc';
import { Rpc } from '../protocol/rpc';

/** A thread that runs, and the host's end of the boundary. */
export interface RunningThread<Out extends Direction, In extends Direction> {
  readonly worker: Worker;
  readonly rpc: Rpc<Out, In>;
}

/** What a thread tells the host, and how its end is said. */
interface ThreadEnds<In extends Direction> {
  readonly handlers: Handlers<In>;
  /** What pending requests fail with when the thread has ended: `cause` is its error, or its exit code. */
  readonly exit: (cause: string) => Error;
  /** Called with that once the thread has ended. */
  readonly ended?: (exit: Error) => void;
  /** Hears errors of the thread, and of handlers whose messages want no reply. */
  readonly log?: { error(error: Error): void };
}

/** THE way to start a thread of the host's: every request to it is answered or fails, in whatever way it ends. */
export function startThread<Out extends Direction, In extends Direction>(
  script: string,
  options: WorkerOptions,
  { handlers, exit, ended, log }: ThreadEnds<In>,
): RunningThread<Out, In> {
  const worker = new Worker(script, options);
  const rpc = new Rpc<Out, In>(
    {
      post: (envelope, transfer = []) => worker.postMessage(envelope, [...transfer]),
      noticeFailed: (error) => log?.error(error),
    },
    handlers,
  );
  let cause: Error | undefined;
  worker.on('message', (data: unknown) => rpc.receive(data));
  worker.on('error', (error: Error) => {
    cause = error;
    log?.error(error);
  });
  worker.on('exit', (code) => {
    const error = exit(cause?.message ?? `exit code ${code}`);
    rpc.close(error);
    ended?.(error);
  });
  return { worker, rpc };
}
