import { Follower, TooManySteps } from '../execute/meaning/follow';
import type { KnownValue } from '../execute/meaning/known';
import { aheadMachine } from '../execute/meaning/shapeFindings';
import { tfLiteOperators } from '../execute/meaning/tfLiteOperators';
import type { Rounding, TensorValue } from '../execute/executable';
import type { KernelMaker } from '../execute/kernel';
import { kernels } from '../execute/kernels';
import { byOtherTypes } from '../execute/meaning/otherTypes';
import { Value } from '../execute/value';
import { budgets, lending } from '../model/budget';
import { operatorName, type Graph, type Model, type Operator } from '../model/model';
import { HumanError } from '../model/problem';
import { realValuesOf } from '../model/values/real';
import { supportOf } from '../operators/operators';
import { faultsOf } from './faults';

/** More steps than a model for a microcontroller takes. */
const mostSteps = 1_000_000;

/**
 * The outputs that the file means for these inputs in its first run, by TF Lite's rules: shapes as they come out, and
 * TF Lite's kernels where those of TFLM have a fault. An output is absent where that cannot be computed: what a
 * resource holds is not known, or TF Lite too refuses the model.
 */
export function meantOutputs(
  model: Model,
  inputs: readonly Uint8Array[],
  rounding: Rounding = 'double',
): readonly (TensorValue | undefined)[] {
  const [graph] = model.graphs;
  const options = {
    kernelOf,
    shapesOf: (operator: Operator) => tfLiteOperators[operator.kind]?.outputShapes,
    rounding,
    isFirstRun: true,
    mostElements: Infinity,
    mostSteps,
    onFailure: 'unknown' as const,
    onFinding: () => undefined,
  };
  const given = graph.inputs.map((index, position) => {
    const tensor = graph.tensors[index];
    const value = new Value(tensor, tensor.shape);
    value.bytes.set(inputs[position]);
    return { shape: tensor.shape, value, agrees: true };
  });
  try {
    // Shapes that values say may be of any size.
    const follow = (): readonly KnownValue[] => new Follower(model, options, aheadMachine()).graph(0, given);
    return lending(follow, budgets.analysis.bytes).map(({ value }) => value);
  } catch (error) {
    if (error instanceof TooManySteps || error instanceof HumanError) return graph.outputs.map(() => undefined);
    throw error;
  }
}

/** What turns one type into another computes with both, and TF Lite compares int16 as the integers that they are. */
const asStored: ReadonlySet<string> = new Set([
  ...['CAST', 'DEQUANTIZE', 'QUANTIZE'],
  ...['EQUAL', 'GREATER', 'GREATER_EQUAL', 'LESS', 'LESS_EQUAL', 'NOT_EQUAL'],
]);

function kernelOf(operator: Operator, graph: Graph): KernelMaker | undefined {
  const meant = faultsOf(operator, graph).find((fault) => fault.meant !== undefined)?.meant;
  if (meant !== undefined) return meant;
  const own = kernels[operatorName(operator)];
  if (own === undefined) return tfLiteOperators[operator.kind]?.kernel;
  if (asStored.has(operator.kind)) return own;
  const support = supportOf(operator, graph);
  const isTyped = support.supported || (support.code !== 'type-unsupported' && support.code !== 'hybrid-operator');
  return isTyped ? own : byOtherTypes(own);
}

/** How far an output of a board is from what the file means, in real numbers. */
export interface MeantDifference {
  /** The largest difference of two elements. */
  readonly largestDifference: number;
  /** The largest size of an element that is meant. */
  readonly largestMeant: number;
}

/** `undefined` where what is meant is not known or has another number of elements. */
export function differenceFromMeant(
  board: TensorValue,
  meant: TensorValue | undefined,
  tensor: Parameters<typeof realValuesOf>[1],
): MeantDifference | undefined {
  if (meant === undefined) return undefined;
  const [got, wanted] = [realValuesOf(board, tensor), realValuesOf(meant, tensor)];
  if (got.length !== wanted.length) return undefined;
  let [largestDifference, largestMeant] = [0, 0];
  wanted.forEach((value, index) => {
    largestDifference = Math.max(largestDifference, Math.abs(value - got[index]));
    largestMeant = Math.max(largestMeant, Math.abs(value));
  });
  return { largestDifference, largestMeant };
}
