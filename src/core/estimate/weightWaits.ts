import type { Model } from '../model/model';
import type { Target } from '../runtimes/target';
import { calibratedTiming } from './timing/calibratedTiming';
import { timingOf } from './timing/timing';

/**
 * Milliseconds of an inference that are waits for weights in flash, modelled; absent where no timing or clock of the
 * target is known. Operators of called graphs count once, as in `latencyFacts`.
 */
export function weightWaitMs(model: Model, target: Target): number | undefined {
  const timing = calibratedTiming(timingOf(target), target);
  if (timing === undefined || target.clockHz === undefined) return undefined;
  let cycles = 0;
  for (const graph of model.graphs) {
    for (const operator of graph.operators) cycles += timing.weightWaits(operator, graph, model);
  }
  return (cycles * 1000) / target.clockHz;
}
