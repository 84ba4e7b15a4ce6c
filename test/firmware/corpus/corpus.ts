import type { BuiltFiles } from '../../../src/core/lastBuild/lastBuild';
import type { BuildFlags } from '../../../src/core/firmware/firmware';

/** Texts by path. */
export type Sources = Readonly<Record<string, string>>;

/** Models of the corpus, by name (`models.ts`). */
export type CorpusModel = 'dense' | 'scaled' | 'conv' | 'float' | 'large' | 'slow' | 'variable';

/** A small project of the corpus. */
export interface Project {
  readonly files: Sources;
  /** Which model an array holds: `model.cc g_model`. */
  readonly models: Readonly<Record<string, CorpusModel>>;
}

/** Text that stands in one file of a project, once, and what stands there instead. */
export type Change = readonly [file: string, before: string, after: string];

/** A project that has something wrong, or nothing. */
export interface CorpusRow {
  readonly name: string;
  readonly project: Project;
  /** Files beside those of the project. */
  readonly files?: Sources;
  /** What is changed in the project before it is looked at. */
  readonly changes?: readonly Change[];
  /** `severity code file:line`, in order. */
  readonly expected: readonly string[];
  /** What the preferred fix of the first finding changes in its turn; absent where there is no fix. */
  readonly fixed?: readonly Change[];
  /** What the first finding says, in part. */
  readonly says?: string;
  readonly flags?: BuildFlags;
  /** What was built last. Build files are among `files`. */
  readonly built?: BuiltFiles;
  readonly board?: string;
  /** Else TFLM's own kernels. */
  readonly runtime?: string;
}
