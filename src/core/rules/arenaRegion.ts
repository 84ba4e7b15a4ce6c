import { arenaRegions } from '../boards/arenaRegions';
import type { ArenaRegion, MemoryRegion } from '../boards/board';
import { arenaBytesToReserve } from '../model/arenaReserve';
import { exactBytesText } from '../text/units';
import type { Rule, RuleContext } from './rule';

/** From next to the core to outside of the chip. The bus to each is wider and shorter than to the next. */
const nearness: Readonly<Record<MemoryRegion['kind'], number>> = {
  'tcm-instruction': 3,
  'tcm-data': 0,
  ram: 1,
  psram: 2,
};

const kindText: Readonly<Record<MemoryRegion['kind'], string>> = {
  'tcm-instruction': 'the instruction memory next to the core',
  'tcm-data': 'the data memory next to the core, which it reads without waiting',
  ram: 'memory of the chip',
  psram: 'memory outside the chip, which the core waits for',
};

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
    if (fits && nearness[best.kind] >= nearness[current.kind]) return [];
    const room = `${best.name} has ${exactBytesText(best.bytes)}: ${kindText[best.kind]}.`;
    const why = best.why === undefined ? '' : ` ${best.why}`;
    const message = fits
      ? `The arena of ${exactBytesText(needed)} lies in ${current.name} and fits into ${best.name}, too. ${room}${why} ` +
        'How many milliseconds that saves is not known, since no such board was measured both ways: put the arena there in the firmware and measure a profile.'
      : `The arena of ${exactBytesText(needed)} does not fit into ${current.name}, but into ${best.name}. ${room}${why} ` +
        'Put the arena there in the firmware, and say so in milliwatt.json.';
    return [{ message, setting: { key: 'arenaRegion', value: best.name } }];
  },
};

/** What the system around the model takes, it takes of the memory that is chosen. */
function roomIn({ bytes }: ArenaRegion, { reservedRamBytes = 0 }: RuleContext['limits']): number {
  return bytes - reservedRamBytes;
}

/** The nearest first, of those the default, then the largest. */
function byNearness(a: ArenaRegion, b: ArenaRegion): number {
  return nearness[a.kind] - nearness[b.kind] || Number(b.isDefault) - Number(a.isDefault) || b.bytes - a.bytes;
}
