/** What of a file shows that it changed. */
export interface FileStamp {
  readonly mtime: number;
  readonly size: number;
}

/** The file as far as waiting for it needs. */
export interface StillFileSource<Stamp extends FileStamp = FileStamp> {
  stat(): Promise<Stamp>;
  /** Waits a little, so that a writer can go on. */
  pause(): Promise<void>;
}

/** At the host's pause of 150 ms this is half a minute; a longer write ends with another change event anyway. */
const mostPauses = 200;
/** Rounds of work on a file that changes again and again. */
const mostRounds = 10;

/** Waits until a file that was just seen to change has kept its size and time over one pause. */
export async function waitUntilStill<Stamp extends FileStamp>(source: StillFileSource<Stamp>): Promise<Stamp> {
  let before = await source.stat();
  for (let pauses = 0; pauses < mostPauses; pauses++) {
    await source.pause();
    const after = await source.stat();
    if (isSame(before, after)) return after;
    before = after;
  }
  return before;
}

/**
 * Does `work` on a file that may be in the middle of being written: again, once the file is still, until it was the
 * same before and after. What `work` throws counts only when the file was still meanwhile.
 */
export async function workWhileStill<Result, Stamp extends FileStamp>(
  source: StillFileSource<Stamp>,
  work: (stamp: Stamp) => Promise<Result>,
): Promise<Result> {
  let stamp = await source.stat();
  for (let round = 1; ; round++) {
    const outcome = await settle(() => work(stamp));
    const after = await source.stat();
    if (isSame(stamp, after) || round === mostRounds) {
      if ('error' in outcome) throw outcome.error;
      return outcome.result;
    }
    stamp = await waitUntilStill(source);
  }
}

async function settle<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result } | { readonly error: unknown }> {
  try {
    return { result: await work() };
  } catch (error) {
    return { error };
  }
}

function isSame(left: FileStamp, right: FileStamp): boolean {
  return left.mtime === right.mtime && left.size === right.size;
}
