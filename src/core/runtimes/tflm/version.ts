import type { KernelTable } from '../memory/kernelMemory';
import type { KernelLibrary } from '../../operators/operator';
import type { StructureTable } from '../memory/layout';

/**
 * What of the arena differs between versions of the runtime. One file each in `versions/`, one line in `versions.ts`.
 */
export interface TflmVersion {
  /** The short commit or release that `Target.tflmVersion` names. */
  readonly id: string;
  readonly commit: string;
  /** Day of the commit, ISO 8601. */
  readonly date: string;
  /** Other names: releases of libraries that contain this version. */
  readonly aliases: readonly string[];
  readonly source: string;
  readonly structures: StructureTable;
  /** Parameter block by builtin operator. */
  readonly parameterBlocks: Readonly<Record<string, string>>;
  /**
   * Kernels of the libraries that were read for this version; absent for the newest version, which the runtimes
   * themselves describe.
   */
  readonly kernels?: Readonly<Partial<Record<KernelLibrary, KernelTable>>>;
  /** Operators by library whose kernels were others and are not described: those of a later version stand in. */
  readonly undescribed?: ReadonlyMap<KernelLibrary, readonly string[]>;
  /** Scratch requests that one operator may make. */
  readonly scratchRequestsPerOperator: number;
}
