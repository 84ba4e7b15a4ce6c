import type { EnvironmentChoice } from './activeEnvironment';
import { activeBuild } from './activeBuild';
import { readBuildFile } from './buildFiles';
import type { BuildProject } from './buildProjects';
import { buildProjects } from './buildProjects';
import { configFacts } from './configFacts';
import type { Defined } from './definitions';
import { definitionsFor } from './definitions';
import type { BuildFact } from './facts';
import { projectAbove } from './fileNames';
import type { FolderFile } from './ownFiles';
import { ownBuildFilePlace } from './ownFiles';
import type { ProjectTarget } from './projectTargets';
import { projectTarget } from './projectTargets';
import { isWithin } from './syntax/paths';

/** Build files of a folder that are kept; others are left out. */
const mostFiles = 5000;

/** The projects of one folder, by their build files, each of which is read when it comes in. */
export class FolderProjects {
  readonly #files = new Map<string, FolderFile>();
  readonly #choices = new Map<string, EnvironmentChoice>();
  /** By project and the folders whose definitions hold. */
  readonly #defined = new Map<string, Defined>();
  #projects?: readonly BuildProject[];
  #targets?: readonly ProjectTarget[];

  /** Takes a file in, or its new text; what says nothing of a build is left out. */
  set(path: string, text: string): void {
    this.delete(path);
    const place = ownBuildFilePlace(path);
    if (place === undefined || this.#files.size >= mostFiles) return;
    this.#files.set(path, { path, place, reading: readBuildFile(place.kind, text, path) });
  }

  delete(path: string): void {
    this.#files.delete(path);
    this.#projects = undefined;
    this.#forgetTargets();
  }

  /** What is known of the environments of a project besides its files; what is not given stays. */
  choose(folder: string, choice: EnvironmentChoice): void {
    const before = this.#choices.get(folder);
    const now = { ...before, ...choice };
    if (JSON.stringify(now) === JSON.stringify(before)) return;
    this.#choices.set(folder, now);
    this.#forgetTargets();
  }

  /** What each project is built for. */
  get targets(): readonly ProjectTarget[] {
    return (this.#targets ??= this.#all.map((project) => projectTarget(project, this.#choices.get(project.folder))));
  }

  /** What the project is built for that a file belongs to. */
  targetFor(path: string): ProjectTarget | undefined {
    const folder = projectAbove(this.#all, path)?.folder;
    return folder === undefined ? undefined : this.targets.find((target) => target.folder === folder);
  }

  /** What is known of the environment that counts, for the project of a file; nothing where it is not known which. */
  factsFor(path: string): readonly BuildFact[] | undefined {
    const project = projectAbove(this.#all, path);
    const active = project && activeBuild(project, this.#choices.get(project.folder)).environment;
    return active && [...active.facts, ...configFacts(active.facts)];
  }

  /** The names that a build defines for a source; nothing where it is not known which build. */
  definitionsFor(path: string): Defined | undefined {
    const project = projectAbove(this.#all, path);
    const active = project && activeBuild(project, this.#choices.get(project.folder)).environment;
    if (project === undefined || active === undefined) return undefined;
    const scopes = active.definitions.map(({ folder }) => folder).filter((folder) => isWithin(path, folder));
    const key = [project.folder, ...new Set(scopes)].join('\n');
    const known = this.#defined.get(key) ?? definitionsFor(active, path);
    this.#defined.set(key, known);
    return known;
  }

  #forgetTargets(): void {
    this.#targets = undefined;
    this.#defined.clear();
  }

  get #all(): readonly BuildProject[] {
    return (this.#projects ??= buildProjects([...this.#files.values()]));
  }
}
