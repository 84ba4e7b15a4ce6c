import type { Graph, Model, Operator } from '../model/model';
import { operatorCost } from '../runtimes/cost/cost';
import type { OperatorCost } from '../runtimes/runtime';
import type { Target } from '../runtimes/target';
import { calibratedTiming } from './timing/calibratedTiming';
import { timingOf } from './timing/timing';
import type { OperatorCycles } from './timing/operatorCycles';

/** What one operator executes, and how long that takes; absent where it is not known. */
interface OperatorFigures {
  readonly cost: OperatorCost | undefined;
  readonly cycles: OperatorCycles | undefined;
}

/** Counts single operators on a target. */
interface OperatorCounter {
  readonly of: (operator: Operator, graph: Graph, model: Model) => OperatorFigures;
  /** What cycles rest on; absent where none are known. */
  readonly source: string | undefined;
}

/** What counts the operators of models on `target`: each by itself, from its own tensors and those that feed it. */
export function operatorCounter(target: Target): OperatorCounter {
  const timing = calibratedTiming(timingOf(target), target);
  return {
    of: (operator, graph, model) => {
      const cost = operatorCost(operator, graph, model, target);
      return { cost, cycles: timing?.of(operator, graph, model, cost) };
    },
    source: timing?.source,
  };
}
