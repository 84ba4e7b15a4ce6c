import type { CompiledFile } from './compileCommands';
import { readCompileCommands } from './compileCommands';
import type { ElfFile } from './elfFile';
import { readElf } from './elfFile';
import type { LinkedObject } from './mapParts';
import { readLinkerMap } from './linkerMap';
import type { LinkedRegion } from './memories';
import { takenOf } from './memories';
import type { StackFrame } from './stackUsage';
import { stackFrames } from './stackUsage';

/** What was built last of a firmware, as the files of its build folder say. Parts that are not there are empty. */
export interface LastBuild {
  /** The file that was linked, or its map, by its path in the folder that is looked through. */
  readonly file: string;
  readonly regions: readonly LinkedRegion[];
  readonly objects: readonly LinkedObject[];
  readonly program?: ElfFile;
  /** What is written to flash; `isLeast`: of the program's sections, without headers and what fills gaps. */
  readonly image?: { readonly bytes: number; readonly isLeast: boolean };
  readonly frames: readonly StackFrame[];
  readonly compiled: readonly CompiledFile[];
  /** A source that was changed since then. */
  readonly newerSource?: string;
  /** Complete sentences. */
  readonly problems: readonly string[];
}

/** The files of a build folder, as they were read. */
export interface BuiltFiles {
  readonly file: string;
  readonly map?: string;
  readonly program?: Uint8Array;
  /** Size of the file that is written to flash (`.bin`). */
  readonly imageBytes?: number;
  readonly stackUsage?: readonly string[];
  readonly compileCommands?: string;
  readonly newerSource?: string;
}

/** Reads a build folder's files. What is damaged says nothing, or a sentence. */
export function readLastBuild(files: BuiltFiles): LastBuild {
  const map = files.map === undefined ? undefined : readLinkerMap(files.map);
  const program = files.program === undefined ? undefined : readElf(files.program);
  const commands = readCompileCommands(files.compileCommands ?? '');
  const isUnread = map === undefined && program === undefined;
  return {
    file: files.file,
    // The program knows its sections as well as the map, and says which of them have no values.
    regions: map === undefined ? [] : takenOf(map.memories, map.sections),
    objects: map?.objects ?? [],
    ...(program === undefined ? {} : { program }),
    ...imageOf(files.imageBytes, program),
    frames: (files.stackUsage ?? []).flatMap(stackFrames),
    compiled: commands.files,
    ...(files.newerSource === undefined ? {} : { newerSource: files.newerSource }),
    problems: [
      ...(isUnread
        ? [`${files.file} says nothing of the last build: it is damaged, or half written. Build again.`]
        : []),
      ...commands.problems,
    ],
  };
}

function imageOf(imageBytes: number | undefined, program: ElfFile | undefined): Pick<LastBuild, 'image'> {
  if (imageBytes !== undefined) return { image: { bytes: imageBytes, isLeast: false } };
  return program === undefined ? {} : { image: { bytes: program.loadedBytes, isLeast: true } };
}
