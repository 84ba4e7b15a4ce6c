import { CancelledError } from '../../protocol/rpc';

/** Lets one piece of work in after the other, in the order asked. What is cancelled while it waits never begins. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Does `work` once all before it is done. Cancelled, the promise rejects at once; work that has begun keeps its turn
   * until it ends.
   */
  take<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const before = this.#last;
    const turn = before.then(() => {
      if (signal?.aborted) throw new CancelledError();
      return work();
    });
    this.#last = turn.catch(() => undefined);
    return signal === undefined ? turn : unlessAborted(turn, signal);
  }
}

/** The promise's outcome, or a `CancelledError` as soon as the signal is aborted. */
function unlessAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new CancelledError());
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    const unhook = (): void => signal.removeEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(unhook);
  });
}
