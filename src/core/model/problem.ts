import type { Origin } from './origin';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A finding about a model, on a place of it. Its code is stable: fixes, settings and tests join on it. */
export interface Problem {
  /** Stable code in kebab case, for instance `arena-over-region`. */
  readonly code: string;
  readonly severity: Severity;
  /** One or more whole sentences for a person, with the next step. */
  readonly message: string;
  /** Graph that the finding is about; absent for the model as a whole. */
  readonly graph?: number;
  /** Operator index in `graph`. */
  readonly operator?: number;
  /** Tensor index in `graph`. */
  readonly tensor?: number;
  /** Where what it is about came from, where that is not the model's file as a whole. */
  readonly origin?: Origin;
}

/**
 * A failure that is the user's to see: `message` is a whole sentence with the next step, without a stack.
 * Anything else that is thrown is a bug.
 */
export class HumanError extends Error {
  override readonly name: string = 'HumanError';
  /** Stable code in kebab case. */
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A file that cannot be read as a model at all. `offset` is the byte at which reading stopped, when one is to blame. */
export class ModelError extends HumanError {
  override readonly name = 'ModelError';
  readonly offset?: number;
  constructor(code: string, message: string, offset?: number) {
    super(code, message);
    this.offset = offset;
  }
}
