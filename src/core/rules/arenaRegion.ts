import { arenaRegions } from '../boards/arenaRegions';
import { arenaBytesToReserve } from '../model/arenaReserve';
import { exactBytesText } from '../text/units';
import { byNearness, isNearer, regionText, roomIn } from './regionChoice';
import type { Rule } from './rule';

/** Another memory of the board would hold the arena better: it fits there alone, or lies nearer to the core. */
export const arenaRegion: Rule = {
  code: 'arena-region',
  severity: 'information',
  documentation:
    'The board has several memories, and the tensor arena would fit into another than the chosen one: into one that is large enough, or that lies nearer to the core.',
  find: ({ target, limits, estimate: { report } }) => {
    const { arena } = report;
    const { board } = target;
    if (board === undefined || arena === undefined || limits.ramBytes !== undefined) return [];
    const needed = arenaBytesToReserve(arena);
    const regions = arenaRegions(board);
    const current = regions.find(({ name }) => name === target.arenaRegion);
    const best = regions.filter(({ bytes }) => needed <= bytes).sort(byNearness)[0];
    if (current === undefined || best === undefined || best.name === current.name) return [];
    const fits = needed <= roomIn(current, limits);
    if (fits && !isNearer(best, current)) return [];
    const room = regionText(best);
    const message = fits
      ? `The arena of ${exactBytesText(needed)} lies in ${current.name} and fits into ${best.name}, too. ${room} ` +
        'How many milliseconds that saves is not known, since no such board was measured both ways: put the arena there in the firmware and measure a profile.'
      : `The arena of ${exactBytesText(needed)} does not fit into ${current.name}, but into ${best.name}. ${room} ` +
        'Put the arena there in the firmware, and say so in milliwatt.json.';
    return [{ message, setting: { key: 'arenaRegion', value: best.name } }];
  },
};
