import { join } from 'node:path';
import type { BuiltFiles, LastBuild } from '../core/lastBuild/lastBuild';
import { readLastBuild } from '../core/lastBuild/lastBuild';
import { HumanError } from '../core/model/problem';
import { mostBytesOf } from './limits';
import type { BuiltFile } from './builtFiles';
import { buildFolders, builtIn, filesIn, mostLevels } from './builtFiles';
import { bytesOfFile, foldersNewestFirst, modifiedMs } from './newestFirst';
import { readFileSync } from './reading';

/** Where to look for the last build of a project. */
interface BuildPlace {
  /** The folder that is looked through: nothing is read that links lead out of it. */
  readonly root: string;
  /** The project's, in it; `''` for that itself. */
  readonly folder: string;
  /** The environment of PlatformIO that counts; without it the one that was built last. */
  readonly environment?: string;
  /** The build folder that counts, in the project; without it the one that was built last. */
  readonly build?: string;
  /** Folders that the project's files name for builds (`namedFolders`). */
  readonly namedBuilds: readonly string[];
}

/** A build that was found, and what it is known by. */
interface FoundBuild {
  /** The same as long as nothing was built. */
  readonly stamp: string;
  /** When it was linked. */
  readonly timeMs: number;
  read(): BuiltFiles;
}

/** A program and its map are written by one run of the linker: what is older is of another one. */
const longestLinkMs = 60_000;

/** The newest build of a project, that of its environment or build folder where one counts; nothing where none is. */
function newestBuild(place: BuildPlace): FoundBuild | undefined {
  const { root, folder, environment, build } = place;
  const at = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  const pio = at('.pio/build');
  const environments = foldersNewestFirst(join(root, pio));
  const ofEnvironments = environments
    .filter((name) => environment === undefined || name === environment)
    .flatMap((name) => builtIn(root, `${pio}/${name}`, 0));
  const built =
    environments.length > 0
      ? ofEnvironments.filter(({ kind, of }) => kind === 'map' || of === 'firmware' || of === 'program')
      : (build === undefined ? buildFolders(place) : [build]).flatMap((name) => builtIn(root, at(name), mostLevels));
  const [newest] = built.sort((left, right) => right.timeMs - left.timeMs);
  if (newest === undefined) return undefined;
  // PlatformIO has one program an environment, whatever its map is called.
  const isPair = environments.length > 0 ? () => true : ({ of }: BuiltFile) => of === newest.of;
  const pair = built.filter(
    (each) => each.folder === newest.folder && isPair(each) && newest.timeMs - each.timeMs < longestLinkMs,
  );
  return foundBuild(root, folder, pair);
}

function foundBuild(root: string, project: string, pair: readonly BuiltFile[]): FoundBuild {
  const [program, map] = (['program', 'map'] as const).map((kind) => pair.find((each) => each.kind === kind));
  const [{ folder, top }] = pair;
  const commands = commandsAbove(root, folder, project);
  const main = program ?? map ?? pair[0];
  const image = program && imageOf(root, program);
  return {
    stamp: JSON.stringify([pair.map(({ path, timeMs }) => [path, timeMs]), commands?.timeMs, image]),
    timeMs: main.timeMs,
    read: () => ({
      file: (map ?? main).path,
      ...(map === undefined ? {} : { map: textOf(root, map.path) ?? '' }),
      ...(program === undefined ? {} : { program: bytesOf(root, program.path, mostBytesOf.program) }),
      ...(image === undefined ? {} : { imageBytes: image }),
      stackUsage: stackUsageBelow(root, top),
      ...(commands === undefined ? {} : { compileCommands: textOf(root, commands.path) ?? '' }),
    }),
  };
}

/** Size of what was made of a program to be written to flash; what is older was made of another one. */
function imageOf(root: string, { path, timeMs }: BuiltFile): number | undefined {
  const image = join(root, path.replace(/\.\w+$/, '.bin'));
  return modifiedMs(image) < timeMs ? undefined : bytesOfFile(image);
}

/** `compile_commands.json` of the folder that a program lies in, or the nearest above up to the project's. */
function commandsAbove(
  root: string,
  folder: string,
  project: string,
): { readonly path: string; readonly timeMs: number } | undefined {
  for (let at = folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const path = at === '' ? 'compile_commands.json' : `${at}/compile_commands.json`;
    const timeMs = modifiedMs(join(root, path));
    if (timeMs > 0) return { path, timeMs };
    if (at === project || at === '') return undefined;
  }
}

const mostStackFiles = 4000;
const mostStackBytes = 16 * 1024 * 1024;

/** The texts of all `.su` files below a folder. */
function stackUsageBelow(root: string, folder: string): readonly string[] {
  const { paths } = filesIn(join(root, folder), { isWanted: (path) => path.endsWith('.su'), isEntered: () => true });
  const texts: string[] = [];
  let bytes = 0;
  for (const path of paths.slice(0, mostStackFiles)) {
    if (bytes >= mostStackBytes) break;
    const text = textOf(root, `${folder}/${path}`) ?? '';
    bytes += text.length;
    texts.push(text);
  }
  return texts;
}

/** A source that was changed after a time, by its path in a folder. */
function newerSource(root: string, sources: readonly string[], timeMs: number): string | undefined {
  return sources.find((path) => modifiedMs(join(root, path)) > timeMs);
}

function bytesOf(root: string, name: string, mostBytes: number): Uint8Array | undefined {
  try {
    return readFileSync(join(root, name), { name, mostBytes, within: [root] });
  } catch (error) {
    // What cannot be read says nothing: a build may be under way.
    if (!(error instanceof HumanError)) throw error;
    return undefined;
  }
}

function textOf(root: string, name: string): string | undefined {
  const bytes = bytesOf(root, name, mostBytesOf.source);
  return bytes && new TextDecoder().decode(bytes);
}

/** The last builds of the projects of a folder, each read again only after it was built again. */
export class LastBuilds {
  readonly #root: string;
  readonly #known = new Map<string, { readonly stamp: string; readonly build: LastBuild }>();

  constructor(root: string) {
    this.#root = root;
  }

  /** `sources`: paths of sources of the folder, of which one may be newer. */
  of({ folder, ...place }: Omit<BuildPlace, 'root'>, sources: readonly string[]): LastBuild | undefined {
    const found = newestBuild({ root: this.#root, folder, ...place });
    if (found === undefined) return undefined;
    const last = this.#known.get(folder);
    const build = last?.stamp === found.stamp ? last.build : readLastBuild(found.read());
    this.#known.set(folder, { stamp: found.stamp, build });
    const newer = newerSource(
      this.#root,
      sources.filter((path) => folder === '' || path.startsWith(`${folder}/`)),
      found.timeMs,
    );
    return newer === undefined ? build : { ...build, newerSource: newer };
  }
}
