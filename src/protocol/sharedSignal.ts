/**
 * A signal that is read from memory shared with another thread: it turns aborted in the middle of a computation that
 * never lets this thread hear a message. It is for asking (`aborted`, `throwIfAborted`); nothing is ever dispatched
 * from it.
 */
export function sharedSignal(flag: Int32Array): AbortSignal {
  const { signal } = new AbortController();
  const isAborted = (): boolean => Atomics.load(flag, 0) !== 0;
  const reason = new DOMException('The work was stopped.', 'AbortError');
  Object.defineProperty(signal, 'aborted', { get: isAborted });
  Object.defineProperty(signal, 'reason', { get: () => (isAborted() ? reason : undefined) });
  Object.defineProperty(signal, 'throwIfAborted', {
    value: () => {
      if (isAborted()) throw reason;
    },
  });
  return signal;
}
