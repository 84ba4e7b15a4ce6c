import type { Basis } from '../runtimes/facts';
import {
  budgetText,
  bytesText,
  countText,
  differenceText,
  exactBytesText,
  joulesText,
  millisecondsText,
} from '../text/units';
import { atLeast } from '../text/lowerBound';
import { arenaBytesToReserve, arenaBytesToSpare } from '../model/arenaReserve';
import { isPartialTime } from './latency';
import type { LatencyFacts, Report } from './report';

/** One total against its limit, as status bar and CodeLens show it. */
export interface Gauge {
  readonly name: 'RAM' | 'Flash' | 'Latency' | 'Measured' | 'Energy';
  /** `12.3 KB of 256 KB`, or without a limit `12.3 KB`. */
  readonly text: string;
  /** Used part of the limit; above 1 it is exceeded. Absent without a limit. */
  readonly share?: number;
  readonly basis: Basis;
  /** One or more sentences: what the figure is and what it rests on. */
  readonly explanation: string;
}

/** The totals that are known of a model, each against its limit. What is not known is left out. */
export function gaugesOf(report: Report): readonly Gauge[] {
  const gauges = [ramGauge(report), flashGauge(report), latencyGauge(report), measuredGauge(report)];
  return [...gauges, energyGauge(report)].filter((gauge) => gauge !== undefined);
}

/**
 * What is said of a model in one line: its bytes, the arena, one inference, and whether all that has a limit keeps it.
 */
export function summaryText(report: Report): string {
  const gauges = gaugesOf(report);
  const parts = gauges
    .filter(({ name }) => name === 'RAM' || name === 'Latency')
    .map(({ name, text }) => (name === 'RAM' ? `arena ${text}` : text));
  const limited = gauges.filter(({ share }) => share !== undefined);
  const fits = limited.every(({ share = 0 }) => share <= 1) ? 'fits' : 'does not fit';
  return [exactBytesText(report.model.bytes), ...parts, ...(limited.length === 0 ? [] : [fits])].join(' · ');
}

/** `▰▰▱▱▱ 42 %`: a share drawn with five blocks; more than the whole fills all of them. */
export function shareBar(share: number): string {
  const filled = Math.min(5, share === 0 ? 0 : Math.max(1, Math.round(share * 5)));
  return `${'▰'.repeat(filled)}${'▱'.repeat(5 - filled)} ${budgetText(share)}`;
}

function ramGauge({ arena, budget }: Report): Gauge | undefined {
  if (arena === undefined) return undefined;
  const needed = arenaBytesToReserve(arena);
  const spare = arenaBytesToSpare(arena);
  const margin = spare === 0 ? '' : `, and ${bytesText(spare)} to spare, since that is modelled`;
  const region = budget?.ramRegion === undefined ? '' : ` in the region ${budget.ramRegion}`;
  const source = budget?.ramSource === undefined ? '' : ` ${budget.ramSource}`;
  return {
    name: 'RAM',
    ...against(needed, budget?.ramBytes, bytesText),
    basis: arena.basis,
    explanation: `The smallest arena with which AllocateTensors() succeeds${region}${margin}.${lowerBoundNote(arena.isLowerBound)}${source}`,
  };
}

function flashGauge({ flash, budget }: Report): Gauge | undefined {
  if (flash === undefined) return undefined;
  const parts = [
    `${bytesText(flash.modelBytes)} model`,
    ...(flash.kernelBytes === undefined ? [] : [`${bytesText(flash.kernelBytes)} kernels`]),
    ...(flash.runtimeBytes === undefined ? [] : [`${bytesText(flash.runtimeBytes)} interpreter`]),
  ];
  const source = budget?.flashSource === undefined ? '' : ` ${budget.flashSource}`;
  return {
    name: 'Flash',
    ...against(flash.totalBytes, budget?.flashBytes, bytesText),
    basis: flash.basis,
    explanation: `${parts.join(' + ')}.${lowerBoundNote(flash.isLowerBound)}${source}`,
  };
}

