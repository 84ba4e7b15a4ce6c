import type { EnvironmentChoice } from '../../../src/core/buildFiles/activeEnvironment';

/** A small project of a framework, and what its files must say of the target. */
export interface ProjectRow {
  readonly name: string;
  /** Texts by path. */
  readonly files: Readonly<Record<string, string>>;
  /** A file that the target is asked for; else one at the top. */
  readonly of?: string;
  readonly choice?: EnvironmentChoice;
  /** `key value file:line`, then `environment NAME` where one counts, then remarks and problems. */
  readonly expected: readonly string[];
  /** `NAME=TEXT` of what the build defines for that file; `…` where there may be more. Not asked where absent. */
  readonly defined?: string;
}
