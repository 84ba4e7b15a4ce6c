import { bytesText as bytes, millisecondsText } from '../../text/units';
import type { TradeOffCurve } from '../prune/request';
import type { Goal } from './goal';
import type { Report } from '../../estimate/report';
import type { ArenaFacts } from '../../runtimes/facts';
import { reservedArenaBytes, totalsOf } from '../totals';
import { peakHoldersText } from './peakHolders';

const bytesText = (value: number | undefined): string => (value === undefined ? 'unknown size' : bytes(value));
const msText = (value: number | undefined): string =>
  value === undefined ? 'an unknown time' : millisecondsText(value);

/** What a search makes smaller first. */
export type Guide = TradeOffCurve['guidedBy'];

/** What is left of a goal: `over` is by how much it is missed as a share of the limit, 0 where it is met. */
interface Distance {
  readonly guide: Guide;
  readonly over: number;
}

/** What limits compare of a model; absent where it is not known. */
export interface GoalCosts {
  /** Arena bytes that must be free. */
  readonly reservedArenaBytes?: number;
  readonly flashBytes?: number;
  readonly ms?: number;
  readonly macs: number;
}

/**
 * How far a model is from each limit of a goal that costs decide; the one that is missed by most comes first. A cost of
 * which parts are not known meets no limit.
 */
export function distances(goal: Goal, report: Report, original: Report): readonly Distance[] {
  return distancesOf(goal, { ...totalsOf(report), reservedArenaBytes: reservedArenaBytes(report) }, original);
}

/** The same of costs alone. */
export function distancesOf(goal: Goal, costs: GoalCosts, original: Report): readonly Distance[] {
  const limits: readonly (readonly [Guide, number | undefined, number | undefined])[] = [
    ['ram', costs.reservedArenaBytes, goal.ramBytes],
    ['flash', costs.flashBytes, goal.flashBytes],
    ['cycles', costs.ms, goal.latencyMs],
    ['macs', costs.macs, goal.macsShare === undefined ? undefined : original.model.macs * (1 - goal.macsShare)],
  ];
  return limits
    .flatMap(([guide, value, limit]): readonly Distance[] =>
      limit === undefined
        ? []
        : [{ guide, over: value === undefined ? Infinity : Math.max(0, (value - limit) / Math.max(limit, 1e-9)) }],
    )
    .sort((a, b) => b.over - a.over);
}

/** True where every limit that costs decide is met. */
export function isMet(goal: Goal, report: Report, original: Report): boolean {
  return distances(goal, report, original).every(({ over }) => over === 0);
}

/**
 * A number that falls whenever the model comes nearer to its guide: for RAM what lies above the limit anywhere counts,
 * not the peak alone.
 */
export function measureOf(report: Report, guide: Guide, goal: Goal): number {
  const totals = totalsOf(report);
  if (guide === 'flash') return totals.flashBytes ?? report.model.bytes;
  if (guide === 'macs') return totals.macs;
  // What is not known of a time is left out of every model alike, so that a part of it guides as well.
  if (guide === 'cycles') return report.latency?.cycles ?? report.latency?.instructions ?? totals.macs;
  return ramMeasure(
    report.arena,
    report.layers.map(({ ramBytes = 0 }) => ramBytes),
    goal,
  );
}

/** The same for RAM, of the arena and of what is alive while each operator runs, in bytes. */
export function ramMeasure(
  arena: Pick<ArenaFacts, 'minimumBytes' | 'persistentBytes'> | undefined,
  alive: readonly number[],
  goal: Goal,
): number {
  const limit = (goal.ramBytes ?? 0) - (arena?.persistentBytes ?? 0);
  const above = alive.reduce((sum, bytes) => sum + Math.max(0, bytes - limit), 0);
  // The planner may need more than what is alive at once, and not always less of it for a smaller model: it counts, but
  // little.
  return above + gapShare * (arena?.minimumBytes ?? 0) + aliveShare * alive.reduce((sum, bytes) => sum + bytes, 0);
}

const gapShare = 0.01;
const aliveShare = 0.001;

/** Why the nearest point is not there yet, and what stands in the way. */
export function unreachableText(goal: Goal, nearest: Report, original: Report): string {
  const totals = totalsOf(nearest);
  const [worst] = distances(goal, nearest, original);
  const values: Readonly<Record<Guide, string>> = {
    ram: `RAM of ${bytesText(goal.ramBytes)} is not reached: the nearest point takes ${bytesText(reservedArenaBytes(nearest))}${tooMuch(reservedArenaBytes(nearest), goal.ramBytes)}. ${ramBlocker(nearest, goal.ramBytes)}`,
    flash: `Flash of ${bytesText(goal.flashBytes)} is not reached: the nearest point takes ${bytesText(totals.flashBytes)}, of which the model itself is ${bytesText(nearest.flash?.modelBytes)}.`,
    cycles: `${msText(goal.latencyMs)} an inference are not reached: the nearest point takes ${msText(totals.ms)}. ${timeBlocker(nearest)}`,
    macs: `${Math.round((goal.macsShare ?? 0) * 100)} % fewer MACs are not reached: the nearest point has ${Math.round((1 - totals.macs / original.model.macs) * 100)} % fewer, the rest belongs to channels that must stay.`,
  };
  return values[worst?.guide ?? 'macs'];
}

function tooMuch(value: number | undefined, limit: number | undefined): string {
  return value === undefined || limit === undefined || value <= limit ? '' : `, ${bytesText(value - limit)} too much`;
}

function ramBlocker({ layers, arena }: Report, limitBytes = 0): string {
  const peak = layers.reduce((most, layer) => ((layer.ramBytes ?? 0) > (most.ramBytes ?? 0) ? layer : most), layers[0]);
  if (arena === undefined || peak === undefined) return 'The arena of this model is not known.';
  return `There ${peak.operator} "${peak.name}" holds ${bytesText(peak.ramBytes)} alive, in channels that must stay or of which one is left; ${bytesText(arena.persistentBytes)} are structures of the interpreter.${peakHoldersText(arena, limitBytes)} A smaller input or an earlier stride would help.`;
}

function timeBlocker({ layers }: Report): string {
  const unknown = layers.find(({ ms }) => ms === undefined);
  if (unknown !== undefined) return `The time of ${unknown.operator} "${unknown.name}" is not known for this target.`;
  const slowest = layers.reduce((most, layer) => ((layer.cycles ?? 0) > (most.cycles ?? 0) ? layer : most), layers[0]);
  return slowest === undefined
    ? ''
    : `There ${slowest.operator} "${slowest.name}" takes most of it, ${msText(slowest.ms)}.`;
}
