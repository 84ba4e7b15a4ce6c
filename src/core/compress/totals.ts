import type { Report } from '../estimate/report';
import type { Totals } from './offer';

/** The totals of a report, as titles compare them; a time of which parts are not known is none. */
export function totalsOf({ arena, flash, latency, model, layers }: Report): Totals {
  const { instructions, cycles, ms } = latency ?? {};
  const isTimed = layers.every((layer) => layer.cycles !== undefined);
  const isCounted = layers.every((layer) => layer.instructions !== undefined);
  return {
    ...(arena && { arenaBytes: arena.minimumBytes }),
    ...(flash && { flashBytes: flash.totalBytes }),
    ...(isCounted && instructions !== undefined && { instructions }),
    ...(isTimed && cycles !== undefined && { cycles }),
    ...(isTimed && ms !== undefined && { ms }),
    macs: model.macs,
  };
}
