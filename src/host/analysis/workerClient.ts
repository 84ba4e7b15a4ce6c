import type { TensorCard } from '../../core/analysis/analysis';
import type { CalibrationPair } from '../../core/measure/calibrate';
import type { ExportedFile } from '../../core/export/exportFirmware';
import type { FoundModel } from '../../core/formats/foundModel';
import type { MadeOffer } from '../../core/compress/offers';
import { HumanError } from '../../core/model/problem';
import type { ProjectFileName } from '../../core/project/fileNames';
import type { ProjectReading } from '../../core/project/project';
import type { Handlers, Rpc } from '../../protocol/rpc';
import { CancelledError } from '../../protocol/rpc';
import type {
  AnalyseMessage,
  AnalysisReply,
  AnalysisThreadData,
  BytesNeededReply,
  CalibrateReply,
  ExportMessage,
  FindModelsMessage,
  FromAnalysisWorker,
  MannersMessage,
  MannersReply,
  MeasureMessage,
  MeasureReply,
  OffersMessage,
  TensorRangeMessage,
  ToAnalysisWorker,
} from '../../protocol/worker';
import type { RunningThread } from '../thread';
import { startThread } from '../thread';
import { Turns } from './turns';

type WorkerRpc = Rpc<ToAnalysisWorker, FromAnalysisWorker>;

/** Where the client hears of what it does not return. */
interface WorkerLog {
  info(message: string): void;
  error(message: Error): void;
}

/** What the client adds to a job. */
type Supplied = 'type' | 'bytes' | 'file';

/** How a job gets the bytes of its content, when the worker does not have them (any more). */
export interface JobOptions {
  /**
   * Path that the worker reads itself. Absent where no path leads to the content; `read` is for that, and for what it
   * cannot read.
   */
  readonly file?: string;
  readonly read: () => Promise<Uint8Array>;
  readonly signal?: AbortSignal;
}

/** How long one question may take, and how long a thread that is told to stop has to hear it. */
interface Patience {
  readonly deadlineMs: number;
  readonly graceMs: number;
}

/** Offers of the largest networks of microcontrollers take some ten seconds on a slow machine, all else less. */
const usualPatience: Patience = { deadlineMs: 60_000, graceMs: 2000 };
/** Of JavaScript objects; what shapes claim is bounded by the budgets of the stages. */
const heapMegabytes = 2048;

interface Running extends RunningThread<ToAnalysisWorker, FromAnalysisWorker> {
  /** Not 0 once the question that is being answered is not wanted any more. */
  readonly stopFlag: Int32Array;
}

/**
 * The long-lived analysis thread: started ahead or with the first job, started again after a crash. Questions are
 * answered one after another, each within a deadline: one that passes it fails alone, and a thread that does not
 * hear that it is to stop is ended, so that the questions behind go on with a new one.
 */
export class AnalysisWorker {
  readonly #scriptPath: string;
  readonly #log: WorkerLog;
  readonly #beside: Handlers<FromAnalysisWorker>;
  readonly #patience: Patience;
  readonly #turns = new Turns();
  #running?: Running;
  #disposed = false;

  /** `beside`: answers the thread's questions about files beside models. */
  constructor(scriptPath: string, log: WorkerLog, beside: Handlers<FromAnalysisWorker>, patience = usualPatience) {
    this.#scriptPath = scriptPath;
    this.#log = log;
    this.#beside = beside;
    this.#patience = patience;
  }

  /** Starts the thread ahead of its first job, so that this one need not wait for it. */
  start(): void {
    if (!this.#disposed) this.#connect();
  }

  /** Analyses a content off this thread. */
  analyse(job: Omit<AnalyseMessage, Supplied>, options: JobOptions): Promise<AnalysisReply> {
    return this.#withBytes({ ...options, about: job.request.path }, (rpc, { bytes, file, ...how }) =>
      rpc.request({ type: 'analyse', ...job, bytes, file }, how),
    );
  }

