import { operatorName, type Model } from '../../model/model';
import { supportOf } from '../../operators/operators';
import type { Machine } from '../kernel';
import { kernels } from '../kernels';
import { Variables } from '../variables';
import { Follower, TooManySteps } from './follow';
import type { ShapeFinding } from './following';

/** What following a model without inputs tells of its shapes. */
export interface ShapeReport {
  /** The operators that make something else than the file declares, each once, where it begins. */
  readonly findings: readonly ShapeFinding[];
  /** False where the model was too long to be followed to its end. */
  readonly isComplete: boolean;
}

/** Values of shapes, axes and counters are short; longer ones are not computed ahead. */
const mostElements = 256;
const mostSteps = 60_000;

/** Follows a model by TF Lite's rules, without inputs, and says where it makes other shapes than the file declares. */
export function shapeReport(model: Model): ShapeReport {
  const found = new Map<string, ShapeFinding>();
  const follower = new Follower(
    model,
    {
      kernelOf: (operator, graph) =>
        supportOf(operator, graph).supported ? kernels[operatorName(operator)] : undefined,
      mostElements,
      mostSteps,
      onFailure: 'unknown',
      onFinding: (finding) => {
        const key = `${finding.graph.index} ${finding.operator.index}`;
        if (!found.has(key)) found.set(key, finding);
      },
    },
    aheadMachine(),
  );
  const finish = (isComplete: boolean): ShapeReport => ({ findings: [...found.values()], isComplete });
  if (model.graphs.length === 0) return finish(true);
  try {
    follower.graph(0, []);
    return finish(true);
  } catch (error) {
    if (error instanceof TooManySteps) return finish(false);
    throw error;
  }
}

/** Control flow and variables are followed, not computed: no kernel gets at them. */
export function aheadMachine(): Machine {
  const variables = new Variables();
  return {
    graph: () => ({ inputs: [], outputs: [] }),
    run: () => undefined,
    variable: (container, name) => variables.numberOf(container, name),
    variableMemory: (variable, bytes, initial) => variables.memory(variable, bytes, initial),
    onReset: () => undefined,
  };
}
