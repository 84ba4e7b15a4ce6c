import { exitCodes } from './exitCodes';

/**
 * Runs work that Ctrl+C stops at its next pause: what was to be written is not written then. The exit code is that of a program
 * ended by SIGINT.
 */
export async function stoppable(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  process.once('SIGINT', abort);
  try {
    await work(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.stderr.write('Stopped. Nothing was written.\n');
    process.exitCode = exitCodes.interrupted;
  } finally {
    process.removeListener('SIGINT', abort);
  }
}
