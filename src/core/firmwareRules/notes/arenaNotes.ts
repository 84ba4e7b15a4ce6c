import { exactBytesText, groupDigits } from '../../text/units';
import type { SizedArena } from '../arenas';
import { arenaPlace, sizedArenas } from '../arenas';
import { modelName } from '../needs';
import type { FirmwareContext, FirmwareNote } from '../rule';
import { pairingPlaces, pairingText, targetSentence } from './pairingText';

/** Beside the size of an arena: how many of its bytes are needed. */
export function arenaNotes(context: FirmwareContext): readonly FirmwareNote[] {
  return sizedArenas(context).map((arena) => ({
    ...arenaPlace(arena),
    hint: hintOf(arena),
    says: [needSentence(arena), targetSentence(arena.need.model), ...pairingText(arena.pairing)],
    models: [arena.need.model],
    places: pairingPlaces(arena.pairing),
  }));
}

function hintOf({ need, size, areSure }: SizedArena): string {
  const needed = need.isLowerBound ? `at least ${groupDigits(need.leastBytes)}` : groupDigits(need.bytes);
  return `${areSure ? 'needs' : 'may need'} ${needed} of ${exactBytesText(size.value)}`;
}

function needSentence({ need, areSure }: SizedArena): string {
  const name = modelName(need.model);
  const verb = areSure ? 'needs' : 'may need';
  if (need.isLowerBound)
    return `${name} ${verb} ${exactBytesText(need.leastBytes)} and more: of some operators it is not known.`;
  if (!need.isExact) return `${name} ${verb} ${exactBytesText(need.bytes)}, with a margin for what is modelled.`;
  if (need.leastBytes < need.bytes)
    return `${name} ${verb} ${exactBytesText(need.bytes)}; less than ${exactBytesText(need.leastBytes)} surely fails.`;
  return `${name} ${verb} ${exactBytesText(need.bytes)}.`;
}
