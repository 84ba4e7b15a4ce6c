import type { Rpc } from '../../protocol/rpc';
import { HumanError } from '../../core/model/problem';
import { silenceMs } from '../../core/serial/firmwareReader';
import type { FromMonitorWorker, ToMonitorWorker } from '../../protocol/monitorWorker';
import { LogFile } from '../../serial/logFile';
import type { LogOptions } from '../../serial/logFile';
import { MonitorStream } from './stream';
import { Understanding } from './understanding';

export type WorkerRpc = Rpc<FromMonitorWorker, ToMonitorWorker>;

/** Counts of a stream that is looked at are told this often; of the others less. */
const shownMs = 33;
const hiddenMs = 1000;
const heardMs = 50;

/** One stream with its log, and when its owner is told of it. */
export class ServedStream {
  readonly stream: MonitorStream;
  readonly understanding: Understanding;
  readonly #id: number;
  readonly #rpc: WorkerRpc;
  #log?: LogFile;
  #isShown = false;
  #plots = false;
  #telling?: NodeJS.Timeout;
  /** Until what was understood is told. */
  #tellingHeard?: NodeJS.Timeout;
  /** What is told at the moment. */
  #hearing?: Promise<void>;
  /** Ends what waits for its end. */
  #silence?: NodeJS.Timeout;
  #silenceAfter?: number;
  /** Rates fall to zero after the last byte: told once more then. */
  #isMoving = false;

  constructor(id: number, rpc: WorkerRpc) {
    this.#id = id;
    this.#rpc = rpc;
    this.stream = new MonitorStream((highlight, message) =>
      rpc.notify({ type: 'highlightDropped', stream: id, highlight, message }),
    );
    this.understanding = new Understanding(this.stream, {
      consumed: (bytes) => rpc.notify({ type: 'consumed', stream: id, bytes }),
      progressed: () => this.changed(),
      failed: (error) => this.#failed(error),
    });
  }

  /** The log comes first, and does not wait until lines have been understood. */
  receive(bytes: Uint8Array, timeMs: number): void {
    this.#log?.write(bytes, timeMs);
    this.stream.keep(bytes, timeMs);
    this.understanding.push(bytes, timeMs);
  }

  watch(isShown: boolean, plots: boolean): void {
    const beginsPlots = plots && !this.#plots;
    this.#isShown = isShown;
    this.#plots = plots;
    if (beginsPlots) this.tellPlots('all');
    this.#tellExtent();
  }

  tellPlots(what: 'new' | 'all'): void {
    const series = this.stream.plots.take(what);
    if (what === 'all' || series.length > 0) {
      this.#rpc.notify({ type: 'plot', stream: this.#id, isWhole: what === 'all', series });
    }
  }

  /** Tells the owner soon, and not too often. */
  changed(): void {
    this.#telling ??= setTimeout(
      this.#guarded(() => this.#tell()),
      this.#isShown ? shownMs : hiddenMs,
    );
    if (this.stream.isFull) void this.tellHeard();
    this.#tellingHeard ??= setTimeout(
      this.#guarded(() => void this.tellHeard()),
      heardMs,
    );
    this.#watchSilence();
  }

  /** @throws {HumanError} where the file cannot be made. */
  startLog(options: LogOptions): void {
    this.stopLog();
    this.#log = new LogFile(options, (message) => {
      this.#log = undefined;
      this.#rpc.notify({ type: 'logFailed', stream: this.#id, message });
    });
  }

  stopLog(): void {
    this.#log?.close();
    this.#log = undefined;
    this.#tellExtent();
  }

  flushLog(): void {
    this.#log?.flush();
  }

  end(): void {
    this.stopLog();
    clearTimeout(this.#telling);
    clearTimeout(this.#tellingHeard);
    clearTimeout(this.#silence);
  }

  /** Tells all that was understood, a part at a time: the next when one has been dealt with. */
  tellHeard(): Promise<void> {
    clearTimeout(this.#tellingHeard);
    this.#tellingHeard = undefined;
    this.#hearing ??= this.#tellParts().finally(() => (this.#hearing = undefined));
    return this.#hearing;
  }

  async #tellParts(): Promise<void> {
    for (let groups = this.stream.takeGroups(); groups.length > 0; groups = this.stream.takeGroups()) {
      // A part that cannot be dealt with is the owner's fault, and in its log.
      await this.#rpc.request<'heard'>({ type: 'heard', stream: this.#id, groups }).catch(() => undefined);
      this.understanding.schedule();
    }
  }

  /** Tables and dumps without an end are over when nothing that means anything has come for a while. */
  #watchSilence(): void {
    const { waitingFor } = this.stream;
    if (waitingFor === this.#silenceAfter) return;
    this.#silenceAfter = waitingFor;
    clearTimeout(this.#silence);
    if (waitingFor !== undefined)
      this.#silence = setTimeout(
        this.#guarded(() => this.#fallSilent()),
        silenceMs,
      );
  }

  #fallSilent(): void {
    this.#silenceAfter = undefined;
    // What came meanwhile may go on with it.
    if (!this.understanding.isBusy) this.stream.silent();
    this.changed();
  }

  #tell(): void {
    this.#telling = undefined;
    this.#tellExtent();
    if (this.#plots) this.tellPlots('new');
  }

  #tellExtent(): void {
    const extent = this.stream.extent(Date.now());
    this.#rpc.notify({ type: 'grown', stream: this.#id, extent, logBytes: this.#log?.totalBytes });
    const isMoving = extent.bytesPerSecond > 0;
    if (isMoving || this.#isMoving)
      this.#telling ??= setTimeout(
        this.#guarded(() => this.#tell()),
        hiddenMs,
      );
    this.#isMoving = isMoving;
  }

  /** A filter that takes too long is taken off; anything else is a fault of ours, and the thread goes on. */
  #failed(error: unknown): void {
    if (!(error instanceof HumanError)) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      this.#rpc.notify({ type: 'faulted', message, stack });
      return;
    }
    this.stream.setFilter(undefined);
    this.#rpc.notify({ type: 'filterFailed', stream: this.#id, message: error.message });
  }

  /** Does what a timer is for: what is thrown there would end the thread, with the history of every stream. */
  #guarded(work: () => void): () => void {
    return () => {
      try {
        work();
      } catch (error) {
        this.#failed(error);
      }
    };
  }
}
