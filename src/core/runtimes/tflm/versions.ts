import type { KernelTable } from '../memory/kernelMemory';
import type { StructureTable } from '../memory/layout';
import { isCommit, isDay, libraries } from '../libraries';
import type { Library, LibraryRelease } from '../library';
import type { Runtime } from '../runtime';
import type { TflmVersion } from './version';
import { arduinoVersion } from './versions/arduino';
import { currentVersion } from './versions/current';
import { firstDescribedDay, versionOn } from './versions/dated';
import { esp135Version } from './versions/esp135';
import { operatorDays } from './versions/operatorDays';

/** Versions that stand for all where it is open which one a firmware links, newest first. */
export const tflmVersions: readonly TflmVersion[] = [currentVersion, esp135Version, arduinoVersion];

/** The version that figures are given for where nothing says which it is. */
export const newestVersion = currentVersion.id;

/** A version as one runtime has it. */
export interface RuntimeVersion {
  readonly version: TflmVersion;
  readonly kernels: KernelTable;
  readonly structures: StructureTable;
  /**
   * Whether the version that was asked for is described with the kernels of the runtime: if not, another version stands
   * in.
   */
  readonly isKnown: boolean;
}

/**
 * The version of a commit prefix (of 7 digits or more), a day, or a release, with the kernels of `runtime` and, where
 * it is named, a release of its library of kernels.
 */
export function versionOf(name: string, runtime: Runtime, kernelsVersion?: string): RuntimeVersion {
  const { version, isKnown } = namedVersion(name, kernelsVersion);
  const kernels = version.kernels === undefined ? runtime.kernels : version.kernels[runtime.kernelLibrary];
  if (kernels === undefined) return { ...described(currentVersion, runtime, runtime.kernels), isKnown: false };
  return { ...described(version, runtime, kernels), isKnown };
}

/** The day of TFLM's history that a version holds; absent where that is not known. */
export function dayOfVersion(name: string): string | undefined {
  if (isDay(name)) return name;
  return tflmVersions.find((version) => isNamed(version, name))?.date ?? releaseNamed(name)?.release.date;
}

/** The release of ESP-NN or CMSIS-NN that comes with a release of TFLM; absent where that is not known. */
export function kernelsOfVersion(name: string): string | undefined {
  const version = tflmVersions.find((candidate) => isNamed(candidate, name));
  const names = version === undefined ? [name] : [version.id, ...version.aliases];
  return names.map((one) => releaseNamed(one)?.release.kernels).find((kernels) => kernels !== undefined);
}

/** The day on which TFLM got a kernel for an operator; absent where it always had one, or has none. */
export function dayOfOperator(kind: string): string | undefined {
  return operatorDays.get(kind);
}

/** Every name that is known, for "did you mean". */
export function versionNames(): readonly string[] {
  const released = libraries
    .filter(({ holds }) => holds === 'interpreter')
    .flatMap(({ releases }) => releases.map(({ id }) => id));
  return [...new Set([...tflmVersions.flatMap(({ id, aliases }) => [id, ...aliases]), ...released])];
}

/** Whether a name can be that of a version: a known one, a day, or a commit of TFLM. */
export function isVersionName(name: string): boolean {
  return isDay(name) || isCommit(name) || versionNames().includes(name);
}

function namedVersion(
  name: string,
  kernelsVersion: string | undefined,
): { readonly version: TflmVersion; readonly isKnown: boolean } {
  const fixed = kernelsVersion === undefined && tflmVersions.find((version) => isNamed(version, name));
  if (fixed) return { version: fixed, isKnown: true };
  const found = releaseNamed(name);
  const day = dayOfVersion(name);
  if (day === undefined) return { version: currentVersion, isKnown: false };
  const isDescribed = day >= firstDescribedDay;
  const version = versionOn({
    id: name,
    day: isDescribed ? day : firstDescribedDay,
    isDesktop: found?.library.isDesktop,
    kernels: kernelsVersion ?? found?.release.kernels,
    source: found?.library.source ?? 'https://github.com/tensorflow/tflite-micro',
  });
  return { version: isDescribed ? version : { ...version, id: `TFLM of ${firstDescribedDay}` }, isKnown: isDescribed };
}

function releaseNamed(name: string): { readonly library: Library; readonly release: LibraryRelease } | undefined {
  for (const library of libraries) {
    const release = library.releases.find(({ id }) => id === name);
    if (release !== undefined) return { library, release };
  }
  return undefined;
}

function described(version: TflmVersion, runtime: Runtime, kernels: KernelTable): Omit<RuntimeVersion, 'isKnown'> {
  return { version, kernels, structures: structuresOf(version, runtime) };
}

/** Made once for a version that is a constant, since searches plan an arena thousands of times. */
const knownStructures = new WeakMap<TflmVersion, WeakMap<Runtime, StructureTable>>();

function structuresOf(version: TflmVersion, runtime: Runtime): StructureTable {
  const ofVersion = knownStructures.get(version) ?? new WeakMap<Runtime, StructureTable>();
  knownStructures.set(version, ofVersion);
  const structures = ofVersion.get(runtime) ?? { ...runtime.structures, ...version.structures };
  ofVersion.set(runtime, structures);
  return structures;
}

function isNamed(version: TflmVersion, name: string): boolean {
  return name === version.id || version.aliases.includes(name) || (name.length >= 7 && version.commit.startsWith(name));
}
