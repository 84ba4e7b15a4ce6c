import { boardById } from '../boards/boards';
import { knownCore } from '../boards/cores';
import type { Library, LibraryRelease } from './library';
import { arduinoTensorFlowLite } from './libraries/arduinoTensorFlowLite';
import { chirale } from './libraries/chirale';
import { cmsisNn } from './libraries/cmsisNn';
import { edgeImpulse } from './libraries/edgeImpulse';
import { eloquentTinyMl, tflmCortexM, tflmEsp32 } from './libraries/eloquent';
import { espNn } from './libraries/espNn';
import { espTfliteMicro } from './libraries/espTfliteMicro';
import { harvardTinyMlx } from './libraries/harvard';
import { himax } from './libraries/himax';
import { picoTflmicro } from './libraries/picoTflmicro';
import { tensorFlowLiteEsp32 } from './libraries/tensorFlowLiteEsp32';
import { tfliteMicro } from './libraries/tfliteMicro';
import { zephyrTfliteMicro } from './libraries/zephyr';
import type { RuntimeId } from './runtimeId';
import { knownRuntime, runtimes } from './runtimes';
import { takesVersion } from './versionRange';

/** Every library that a project may name. A new one is a file in `libraries/` and a line here. */
export const libraries: readonly Library[] = [
  tfliteMicro,
  arduinoTensorFlowLite,
  chirale,
  espTfliteMicro,
  espNn,
  cmsisNn,
  picoTflmicro,
  zephyrTfliteMicro,
  harvardTinyMlx,
  himax,
  tensorFlowLiteEsp32,
  tflmEsp32,
  tflmCortexM,
  eloquentTinyMl,
  edgeImpulse,
];

/** A library as a project names it. */
export interface NamedLibrary {
  /** As written: a name, `owner/name`, or the address of a repository. */
  readonly name: string;
  /** A version, a range of versions, or a commit. */
  readonly version?: string;
  /** Id of the board, which decides what may run there. */
  readonly board?: string;
}

/** What a library that a project names means for a target. */
export interface LibraryVersion {
  readonly library: Library;
  /** Absent where the build decides whose kernels are linked, or where they do not run on the board. */
  readonly runtime?: RuntimeId;
  /** A value for the target's `tflmVersion`; absent of a library of kernels, and where its version is not known. */
  readonly tflmVersion?: string;
  /** A value for the target's `kernelsVersion`, of a library of kernels. */
  readonly kernelsVersion?: string;
  /**
   * `exact`: just this release, or a commit. `newest`: no version or a range is named, and this is the newest release
   * that it takes. `unknown`: a version that is not in the list.
   */
  readonly known: 'exact' | 'newest' | 'unknown';
}

/** What the library that a project names means for a target; `undefined` where it is no library of kernels. */
export function libraryVersion(named: NamedLibrary): LibraryVersion | undefined {
  const library = libraryNamed(named.name);
  if (library === undefined) return undefined;
  const { release, known } = releaseOf(library, named.version);
  const runtime = runtimeOf(library, named.board);
  const base = { library, known, ...(runtime === undefined ? {} : { runtime }) };
  if (release === undefined) return base;
  return library.holds === 'kernels' ? { ...base, kernelsVersion: release } : { ...base, tflmVersion: release };
}

/** The library with this name, also as the address of a repository or with a host before it. */
function libraryNamed(name: string): Library | undefined {
  const plain = plainName(name);
  return (
    libraries.find(({ names }) => names.includes(plain)) ??
    libraries.find(({ names }) => names.some((known) => known.includes('/') && plain.endsWith(`/${known}`)))
  );
}

/** Without spaces, case, scheme, revision and the ending of a git address: `https://host/Owner/Name.git#x`. */
function plainName(name: string): string {
  const lower = name.slice(0, 300).trim().toLowerCase();
  const address = lower.includes('://') || lower.startsWith('git@') ? lower.split(/[#?]/)[0] : lower;
  return address
    .replace(/:(?!\/\/|:)/, '/')
    .replace(/\/$/, '')
    .replace(/\.git$/, '')
    .replaceAll(' ', '_');
}

function releaseOf(
  library: Library,
  version: string | undefined,
): { readonly release?: string; readonly known: LibraryVersion['known'] } {
  const wanted = (version ?? '').trim().toLowerCase();
  const exact = library.releases.find((release) => isNamed(release, wanted));
  if (exact !== undefined) return { release: exact.id, known: exact.isAmbiguous === true ? 'newest' : 'exact' };
  if (library.id === 'tflite-micro' && (isDay(wanted) || isCommit(wanted))) return { release: wanted, known: 'exact' };
  const newest = library.releases.find((release) => takesVersion(wanted, release.version));
  return newest === undefined ? { known: 'unknown' } : { release: newest.id, known: 'newest' };
}

function isNamed({ version, id }: LibraryRelease, wanted: string): boolean {
  const plain = wanted.replace(/^(?:==?|v)/, '').trim();
  return plain === version || plain === id || plain.replace(/^zephyr_/, '') === version;
}

/** A commit of 7 digits or more. */
export function isCommit(version: string): boolean {
  return /^[0-9a-f]{7,40}$/.test(version);
}

/** A day, ISO 8601. */
export function isDay(version: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(version);
}

function runtimeOf({ kernelLibrary }: Library, board: string | undefined): RuntimeId | undefined {
  const runtime = runtimes.find((candidate) => candidate.kernelLibrary === kernelLibrary);
  const core = board === undefined ? undefined : boardById(board)?.core;
  const runs = core === undefined || runtime?.isas.includes(knownCore(core).kernelIsa) === true;
  return runs ? runtime?.id : undefined;
}

/** The library that a framework usually brings for the kernels of a runtime. */
export function usualLibrary(framework: string, runtime: RuntimeId): Library | undefined {
  const { kernelLibrary } = knownRuntime(runtime);
  return libraries.find(
    (library) =>
      library.usualFor?.includes(framework) === true &&
      (library.kernelLibrary === undefined || library.kernelLibrary === kernelLibrary),
  );
}

/** The version to assume for that: the newest release of that library, else the newest TFLM. */
export function usualVersion(framework: string, runtime: RuntimeId): string {
  return (usualLibrary(framework, runtime)?.releases ?? tfliteMicro.releases)[0].id;
}

/** Ids of all releases of libraries of kernels: what a target's `kernelsVersion` may be. */
export function kernelsVersions(): readonly string[] {
  return libraries.filter(({ holds }) => holds === 'kernels').flatMap(({ releases }) => releases.map(({ id }) => id));
}
