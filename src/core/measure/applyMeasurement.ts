import type { LayerFacts, MeasuredFacts, MeasuredFigure, Report } from '../estimate/report';
import { measuredTotal } from './measurement';
import type { MeasuredLayer, Measurement } from './measurement';
import { matchLayers } from './matchLayers';

/** A report with measured figures beside its estimates, or the whole sentence why nothing was put there. */
type AppliedMeasurement<Estimated> =
  { readonly applied: true; readonly report: Estimated } | { readonly applied: false; readonly reason: string };

type Estimate = Omit<Report, 'findings'>;

/**
 * Puts what was measured beside what was estimated: per layer, in total, and for the arena, each with the difference.
 * The estimates stay as they are. All or nothing: another board or runtime, or operators that differ, leave the report
 * untouched.
 */
export function applyMeasurement<Estimated extends Estimate>(
  report: Estimated,
  measurement: Measurement,
): AppliedMeasurement<Estimated> {
  const reason = otherTarget(report, measurement);
  if (reason !== undefined) return { applied: false, reason };
  if (measurement.layers.length === 0) {
    return { applied: true, report: { ...report, measured: factsOf(report, measurement, 1) } };
  }
  const match = matchLayers(report.layers, measurement.layers);
  if (!match.matched) return { applied: false, reason: match.reason };
  const whole = { ...measurement, layers: match.layers };
  return {
    applied: true,
    report: {
      ...report,
      layers: report.layers.map((layer) => layerWith(layer, match.layers[layer.index])),
      measured: factsOf(report, whole, measurement.inferences ?? match.inferences),
    },
  };
}

/** The measurement as it is kept: its layers those of the model, each once, so that the file stays short. */
export function settledMeasurement(measurement: Measurement, report: Estimate): Measurement {
  const match = matchLayers(report.layers, measurement.layers);
  if (!match.matched) return measurement;
  return { ...measurement, layers: match.layers, inferences: measurement.inferences ?? match.inferences };
}

/** Layers of graph 0 come first, so that their index is their place among the measured ones; the others have none. */
function layerWith(layer: LayerFacts, measured: MeasuredLayer | undefined): LayerFacts {
  return measured === undefined ? layer : { ...layer, measured: figureOf(layer, measured) };
}

function factsOf(report: Estimate, measurement: Measurement, inferences: number): MeasuredFacts {
  const { arenaUsedBytes, clockHz, recordedAt, source } = measurement;
  const cycles = measuredTotal(measurement, 'cycles');
  const clocked = cycles === undefined || !clockHz ? undefined : (cycles / clockHz) * 1000;
  const total = { cycles, ms: measuredTotal(measurement, 'ms') ?? clocked };
  const estimatedArena = report.arena?.usedBytes;
  return {
    ...figureOf(report.latency ?? {}, total),
    ...(arenaUsedBytes === undefined ? {} : { arenaUsedBytes }),
    ...(arenaUsedBytes === undefined || estimatedArena === undefined
      ? {}
      : { arenaDifferenceBytes: estimatedArena - arenaUsedBytes }),
    inferences,
    ...(clockHz === undefined ? {} : { clockHz }),
    recordedAt,
    source,
  };
}

interface Times {
  readonly cycles?: number;
  readonly ms?: number;
}

/** Cycles are compared where both have them, since they do not depend on the clock. */
function figureOf(estimated: Times, measured: Times): MeasuredFigure {
  const difference = share(estimated.cycles, measured.cycles) ?? share(estimated.ms, measured.ms);
  return {
    ...(measured.cycles === undefined ? {} : { cycles: measured.cycles }),
    ...(measured.ms === undefined ? {} : { ms: measured.ms }),
    ...(difference === undefined ? {} : { difference }),
    basis: 'measured',
  };
}

function share(estimated: number | undefined, measured: number | undefined): number | undefined {
  if (estimated === undefined || measured === undefined || measured === 0) return undefined;
  return (estimated - measured) / measured;
}

function otherTarget({ target }: Estimate, { board, runtime }: Measurement): string | undefined {
  if (board !== target.board) {
    const chosen = target.board === undefined ? 'no board is chosen' : `the board chosen is "${target.board}"`;
    return `The measurement is of the board "${board}", and ${chosen}. Choose "${board}" to see it.`;
  }
  if (runtime === undefined || runtime === target.runtime) return undefined;
  return `The measurement is of the runtime "${runtime}", and the estimate of "${target.runtime}". Choose "${runtime}" to see it.`;
}
