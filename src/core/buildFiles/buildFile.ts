import type { BuildReading } from './facts';

/**
 * A kind of file that says how a firmware is built. One file in `kinds/`, one line in `buildFiles.ts`. Its reader never
 * throws: of a damaged file it says what stands before the damage, or nothing, and a sentence.
 */
export interface BuildFileKind {
  readonly id: string;
  /** Last parts of its path below the project's folder; `*` is for any characters but `/`. */
  readonly names: readonly string[];
  /** Its named environments are those of the project; those of other files belong to them by name. */
  readonly hasEnvironments?: boolean;
  /** It lies in a copy of a library, which may be kept wherever others keep foreign code. */
  readonly isVendored?: boolean;
  /** It says nothing by itself, but only to a project that it lies in. */
  readonly isPart?: boolean;
  /** It is a source, which may hold a model: of a long one the beginning is read. */
  readonly isSource?: boolean;
  /** `path`: as it is to be named in places of facts. */
  read(text: string, path: string): BuildReading;
}

/** Characters of a build file that are read: written by hand, but for what Kconfig writes. */
export const mostBuildFileLength = 512 * 1024;
