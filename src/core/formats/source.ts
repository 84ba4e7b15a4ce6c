import { ModelError } from '../model/problem';
import type { ProgramChoice } from './programChoice';

/** What a model is read from: a file, and a way to those that belong to it. */
export interface ModelSource {
  /** For people, and for formats whose bytes bear no mark. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Absent where there is no way to other files. */
  readonly siblings?: Siblings;
  /** Of a program: the file that its model was trained to, where somebody chose one. */
  readonly trained?: TrainedFile;
  /** Of a program that builds models: what is chosen about it. */
  readonly programChoice?: ProgramChoice;
}

/** A file with the weights of a program's model. */
export interface TrainedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Other files by a name relative to the source's folder, with `/` between folders. The implementation bounds number
 * and bytes.
 */
export interface Siblings {
  /** The whole file; `undefined` where there is none or it may not be read. */
  read(name: string): Uint8Array | undefined;
  /**
   * Names of programs in the source's folder and in those above it, the nearest first, then by name, that import
   * something of one of these names; absent where nothing can be listed.
   */
  importers?(names: readonly string[]): readonly string[];
}

/**
 * First line of what Git LFS leaves in place of a file that was not fetched. Source: Git LFS specification, version 1.
 */
const pointerMark = new TextEncoder().encode('version https://git-lfs.github.com/spec/v1');

/** @throws ModelError for a Git LFS pointer, whatever format its name says. */
export function checkFetched(bytes: Uint8Array, name: string): void {
  if (!pointerMark.every((byte, index) => bytes[index] === byte)) return;
  throw new ModelError(
    'git-lfs-pointer',
    `${fileName(name)} is a Git LFS pointer: its contents were not fetched. Run \`git lfs pull\` in its repository.`,
  );
}

/** A file beside the source, as `Siblings.read` has it. @throws ModelError for a Git LFS pointer. */
export function siblingOf({ siblings }: ModelSource, name: string): Uint8Array | undefined {
  const bytes = siblings?.read(name);
  if (bytes !== undefined) checkFetched(bytes, name);
  return bytes;
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
