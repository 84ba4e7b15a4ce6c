import type { TextEdit } from '../../core/model/problem';
import { HumanError } from '../../core/model/problem';
import type {
  AnalyseFirmwareMessage,
  FirmwareReply,
  FromFirmwareWorker,
  ToFirmwareWorker,
  UpdateBuildFilesMessage,
  UpdateBuildFilesReply,
  UpdateProgramsMessage,
  UpdateProgramsReply,
  UpdateSourcesMessage,
  UpdateSourcesReply,
  WriteArrayMessage,
} from '../../protocol/firmware';
import type { Log } from '../log';
import type { RunningThread } from '../thread';
import { startThread } from '../thread';

type FirmwareRunning = RunningThread<ToFirmwareWorker, FromFirmwareWorker>;

/** Of JavaScript objects. */
const heapMegabytes = 1024;
/** A first look at a large folder on a slow machine takes a few seconds. */
const deadlineMs = 60_000;

/**
 * The thread that keeps the index of firmware. Once it has ended, what it kept is lost: the next question starts
 * another one, whose `generation` tells that everything has to be sent again.
 */
export class FirmwareThread {
  readonly #scriptPath: string;
  readonly #log: Log;
  #running?: FirmwareRunning;
  #isDisposed = false;
  #generation = 0;

  constructor(scriptPath: string, log: Log) {
    this.#scriptPath = scriptPath;
    this.#log = log;
  }

  /** Grows with each thread that has ended. */
  get generation(): number {
    return this.#generation;
  }

  update(message: Omit<UpdateSourcesMessage, 'type'>): Promise<UpdateSourcesReply> {
    return this.#inTime((rpc) => rpc.request({ type: 'updateSources', ...message }));
  }

  updatePrograms(message: Omit<UpdateProgramsMessage, 'type'>): Promise<UpdateProgramsReply> {
    return this.#inTime((rpc) => rpc.request({ type: 'updatePrograms', ...message }));
  }

  updateBuild(message: Omit<UpdateBuildFilesMessage, 'type'>): Promise<UpdateBuildFilesReply> {
    return this.#inTime((rpc) => rpc.request({ type: 'updateBuildFiles', ...message }));
  }

  analyse(message: Omit<AnalyseFirmwareMessage, 'type'>): Promise<FirmwareReply> {
    return this.#inTime((rpc) => rpc.request({ type: 'analyseFirmware', ...message }));
  }

  writeArray(message: Omit<WriteArrayMessage, 'type'>): Promise<readonly TextEdit[]> {
    return this.#inTime((rpc) => rpc.request({ type: 'writeArray', ...message }));
  }

  forget(folder: string): void {
    this.#running?.rpc.notify({ type: 'forgetFolder', folder });
  }

  dispose(): void {
    this.#isDisposed = true;
    void this.#running?.worker.terminate();
  }

  async #inTime<Reply>(ask: (rpc: FirmwareRunning['rpc']) => Promise<Reply>): Promise<Reply> {
    if (this.#isDisposed) throw new FirmwareStopped('the extension is being shut down');
    this.#running ??= this.#start();
    const { worker, rpc } = this.#running;
    const deadline = setTimeout(() => void worker.terminate(), deadlineMs);
    try {
      return await ask(rpc);
    } finally {
      clearTimeout(deadline);
    }
  }

  #start(): FirmwareRunning {
    this.#log.info('Starting the firmware worker.');
    const running: FirmwareRunning = startThread(
      this.#scriptPath,
      { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } },
      {
        handlers: {},
        exit: (cause) => new FirmwareStopped(cause),
        ended: () => {
          if (this.#running === running) this.#running = undefined;
          this.#generation += 1;
        },
        log: this.#log,
      },
    );
    return running;
  }
}

/** The thread ended before it answered. */
class FirmwareStopped extends HumanError {
  constructor(cause: string) {
    super(
      'firmware-stopped',
      `Looking at the firmware stopped unexpectedly (${cause}). The next change of a source tries again; the log has the details.`,
    );
  }
}
