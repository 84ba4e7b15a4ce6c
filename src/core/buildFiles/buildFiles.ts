import type { BuildFileKind } from './buildFile';
import { mostBuildFileLength } from './buildFile';
import type { BuildReading } from './facts';
import { arduinoJson } from './kinds/arduinoJson';
import { cmakeCache, cmakeLists } from './kinds/cmakeLists';
import { cmakePresets } from './kinds/cmakePresets';
import { cproject } from './kinds/cproject';
import { codeSettings } from './kinds/codeSettings';
import { dependenciesLock, idfComponent, westYml } from './kinds/components';
import { gitmodules } from './kinds/gitmodules';
import { prjConf, sdkconfig, zephyrConfig } from './kinds/kconfig';
import { libraryJson, libraryProperties } from './kinds/library';
import { partitionTable } from './kinds/partitionTable';
import { platformioIni } from './kinds/platformioIni';
import { sketch } from './kinds/sketch';
import { sketchYaml } from './kinds/sketchYaml';
import { vendored } from './kinds/vendored';
import { vendoredKernels } from './kinds/vendoredKernels';
import { wokwiToml } from './kinds/wokwiToml';
import { fileNameOf } from './syntax/paths';

/**
 * All kinds of build files, in the order in which they hold: what a later one says goes over an earlier one. A new one
 * is a file in `kinds/` and a line here.
 */
export const buildFileKinds: readonly BuildFileKind[] = [
  sketch,
  partitionTable,
  cmakeLists,
  westYml,
  idfComponent,
  cproject,
  prjConf,
  sdkconfig,
  arduinoJson,
  codeSettings,
  cmakePresets,
  sketchYaml,
  platformioIni,
  libraryJson,
  libraryProperties,
  dependenciesLock,
  cmakeCache,
  zephyrConfig,
  wokwiToml,
  gitmodules,
  vendored,
  vendoredKernels,
];

/** A kind of build file, the folder of the project that a path of that kind is of, and how binding its name is. */
export interface BuildFilePlace {
  readonly kind: BuildFileKind;
  /** Position in the order in which files hold. */
  readonly rank: number;
  readonly folder: string;
}

/** A name of a kind, as it is compared with paths. */
interface WantedName {
  readonly kind: BuildFileKind;
  readonly rank: number;
  readonly parts: readonly string[];
}

/** Names by their last part, made once: of the thousands of files of a folder hardly one has such a last part. */
interface WantedNames {
  readonly exact: ReadonlyMap<string, readonly WantedName[]>;
  /** With a `*` in their last part, and what stands before and behind it. */
  readonly starred: readonly { readonly name: WantedName; readonly head: string; readonly tail: string }[];
}

let wantedNames: WantedNames | undefined;

function namesOfKinds(): WantedNames {
  const all = buildFileKinds.flatMap((kind, rank) =>
    kind.names.map((name, index): WantedName => ({ kind, rank: rank * 100 + index, parts: name.split('/') })),
  );
  const exact = new Map<string, WantedName[]>();
  const starred = all.flatMap((name) => {
    const last = name.parts[name.parts.length - 1];
    const star = last.indexOf('*');
    if (star >= 0) return [{ name, head: last.slice(0, star), tail: last.slice(star + 1) }];
    exact.set(last, [...(exact.get(last) ?? []), name]);
    return [];
  });
  return { exact, starred };
}

/** What a path is as a build file; nothing for another file. */
export function buildFilePlaceOf(path: string): BuildFilePlace | undefined {
  const { exact, starred } = (wantedNames ??= namesOfKinds());
  const fileName = fileNameOf(path);
  const byStar = starred.filter(({ head, tail }) => fileName.endsWith(tail) && fileName.startsWith(head));
  const byName = exact.get(fileName);
  if (byName === undefined && byStar.length === 0) return undefined;
  const candidates = [...(byName ?? []), ...byStar.map(({ name }) => name)];
  const given = path.split('/');
  const [found] = candidates
    .filter(({ parts }) => {
      const own = given.slice(-parts.length);
      return own.length === parts.length && parts.every((part, at) => isLike(own[at], part));
    })
    .sort((one, other) => one.rank - other.rank);
  return found && { kind: found.kind, rank: found.rank, folder: given.slice(0, -found.parts.length).join('/') };
}

/** Reads a build file of a known kind. Never throws. */
export function readBuildFile(kind: BuildFileKind, text: string, path: string): BuildReading {
  if (text.length > mostBuildFileLength && kind.isSource === true)
    return kind.read(text.slice(0, mostBuildFileLength), path);
  if (text.length > mostBuildFileLength) {
    const sentence = `${fileNameOf(path)} is larger than a file that says how a firmware is built, and is not read.`;
    return { environments: [], problems: [sentence] };
  }
  return kind.read(text, path);
}

/** Whether a part of a path is like a part of a kind's name, where `*` is for any characters. */
export function isLike(name: string, pattern: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return name === pattern;
  return (
    name.length > pattern.length - 1 &&
    name.startsWith(pattern.slice(0, star)) &&
    name.endsWith(pattern.slice(star + 1))
  );
}
