import type { Graph, Operator, Tensor } from '../../model/model';
import { isConstant, operatorName } from '../../model/model';
import { HumanError } from '../../model/problem';
import type { TfjsOperator } from './call';
import { tfjsOperatorOf } from './tfjsOperators';

/** One operator to be executed and how. */
export interface ForwardStep {
  readonly operator: Operator;
  readonly how: TfjsOperator;
}

/** What has to be executed, in order, to know some tensors of a float graph. */
export interface ForwardPlan {
  readonly graph: Graph;
  readonly wanted: readonly number[];
  readonly steps: readonly ForwardStep[];
  /** Constants that the steps take as tensors. */
  readonly constants: readonly number[];
  /** Variable tensors that the steps read: zeros before the first inference. */
  readonly variables: readonly number[];
  /** True when many samples may lie along dimension 0 at once, because none touches another. */
  readonly isBatchable: boolean;
}

/**
 * Plans the execution of what `wanted` (tensor indices) depends on; operators that only compute shapes are left out,
 * since shapes are known from the file.
 * @throws HumanError `float-operator-unsupported`, naming the first operator that cannot be executed.
 */
export function planForward(graph: Graph, wanted: readonly number[]): ForwardPlan {
  const needed = new Set(wanted);
  const steps: ForwardStep[] = [];
  for (const operator of [...graph.operators].reverse()) {
    if (!operator.outputs.some((index) => needed.has(index))) continue;
    const how = howOf(operator);
    steps.unshift({ operator, how });
    valueInputs({ operator, how }).forEach((index) => needed.add(index));
  }
  const tensors = [...needed].sort((left, right) => left - right).map((index) => graph.tensors[index]);
  checkSources(graph, steps, tensors);
  return {
    graph,
    wanted,
    steps,
    constants: tensors.filter(isConstant).map(({ index }) => index),
    variables: tensors.filter(({ isVariable }) => isVariable).map(({ index }) => index),
    isBatchable: isBatchable(graph, steps),
  };
}

/** Tensor indices of the inputs that a step takes as tensors. */
function valueInputs({ operator, how }: ForwardStep): readonly number[] {
  const positions = how.values ?? operator.inputs.keys();
  return [...positions].map((position) => operator.inputs[position] ?? -1).filter((index) => index >= 0);
}

function howOf(operator: Operator): TfjsOperator {
  const how = operator.kind === 'CUSTOM' ? undefined : tfjsOperatorOf(operator.kind);
  if (how !== undefined) return how;
  throw new HumanError(
    'float-operator-unsupported',
    `${operatorName(operator)} (operator ${operator.index}) cannot be executed in float: TensorFlow.js has no such operator. Replace the layer in the training source.`,
  );
}

/** Every tensor must come from somewhere: an input, a constant, a variable, or a step. */
function checkSources(graph: Graph, steps: readonly ForwardStep[], tensors: readonly Tensor[]): void {
  const made = new Set([...graph.inputs, ...steps.flatMap(({ operator }) => operator.outputs)]);
  const orphan = tensors.find((tensor) => !isConstant(tensor) && !tensor.isVariable && !made.has(tensor.index));
  if (orphan === undefined) return;
  throw new HumanError(
    'float-tensor-without-source',
    `The tensor "${orphan.name}" is no input, no constant, and no operator computes it, so that the model cannot be executed. Convert it again.`,
  );
}

function isBatchable(graph: Graph, steps: readonly ForwardStep[]): boolean {
  if (!graph.inputs.every((index) => graph.tensors[index].shape[0] === 1)) return false;
  return steps.every((step) => {
    const { operator, how } = step;
    const given = valueInputs(step).map((index) => graph.tensors[index]);
    // What is made of constants alone is made once, however many samples there are.
    if (given.every(isConstant)) return false;
    const values = [...given, ...operator.outputs.map((index) => graph.tensors[index])];
    const isOneSample = values.every((tensor) => isConstant(tensor) || tensor.isVariable || tensor.shape[0] === 1);
    return isOneSample && how.mixesSamples?.(operator, graph) !== true;
  });
}
