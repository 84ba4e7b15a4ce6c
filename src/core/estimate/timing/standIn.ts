import type { Graph, Model, Operator } from '../../model/model';
import { standInCost, type StandIn } from '../../runtimes/cost/cost';
import type { Target } from '../../runtimes/target';
import { combinedEdge } from '../bands';
import { codeWait, flashPathOf, flashWait, weightOrder } from './flashWait';
import type { OperatorCycles, Timing } from './operatorCycles';
import type { StandInRates, WindowRates } from './timingFacts';
import { standInRatesOf } from './standInRates';
import { vectorFeatures } from './vectorFeatures';

/**
 * The timing of a core whose instructions nobody counted: rates for the work that stands for it, and what it waits for
 * the flash chip. Absent for other cores.
 */
export function standInTiming(target: Target): Timing | undefined {
  const rates = standInRatesOf(target.core.id);
  if (rates === undefined || target.runtime === 'tflm-cmsis-nn') return undefined;
  const isEspNn = target.runtime === 'tflm-esp-nn';
  return {
    source: isEspNn ? rates.source : rates.referenceSource,
    of: (operator, graph, model) => cyclesOf({ operator, graph, model }, target, rates),
    weightWaits: (operator, graph, model) => cyclesOf({ operator, graph, model }, target, rates)?.waiting ?? 0,
  };
}

interface Work {
  readonly operator: Operator;
  readonly graph: Graph;
  readonly model: Model;
}

function cyclesOf({ operator, graph, model }: Work, target: Target, rates: StandInRates): OperatorCycles | undefined {
  const work = standInCost(operator, graph, model, target);
  if (work === undefined) return undefined;
  const path = flashPathOf(target);
  const wait = path && flashWait(operator, graph, model, { path, order: weightOrder(target) });
  const waiting = (wait?.cycles ?? 0) + (path === undefined ? 0 : codeWait(model, path));
  const computing = computeCycles(operator, work, target, rates) + rates.cyclesPerOperator;
  const { instructions, instructionsLow, instructionsHigh } = work.cost;
  const band = work.counted === 'esp_nn' ? rates.espNnBand : rates.referenceBand;
  return {
    cycles: computing + waiting,
    low: (computing + waiting) * combinedEdge('low', instructionsLow / instructions, band.low),
    high: (computing + waiting) * combinedEdge('high', instructionsHigh / instructions, band.high),
    waiting,
    ...(wait === undefined ? {} : { wait }),
  };
}

function computeCycles(operator: Operator, work: StandIn, target: Target, rates: StandInRates): number {
  const { cost, counted, loopShare } = work;
  if (counted === 'reference') return cost.instructions * referenceRate(operator, cost.variant, target, rates);
  const features = rates.vector && vectorFeatures(operator, work);
  if (features !== undefined) return features.reduce((sum, count, at) => sum + count * (rates.vector?.[at] ?? 0), 0);
  return cost.instructions * (loopShare * rates.espNnLoop + (1 - loopShare) * rates.espNnOther);
}

const windowKinds: ReadonlySet<string> = new Set([
  'CONV_2D',
  'DEPTHWISE_CONV_2D',
  'TRANSPOSE_CONV',
  'AVERAGE_POOL_2D',
  'MAX_POOL_2D',
]);

/** Which rate of windows holds for a kernel; `undefined` for one that slides none. Floats with -Os nobody measured. */
export function windowClass(
  { kind }: Pick<Operator, 'kind'>,
  variant: string,
  { optimization }: Pick<Target, 'optimization'>,
): keyof WindowRates | undefined {
  if (!windowKinds.has(kind)) return undefined;
  const isFloat = variant.includes('f32') || variant.includes('float');
  if (isFloat) return optimization === 'Os' ? undefined : 'floatO3';
  return optimization === 'Os' ? 'integerOs' : 'integerO3';
}

/** Cycles for each instruction of a reference kernel. */
function referenceRate(
  operator: Pick<Operator, 'kind'>,
  variant: string,
  target: Pick<Target, 'optimization'>,
  rates: Pick<StandInRates, 'windows' | 'reference'>,
): number {
  const window = windowClass(operator, variant, target);
  return window === undefined ? rates.reference : rates.windows[window];
}
