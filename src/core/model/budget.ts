import { HumanError } from './problem';

/** What one piece of work may take, so that no file keeps a thread or its memory by what it claims. */
export interface Budget {
  /** Elementary steps: values looked at, multiplications, operators followed. Some nanoseconds each. */
  readonly steps: number;
  /** Bytes that are taken for what shapes claim, all together. */
  readonly bytes: number;
  /** Asked now and then; throws where the work is not wanted any more. */
  readonly check?: () => void;
}

const gigabyte = 2 ** 30;

/**
 * The budgets of all stages. A step is some nanoseconds, so that the steps of an answer in the editor are half a
 * minute at the most, those of a job, which people wait for and may stop, some hours.
 */
export const budgets = {
  analysis: { steps: 1e10, bytes: gigabyte },
  job: { steps: 1e13, bytes: 64 * gigabyte },
  inference: { steps: 2e11, bytes: 4 * gigabyte },
} as const satisfies Readonly<Record<string, Budget>>;

/** Steps between two questions whether the work is still wanted: some milliseconds. */
const stepsBetweenChecks = 1 << 20;

interface Account {
  steps: number;
  bytes: number;
  untilCheck: number;
  check?: () => void;
}

/**
 * The account of the work under way. One for a thread: what computes is not handed a budget through every function,
 * as it is not handed the memory that it takes.
 */
let current: Account | undefined;

/**
 * Does work within a budget. Work that gives a promise is under it until that settles: nothing else may be begun on
 * the thread meanwhile.
 * @throws HumanError `over-budget` where the work takes more; whatever `check` throws.
 */
export function underBudget<Result>({ steps, bytes, check }: Budget, work: () => Result): Result {
  const before = current;
  const restore = (): void => {
    current = before;
  };
  current = { steps, bytes, untilCheck: stepsBetweenChecks, check };
  let result: Result;
  try {
    result = work();
  } catch (error) {
    restore();
    throw error;
  }
  if (result instanceof Promise) return result.finally(restore) as Result;
  restore();
  return result;
}

/** Counts steps that are about to be taken. @throws HumanError `over-budget` where the budget has not so many left. */
export function spendSteps(steps: number): void {
  if (current === undefined) return;
  current.steps -= steps;
  if (!(current.steps >= 0)) throw tooMuch('more computing');
  current.untilCheck -= steps;
  if (current.untilCheck > 0) return;
  // Asked again at the next step where it throws: what catches every error goes on only until then.
  current.check?.();
  current.untilCheck = stepsBetweenChecks;
}

/** Lets the work under way go on to its end: it asks for itself from now on, and ends with the best so far. */
export function goOnUnasked(): void {
  if (current !== undefined) current.check = undefined;
}

/** Counts memory that is about to be taken. @throws HumanError `over-budget` where the budget has not so much left. */
export function spendBytes(bytes: number): void {
  if (current === undefined) return;
  current.bytes -= bytes;
  if (!(current.bytes >= 0)) throw tooMuch('more memory');
}

/** Does work whose memory is given back as it ends, within what is left and within `most` bytes. */
export function lending<Result>(work: () => Result, most = Infinity): Result {
  const account = current;
  if (account === undefined) return underBudget({ steps: Infinity, bytes: most }, work);
  const before = account.bytes;
  account.bytes = Math.min(before, most);
  try {
    return work();
  } finally {
    account.bytes = before;
  }
}

function tooMuch(what: string): HumanError {
  return new HumanError(
    'over-budget',
    `This model would take ${what} than is given to one model here: its shapes or loops name more than any ` +
      'microcontroller holds. Convert it again with the shapes that are meant.',
  );
}
