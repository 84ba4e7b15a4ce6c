import { join } from 'node:path';
import type { EnvironmentChoice } from '../core/buildFiles/activeEnvironment';
import { isOfPattern } from '../core/buildFiles/syntax/folderPattern';
import { builtKind, isBuildFolder, mayHoldProgram } from '../core/lastBuild/buildFolders';
import { HumanError } from '../core/model/problem';
import { foldersNewestFirst, modifiedMs } from './newestFirst';
import { filesBelow } from './walking';

/** A project in a folder that is looked through. */
interface ProjectPlace {
  readonly root: string;
  /** In it; `''` for that itself. */
  readonly folder: string;
  /** Folders in the project that its files name for builds (`namedFolders`). */
  readonly namedBuilds: readonly string[];
}

/** What was built of a project: environments of PlatformIO, else folders. */
export function builtOf(place: ProjectPlace): Pick<EnvironmentChoice, 'newestBuilt' | 'builds'> {
  const newestBuilt = foldersNewestFirst(join(place.root, place.folder, '.pio', 'build'));
  return { newestBuilt, builds: newestBuilt.length > 0 ? [] : buildFolders(place) };
}

/** Levels below a build folder in which programs are looked for: `build/app/zephyr`, `build/src/hardware/app`. */
export const mostLevels = 3;

/** Levels below a folder of builds in which each has a folder of its own: `out/build/debug`. */
const mostBuildLevels = 2;

/**
 * Folders in a project that builds were written to, those first in which something was written last: the ones that its
 * files name, and the ones that are called as builds usually are.
 */
export function buildFolders({ root, folder, namedBuilds }: ProjectPlace): readonly string[] {
  const project = join(root, folder);
  const usual = foldersNewestFirst(project).filter(isBuildFolder);
  const named = namedBuilds.flatMap((pattern) => matching(project, pattern.split('/')));
  const all = [...new Set([...named, ...usual.flatMap((name) => separateBuilds(project, name, mostBuildLevels))])];
  return all
    .map((name) => ({ name, timeMs: newestIn(root, folder === '' ? name : `${folder}/${name}`) }))
    .filter(({ timeMs }) => timeMs > 0)
    .sort((left, right) => right.timeMs - left.timeMs)
    .map(({ name }) => name);
}

/** Folders of one level whose names are not known of which more are not looked at. */
const mostMatches = 20;

/** Folders in another whose names are like parts of a pattern. */
function matching(project: string, [part, ...rest]: readonly string[], above = ''): readonly string[] {
  const names = part.includes('*')
    ? foldersNewestFirst(join(project, above))
        .filter((name) => isOfPattern(name, part))
        .slice(0, mostMatches)
    : [part];
  const found = names.map((name) => (above === '' ? name : `${above}/${name}`));
  return rest.length === 0 ? found : found.flatMap((name) => matching(project, rest, name));
}

/** A folder that CMake was run in is one build; else those in it are, where CMake was run in them. */
function separateBuilds(project: string, name: string, levels: number): readonly string[] {
  if (levels === 0 || isConfigured(join(project, name))) return [name];
  const inside = foldersNewestFirst(join(project, name)).flatMap((each) =>
    separateBuilds(project, `${name}/${each}`, levels - 1).filter((found) => isConfigured(join(project, found))),
  );
  return inside.length === 0 ? [name] : inside;
}

function isConfigured(folder: string): boolean {
  return modifiedMs(join(folder, 'CMakeCache.txt')) > 0;
}

/** When the newest program or map of a build was written, else when it was configured; 0 where neither is there. */
function newestIn(root: string, folder: string): number {
  const built = builtIn(root, folder, mostLevels).map(({ timeMs }) => timeMs);
  return built.length > 0 ? Math.max(...built) : modifiedMs(join(root, folder, 'CMakeCache.txt'));
}

export interface BuiltFile {
  readonly path: string;
  readonly folder: string;
  /** The build folder that it lies in. */
  readonly top: string;
  readonly kind: 'program' | 'map';
  readonly of: string;
  readonly timeMs: number;
}

/** Programs and maps in a folder, and as many levels below it. */
export function builtIn(root: string, folder: string, levels: number): BuiltFile[] {
  const { paths } = filesIn(join(root, folder), {
    isWanted: (path) => builtKind(nameOf(path)) !== undefined,
    isEntered: (path) => path.split('/').length <= levels && mayHoldProgram(nameOf(path)),
  });
  return paths.flatMap((path) => {
    const [built, whole] = [builtKind(nameOf(path)), `${folder}/${path}`];
    const timeMs = modifiedMs(join(root, whole));
    return built === undefined || timeMs === 0
      ? []
      : [{ path: whole, folder: folderOf(whole), top: folder, ...built, timeMs }];
  });
}

/** What is left out of a build folder is beside the point. */
export function filesIn(folder: string, walk: Parameters<typeof filesBelow>[1]): ReturnType<typeof filesBelow> {
  try {
    return filesBelow(folder, walk);
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return { paths: [], leftOut: [] };
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
