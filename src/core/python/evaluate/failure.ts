import type { PythonPlace, PythonValue } from './values';

/** An exception of the program that is read. */
export class PythonFailure extends Error {
  constructor(
    /** Name of its class. */
    readonly type: string,
    message: string,
    readonly place: PythonPlace | undefined,
    readonly value?: PythonValue,
  ) {
    super(message);
  }
}

/** The source takes more steps than it is given. */
export class OutOfSteps extends Error {}

/** A generator has given more values than are followed. */
export class EnoughYielded extends Error {}

/** Follows a program; false where it is left for the work that it takes. */
export function endsInSteps(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof OutOfSteps || error instanceof EnoughYielded || error instanceof RangeError) return false;
    throw error;
  }
}
