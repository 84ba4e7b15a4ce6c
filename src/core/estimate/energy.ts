import type { Board } from '../boards/board';
import type { Target } from '../runtimes/target';
import { combinedEdge } from './bands';
import type { Limits } from './budget';
import { isPartialTime } from './latency';
import type { Basis, EnergyFacts, LatencyFacts } from './report';

/** A datasheet's current holds for its own program and regulator: at least this share is left open on both sides. */
const datasheetBand = 0.4;

/** What a published range for one board leaves open at least: other models, other temperature, another specimen. */
const publishedBand = 0.15;

/** Power of a board while it computes, watts, with its band and where it comes from. */
interface ActivePower {
  readonly watts: number;
  readonly lowWatts: number;
  readonly highWatts: number;
  readonly basis: Basis;
  readonly source: string;
}

/**
 * Joules of one inference: power while computing x time. With a rate of inferences per second also the average power,
 * in which the board sleeps between inferences, and with a battery its life. Absent where time or power of the board is
 * not known. Power comes from the user's own measurement, else from published measurements, else from the datasheet's
 * current.
 */
export function energyFacts(
  latency: LatencyFacts | undefined,
  target: Target,
  limits: Limits,
): EnergyFacts | undefined {
  const power = measuredPower(limits) ?? publishedPower(target) ?? datasheetPower(target);
  if (power === undefined || latency?.ms === undefined) return undefined;
  const joules = power.watts * (latency.ms / 1000);
  const average = averageWatts(joules, latency.ms, target, limits);
  const isLowerBound = isPartialTime(latency);
  return {
    joulesPerInference: joules,
    lowJoules: joules * combinedEdge('low', power.lowWatts / power.watts, (latency.lowMs ?? latency.ms) / latency.ms),
    highJoules: isLowerBound
      ? undefined
      : joules * combinedEdge('high', power.highWatts / power.watts, (latency.highMs ?? latency.ms) / latency.ms),
    averageMilliwatts: average && average * 1000,
    // With more power than is known a battery lasts less.
    batteryDays: isLowerBound ? undefined : batteryDays(average, limits),
    ...(isLowerBound ? { isLowerBound } : {}),
    basis: power.basis === 'measured' && latency.basis === 'measured' ? 'measured' : 'modelled',
    powerBasis: power.basis,
    source: power.source,
  };
}

function measuredPower({ power }: Limits): ActivePower | undefined {
  if (power?.activeMilliamps === undefined || power.supplyVolts === undefined) return undefined;
  const watts = (power.activeMilliamps / 1000) * power.supplyVolts;
  return {
    watts,
    lowWatts: watts,
    highWatts: watts,
    basis: 'measured',
    source: `Your own measurement in milliwatt.json: ${power.activeMilliamps} mA at ${power.supplyVolts} V.`,
  };
}

/** Published ranges hold at the board's usual clock; one made by an accelerator says nothing of the processor. */
function publishedPower({ board, clockHz }: Target): ActivePower | undefined {
  const range = board?.inferencePower?.find(({ accelerated }) => accelerated !== true);
  if (board === undefined || range === undefined || clockHz !== board.clockHz.value) return undefined;
  const watts = (range.lowMilliwatts + range.highMilliwatts) / 2000;
  return {
    watts,
    lowWatts: Math.min(range.lowMilliwatts / 1000, watts * (1 - publishedBand)),
    highWatts: Math.max(range.highMilliwatts / 1000, watts * (1 + publishedBand)),
    basis: 'modelled',
    source: `Power measured during inference on this board, ${range.conditions} (${range.source}). Supply and regulator can change it by more than half.`,
  };
}

/** The datasheet's current, taken as proportional to the clock. */
function datasheetPower({ board, clockHz }: Target): ActivePower | undefined {
  const current = board?.activeMilliamps;
  const volts = current?.volts ?? board?.supplyVolts?.value;
  if (board === undefined || current === undefined || volts === undefined) return undefined;
  const watts = (current.value / 1000) * volts * ((clockHz ?? board.clockHz.value) / board.clockHz.value);
  const read = current.unverified ? 'known but not read in a source' : current.source;
  return {
    watts,
    lowWatts: watts * (1 - datasheetBand),
    highWatts: watts * (1 + datasheetBand),
    basis: 'modelled',
    source: `Datasheet current of the ${current.scope}, ${current.value} mA at ${volts} V, ${current.conditions} (${read}); at least ±40 %.`,
  };
}

/** Average over one period, watts; absent without a rate, and where the inferences do not fit into the time. */
function averageWatts(joules: number, ms: number, { board }: Target, limits: Limits): number | undefined {
  const rate = limits.inferencesPerSecond;
  if (rate === undefined || (ms / 1000) * rate > 1) return undefined;
  const sleep = sleepWatts(board, limits);
  return sleep === undefined ? undefined : joules * rate + sleep * (1 - (ms / 1000) * rate);
}

/** Without a sleep current there is no average: a board that idles at full current is a thousand times off. */
function sleepWatts(board: Board | undefined, { power }: Limits): number | undefined {
  const microamps = power?.sleepMicroamps ?? board?.sleepMicroamps?.value;
  const volts = power?.supplyVolts ?? board?.sleepMicroamps?.volts ?? board?.supplyVolts?.value;
  return microamps === undefined || volts === undefined ? undefined : (microamps / 1e6) * volts;
}

/** Days that a battery lasts at the average power; self-discharge and the converter's losses are not in it. */
function batteryDays(average: number | undefined, { power }: Limits): number | undefined {
  if (average === undefined || average === 0 || power?.batteryMilliampHours === undefined) return undefined;
  const joules = power.batteryMilliampHours * 3.6 * (power.batteryVolts ?? power.supplyVolts ?? NaN);
  const days = joules / average / 86_400;
  return Number.isFinite(days) ? days : undefined;
}
