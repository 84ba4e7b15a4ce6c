import type { CompressionTools } from '../kind';

/**
 * What a search comes to that yields after every question. Between two of them messages are let in, an order to stop
 * among them, so that it is heard however long the answer to one takes and however many there are.
 */
export async function heard<Step, Result>(
  search: Generator<Step, Result>,
  { pause, signal }: Pick<CompressionTools, 'pause' | 'signal'>,
  each: (step: Step) => void = () => undefined,
): Promise<Result> {
  for (;;) {
    const next = search.next();
    if (next.done === true) return next.value;
    each(next.value);
    await pause?.();
    signal?.throwIfAborted();
  }
}

/** What it comes to where nobody waits for it who could stop it: within a budget. */
export function unheard<Result>(search: Generator<unknown, Result>): Result {
  for (;;) {
    const next = search.next();
    if (next.done === true) return next.value;
  }
}
