import { interpreterInstructions } from '../runtimes/tflm/invoke';
import type { Target } from '../runtimes/target';
import type { OperatorCycles } from './timing/operatorCycles';
import type { LatencyFacts, LayerFacts } from './report';

/** What the time of a model rests on: the timing's own words, and the cycles of each layer where they are known. */
interface LatencySource {
  readonly cycles: readonly (OperatorCycles | undefined)[];
  readonly source?: string;
}

/**
 * Sums of the layers. Low and high are sums too: layers of one model tend to err in the same direction. Operators of
 * called graphs count once: how often a loop runs is not known before it runs.
 */
export function latencyFacts(
  layers: readonly Pick<LayerFacts, 'instructions'>[],
  target: Target,
  { cycles, source }: LatencySource,
): LatencyFacts | undefined {
  const counted = layers.filter(({ instructions }) => instructions !== undefined);
  const timed = cycles.filter((each) => each !== undefined);
  if (counted.length === 0 && timed.length === 0) return undefined;
  const total = timed.length === 0 ? undefined : sum(timed.map((each) => each.cycles));
  const known = coverage(counted.length, timed.length) / layers.length;
  const perMs = target.clockHz === undefined ? undefined : 1000 / target.clockHz;
  return {
    instructions: counted.length === 0 ? undefined : invokeInstructions(counted, target),
    cycles: total,
    ms: total === undefined || perMs === undefined ? undefined : total * perMs,
    lowMs: total === undefined || perMs === undefined ? undefined : sum(timed.map(({ low }) => low)) * perMs,
    // What is missing has no upper bound: neither has the sum.
    highMs:
      total === undefined || perMs === undefined || known < 1 ? undefined : sum(timed.map(({ high }) => high)) * perMs,
    flashWaitMs: waitMs(timed, perMs),
    basis: 'modelled',
    source: source ?? 'Instructions only: no board with this core was measured, so no cycles are given.',
    coverage: known,
  };
}

/** Absent where no operator waits for an external flash chip. */
function waitMs(timed: readonly OperatorCycles[], perMs: number | undefined): number | undefined {
  const waiting = sum(timed.map((each) => each.waiting ?? 0));
  return perMs === undefined || waiting === 0 ? undefined : waiting * perMs;
}

/**
 * True where the time of an operator is missing in the sums: they are lower bounds, which are no totals and meet no
 * limit.
 */
export function isPartialTime(latency: Pick<LatencyFacts, 'coverage'> | undefined): boolean {
  return (latency?.coverage ?? 1) < 1;
}

/** Operators of which both is known, or the one thing that is known at all. */
function coverage(counted: number, timed: number): number {
  return counted === 0 || timed === 0 ? counted + timed : Math.min(counted, timed);
}

/** Those of the operators and of the interpreter between them. */
function invokeInstructions(counted: readonly Pick<LayerFacts, 'instructions'>[], { core }: Target): number {
  return sum(counted.map(({ instructions }) => instructions ?? 0)) + interpreterInstructions(core.id, counted.length);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
