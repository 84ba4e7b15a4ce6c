import type { Graph, Model, Operator } from '../../model/model';
import { standInCost, type StandIn } from '../../runtimes/cost/cost';
import type { Target } from '../../runtimes/target';
import { combinedEdge } from '../bands';
import { codeWait, flashPathOf, flashWait, weightOrder } from './flashWait';
import type { OperatorCycles, Timing } from './operatorCycles';
import type { StandInRates } from './timingFacts';
import { timingFacts } from './timingScale';
import { vectorFeatures } from './vectorFeatures';

/**
 * The timing of a core whose instructions nobody counted: rates for the work that stands for it, and what it waits for
 * the flash chip. Absent for other cores.
 */
export function standInTiming(target: Target): Timing | undefined {
  const rates = timingFacts.standIns[target.core.id];
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
  if (counted === 'reference') {
    const isFloat = cost.variant.includes('f32') || cost.variant.includes('float');
    const integer = target.optimization === 'Os' ? rates.referenceIntegerOs : rates.referenceInteger;
    return cost.instructions * (isFloat ? rates.referenceFloat : integer);
  }
  const features = rates.vector && vectorFeatures(operator, work);
  if (features !== undefined) return features.reduce((sum, count, at) => sum + count * (rates.vector?.[at] ?? 0), 0);
  return cost.instructions * (loopShare * rates.espNnLoop + (1 - loopShare) * rates.espNnOther);
}
