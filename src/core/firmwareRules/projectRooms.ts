import { leftText } from '../lastBuild/regionText';
import { exactBytesText } from '../text/units';
import type { ArenaRoom } from './builtRooms';
import { arenaRoom, staleSentence } from './builtRooms';
import type { HeldArray } from './flashRooms';
import { flashRooms } from './flashRooms';
import type { FirmwareContext } from './rule';

/** What a model of a project may take, as its last build says. */
export interface ProjectRoom {
  /** Of the project, in the folder that is looked through. */
  readonly folder: string;
  /** The map that says so. */
  readonly file: string;
  readonly ramBytes?: number;
  /** A sentence: what it is made of. */
  readonly ramSource?: string;
  /** Of the model alone: the library that runs it was linked already. */
  readonly modelFlashBytes?: number;
  readonly flashSource?: string;
}

/** What the last builds leave to models, project by project. `arrays`: those that hold models, built or not. */
export function projectRooms(context: FirmwareContext, arrays: readonly HeldArray[]): readonly ProjectRoom[] {
  const byFolder = new Map<string, ProjectRoom>();
  for (const room of [...ramRooms(context), ...flashRooms(context, arrays)]) {
    byFolder.set(room.folder, { ...byFolder.get(room.folder), ...room });
  }
  return [...byFolder.values()];
}

/**
 * For each project with one static arena: what is free in its memory, and the arena itself, which the model is to have.
 * Nothing where a heap shares what is free, since it is not known how much of it.
 */
function ramRooms(context: FirmwareContext): readonly ProjectRoom[] {
  const found = new Map<string, Map<string, ProjectRoom | undefined>>();
  for (const pairing of context.pairings) {
    const folder = context.buildOf(pairing.file.path)?.folder;
    if (folder === undefined || pairing.activity === 'no') continue;
    const room = arenaRoom(context, pairing);
    const arenas = found.get(folder) ?? new Map<string, ProjectRoom | undefined>();
    found.set(folder, arenas.set(room?.name ?? '', room && ramRoom(folder, room)));
  }
  return [...found.values()].flatMap((arenas) => {
    const [only] = arenas.values();
    return arenas.size === 1 && only !== undefined ? [only] : [];
  });
}

function ramRoom(
  folder: string,
  { region, freeBytes, variableBytes, name, build }: ArenaRoom,
): ProjectRoom | undefined {
  if (variableBytes === undefined || name === undefined || region.heapBytes > 0) return undefined;
  return {
    folder,
    file: build.file,
    ramBytes: Math.max(0, variableBytes + freeBytes),
    ramSource: [
      `After the last build (${build.file}) ${region.name} has ${leftText(freeBytes)} beside the ${exactBytesText(variableBytes)} of ${name}.`,
      ...staleSentence(build),
    ].join(' '),
  };
}
