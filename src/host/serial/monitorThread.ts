import { Worker } from 'node:worker_threads';
import { HumanError } from '../../core/model/problem';
import type { FromMonitorWorker, ToMonitorWorker } from '../../protocol/monitorWorker';
import type { Handlers } from '../../protocol/rpc';
import { Rpc } from '../../protocol/rpc';
import type { Log } from '../log';

export type ThreadRpc = Rpc<ToMonitorWorker, FromMonitorWorker>;

/** What the thread tells, and that it has died: what it kept is lost then. */
export type ThreadEvents = Handlers<FromMonitorWorker> & { readonly died: (error: Error) => void };

/** The monitor's thread: started with the first byte, started again after a crash. */
export class MonitorThread {
  readonly #scriptPath: string;
  readonly #log: Log;
  readonly #events: ThreadEvents;
  #running?: { readonly worker: Worker; readonly rpc: ThreadRpc };
  #isDisposed = false;

  constructor(scriptPath: string, log: Log, events: ThreadEvents) {
    this.#scriptPath = scriptPath;
    this.#log = log;
    this.#events = events;
  }

  get rpc(): ThreadRpc {
    if (this.#isDisposed) throw new ThreadExit('the extension is being shut down');
    this.#running ??= this.#start();
    return this.#running.rpc;
  }

  /** Ends the thread as a crash would, for tests of the restart. */
  async terminate(): Promise<void> {
    await this.#running?.worker.terminate();
  }

  dispose(): void {
    this.#isDisposed = true;
    void this.terminate();
  }

  #start(): { readonly worker: Worker; readonly rpc: ThreadRpc } {
    this.#log.info('Starting the monitor thread.');
    const worker = new Worker(this.#scriptPath);
    const { died, ...handlers } = this.#events;
    const port = {
      post: (envelope: unknown, transfer: readonly ArrayBuffer[] = []) => worker.postMessage(envelope, [...transfer]),
      noticeFailed: (error: Error) => this.#log.error(error),
    };
    const rpc: ThreadRpc = new Rpc(port, handlers);
    let cause: Error | undefined;
    worker.on('message', (data: unknown) => rpc.receive(data));
    worker.on('error', (error: Error) => {
      cause = error;
      this.#log.error(error);
    });
    worker.on('exit', (code) => {
      if (this.#running?.worker === worker) this.#running = undefined;
      const exit = new ThreadExit(cause?.message ?? `exit code ${code}`);
      rpc.close(exit);
      if (!this.#isDisposed) died(exit);
    });
    return { worker, rpc };
  }
}

/** The thread ended by itself. */
class ThreadExit extends HumanError {
  constructor(cause: string) {
    super(
      'monitor-stopped',
      `The thread of the serial monitor stopped unexpectedly (${cause}), and what it kept is lost; a new one goes on with what arrives now.`,
    );
  }
}
