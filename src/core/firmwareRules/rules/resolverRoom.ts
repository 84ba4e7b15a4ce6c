import { exactBytesText } from '../../text/units';
import { addedKinds, servingResolvers } from '../operators';
import { roomEdits } from '../room';
import type { FirmwareRule } from '../rule';

/**
 * Bytes of one place in a resolver on a 32-bit device: a registration of 28, a code and a pointer of 4 each
 * (`micro_mutable_op_resolver.h`).
 */
const placeBytes = 36;

/** A resolver with fewer places than operators are added, or with more. */
export const resolverRoom: FirmwareRule = {
  code: 'firmware-resolver-room',
  severity: 'error',
  documentation: 'The number in MicroMutableOpResolver<N> is not the number of operators that are added.',
  find: (context) =>
    servingResolvers(context).flatMap((serving) => {
      const { resolver } = serving;
      const { room, adds, file, at, name, isComplete } = resolver;
      const count = addedKinds(adds).length;
      if (room === undefined || !isComplete || adds.length === 0 || room.value === count) return [];
      if (adds.some(({ kind, isUncertain }) => kind === undefined || isUncertain)) return [];
      const isSmall = room.value < count;
      const place = { file, at };
      const fixes = [
        { title: `Make room for ${count} operators`, isPreferred: true, edits: roomEdits(serving, count) },
      ];
      return [
        {
          ...place,
          severity: isSmall ? ('error' as const) : ('information' as const),
          message: isSmall
            ? `${name} has room for ${room.value}, but ${count} operators are added: the last ${count - room.value === 1 ? 'one is' : `${count - room.value} are`} refused. Write ${count} in its type.`
            : `${name} has room for ${room.value} operators, but ${count} ${count === 1 ? 'is' : 'are'} added: ${exactBytesText((room.value - count) * placeBytes)} of RAM come free. Write ${count} in its type.`,
          fixes: fixes.filter(({ edits }) => edits.length > 0),
        },
      ];
    }),
};
