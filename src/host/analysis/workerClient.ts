import { Worker } from 'node:worker_threads';
import type { TensorCard } from '../../core/analysis/analysis';
import type { CalibrationPair } from '../../core/measure/calibrate';
import type { MadeOffer } from '../../core/compress/offers';
import { HumanError } from '../../core/model/problem';
import type { ProjectFileName } from '../../core/project/fileNames';
import type { ProjectReading } from '../../core/project/project';
import { Rpc } from '../../protocol/rpc';
import type {
  AnalyseMessage,
  AnalysisReply,
  BytesNeededReply,
  CalibrateReply,
  FromAnalysisWorker,
  MeasureMessage,
  MeasureReply,
  OffersMessage,
  TensorRangeMessage,
  ToAnalysisWorker,
} from '../../protocol/worker';

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

/** The long-lived analysis thread: started ahead or with the first job, started again after a crash. */
export class AnalysisWorker {
  readonly #scriptPath: string;
  readonly #log: WorkerLog;
  #running?: { readonly worker: Worker; readonly rpc: WorkerRpc };
  #disposed = false;

  constructor(scriptPath: string, log: WorkerLog) {
    this.#scriptPath = scriptPath;
    this.#log = log;
  }

  /** Starts the thread ahead of its first job, so that this one need not wait for it. */
  start(): void {
    if (!this.#disposed) this.#connect();
  }

  /** Analyses a content off this thread. */
  analyse(job: Omit<AnalyseMessage, Supplied>, options: JobOptions): Promise<AnalysisReply> {
    return this.#withBytes(options, (rpc, { bytes, file, ...how }) =>
      rpc.request({ type: 'analyse', ...job, bytes, file }, { signal: options.signal, ...how }),
    );
  }

  /** Lays what a board printed beside the estimates of a content. */
  async measure(job: Omit<MeasureMessage, Supplied>, options: JobOptions): Promise<MeasureReply['outcome']> {
    const reply = await this.#withBytes(options, (rpc, { bytes, file, ...how }) =>
      rpc.request({ type: 'measure', ...job, bytes, file }, { signal: options.signal, ...how }),
    );
    return reply.outcome;
  }

  /** Smallest and largest value of a constant. */
  async tensorRange(job: Omit<TensorRangeMessage, Supplied>, options: JobOptions): Promise<TensorCard['range']> {
    const reply = await this.#withBytes(options, (rpc, { bytes, file, ...how }) =>
      rpc.request({ type: 'tensorRange', ...job, bytes, file }, { signal: options.signal, ...how }),
    );
    return reply.range;
  }

  /** What compressions of a content would bring. */
  async offers(job: Omit<OffersMessage, Supplied>, options: JobOptions): Promise<readonly MadeOffer[]> {
    const reply = await this.#withBytes(options, (rpc, { bytes, file, ...how }) =>
      rpc.request({ type: 'offers', ...job, bytes, file }, { signal: options.signal, ...how }),
    );
    return reply.offers;
  }

  /** The first of some files with this content, none of them behind a link that leads out of the folders `within`. */
  async fileWithHash(hash: string, files: readonly string[], within: readonly string[]): Promise<string | undefined> {
    return (await this.#retryingOnce((rpc) => rpc.request({ type: 'findFile', hash, files, within }))).file;
  }

  readProject(fileName: ProjectFileName, text: string): Promise<ProjectReading> {
    return this.#retryingOnce((rpc) => rpc.request({ type: 'readProject', fileName, text }));
  }

  calibrate(pairs: readonly CalibrationPair[]): Promise<CalibrateReply> {
    return this.#retryingOnce((rpc) => rpc.request({ type: 'calibrate', pairs }));
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
  #withBytes<Reply extends { readonly type: string }>(
    { read, file }: JobOptions,
    ask: (
      rpc: WorkerRpc,
      with_: { bytes?: Uint8Array; file?: string; transfer?: readonly ArrayBuffer[] },
    ) => Promise<Reply | BytesNeededReply>,
  ): Promise<Exclude<Reply, BytesNeededReply>> {
    return this.#retryingOnce(async (rpc) => {
      const kept = await ask(rpc, { file });
      if (kept.type !== 'bytesNeeded') return kept as Exclude<Reply, BytesNeededReply>;
      const bytes = ownCopy(await read());
      const reply = await ask(rpc, { bytes, transfer: [bytes.buffer] });
      if (reply.type === 'bytesNeeded') throw new Error('The analysis worker asked for a file that it was given.');
      return reply as Exclude<Reply, BytesNeededReply>;
    });
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

  #start(): { readonly worker: Worker; readonly rpc: WorkerRpc } {
    this.#log.info('Starting the analysis worker.');
    const worker = new Worker(this.#scriptPath);
    const rpc: WorkerRpc = new Rpc(
      { post: (envelope, transfer = []) => worker.postMessage(envelope, [...transfer]) },
      {},
    );
    let cause: Error | undefined;
    worker.on('message', (data: unknown) => rpc.receive(data));
    worker.on('error', (error: Error) => {
      cause = error;
      this.#log.error(error);
    });
    worker.on('exit', (code) => {
      if (this.#running?.worker === worker) this.#running = undefined;
      rpc.close(new WorkerExit(cause?.message ?? `exit code ${code}`));
    });
    return { worker, rpc };
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
