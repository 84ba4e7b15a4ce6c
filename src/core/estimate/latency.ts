import type { Target } from '../runtimes/target';
import type { LatencyFacts, LayerFacts } from './report';
import type { Timing } from './timing';

/**
 * Sums of the layers. The band adds the instruction band of every layer (they err together at worst) to the timing's own
 * band. Operators of called graphs count once: how often a loop runs is not known before it runs.
 */
export function latencyFacts(
  layers: readonly LayerFacts[],
  target: Target,
  timing: Timing | undefined,
): LatencyFacts | undefined {
  const known = layers.filter((layer) => layer.instructions !== undefined);
  if (known.length === 0) return undefined;
  const instructions = sum(known, (layer) => layer.instructions);
  const cycles = timing && instructions * timing.cyclesPerInstruction;
  const perMs = timing && target.clockHz !== undefined ? 1000 / target.clockHz : undefined;
  const low = sum(known, (layer) => layer.instructionsLow);
  const high = sum(known, (layer) => layer.instructionsHigh);
  return {
    instructions,
    cycles,
    ms: timing && perMs && instructions * timing.cyclesPerInstruction * perMs,
    lowMs: timing && perMs && low * timing.lowCyclesPerInstruction * perMs,
    highMs: timing && perMs && high * timing.highCyclesPerInstruction * perMs,
    basis: 'modelled',
    source: timing?.source ?? 'Instructions only: no board with this core was measured, so no cycles are given.',
    coverage: known.length / layers.length,
  };
}

function sum(layers: readonly LayerFacts[], figure: (layer: LayerFacts) => number | undefined): number {
  return layers.reduce((total, layer) => total + (figure(layer) ?? 0), 0);
}
