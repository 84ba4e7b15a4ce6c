import type { HeardEvent as WorkerEvent } from '../../protocol/monitorWorker';

/** Events that wait for their turn, in the batches in which they came. */
export class EventQueue {
  #batches: (readonly WorkerEvent[])[] = [];
  /** Place in the first batch. */
  #at = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(events: readonly WorkerEvent[]): void {
    if (events.length > 0) this.#batches.push(events);
    this.#length += events.length;
  }

  take(): WorkerEvent | undefined {
    const batch = this.#batches.at(0);
    if (batch === undefined) return undefined;
    const event = batch[this.#at];
    this.#at += 1;
    this.#length -= 1;
    if (this.#at === batch.length) {
      this.#batches.shift();
      this.#at = 0;
    }
    return event;
  }

  clear(): void {
    this.#batches = [];
    this.#at = 0;
    this.#length = 0;
  }
}