function latencyGauge({ latency, budget }: Report): Gauge | undefined {
  if (latency?.ms === undefined) return instructionGauge(latency);
  if (isPartialTime(latency)) return partialLatencyGauge(latency.ms, latency, budget?.latencyMs);
  const band =
    latency.lowMs === undefined || latency.highMs === undefined
      ? ''
      : ` Expected between ${millisecondsText(latency.lowMs)} and ${millisecondsText(latency.highMs)}.`;
  return {
    name: 'Latency',
    ...against(latency.ms, budget?.latencyMs, millisecondsText),
    basis: latency.basis,
    explanation: `One inference.${band} ${latency.source ?? ''}`.trim(),
  };
}

/** A time of which parts are not known: it can exceed a limit, never be within it. */
function partialLatencyGauge(ms: number, { basis, source }: LatencyFacts, limit: number | undefined): Gauge {
  const isOver = limit !== undefined && ms > limit;
  const { text, ...share } = against(ms, isOver ? limit : undefined, millisecondsText);
  const explanation = `One inference, without the operators whose time is not known: a lower bound. ${source ?? ''}`;
  return {
    name: 'Latency',
    text: atLeast(text, { isLowerBound: true }),
    ...share,
    basis,
    explanation: explanation.trim(),
  };
}

/** What the board itself took. */
function measuredGauge({ measured, budget }: Report): Gauge | undefined {
  if (measured === undefined || (measured.ms === undefined && measured.cycles === undefined)) return undefined;
  const { ms, cycles = 0, difference, inferences, recordedAt, source } = measured;
  const estimate = difference === undefined ? '' : ` The estimate is ${differenceText(difference)}.`;
  const runs = inferences === 1 ? 'One inference' : `Median of ${inferences} inferences`;
  return {
    name: 'Measured',
    ...(ms === undefined ? { text: `${countText(cycles)} cycles` } : against(ms, budget?.latencyMs, millisecondsText)),
    basis: 'measured',
    explanation: `${runs} on the board, ${recordedAt.slice(0, 10)} (${source}).${estimate}`,
  };
}

function instructionGauge(latency: Report['latency']): Gauge | undefined {
  if (latency?.instructions === undefined) return undefined;
  return {
    name: 'Latency',
    text: `${countText(latency.instructions)} instructions`,
    basis: latency.basis,
    explanation: latency.source ?? 'Instructions of one inference; no time is known for this core.',
  };
}

function energyGauge({ energy, budget }: Report): Gauge | undefined {
  if (energy === undefined) return undefined;
  const { averageMilliwatts: average, isLowerBound } = energy;
  const allowed = budget?.averageMilliwatts;
  // What is known in part can exceed a limit, never be within it.
  const isHeld = average !== undefined && allowed !== undefined && (isLowerBound !== true || average > allowed);
  const { text, ...share } = isHeld
    ? against(average, allowed, (value) => `${Number(value.toPrecision(3))} mW`)
    : { text: `${joulesText(energy.joulesPerInference)} an inference` };
  const band =
    energy.lowJoules === undefined || energy.highJoules === undefined
      ? ''
      : `Expected between ${joulesText(energy.lowJoules)} and ${joulesText(energy.highJoules)} an inference.`;
  return {
    name: 'Energy',
    text: atLeast(text, energy),
    ...share,
    basis: energy.basis,
    explanation: `${band} ${energy.source ?? ''}${lowerBoundNote(isLowerBound)}`.trim(),
  };
}

function against(
  value: number,
  limit: number | undefined,
  text: (value: number) => string,
): Pick<Gauge, 'text' | 'share'> {
  if (limit === undefined) return { text: text(value) };
  return { text: `${text(value)} of ${text(limit)}`, share: limit === 0 ? Infinity : value / limit };
}

function lowerBoundNote(isLowerBound: boolean | undefined): string {
  return isLowerBound ? ' Some operators are not known: this is a lower bound.' : '';
}
