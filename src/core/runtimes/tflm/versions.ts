import type { TflmVersion } from './version';
import { arduinoVersion } from './versions/arduino';
import { currentVersion } from './versions/current';

/** Versions whose structures and kernels are described, newest first. */
export const tflmVersions: readonly TflmVersion[] = [currentVersion, arduinoVersion];

/** The version of a commit prefix (of 7 digits or more) or release, and whether it is one that is described: else the newest stands in. */
export function versionOf(name: string): { readonly version: TflmVersion; readonly isKnown: boolean } {
  const version = tflmVersions.find((candidate) => isNamed(candidate, name));
  return { version: version ?? currentVersion, isKnown: version !== undefined };
}

function isNamed(version: TflmVersion, name: string): boolean {
  return name === version.id || version.aliases.includes(name) || (name.length >= 7 && version.commit.startsWith(name));
}
