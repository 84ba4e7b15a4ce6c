import type { KernelTable } from '../memory/kernelMemory';
import type { StructureTable } from '../memory/layout';
import type { Runtime } from '../runtime';
import type { TflmVersion } from './version';
import { arduinoVersion } from './versions/arduino';
import { currentVersion } from './versions/current';
import { esp135Version } from './versions/esp135';

/** Versions whose structures and kernels are described, newest first. */
export const tflmVersions: readonly TflmVersion[] = [currentVersion, esp135Version, arduinoVersion];

/** A version as one runtime has it. */
export interface RuntimeVersion {
  readonly version: TflmVersion;
  readonly kernels: KernelTable;
  readonly structures: StructureTable;
  /**
   * Whether the version that was asked for is described with the kernels of the runtime: if not, the newest version
   * stands in.
   */
  readonly isKnown: boolean;
}

/** The version of a commit prefix (of 7 digits or more) or release, with the kernels of `runtime`. */
export function versionOf(name: string, runtime: Runtime): RuntimeVersion {
  const version = tflmVersions.find((candidate) => isNamed(candidate, name));
  const kernels = version && kernelsOf(version, runtime);
  if (version === undefined || kernels === undefined) return { ...described(currentVersion, runtime), isKnown: false };
  return { ...described(version, runtime, kernels), isKnown: true };
}

function described(
  version: TflmVersion,
  runtime: Runtime,
  kernels: KernelTable = runtime.kernels,
): Omit<RuntimeVersion, 'isKnown'> {
  return { version, kernels, structures: { ...runtime.structures, ...version.structures } };
}

function kernelsOf(version: TflmVersion, runtime: Runtime): KernelTable | undefined {
  return version.kernels === undefined ? runtime.kernels : version.kernels[runtime.kernelLibrary];
}

function isNamed(version: TflmVersion, name: string): boolean {
  return name === version.id || version.aliases.includes(name) || (name.length >= 7 && version.commit.startsWith(name));
}
