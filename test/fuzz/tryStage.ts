import { HumanError } from '../../src/core/model/problem';
import { underBudget } from '../../src/core/model/budget';
import type { Stage } from './stages';

/** What one input took. */
export interface Taken {
  readonly ms: number;
  /** By how much the most memory that this process ever held has grown. */
  readonly bytes: number;
  /** Why it is no good outcome: another error than one for people, no sentence, too long. Absent: it is one. */
  readonly failure?: string;
}

/** What each input may take: within its budget a stage ends after some seconds, on a busy machine too. */
export const limits = { steps: 1e8, bytes: 2 ** 28, ms: 15_000 } as const;

/** Does what a stage does with an input, within its budget. */
export async function tryStage(
  { run, steps = limits.steps }: Pick<Stage, 'run' | 'steps'>,
  bytes: Uint8Array,
): Promise<Taken> {
  const before = process.resourceUsage().maxRSS;
  const start = performance.now();
  const failure = await failureOf(() => underBudget({ ...limits, steps }, () => run(bytes)));
  const ms = performance.now() - start;
  const grown = (process.resourceUsage().maxRSS - before) * 1024;
  const late = ms > limits.ms ? `It took ${(ms / 1000).toFixed(1)} s.` : undefined;
  return { ms, bytes: grown, failure: failure ?? late };
}

async function failureOf(work: () => unknown): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) return `It threw ${String(error)}, which is no error.`;
    if (!(error instanceof HumanError)) return error.stack ?? error.message;
    const isSentence = /[.!]\)?$/s.test(error.message) && !/\bundefined\b|\bNaN\b|\[object/.test(error.message);
    return isSentence ? undefined : `It is no whole sentence: ${error.message}`;
  }
}
