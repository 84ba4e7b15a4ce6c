import type { RuntimeId } from '../runtimeId';
import type { TflmVersion } from './version';
import { arduinoVersion } from './versions/arduino';
import { currentVersion } from './versions/current';
import { esp135Version } from './versions/esp135';

/** Versions whose structures and kernels are described, newest first. */
export const tflmVersions: readonly TflmVersion[] = [currentVersion, esp135Version, arduinoVersion];

/**
 * The version of a commit prefix (of 7 digits or more) or release, and whether it is described with the kernels of `runtime`: if not, the
 * newest version stands in.
 */
export function versionOf(
  name: string,
  runtime: RuntimeId,
): { readonly version: TflmVersion; readonly isKnown: boolean } {
  const version = tflmVersions.find((candidate) => isNamed(candidate, name));
  return version?.kernels[runtime] === undefined
    ? { version: currentVersion, isKnown: false }
    : { version, isKnown: true };
}

function isNamed(version: TflmVersion, name: string): boolean {
  return name === version.id || version.aliases.includes(name) || (name.length >= 7 && version.commit.startsWith(name));
}
