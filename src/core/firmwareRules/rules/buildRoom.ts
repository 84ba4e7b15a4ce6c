import { exactBytesText } from '../../text/units';
import { arenaPlace, sizedArenas } from '../arenas';
import { arenaRoom, staleSentence } from '../builtRooms';
import { modelName } from '../needs';
import type { FirmwareHit, FirmwareRule } from '../rule';

/** An arena that the memory has no room for, beside what the last build put there. */
export const buildRoom: FirmwareRule = {
  code: 'firmware-build-room',
  severity: 'error',
  documentation: 'The tensor arena, or what the model needs of it, is more than the last build leaves of its memory.',
  find: (context) =>
    sizedArenas(context).flatMap((arena): readonly FirmwareHit[] => {
      const room = arenaRoom(context, arena.pairing);
      if (room?.name === undefined || room.variableBytes === undefined) return [];
      const { region, freeBytes, variableBytes, build, name } = room;
      const most = variableBytes + freeBytes;
      const { size, need, areSure } = arena;
      const needed = areSure ? Math.max(need.leastBytes, size.value) : size.value;
      if (arena.pairing.activity !== 'yes' || needed <= most) return [];
      const what =
        size.value > most
          ? `The arena of ${exactBytesText(size.value)}`
          : `The arena of ${exactBytesText(need.leastBytes)} that ${modelName(need.model)} needs`;
      return [
        {
          ...arenaPlace(arena),
          message: [
            `${what} is ${exactBytesText(needed - most)} more than ${region.name} has room for:`,
            `after the last build (${build.file}) ${leftText(freeBytes)} beside the ${exactBytesText(variableBytes)} of ${name}.`,
            `Move or shrink what else lies in ${region.name}, or make the model smaller.`,
            ...staleSentence(build),
          ].join(' '),
        },
      ];
    }),
};

function leftText(freeBytes: number): string {
  return freeBytes < 0 ? `${exactBytesText(-freeBytes)} are too many` : `${exactBytesText(freeBytes)} are free`;
}
