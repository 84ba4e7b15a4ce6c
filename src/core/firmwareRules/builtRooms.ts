import { exactBytesText } from '../text/units';
import type { LastBuild } from '../lastBuild/lastBuild';
import type { BuiltRoom } from '../lastBuild/room';
import { roomOf } from '../lastBuild/room';
import type { FirmwareContext, ModelPairing } from './rule';

/** What the last build left of the memory of an arena. */
export interface ArenaRoom extends BuiltRoom {
  readonly build: LastBuild;
  /** The arena's name; absent for memory that is asked for as the program runs. */
  readonly name?: string;
}

/** Nothing where no build says so, or the arena may be one of several. */
export function arenaRoom({ buildOf }: FirmwareContext, { file, arena }: ModelPairing): ArenaRoom | undefined {
  const build = buildOf(file.path)?.last;
  const [origin] = arena?.origins ?? [];
  if (build === undefined || arena?.origins.length !== 1 || origin.kind === 'unknown') return undefined;
  const name = origin.kind === 'variable' ? origin.variable.variable.name : undefined;
  const room = roomOf(build, name);
  return room && { ...room, build, ...(name === undefined ? {} : { name }) };
}

/** That the build is older than a source; nothing where it is not. */
export function staleSentence({ file, newerSource }: LastBuild): readonly string[] {
  return newerSource === undefined ? [] : [`${newerSource} was changed since ${file} was linked: build again.`];
}

/** RAM that a model of a project may take, as its last build says. */
export interface ProjectRoom {
  /** Of the project, in the folder that is looked through. */
  readonly folder: string;
  /** The map that says so. */
  readonly file: string;
  readonly ramBytes: number;
  /** A sentence: what it is made of. */
  readonly source: string;
}

/**
 * For each project with one static arena: what is free in its memory, and the arena itself, which the model is to have.
 * Nothing where a heap shares what is free, since it is not known how much of it.
 */
export function projectRooms(context: FirmwareContext): readonly ProjectRoom[] {
  const found = new Map<string, Map<string, ProjectRoom | undefined>>();
  for (const pairing of context.pairings) {
    const folder = context.buildOf(pairing.file.path)?.folder;
    if (folder === undefined || pairing.activity === 'no') continue;
    const room = arenaRoom(context, pairing);
    const arenas = found.get(folder) ?? new Map<string, ProjectRoom | undefined>();
    found.set(folder, arenas.set(room?.name ?? '', room && projectRoom(folder, room)));
  }
  return [...found.values()].flatMap((arenas) => {
    const [only] = arenas.values();
    return arenas.size === 1 && only !== undefined ? [only] : [];
  });
}

function projectRoom(
  folder: string,
  { region, freeBytes, variableBytes, name, build }: ArenaRoom,
): ProjectRoom | undefined {
  if (variableBytes === undefined || name === undefined || region.heapBytes > 0) return undefined;
  const free = freeBytes < 0 ? `${exactBytesText(-freeBytes)} too many` : `${exactBytesText(freeBytes)} free`;
  return {
    folder,
    file: build.file,
    ramBytes: Math.max(0, variableBytes + freeBytes),
    source: [
      `After the last build (${build.file}) ${region.name} has ${free} beside the ${exactBytesText(variableBytes)} of ${name}.`,
      ...staleSentence(build),
    ].join(' '),
  };
}
