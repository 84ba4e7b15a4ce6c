import { exitCodes } from './exitCodes';
import { writeError } from './output';

/** Ctrl+C, an order to end, a terminal that was closed. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/**
 * Closing in order takes no longer than this; then the program ends as it is, so that no peer that hangs can keep it.
 */
const longestEndMs = 4000;

/** What is heard until it is given back. */
interface Hearing {
  release(): void;
}

/**
 * Tells of the first signal to end. A second one, or a few seconds, ends the program at once: logs are written on the
 * way out (`LogFile`).
 */
export function heedEnd(stop: () => void): Hearing {
  let isEnding = false;
  const end = (): void => {
    if (isEnding) process.exit(exitCodes.interrupted);
    isEnding = true;
    // Kept after `release` too: an output that nobody reads would hold the program as well.
    setTimeout(() => process.exit(), longestEndMs).unref();
    stop();
  };
  for (const signal of endings) process.on(signal, end);
  return { release: () => endings.forEach((signal) => process.off(signal, end)) };
}

/**
 * Runs work that Ctrl+C stops at its next pause: what was to be written is not written then. The exit code is that of a
 * program ended by SIGINT. A second Ctrl+C does not wait for a pause.
 */
export async function stoppable(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const abort = (): void => {
    if (stop.signal.aborted) process.exit(exitCodes.interrupted);
    stop.abort();
  };
  process.on('SIGINT', abort);
  try {
    await work(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    writeError('Stopped. Nothing was written.\n');
    process.exitCode = exitCodes.interrupted;
  } finally {
    process.off('SIGINT', abort);
  }
}

/**
 * Does what blocks for long without a pause and writes nothing, such as reading samples: Ctrl+C is not heard by us
 * meanwhile but by the system, which ends the program at once.
 */
export async function endedAtOnce<Result>(work: () => Promise<Result>): Promise<Result> {
  const listeners = process.listeners('SIGINT');
  for (const listener of listeners) process.off('SIGINT', listener);
  try {
    return await work();
  } finally {
    for (const listener of listeners) process.on('SIGINT', listener);
  }
}
