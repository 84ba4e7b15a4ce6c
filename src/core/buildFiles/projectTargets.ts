import type { EnvironmentChoice } from './activeEnvironment';
import { activeBuild, namedFolders } from './activeBuild';
import type { BuildProject } from './buildProjects';
import type { AppPartition } from './partitions/appPartition';
import { appPartition } from './partitions/appPartition';
import type { ProposedTarget } from './proposal';
import { commonTarget, proposedTarget } from './proposal';

/** What one project of a folder is built for. */
export interface ProjectTarget {
  /** In the folder that is looked through; `''` for that itself. */
  readonly folder: string;
  /** Its environments by name; empty where it has none. */
  readonly environments: readonly string[];
  /** The one that counts; absent where it has none, or several and nothing says which. */
  readonly environment?: string;
  /** Folders in the project that its builds were written to, the newest first; the one that counts. */
  readonly builds: readonly string[];
  readonly build?: string;
  /** Folders that its files name for builds, `*` for what is not known of a name. */
  readonly namedBuilds: readonly string[];
  /** Of that environment; else what all have in common. */
  readonly target: ProposedTarget;
  /** What that environment's program must fit into, where the flash is divided and its table is known. */
  readonly partition?: AppPartition;
  /** Complete sentences about its files. */
  readonly problems: readonly string[];
}

/** What a project is built for, in the environment that counts. */
export function projectTarget(project: BuildProject, choice: EnvironmentChoice = {}): ProjectTarget {
  const { environment: active, folder: build } = activeBuild(project, choice);
  const name = active?.name;
  const partition = active && appPartition(active.facts, project.folder);
  return {
    folder: project.folder,
    environments: project.environments.map((each) => each.name).filter((each) => each !== undefined),
    ...(name === undefined ? {} : { environment: name }),
    builds: choice.builds ?? [],
    ...(build === undefined ? {} : { build }),
    namedBuilds: [...new Set(namedFolders(project).map(({ path }) => path))],
    target: active === undefined ? commonTarget(project.environments.map(proposedTarget)) : proposedTarget(active),
    ...(partition === undefined ? {} : { partition }),
    problems: project.problems,
  };
}
