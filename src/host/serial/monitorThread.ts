import { HumanError } from '../../core/model/problem';
import type { FromMonitorWorker, ToMonitorWorker } from '../../protocol/monitorWorker';
import type { Handlers } from '../../protocol/rpc';
import type { Log } from '../log';
import type { RunningThread } from '../thread';
import { startThread } from '../thread';

type MonitorRunning = RunningThread<ToMonitorWorker, FromMonitorWorker>;

export type ThreadRpc = MonitorRunning['rpc'];

/** What the thread tells, and that it has died: what it kept is lost then. */
export type ThreadEvents = Handlers<FromMonitorWorker> & { readonly died: (error: Error) => void };

/** The monitor's thread: started with the first byte, started again after a crash. */
export class MonitorThread {
  readonly #scriptPath: string;
  readonly #log: Log;
  readonly #events: ThreadEvents;
  #running?: MonitorRunning;
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

  #start(): MonitorRunning {
    this.#log.info('Starting the monitor thread.');
    const { died, ...handlers } = this.#events;
    const running: MonitorRunning = startThread(
      this.#scriptPath,
      {},
      {
        handlers,
        exit: (cause) => new ThreadExit(cause),
        ended: (exit) => {
          if (this.#running === running) this.#running = undefined;
          if (!this.#isDisposed) died(exit);
        },
        log: this.#log,
      },
    );
    return running;
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
