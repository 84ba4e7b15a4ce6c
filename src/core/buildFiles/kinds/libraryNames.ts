import type { LibraryUse } from '../facts';

/** The library of a repository's address, whose branch or commit stands behind `#`. */
export function repositoryOf(address: string): LibraryUse | undefined {
  const [name, version] = address.split('#');
  if (name === '') return undefined;
  return version === undefined ? { name, isExact: false } : { name, version, isExact: isCommitOrRelease(version) };
}

/** A branch moves; a commit and a release do not. */
export function isCommitOrRelease(version: string): boolean {
  return /^[0-9a-f]{7,40}$/.test(version) || /^v?\d+\.\d+(?:\.\d+)?[\w.+-]*$/.test(version);
}
