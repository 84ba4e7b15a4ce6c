import type { KernelLibrary } from '../operators/operator';

/**
 * A library of kernels, with or without the interpreter, under the names that projects write. One file each in
 * `libraries/`, one line in `libraries.ts`.
 */
export interface Library {
  /** Stable, in lower case: `esp-tflite-micro`. */
  readonly id: string;
  readonly name: string;
  /**
   * Names in project files, in lower case: the name of an Arduino library, `owner/name` of a registry or a git address,
   * a module or a component.
   */
  readonly names: readonly string[];
  /** `kernels`: without an interpreter, beside one that another library brings. */
  readonly holds: 'interpreter' | 'kernels';
  /** Whose kernels it always links; absent where the build or the board decides. */
  readonly kernelLibrary?: KernelLibrary;
  /** Ids of frameworks in `boards/frameworks.json` whose usual library it is. */
  readonly usualFor?: readonly string[];
  /** True where it is built without TF_LITE_STATIC_MEMORY: tensors have the fields of the desktop interpreter. */
  readonly isDesktop?: true;
  /** Newest first. */
  readonly releases: readonly LibraryRelease[];
  /** Where releases and dates were read. */
  readonly source: string;
}

/** A release of a library. */
export interface LibraryRelease {
  /** As its manifest or tag says it, without a leading `v`. */
  readonly version: string;
  /**
   * Day of TFLM's own history whose files it holds, ISO 8601; of a library of kernels, the day it came out. Absent
   * where that was not found.
   */
  readonly date?: string;
  /** What `Target.tflmVersion` names, or of a library of kernels `Target.kernelsVersion`. */
  readonly id: string;
  /** True where other files come with the same version in their manifest: the version alone does not name them. */
  readonly isAmbiguous?: true;
  /** Id of the newest release of its library of kernels when it came out, of those that its manifest takes. */
  readonly kernels?: string;
}
