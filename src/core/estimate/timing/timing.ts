import type { Graph, Operator } from '../../model/model';
import { knownCore } from '../../boards/cores';
import type { OperatorCost } from '../../runtimes/runtime';
import type { Target } from '../../runtimes/target';
import type { CycleFit, Scale, TypeClass } from './timingFacts';
import { measuredLevel, scaleOf, timingFacts } from './timingScale';
import { weightWaitTerms, workTerms } from './workTerms';

/** Cycles of one operator with the band that held on models that were not used to fit it. */
export interface OperatorCycles {
  readonly cycles: number;
  readonly low: number;
  readonly high: number;
}

/** How the instructions of a target become cycles. */
export interface Timing {
  /** Whose instructions become cycles: the target itself, or one that stands for it. */
  readonly counted: Target;
  /** `cost`: what the operator executes on `counted`. */
  readonly of: (operator: Operator, graph: Graph, cost: OperatorCost | undefined) => OperatorCycles | undefined;
  /**
   * Cycles of an operator that are waits for weights in flash: those of bytes that come from there again and again, or
   * in one stream. Part of what `of` gives; 0 where its weights stay in the cache.
   */
  readonly weightWaits: (operator: Operator, graph: Graph) => number;
  /** Complete sentences: what was measured, where, with how many models. */
  readonly source: string;
}

/**
 * The timing of a target's core and memory: cycles = scale x (cycles per instruction x instructions + what `workTerms`
 * add). The bracket was fitted on one board with many measured models; the scale of another board or core is its ratio
 * to that board, from engines that ran the same models on both. Absent where nothing like it was measured.
 */
export function timingOf(target: Target): Timing | undefined {
  const scale = scaleOf({ board: target.board?.id, core: target.core.id, runtime: target.runtime });
  if (scale === undefined) return undefined;
  return {
    counted: countedTarget(target, scale),
    source: `${scale.source} ${timingFacts.reference.source}`,
    of: (operator, graph, cost) => cost && cyclesOf(cost, { operator, graph, target, scale }),
    weightWaits: (operator, graph) => weightWaitsOf({ operator, graph, target, scale }),
  };
}

/**
 * The target whose instructions are counted: the target itself, or a core that stands for one whose instructions nobody
 * counted.
 */
function countedTarget(target: Target, scale: Scale): Target {
  if (scale.countedAs === undefined) return target;
  const { core, runtime } = scale.countedAs;
  return { ...target, core: knownCore(core), runtime };
}

interface Work {
  readonly operator: Operator;
  readonly graph: Graph;
  readonly target: Target;
  readonly scale: Scale;
}

function cyclesOf(cost: OperatorCost, { operator, graph, target, scale }: Work): OperatorCycles | undefined {
  const fit = fitOf(typeClassOf(operator, graph), target);
  if (fit === undefined) return undefined;
  const fixed = termsOf(workTerms, fit, { operator, graph });
  const cycles = (instructions: number): number => scale.factor * (fit.cyclesPerInstruction * instructions + fixed);
  return {
    cycles: cycles(cost.instructions),
    low: cycles(cost.instructionsLow) * Math.min(fit.low * scale.low, 1),
    high: cycles(cost.instructionsHigh) * Math.max(fit.high * scale.high, 1),
  };
}

function weightWaitsOf({ operator, graph, target, scale }: Work): number {
  const fit = fitOf(typeClassOf(operator, graph), target);
  return fit === undefined ? 0 : scale.factor * termsOf(weightWaitTerms, fit, { operator, graph });
}

/** Cycles of the reference board that these terms add. */
function termsOf(
  terms: typeof workTerms,
  fit: CycleFit,
  { operator, graph }: Pick<Work, 'operator' | 'graph'>,
): number {
  const { dataCacheBytes } = timingFacts.reference;
  return terms.reduce((sum, [coefficient, work]) => sum + fit[coefficient] * work(operator, graph, dataCacheBytes), 0);
}

/** Nobody measured int16 with -Os: the fit of -O3 stands in, and its instructions are those of -Os. */
function fitOf(type: TypeClass, { optimization }: Target): CycleFit | undefined {
  const { fits } = timingFacts.reference;
  return fits[`${type} ${measuredLevel(optimization)}`] ?? fits[`${type} O3`];
}

function typeClassOf(operator: Operator, graph: Graph): TypeClass {
  const types = [...operator.inputs.slice(0, 1), ...operator.outputs].map((index) => graph.tensors[index]?.type);
  if (types.includes('float32')) return 'float32';
  return types.includes('int16') ? 'int16' : 'int8';
}
