import type { KernelIsa } from '../boards/board';
import type { KernelLibrary } from '../operators/operator';
import { knownRuntime } from '../runtimes/runtimes';
import type { Target } from '../runtimes/target';
import { dayOfVersion, kernelsOfVersion } from '../runtimes/tflm/versions';
import { compareVersions } from '../runtimes/versionRange';
import type { AffectedKernels } from './fault';

/** The kernels that a firmware links, as far as faults tell them apart. */
export interface KernelsInUse {
  readonly library: KernelLibrary;
  /** Day of TFLM's history; one after all others where it is not known. */
  readonly day: string;
  /** Release of ESP-NN, `1.2.3`; absent where it is not known, or for other kernels. */
  readonly espNn?: string;
  /** Absent where the core is not told. */
  readonly isa?: KernelIsa;
}

/** TFLM's own kernels as they are today: those that every library has where it brings none of its own. */
export const newestReference: KernelsInUse = { library: 'reference', day: '9999-12-31' };

/** The kernels of a target. */
export function kernelsInUse(target: Target): KernelsInUse {
  const kernels = target.kernelsVersion ?? kernelsOfVersion(target.tflmVersion);
  return {
    library: knownRuntime(target.runtime).kernelLibrary,
    day: dayOfVersion(target.tflmVersion) ?? newestReference.day,
    ...(kernels?.startsWith('esp-nn-') === true ? { espNn: kernels.slice('esp-nn-'.length) } : {}),
    isa: target.core.kernelIsa,
  };
}

/** Whether a fault is in these kernels. What is not known of them is not taken to be affected. */
export function isAffected({ libraries, since = '', until, isas, espNn }: AffectedKernels, use: KernelsInUse): boolean {
  if (!libraries.includes(use.library)) return false;
  if (use.day < since || (until !== undefined && use.day >= until)) return false;
  if (isas !== undefined && (use.isa === undefined || !isas.includes(use.isa))) return false;
  return espNn === undefined || isWithin(espNn, use.espNn);
}

function isWithin({ since, until }: NonNullable<AffectedKernels['espNn']>, version: string | undefined): boolean {
  if (version === undefined) return false;
  const isSince = since === undefined || compareVersions(version, since) >= 0;
  return isSince && (until === undefined || compareVersions(version, until) < 0);
}
