import { operatorName, type Model } from '../../model/model';
import { HumanError } from '../../model/problem';
import { kernels } from '../kernels';
import { Follower, TooManySteps } from './follow';
import type { KnownValue } from './known';
import { aheadMachine } from './shapeFindings';
import { tfLiteOperators } from './tfLiteOperators';

/** Shapes, axes and counters are short; longer values are not computed ahead. */
const mostElements = 256;
const mostSteps = 60_000;

/**
 * What is known of each tensor that an operator of graph 0 makes before the model runs, by TF Lite's rules and with the
 * inputs' stored shapes: its true shape, and its content where that hangs on shapes and constants alone. `undefined`
 * for a model that cannot be followed to its end.
 */
export function knownTensors(model: Model): ReadonlyMap<number, KnownValue> | undefined {
  const known = new Map<number, KnownValue>();
  const options = {
    kernelOf: (operator: Parameters<typeof operatorName>[0]) =>
      kernels[operatorName(operator)] ?? tfLiteOperators[operator.kind]?.kernel,
    shapesOf: (operator: Parameters<typeof operatorName>[0]) => tfLiteOperators[operator.kind]?.outputShapes,
    ...{ mostElements, mostSteps, onFailure: 'unknown' as const, onFinding: () => undefined },
    onOutputs: (
      graph: { readonly index: number },
      { outputs }: { readonly outputs: readonly number[] },
      made: readonly KnownValue[],
    ) => {
      if (graph.index === 0) made.forEach((value, position) => known.set(outputs[position], value));
    },
  };
  try {
    new Follower(model, options, aheadMachine()).graph(0, []);
    return known;
  } catch (error) {
    if (error instanceof TooManySteps || error instanceof HumanError) return undefined;
    throw error;
  }
}
