import type { BuildEnvironment, BuildFact, FactKind } from './facts';
import { factsOf, lastFact } from './facts';
import type { FolderFile } from './ownFiles';
import { folderOf, isWithin, resolvedPath } from './syntax/paths';

/** A definition that holds for the sources below a folder. */
interface ScopedFact {
  readonly folder: string;
  readonly fact: BuildFact;
}

/** What is built together, as all files of its project say. */
export interface ProjectEnvironment {
  /** Absent where the project has no environments. */
  readonly name?: string;
  /** A later one holds over an earlier one of its kind. */
  readonly facts: readonly BuildFact[];
  readonly definitions: readonly ScopedFact[];
  readonly areDefinitionsComplete: boolean;
}

/** A firmware that is built by itself. */
export interface BuildProject {
  /** In the folder that is looked through; `''` for that itself. */
  readonly folder: string;
  readonly environments: readonly ProjectEnvironment[];
  /** Environments that are built where none is asked for. */
  readonly defaults: readonly string[];
  /** The environment whose result another tool runs. */
  readonly built?: string;
  /** Complete sentences about its files. */
  readonly problems: readonly string[];
}

/** The projects that files belong to, each to the nearest above it. */
export function buildProjects(files: readonly FolderFile[]): readonly BuildProject[] {
  const roots = rootsOf(files);
  const groups = new Map<string, FolderFile[]>();
  const add = (folder: string, file: FolderFile): void => {
    const group = groups.get(folder);
    if (group === undefined) groups.set(folder, [file]);
    else group.push(file);
  };
  const [copies, own] = [true, false].map((is) => files.filter((file) => isCopy(file) === is));
  for (const file of own) {
    const folder = nearestAbove(roots, file.place.folder) ?? ownHomeOf(file);
    if (folder !== undefined) add(folder, file);
  }
  for (const file of [...copies, ...files.flatMap(saidOfFoldersBelow)]) {
    const folder = nearestAbove(roots, file.place.folder) ?? homeOf(file, groups);
    if (folder !== undefined) add(folder, file);
  }
  for (const [folder, used] of usedFolders(files, roots)) {
    const isUsed = (file: FolderFile): boolean =>
      isCopy(file) ? isWithin(file.place.folder, used) : file.place.folder === used;
    for (const file of files.filter(isUsed)) if (groups.get(folder)?.includes(file) === false) add(folder, file);
  }
  return [...groups].map(([folder, group]) => projectOf(folder, group)).filter(saysAnything);
}

/** What is only part of a project says nothing outside of all. */
function ownHomeOf({ place }: FolderFile): string | undefined {
  return place.kind.isPart === true ? undefined : place.folder;
}

function isCopy({ place }: FolderFile): boolean {
  return place.kind.isVendored === true;
}

/** What a file says of folders below its own, as files there. */
function saidOfFoldersBelow({ path, place, reading }: FolderFile): readonly FolderFile[] {
  return (reading.below ?? []).map(({ folder, facts }) => ({
    path,
    place: { ...place, folder: resolvedPath(place.folder, folder) ?? place.folder },
    reading: { environments: [{ facts }], problems: [] },
  }));
}

/** Folders outside of projects whose libraries they build, by the folder of the project. */
function usedFolders(
  files: readonly FolderFile[],
  roots: ReadonlySet<string>,
): readonly (readonly [project: string, used: string])[] {
  return files.flatMap(({ path, place, reading }) =>
    (reading.uses ?? []).flatMap((used) => {
      const folder = nearestAbove(roots, place.folder) ?? place.folder;
      const resolved = resolvedPath(folderOf(path), used);
      return resolved === undefined || isWithin(resolved, folder) ? [] : [[folder, resolved] as const];
    }),
  );
}

/** A copy of a library begins no project: outside of all it is that of the only one, or of the folder as a whole. */
function homeOf({ place }: FolderFile, groups: ReadonlyMap<string, readonly FolderFile[]>): string | undefined {
  const [only = ''] = groups.keys();
  return nearestAbove(groups, place.folder) ?? (groups.size <= 1 ? only : undefined);
}

