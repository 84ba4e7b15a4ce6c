import { operatorName, type Model, type Operator } from '../../model/model';
import { numberOption } from '../../model/options';
import { HumanError } from '../../model/problem';
import { kernels } from '../kernels';
import { constantValue } from '../memory';
import { Follower, TooManySteps } from './follow';
import type { KnownValue } from './known';
import { aheadMachine } from './shapeFindings';
import { tfLiteOperators } from './tfLiteOperators';

const mostElements = 256;
const mostSteps = 60_000;
const mostPasses = 1000;

/** How often a loop of graph 0 runs; `undefined` where that hangs on more than constants. */
export function countPasses(model: Model, loop: Operator): number | undefined {
  const options = {
    kernelOf: (operator: Operator) => kernels[operatorName(operator)] ?? tfLiteOperators[operator.kind]?.kernel,
    shapesOf: (operator: Operator) => tfLiteOperators[operator.kind]?.outputShapes,
    ...{ mostElements, mostSteps, onFailure: 'unknown' as const, onFinding: () => undefined },
  };
  const follower = new Follower(model, options, aheadMachine());
  const [condition, body] = [numberOption(loop, 'condSubgraphIndex', -1), numberOption(loop, 'bodySubgraphIndex', -1)];
  let state: readonly KnownValue[] = loop.inputs.map((index) => {
    const tensor = model.graphs[0].tensors[index];
    const isShort = tensor.data !== undefined && tensor.data.length <= mostElements;
    return { shape: tensor.shape, agrees: true, ...(isShort ? { value: constantValue(tensor) } : {}) };
  });
  try {
    for (let pass = 0; pass < mostPasses; pass++) {
      const goesOn = follower.graph(condition, state)[0]?.value;
      if (goesOn === undefined) return undefined;
      if (goesOn.bytes[0] === 0) return pass;
      state = follower
        .graph(body, state)
        .map((known) => (known.value === undefined ? known : { ...known, value: known.value.copy() }));
    }
    return undefined;
  } catch (error) {
    if (error instanceof TooManySteps || error instanceof HumanError) return undefined;
    throw error;
  }
}
