import type { Graph, Model, Operator } from '../../model/model';
import type { OperatorCost } from '../../runtimes/runtime';
import type { Target } from '../../runtimes/target';
import { combinedEdge } from '../bands';
import { withArenaWaits } from './arenaWait';
import { architectureBand, architectureCycles } from './architecture';
import type { FlashPath, FlashWait } from './flashWait';
import { withoutColdCode } from './coldCode';
import { codeWait, flashPathOf, flashWait, weightOrder } from './flashWait';
import type { OperatorCycles, Timing } from './operatorCycles';
import { withoutOtherKernels } from './otherKernels';
import { standInTiming } from './standIn';
import type { CycleFit, Scale, TypeClass } from './timingFacts';
import { bandOfOtherBoards } from './timingSpread';
import { measuredLevel, scaleOf, timingFacts } from './timingScale';
import { dataCachesOf, termsBesideFlash, weightWaitTerms, workTerms } from './workTerms';

/**
 * The timing of a target's core and memory: cycles = scale x (cycles per instruction x instructions + what `workTerms`
 * add) + what the core waits for weights in an external flash chip and for an arena outside of the chip. The bracket
 * was fitted on one board with many measured models; the scale of another board or core is its ratio to that board,
 * from engines that ran the same models on both. Cores whose instructions nobody counted have rates of their own
 * (`standIn`). Absent where nothing like it was measured.
 */
export function timingOf(target: Target): Timing | undefined {
  return withArenaWaits(standInTiming(target) ?? scaledTiming(target), target);
}

function scaledTiming(target: Target): Timing | undefined {
  const { board, core, runtime, flashMode, optimization } = target;
  const scale = scaleOf({ board: board?.id, core: core.id, runtime, flashMode, optimization });
  if (scale === undefined) return undefined;
  const path = flashPathOf(target);
  return {
    source: `${scale.source} ${scale.base === undefined ? timingFacts.reference.source : architectureSource}`,
    of: (operator, graph, model, cost) => cost && cyclesOf(cost, { operator, graph, model, target, scale, path }),
    weightWaits: (operator, graph, model) => weightWaitsOf({ operator, graph, model, target, scale, path }),
  };
}

interface Work {
  readonly operator: Operator;
  readonly graph: Graph;
  readonly model: Model;
  readonly target: Target;
  readonly scale: Scale;
  readonly path: FlashPath | undefined;
}

const architectureSource =
  'Cycles for each instruction follow from the mix of instructions that kernels execute and from what the manual of the core, or the rules by which its pipeline issues them, says that each takes.';

/** Cycles of so many instructions without waits for an external flash chip, and how far models differ from them. */
interface Computing {
  readonly cycles: (instructions: number) => number;
  readonly low: number;
  readonly high: number;
}

function computingOf(cost: OperatorCost, work: Work): Computing | undefined {
  const { operator, graph, target, scale, path } = work;
  if (scale.base === 'architecture') {
    const of = (instructions: number): number =>
      architectureCycles({ variant: cost.variant, instructions }, work, target) ?? NaN;
    return { cycles: (instructions) => scale.factor * of(instructions), ...architectureBand };
  }
  const known = fitOf(typeClassOf(operator, graph), target);
  if (known === undefined) return undefined;
  const fit = withoutColdCode(withoutOtherKernels(known, target), target);
  const fixed = termsOf(path === undefined ? workTerms : termsBesideFlash, fit, work);
  const cycles = (instructions: number): number => scale.factor * (fit.cyclesPerInstruction * instructions + fixed);
  return { cycles, ...modelBand(fit, scale) };
}

/** How far models lie from the formula; on a board that it was not fitted on no nearer than they were seen to. */
function modelBand({ low, high }: CycleFit, { factor }: Scale): Pick<Computing, 'low' | 'high'> {
  const others = bandOfOtherBoards;
  return factor === 1 ? { low, high } : { low: Math.min(low, others.low), high: Math.max(high, others.high) };
}

function cyclesOf(cost: OperatorCost, work: Work): OperatorCycles | undefined {
  const fit = computingOf(cost, work);
  if (fit === undefined) return undefined;
  const spread = spreadOf(work.scale, work.operator);
  const { cycles } = fit;
  const { waiting, wait } = waitOf(work);
  const computing = cycles(cost.instructions);
  const shareOf = (instructions: number): number => (computing === 0 ? 1 : cycles(instructions) / computing);
  return {
    cycles: computing + waiting,
    low: (computing + waiting) * combinedEdge('low', shareOf(cost.instructionsLow), fit.low, spread.low),
    high: (computing + waiting) * combinedEdge('high', shareOf(cost.instructionsHigh), fit.high, spread.high),
    ...(work.path === undefined ? {} : { waiting }),
    ...(wait === undefined ? {} : { wait }),
  };
}

/** How far the ratio of a board or core is open for operators of this kind. */
function spreadOf(scale: Scale, { kind }: Operator): { readonly low: number; readonly high: number } {
  return scale.ofKinds?.kinds.includes(kind) === true ? scale.ofKinds : scale;
}

function waitOf({ operator, graph, model, target, path }: Work): {
  readonly waiting: number;
  readonly wait?: FlashWait;
} {
  if (path === undefined) return { waiting: 0 };
  const wait = flashWait(operator, graph, model, { path, order: weightOrder(target) });
  return { waiting: (wait?.cycles ?? 0) + codeWait(model, path), ...(wait === undefined ? {} : { wait }) };
}

/** Waits of an external flash chip; inside the microcontroller those that the formula's terms stand for. */
function weightWaitsOf(work: Work): number {
  const { operator, graph, target, scale, path } = work;
  if (path !== undefined) return waitOf(work).waiting;
  if (scale.base === 'architecture') return 0;
  const fit = fitOf(typeClassOf(operator, graph), target);
  return fit === undefined ? 0 : scale.factor * termsOf(weightWaitTerms, fit, work);
}

/** Cycles of the reference board that these terms add. */
function termsOf(
  terms: typeof workTerms,
  fit: CycleFit,
  { operator, graph, target }: Pick<Work, 'operator' | 'graph' | 'target'>,
): number {
  const caches = dataCachesOf(target, timingFacts.reference.dataCacheBytes);
  return terms.reduce((sum, [coefficient, work]) => sum + fit[coefficient] * work(operator, graph, caches), 0);
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
