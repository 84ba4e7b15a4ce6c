import type { EnvironmentChoice } from './activeEnvironment';
import { activeEnvironment } from './activeEnvironment';
import type { BuildProject, ProjectEnvironment } from './buildProjects';
import type { BuildFact } from './facts';
import { factsOf } from './facts';
import { isOfPattern } from './syntax/folderPattern';
import { isWithin } from './syntax/paths';

/** What counts of a project: the environment, and the folder that it is built in. */
interface ActiveBuild {
  /** Nothing where it is not known which. Without what the files of other build folders say. */
  readonly environment?: ProjectEnvironment;
  /** In the project; nothing where none was written to. */
  readonly folder?: string;
}

/**
 * The build folder that counts: the one that was chosen, that of the preset which is the environment, the one that the
 * settings of an editor name, the one that was written last.
 */
export function activeBuild(project: BuildProject, choice: EnvironmentChoice = {}): ActiveBuild {
  const { builds = [] } = choice;
  const named = namedFolders(project);
  const presetOf = (folder: string): string | undefined =>
    named.find(({ path, preset }) => preset !== undefined && isOfPattern(folder, path))?.preset;
  const chosen = builds.find((folder) => folder === choice.chosen);
  const presets = builds.map(presetOf).filter((preset) => preset !== undefined);
  const active = activeEnvironment(project, {
    chosen: chosen === undefined ? choice.chosen : presetOf(chosen),
    newestBuilt: [...(choice.newestBuilt ?? []), ...presets],
  });
  const first = (isWanted: (name: NamedFolder) => boolean): string | undefined =>
    builds.find((folder) => named.some((name) => isWanted(name) && isOfPattern(folder, name.path)));
  const folder =
    chosen ??
    first(({ preset }) => preset !== undefined && preset === active?.name) ??
    first(({ preset }) => preset === undefined) ??
    builds.at(0);
  const others = builds.filter((each) => each !== folder).map((each) => inProject(project, each));
  return {
    ...(active === undefined ? {} : { environment: { ...active, facts: without(active.facts, others) } }),
    ...(folder === undefined ? {} : { folder }),
  };
}

interface NamedFolder {
  /** In the project, `*` for what is not known. */
  readonly path: string;
  /** The preset of CMake that says so; else the settings of an editor do. */
  readonly preset?: string;
}

/** Folders that files of a project name as those that builds are written to. */
export function namedFolders({ environments }: BuildProject): readonly NamedFolder[] {
  const facts = environments.flatMap((environment) => factsOf(environment.facts, 'buildFolder'));
  return facts.map(({ value }) => value);
}

function inProject({ folder }: BuildProject, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function without(facts: readonly BuildFact[], folders: readonly string[]): readonly BuildFact[] {
  if (folders.length === 0) return facts;
  return facts.filter(({ place }) => !folders.some((folder) => isWithin(place.file, folder)));
}