function rootsOf(files: readonly FolderFile[]): ReadonlySet<string> {
  const firm = new Set(files.filter(({ reading }) => reading.isRoot === 'firmly').map(({ place }) => place.folder));
  const alone = files.filter(({ reading }) => reading.isRoot === 'alone').map(({ place }) => place.folder);
  return new Set([...firm, ...alone.filter((folder) => nearestAbove(firm, folder) === undefined)]);
}

/** The nearest of some folders that a folder is, or lies in. */
function nearestAbove(folders: Pick<ReadonlySet<string>, 'has'>, folder: string): string | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    if (folders.has(at)) return at;
    if (at === '') return undefined;
  }
}

/** What files below the folder of a project say of it: those of a library say nothing of the board. */
const saidBelow: ReadonlySet<FactKind> = new Set([
  'library',
  'define',
  'framework',
  'vendored',
  'partition',
  'vendoredKernels',
  'vendoredRelease',
]);

function projectOf(folder: string, files: readonly FolderFile[]): BuildProject {
  const own = files.map((file) => (file.place.folder === folder ? file : partly(file)));
  const ordered = own.sort(
    (left, right) =>
      left.place.rank - right.place.rank || Number(left.path > right.path) - Number(left.path < right.path),
  );
  const declared = ordered.filter(({ reading }) => reading.environments.some(({ name }) => name !== undefined));
  const names = new Set(
    declared
      .filter(({ place }) => place.kind.hasEnvironments === true && place.folder === folder)
      .flatMap(({ reading }) => reading.environments.map(({ name }) => name)),
  );
  const environments = [...(names.size === 0 ? [undefined] : names)].map((name) => environmentOf(name, ordered));
  return {
    folder,
    environments,
    defaults: ordered.flatMap(({ reading }) => reading.defaults ?? []).filter((name) => names.has(name)),
    ...builtOf(ordered, names),
    problems: ordered.flatMap(({ reading }) => reading.problems),
  };
}

function partly({ reading, ...file }: FolderFile): FolderFile {
  const environments = reading.environments.map((environment) => ({
    ...environment,
    facts: environment.facts.filter(({ kind }) => saidBelow.has(kind)),
  }));
  return { ...file, reading: { ...reading, environments } };
}

function builtOf(files: readonly FolderFile[], names: ReadonlySet<string | undefined>): { readonly built?: string } {
  const built = files.map(({ reading }) => reading.built).filter((name) => name !== undefined && names.has(name));
  return built.length === 0 ? {} : { built: built.at(-1) };
}

function environmentOf(name: string | undefined, files: readonly FolderFile[]): ProjectEnvironment {
  const withName = (wanted: (own: string | undefined) => boolean): readonly Said[] =>
    files.flatMap(({ place, reading }) =>
      reading.environments.filter((each) => wanted(each.name)).map((environment) => ({ place, environment })),
    );
  const common = withName((own) => own === undefined || (name !== undefined && own === name));
  const chip = chipOf(common.flatMap(({ environment }) => environment.facts));
  const said = withName(
    (own) => own === undefined || own === name || (chip !== undefined && own === `defaults.${chip}`),
  );
  const ordered = [...said].sort((left, right) => left.place.rank - right.place.rank);
  const facts = ordered.flatMap(({ environment }) => environment.facts);
  return {
    ...(name === undefined ? {} : { name }),
    facts,
    definitions: ordered.flatMap(({ place, environment }) =>
      factsOf(environment.facts, 'define').map((fact) => ({ folder: place.folder, fact })),
    ),
    areDefinitionsComplete: ordered.some(({ environment }) => environment.areDefinitionsComplete === true),
  };
}

interface Said {
  readonly place: FolderFile['place'];
  readonly environment: BuildEnvironment;
}

/** The chip of ESP-IDF, as its configuration or another file says. */
export function chipOf(facts: readonly BuildFact[]): string | undefined {
  const configured = factsOf(facts, 'config').filter(({ value }) => value.name === 'CONFIG_IDF_TARGET');
  return configured.at(-1)?.value.value ?? lastFact(facts, 'chip')?.value;
}

/** A folder whose files say nothing of what is built is no project. */
function saysAnything({ environments, problems }: BuildProject): boolean {
  return problems.length > 0 || environments.some(({ facts }) => facts.length > 0);
}
