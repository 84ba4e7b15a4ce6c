import { realpathSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { sharedSignal } from '../protocol/sharedSignal';
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

/** What the thread of a stoppable command shares with the one that hears signals. */
interface StoppableThreadData {
  /** At 0 whether the command is to stop, at 1 whether it cannot hear that now and writes nothing. */
  readonly flags: Int32Array;
}

/**
 * Runs a command that Ctrl+C stops in the middle of a computation: on a thread of its own, which asks memory that is
 * shared with this one, where signals are heard. What was to be written is not written then. The exit code is that of a
 * program ended by SIGINT. A second Ctrl+C ends the program at once, whatever the thread does.
 * @param work is done on that thread, which runs the program with the same arguments again and comes here, too.
 */
export async function stoppable(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  if (isMainThread) {
    await inThread();
    return;
  }
  const signal = sharedSignal(threadFlags());
  try {
    await work(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    writeError(stoppedText);
    process.exitCode = exitCodes.interrupted;
  }
}

const stoppedText = 'Stopped. Nothing was written.\n';

function threadFlags(): Int32Array {
  return (workerData as StoppableThreadData).flags;
}

function inThread(): Promise<void> {
  const flags = new Int32Array(new SharedArrayBuffer(8));
  // Required, not named: what runs the sources without a build knows only how to require them on a thread.
  const thread = new Worker(`require(${JSON.stringify(realpathSync(process.argv[1]))})`, {
    eval: true,
    argv: process.argv.slice(2),
    workerData: { flags } satisfies StoppableThreadData,
    // As much as this thread may have: it has nothing to do.
    resourceLimits: { maxOldGenerationSizeMb: Math.round(getHeapStatistics().heap_size_limit / 2 ** 20) },
  });
  const abort = (): void => {
    if (Atomics.load(flags, 0) !== 0) process.exit(exitCodes.interrupted);
    Atomics.store(flags, 0, 1);
    if (Atomics.load(flags, 1) === 0) return;
    writeError(stoppedText);
    process.exit(exitCodes.interrupted);
  };
  process.on('SIGINT', abort);
  return new Promise((resolve, reject) => {
    thread.on('error', reject);
    thread.on('exit', (code) => {
      process.off('SIGINT', abort);
      process.exitCode = code;
      resolve();
    });
  });
}

/**
 * Does what blocks for long without asking whether it is to stop, and writes nothing, such as reading samples: Ctrl+C
 * ends the program at once meanwhile.
 */
export async function endedAtOnce<Result>(work: () => Promise<Result>): Promise<Result> {
  const flags = threadFlags();
  Atomics.store(flags, 1, 1);
  try {
    return await work();
  } finally {
    Atomics.store(flags, 1, 0);
  }
}
