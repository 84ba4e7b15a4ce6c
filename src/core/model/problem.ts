import type { Origin } from './origin';
import type { Span } from './span';

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
  /** It is of a rule, which `milliwatt.json` may silence or soften. */
  readonly isRule?: boolean;
  /** Edits that help. */
  readonly fixes?: readonly FileFix[];
  /** A setting of the target that helps. */
  readonly setting?: HelpfulSetting;
}

/** Of a finding about what a reader left out of its file: whoever writes the model anew says it, too. */
export const leftOutCode = 'output-left-out';

/** A key below `target` of `milliwatt.json`, and its value. */
export interface HelpfulSetting {
  readonly key: string;
  readonly value: string;
}

/** Text that replaces what stands at a place of a file. */
export interface TextEdit {
  /** The file's name, in whatever way the one who asks for edits names files. */
  readonly file: string;
  readonly span: Span;
  readonly text: string;
  /** The file is not there yet: `text` is all of it. */
  readonly creates?: boolean;
}

/** Something that edits of files do about a finding. */
export interface FileFix {
  /** What it does, with its figures. */
  readonly title: string;
  readonly isPreferred?: boolean;
  /** Of any files, several of one file among them; none overlaps another. */
  readonly edits: readonly TextEdit[];
}

/**
 * A failure that is the user's to see: `message` is a complete sentence with the next step, without a stack.
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

/**
 * A file that cannot be read as a model at all. `offset` is the byte at which reading stopped, when one is to blame.
 */
export class ModelError extends HumanError {
  override readonly name = 'ModelError';
  readonly offset?: number;
  constructor(code: string, message: string, offset?: number) {
    super(code, message);
    this.offset = offset;
  }
}
