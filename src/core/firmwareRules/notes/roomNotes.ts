import { leftText } from '../../lastBuild/regionText';
import { exactBytesText } from '../../text/units';
import { arenaPlace, sizedArenas } from '../arenas';
import type { ArenaRoom } from '../builtRooms';
import { arenaRoom, staleSentence } from '../builtRooms';
import type { FirmwareContext, FirmwareNote } from '../rule';

/** Beside the size of an arena: what the last build left of its memory. */
export function roomNotes(context: FirmwareContext): readonly FirmwareNote[] {
  return sizedArenas(context).flatMap((arena): readonly FirmwareNote[] => {
    const room = arenaRoom(context, arena.pairing);
    if (room === undefined) return [];
    return [{ ...arenaPlace(arena), hint: hintOf(room), says: sentencesOf(room), models: [], places: [] }];
  });
}

function hintOf(room: ArenaRoom): string {
  const { region, build } = room;
  return `${region.name}: ${leftText(room.freeBytes)}${build.newerSource === undefined ? '' : ' in an older build'}`;
}

function sentencesOf(room: ArenaRoom): readonly string[] {
  const { region, build, name, variableBytes } = room;
  const beside =
    variableBytes === undefined || name === undefined ? '' : ` beside the ${exactBytesText(variableBytes)} of ${name}`;
  return [
    `After the last build (${build.file}) ${region.name} has ${leftText(room.freeBytes)} of ${exactBytesText(region.bytes)}${beside}.`,
    ...(region.heapBytes === 0 ? [] : ['The heap was given all of them: what it is asked for is not known.']),
    ...staleSentence(build),
  ];
}
