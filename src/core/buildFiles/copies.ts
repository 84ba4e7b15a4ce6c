import type { Library } from '../runtimes/library';
import { runtimes } from '../runtimes/runtimes';
import { isVersionName } from '../runtimes/tflm/versions';
import type { CopiedKernels } from '../runtimes/vendored';
import { vendoredVersion } from '../runtimes/vendored';
import { vendoredKernelsVersion } from '../runtimes/vendoredKernels';
import type { BuildFact, FactOf, FactPlace } from './facts';
import { factsOf } from './facts';

/** Files of a copy of which fewer say too little. */
const leastFiles = 3;

/**
 * The version of the copies of TFLM that lie in the project, by their contents: under the library's own name for it.
 * Copies that differ say none.
 */
export function copiedVersion(facts: readonly BuildFact[], library: Library | undefined): CopiedVersion | undefined {
  const copies = new Map<string, FactOf<'vendored'>[]>();
  for (const file of factsOf(facts, 'vendored')) {
    copies.set(file.value.copy, [...(copies.get(file.value.copy) ?? []), file]);
  }
  const found = [...copies.values()].map((files) => ({ files, version: versionOfCopy(files) }));
  const [{ files, version } = { files: [], version: undefined }] = found;
  if (version === undefined || found.some((each) => each.version?.tflmVersion !== version.tflmVersion))
    return undefined;
  const own = library?.releases.find(({ id }) => version.releases.includes(id));
  const value = own?.id ?? version.tflmVersion;
  const [telling] = files.filter(({ value: { since } }) => since !== undefined);
  if (!isVersionName(value)) return undefined;
  return { said: { key: 'tflmVersion', value, place: telling.place }, copies: [...copies.keys()] };
}

export interface CopiedVersion {
  readonly said: { readonly key: 'tflmVersion'; readonly value: string; readonly place: FactPlace };
  /** Folders in which the copies lie. */
  readonly copies: readonly string[];
}

function versionOfCopy(files: readonly FactOf<'vendored'>[]): ReturnType<typeof vendoredVersion> {
  const version = files.length < leastFiles ? undefined : vendoredVersion(files.map(({ value }) => value));
  return version === undefined || version.agreeing < leastFiles ? undefined : version;
}

/**
 * The runtime that the copies of TFLM in a project are, by the kernels that lie in them: copies with those of several
 * libraries, of which a build chooses, and copies that differ say none. Espressif's build takes its own where it has
 * some.
 */
export function copiedRuntime(
  facts: readonly BuildFact[],
): { readonly id: string; readonly place: FactPlace } | undefined {
  const copies = new Map<string, FactOf<'vendoredKernels'>[]>();
  for (const file of factsOf(facts, 'vendoredKernels')) {
    copies.set(file.value.copy, [...(copies.get(file.value.copy) ?? []), file]);
  }
  const found = [...copies.values()].map((files) => ({ files, library: kernelsOfCopy(files) }));
  const [{ files, library } = { files: [], library: undefined }] = found;
  if (library === undefined || found.some((each) => each.library !== library)) return undefined;
  const id = runtimes.find((runtime) => runtime.kernelLibrary === library)?.id;
  return id === undefined ? undefined : { id, place: files[0].place };
}

function kernelsOfCopy(files: readonly FactOf<'vendoredKernels'>[]): CopiedKernels | undefined {
  const held = new Set(files.map(({ value }) => value.library));
  if (held.has('esp_nn')) held.delete('reference');
  const [library] = held;
  return held.size === 1 && library !== 'other' ? library : undefined;
}

/** The release of the copies of a library of kernels that lie in a project; copies that differ say none. */
export function copiedRelease(
  facts: readonly BuildFact[],
  library: string,
): { readonly key: 'kernelsVersion'; readonly value: string; readonly place: FactPlace } | undefined {
  const copies = new Map<string, FactOf<'vendoredRelease'>[]>();
  for (const file of factsOf(facts, 'vendoredRelease').filter(({ value }) => value.library === library)) {
    copies.set(file.value.copy, [...(copies.get(file.value.copy) ?? []), file]);
  }
  const found = [...copies.values()].map((files) => ({
    place: files[0].place,
    value: vendoredKernelsVersion(files.map(({ value }) => value)),
  }));
  const [{ place, value } = {}] = found;
  if (place === undefined || value === undefined || found.some((each) => each.value !== value)) return undefined;
  return { key: 'kernelsVersion', value, place };
}
