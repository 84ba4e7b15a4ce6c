import type { FactOf } from '../buildFiles/facts';
import { fileNameOf } from '../buildFiles/syntax/paths';
import type { TextEdit } from '../model/problem';
import { replacingFact } from './buildEdits';

type Writer = (name: string, version: string, before: string) => string | undefined;

/**
 * How files ask for a version of a library, by their names: what stands in the place of the fact. Nothing where the
 * version is a name in a repository, which may be called otherwise there.
 */
const writers: readonly (readonly [files: RegExp, write: Writer])[] = [
  [/^platformio\.ini$/, (name, version) => `${name}@${version}`],
  [/^idf_component\.yml$/, (_, version, before) => (before === '' ? undefined : `"==${version}"`)],
  [/^sketch\.ya?ml$/, (name, version) => `${name} (${version})`],
  [/^west\.yml$/, (_, version, before) => (before.startsWith('zephyr_') ? `zephyr_${version}` : undefined)],
];

/** The edit of a build file that asks for a version of a library; nothing where that file is no place to ask. */
export function versionEdit({ value, place }: FactOf<'library'>, version: string): TextEdit | undefined {
  const isOfManifest = fileNameOf(place.file) === 'west.yml';
  // A repository has branches and commits; a copy that lies in the project has the version that it is.
  if (
    (!isOfManifest && /:\/\/|^git@/.test(value.name)) ||
    /(?:^|\/)(?:managed_components|components)\/[^/]+\/[^/]+$/.test(place.file)
  )
    return undefined;
  const [, write] = writers.find(([files]) => files.test(fileNameOf(place.file))) ?? [];
  const text = write?.(value.name, version, value.version ?? '');
  return text === undefined ? undefined : replacingFact(place, text);
}
