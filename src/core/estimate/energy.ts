import type { Target } from '../runtimes/target';
import type { Limits } from './budget';
import type { EnergyFacts, LatencyFacts } from './report';

/** A datasheet's current holds for its own program and regulator: at least this share is left open on both sides. */
const datasheetBand = 0.4;

/** Power of a board while it computes, watts, with its band and source. */
interface ActivePower {
  readonly watts: number;
  readonly band: number;
  readonly source: string;
}

/**
 * Joules of one inference: power while computing x time. With a rate of inferences per second also the average power,
 * in which the board sleeps between inferences. Absent where time or power of the board is not known.
 */
export function energyFacts(
  latency: LatencyFacts | undefined,
  target: Target,
  limits: Limits,
): EnergyFacts | undefined {
  const power = activePower(target);
  if (power === undefined || latency?.ms === undefined) return undefined;
  const joules = power.watts * (latency.ms / 1000);
  return {
    joulesPerInference: joules,
    lowJoules: power.watts * (1 - power.band) * ((latency.lowMs ?? latency.ms) / 1000),
    highJoules: power.watts * (1 + power.band) * ((latency.highMs ?? latency.ms) / 1000),
    averageMilliwatts: averageMilliwatts(joules, latency.ms, target, limits.inferencesPerSecond),
    basis: 'modelled',
    source: power.source,
  };
}

function activePower({ board, clockHz }: Target): ActivePower | undefined {
  if (board === undefined) return undefined;
  if (board.inferenceMilliwatts !== undefined && clockHz === board.clockHz.value) {
    const { value, source } = board.inferenceMilliwatts;
    return { watts: value / 1000, band: 0.15, source: `Published power during inference: ${source}.` };
  }
  if (board.activeMilliamps === undefined || board.supplyVolts === undefined) return undefined;
  const { value, source, note } = board.activeMilliamps;
  const scale = (clockHz ?? board.clockHz.value) / board.clockHz.value;
  const conditions = note === undefined ? '' : ` (${note})`;
  return {
    watts: (value / 1000) * board.supplyVolts.value * scale,
    band: datasheetBand,
    source: `Active current of the datasheet${conditions} at ${board.supplyVolts.value} V: ${source}.`,
  };
}

/** Average over one period; `undefined` without a rate, and where the inferences do not fit into the time. */
function averageMilliwatts(
  joules: number,
  ms: number,
  { board }: Target,
  rate: number | undefined,
): number | undefined {
  if (rate === undefined || (ms / 1000) * rate > 1) return undefined;
  const sleepWatts = ((board?.sleepMicroamps?.value ?? 0) / 1e6) * (board?.supplyVolts?.value ?? 0);
  const sleepShare = 1 - (ms / 1000) * rate;
  return (joules * rate + sleepWatts * sleepShare) * 1000;
}