  /** Compares what a board printed with the estimates of a content. */
  async measure(job: Omit<MeasureMessage, Supplied>, options: JobOptions): Promise<MeasureReply['outcome']> {
    const reply = await this.#withBytes({ ...options, about: job.request.path }, (rpc, { bytes, file, ...how }) =>
      rpc.request({ type: 'measure', ...job, bytes, file }, how),
    );
    return reply.outcome;
  }

  /** Smallest and largest value of a constant. */
  async tensorRange(job: Omit<TensorRangeMessage, Supplied>, options: JobOptions): Promise<TensorCard['range']> {
    const reply = await this.#withBytes({ ...options, about: job.path }, (rpc, { bytes, file, ...how }) =>
      rpc.request({ type: 'tensorRange', ...job, bytes, file }, how),
    );
    return reply.range;
  }

  /** What the official converter makes of a content beside ours; nothing where it is no Keras model. */
  async manners(job: Omit<MannersMessage, Supplied>, options: JobOptions): Promise<MannersReply['comparison']> {
    const reply = await this.#withBytes({ ...options, about: job.request.path }, (rpc, { bytes, file, ...how }) =>
      rpc.request({ type: 'manners', ...job, bytes, file }, how),
    );
    return reply.comparison;
  }

  /** What compressions of a content would bring. */
  async offers(job: Omit<OffersMessage, Supplied>, options: JobOptions): Promise<readonly MadeOffer[]> {
    const reply = await this.#withBytes({ ...options, about: job.request.path }, (rpc, { bytes, file, ...how }) =>
      rpc.request({ type: 'offers', ...job, bytes, file }, how),
    );
    return reply.offers;
  }

  /** The sources that run a content. */
  async export(job: Omit<ExportMessage, Supplied>, options: JobOptions): Promise<readonly ExportedFile[]> {
    const reply = await this.#withBytes({ ...options, about: job.request.path }, (rpc, { bytes, file, ...how }) =>
      rpc.request({ type: 'export', ...job, bytes, file }, how),
    );
    return reply.files;
  }

  /** The first of some files with this content, none of them behind a link that leads out of the folders `within`. */
  async fileWithHash(hash: string, files: readonly string[], within: readonly string[]): Promise<string | undefined> {
    return (await this.#retryingOnce((rpc) => rpc.request({ type: 'findFile', hash, files, within }))).file;
  }

  readProject(fileName: ProjectFileName, text: string): Promise<ProjectReading> {
    return this.#answered({ about: fileName }, (rpc) => rpc.request({ type: 'readProject', fileName, text }));
  }

  /** The models in the arrays of a source's text. */
  async findModels(asked: Omit<FindModelsMessage, 'type'>): Promise<readonly FoundModel[]> {
    const reply = await this.#answered({ about: asked.path }, (rpc) => rpc.request({ type: 'findModels', ...asked }));
    return reply.models;
  }

  calibrate(pairs: readonly CalibrationPair[]): Promise<CalibrateReply> {
    return this.#answered({ about: 'the measurements' }, (rpc) => rpc.request({ type: 'calibrate', pairs }));
  }

  /** Ends the thread as a crash would, for tests of the restart. */
  async terminate(): Promise<void> {
    await this.#running?.worker.terminate();
  }

  dispose(): void {
    this.#disposed = true;
    void this.terminate();
  }

  /** Asks first without the bytes, which may take long to get and to move. */
  async #withBytes<Reply extends { readonly type: string }>(
    { read, file, ...question }: JobOptions & Question,
    ask: (rpc: WorkerRpc, with_: BytesOfJob) => Promise<Reply | BytesNeededReply>,
  ): Promise<Exclude<Reply, BytesNeededReply>> {
    const kept = await this.#answered(question, (rpc) => ask(rpc, { file }));
    if (kept.type !== 'bytesNeeded') return kept as Exclude<Reply, BytesNeededReply>;
    const given = await read();
    const reply = await this.#answered(question, (rpc) => {
      const bytes = ownCopy(given);
      return ask(rpc, { bytes, transfer: [bytes.buffer] });
    });
    if (reply.type === 'bytesNeeded') throw new Error('The analysis worker asked for a file that it was given.');
    return reply as Exclude<Reply, BytesNeededReply>;
  }

  /** The reply to a question when its turn has come, or a sentence for it alone once its deadline has passed. */
  #answered<Reply>(question: Question, ask: (rpc: WorkerRpc) => Promise<Reply>): Promise<Reply> {
    const inTime = (rpc: WorkerRpc): Promise<Reply> => this.#inTime(question, () => ask(rpc));
    return this.#turns.take(() => this.#retryingOnce(inTime), question.signal);
  }

  /** Tells the thread to stop where the reply is not wanted any more or late, and ends it where it does not hear. */
  async #inTime<Reply>({ about, signal }: Question, ask: () => Promise<Reply>): Promise<Reply> {
    const { worker, stopFlag } = this.#running!;
    const { deadlineMs, graceMs } = this.#patience;
    Atomics.store(stopFlag, 0, 0);
    let reason: Error | undefined;
    let ending: NodeJS.Timeout | undefined;
    const stop = (why: Error): void => {
      reason ??= why;
      Atomics.store(stopFlag, 0, 1);
      ending ??= setTimeout(() => void worker.terminate(), graceMs);
    };
    const onAbort = (): void => stop(new CancelledError());
    const deadline = setTimeout(() => stop(new DeadlinePassed(about, deadlineMs)), deadlineMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await ask();
    } catch (error) {
      throw reason ?? error;
    } finally {
      clearTimeout(deadline);
      clearTimeout(ending);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** A job during which the thread dies is tried once more, on a new one. */
  async #retryingOnce<Result>(run: (rpc: WorkerRpc) => Promise<Result>): Promise<Result> {
    try {
      return await run(this.#connect());
    } catch (error) {
      if (this.#disposed || !(error instanceof WorkerExit)) throw error;
      return run(this.#connect());
    }
  }

  #connect(): WorkerRpc {
    if (this.#disposed) throw new WorkerExit('the extension is being shut down');
    this.#running ??= this.#start();
    return this.#running.rpc;
  }

  #start(): Running {
    this.#log.info('Starting the analysis worker.');
    const stopFlag = new Int32Array(new SharedArrayBuffer(4));
    const workerData: AnalysisThreadData = { stopFlag };
    const resourceLimits = { maxOldGenerationSizeMb: heapMegabytes };
    const running: Running = {
      ...startThread<ToAnalysisWorker, FromAnalysisWorker>(
        this.#scriptPath,
        { workerData, resourceLimits },
        {
          handlers: this.#beside,
          exit: (cause) => new WorkerExit(cause),
          ended: () => {
            if (this.#running === running) this.#running = undefined;
          },
          log: this.#log,
        },
      ),
      stopFlag,
    };
    return running;
  }
}

/** What a question is about, for people, and what says that its answer is not wanted any more. */
interface Question {
  readonly about: string;
  readonly signal?: AbortSignal;
}

interface BytesOfJob {
  readonly bytes?: Uint8Array;
  readonly file?: string;
  readonly transfer?: readonly ArrayBuffer[];
}

/** One question took too long: of its model alone, whatever else is asked goes on. */
class DeadlinePassed extends HumanError {
  constructor(about: string, deadlineMs: number) {
    super(
      'deadline-passed',
      `The work on ${about.split(/[\\/]/).at(-1)} was ended after ${deadlineMs / 1000} seconds: it asks for more than a network of a microcontroller does. Look at a smaller one, or convert it again.`,
    );
  }
}

/** The thread ended while a job was pending. */
class WorkerExit extends HumanError {
  constructor(cause: string) {
    super(
      'worker-stopped',
      `The analysis stopped unexpectedly (${cause}). Run "Milliwatt: Refresh" to try again; the log has the details.`,
    );
  }
}

/** The bytes with a buffer of their own, which may be moved to another thread. */
function ownCopy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  const isPooled = bytes.buffer.byteLength <= Buffer.poolSize;
  if (isWhole && !isPooled && bytes.buffer instanceof ArrayBuffer) return bytes as Uint8Array<ArrayBuffer>;
  return new Uint8Array(bytes);
}
