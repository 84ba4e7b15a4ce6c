import { arenaRegions } from '../boards/arenaRegions';
import type { ArenaRegion } from '../boards/board';
import { weightWaitMs } from '../estimate/weightWaits';
import { arenaBytesToReserve } from '../model/arenaReserve';
import { exactBytesText, millisecondsText } from '../text/units';
import { byNearness, regionText, roomIn } from './regionChoice';
import type { Rule, RuleContext, RuleHit } from './rule';

/** A share of the time below which nobody moves weights. */
const leastShare = 0.1;

/** Weights lie in a memory that does not hold them beside the arena, or in flash while a faster memory has room. */
export const weightsRegion: Rule = {
  code: 'weights-region',
  severity: 'information',
  documentation:
    'The weights lie in a memory that is too small for them beside the arena, or in flash, which the core waits for, while a faster memory of the board has room for them.',
  find: (context) => {
    const { target, limits, estimate } = context;
    const { arena, flash } = estimate.report;
    if (target.board === undefined || arena === undefined || flash === undefined) return [];
    if (limits.ramBytes !== undefined) return [];
    const regions = arenaRegions(target.board);
    const current = regions.find(({ name }) => name === target.weightsRegion);
    if (current !== undefined) return tooLarge(current, context);
    return target.weightsRegion === 'flash' ? faster(regions, context) : [];
  },
};

/** Bytes that weights, which are the model's file, and an arena in the same memory take of a region. */
function bytesIn({ name }: ArenaRegion, { target, estimate: { report } }: RuleContext): number {
  const { arena, flash } = report;
  const arenaBytes = arena !== undefined && target.arenaRegion === name ? arenaBytesToReserve(arena) : 0;
  return arenaBytes + (flash?.modelBytes ?? 0);
}

function tooLarge(region: ArenaRegion, context: RuleContext): readonly RuleHit[] {
  const { target, limits } = context;
  const needed = bytesIn(region, context);
  const missing = needed - roomIn(region, limits);
  if (missing <= 0) return [];
  const beside = target.arenaRegion === region.name ? ' beside the arena' : '';
  const message =
    `The weights lie in ${region.name} and do not fit there${beside}: ${exactBytesText(missing)} are missing. ` +
    'Declare the model so that it stays in flash, and say so in milliwatt.json.';
  return [{ message, severity: 'warning', setting: { key: 'weightsRegion', value: 'flash' } }];
}

function faster(regions: readonly ArenaRegion[], context: RuleContext): readonly RuleHit[] {
  const { model, target, limits, estimate } = context;
  const best = regions
    .filter((region) => region.kind !== 'psram' && bytesIn(region, context) <= roomIn(region, limits))
    .sort(byNearness)[0];
  if (best === undefined) return [];
  const gain = gainText(weightWaitMs(model, target), estimate.report.latency?.ms);
  if (gain === undefined) return [];
  const beside = target.arenaRegion === best.name ? ' beside the arena' : '';
  const message =
    `The weights of ${exactBytesText(estimate.report.flash?.modelBytes ?? 0)} lie in flash and fit into ${best.name}${beside}, too. ` +
    `${regionText(best)} ${gain} Put the model there in the firmware and measure a profile.`;
  return [{ message, setting: { key: 'weightsRegion', value: best.name } }];
}

/** Nothing where it would be too little, or no time of the board is known. */
function gainText(waitMs: number | undefined, totalMs: number | undefined): string | undefined {
  if (waitMs === undefined || totalMs === undefined || waitMs < leastShare * totalMs) return undefined;
  return (
    `Of ${millisecondsText(totalMs)} an inference ${millisecondsText(waitMs)} are modelled as waits for weights in flash: ` +
    'that is the most that can be saved.'
  );
}
