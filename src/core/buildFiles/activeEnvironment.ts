import type { BuildProject, ProjectEnvironment } from './buildProjects';

/** What is known besides the files. */
export interface EnvironmentChoice {
  /** The environment, or else the build folder, that the user chose. */
  readonly chosen?: string;
  /** Environments that were built, the newest first. */
  readonly newestBuilt?: readonly string[];
  /** Folders in the project that builds were written to, the newest first. */
  readonly builds?: readonly string[];
}

/**
 * The environment that counts: the one that was chosen, the only one, the only default, the one that was built last,
 * the one that another tool runs. Nothing where none of these says which.
 */
export function activeEnvironment(
  { environments, defaults, built }: BuildProject,
  { chosen, newestBuilt = [] }: EnvironmentChoice = {},
): ProjectEnvironment | undefined {
  const named = (name: string | undefined): ProjectEnvironment | undefined =>
    name === undefined ? undefined : environments.find((environment) => environment.name === name);
  if (environments.length === 1) return environments[0];
  const among = defaults.length === 0 ? newestBuilt : newestBuilt.filter((name) => defaults.includes(name));
  const only = new Set(defaults);
  return named(chosen) ?? (only.size === 1 ? named(defaults[0]) : undefined) ?? named(among.at(0)) ?? named(built);
}
