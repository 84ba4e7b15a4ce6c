import { arenaBytesToReserve } from '../model/arenaReserve';
import type { Report } from '../estimate/report';
import type { Totals } from './offer';

/**
 * The totals of a report, as titles, curves and goals compare them: `arenaBytes` is the smallest arena, as it is shown
 * everywhere. A sum of which parts are not known is no total, and absent.
 */
export function totalsOf({ arena, flash, latency, model, layers }: Report): Totals {
  const { instructions, cycles, ms } = latency ?? {};
  const isTimed = layers.every((layer) => layer.cycles !== undefined);
  const isCounted = layers.every((layer) => layer.instructions !== undefined);
  return {
    ...(arena && arena.isLowerBound !== true && { arenaBytes: arena.minimumBytes }),
    ...(flash && flash.isLowerBound !== true && { flashBytes: flash.totalBytes }),
    ...(isCounted && instructions !== undefined && { instructions }),
    ...(isTimed && cycles !== undefined && { cycles }),
    ...(isTimed && ms !== undefined && { ms }),
    macs: model.macs,
  };
}

/** Arena bytes that must be free for the model to be called fitting; `undefined` where they are not known. */
export function reservedArenaBytes({ arena }: Report): number | undefined {
  return arena === undefined || arena.isLowerBound === true ? undefined : arenaBytesToReserve(arena);
}
