import { readFileSync } from 'node:fs';

/** The longest time for which a thread could do nothing else, in milliseconds. */
export interface LongestDelay {
  /** As a clock on the wall shows it: what other programs took of the processor is in it. */
  readonly wallMs: number;
  /**
   * Without the time that the thread was ready to run and had no processor. The same as `wallMs` where the system does
   * not tell that.
   */
  readonly ownMs: number;
}

const resolutionMs = 2;

/**
 * Measures how long this process's main thread is blocked, until the returned function is called. Linux tells how long
 * a thread waited for a processor (second figure of `/proc/self/schedstat`, in nanoseconds): on a busy machine most of
 * a late timer is that.
 */
export function watchDelays(): () => LongestDelay {
  let [wallMs, ownMs] = [0, 0];
  let before = performance.now();
  let waitedBefore = waitedMs();
  const timer = setInterval(() => {
    const [now, waited] = [performance.now(), waitedMs()];
    const late = now - before - resolutionMs;
    wallMs = Math.max(wallMs, late);
    ownMs = Math.max(ownMs, late - (waited - waitedBefore));
    [before, waitedBefore] = [now, waited];
  }, resolutionMs);
  return () => {
    clearInterval(timer);
    return { wallMs, ownMs };
  };
}

function waitedMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
