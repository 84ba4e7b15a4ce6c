import type { BuildFileKind } from './buildFile';
import { mostBuildFileLength } from './buildFile';
import type { BuildReading } from './facts';
import { arduinoJson } from './kinds/arduinoJson';
import { cmakeCache, cmakeLists } from './kinds/cmakeLists';
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
  prjConf,
  sdkconfig,
  arduinoJson,
  codeSettings,
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

/** What a path is as a build file; nothing for another file. */
export function buildFilePlaceOf(path: string): BuildFilePlace | undefined {
  const parts = path.split('/');
  for (const [rank, kind] of buildFileKinds.entries()) {
    for (const [index, name] of kind.names.entries()) {
      const wanted = name.split('/');
      const own = parts.slice(-wanted.length);
      if (own.length < wanted.length || !wanted.every((part, at) => isLike(own[at], part))) continue;
      return { kind, rank: rank * 100 + index, folder: parts.slice(0, -wanted.length).join('/') };
    }
  }
  return undefined;
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
  const [head, tail] = pattern.split('*');
  if (tail === undefined) return name === pattern;
  return name.length > head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
}
