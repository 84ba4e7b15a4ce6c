import type { Rpc } from '../../protocol/rpc';
import { HumanError } from '../../core/model/problem';
import type { FromMonitorWorker, ToMonitorWorker } from '../../protocol/monitorWorker';
import { LogFile } from '../../serial/logFile';
import type { LogOptions } from '../../serial/logFile';
import { MonitorStream } from './stream';
import { Understanding } from './understanding';

export type WorkerRpc = Rpc<FromMonitorWorker, ToMonitorWorker>;

/** Counts of a stream that is looked at are told this often; of the others less. */
const shownMs = 33;
const hiddenMs = 1000;
const eventsMs = 50;

/** One stream with its log, and when its owner is told of it. */
export class ServedStream {
  readonly stream = new MonitorStream();
  readonly understanding: Understanding;
  readonly #id: number;
  readonly #rpc: WorkerRpc;
  #log?: LogFile;
  #isShown = false;
  #plots = false;
  #telling?: NodeJS.Timeout;
  #tellingEvents?: NodeJS.Timeout;
  /** Rates fall to zero after the last byte: told once more then. */
  #isMoving = false;

  constructor(id: number, rpc: WorkerRpc) {
    this.#id = id;
    this.#rpc = rpc;
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
    this.#tellingEvents ??= setTimeout(
      this.#guarded(() => this.tellEvents()),
      eventsMs,
    );
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
    clearTimeout(this.#tellingEvents);
  }

  /** Tells the next events; where there may be more, they follow a moment later. */
  tellEvents(): void {
    clearTimeout(this.#tellingEvents);
    this.#tellingEvents = undefined;
    if (this.#tellSome())
      this.#tellingEvents = setTimeout(
        this.#guarded(() => this.tellEvents()),
        eventsMs,
      );
  }

  tellAllEvents(): void {
    while (this.#tellSome());
  }

  #tellSome(): boolean {
    const events = this.stream.takeEvents();
    if (events.length > 0) this.#rpc.notify({ type: 'events', stream: this.#id, events });
    return events.length > 0;
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
