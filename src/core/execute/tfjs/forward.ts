import type { DataType } from '../../model/dataType';
import type { Tensor } from '../../model/model';
import { HumanError } from '../../model/problem';
import type { TfjsCall, Tf, TfTensor } from './call';
import type { ForwardPlan, ForwardStep } from './forwardPlan';
import { realValues } from '../../model/values/real';

/** Values by tensor index. */
type TfValues = ReadonlyMap<number, TfTensor>;

/**
 * Executes a plan by TensorFlow.js: every tensor that was computed, by index, among them `plan.wanted`. `weights` holds
 * the plan's constants (see `constantTensors`) and its variables, in TFLite's layout: any of them may be a
 * `tf.Variable`, and every operation has a gradient, so that the same function serves inference and training. `inputs`
 * are those of the graph in order; with a batchable plan they may hold many samples along dimension 0. A variable that
 * an operator writes comes back under its own index. Call it within `tf.tidy`.
 */
export function forward(
  tf: Tf,
  plan: ForwardPlan,
  weights: TfValues,
  inputs: readonly TfTensor[],
): Map<number, TfTensor> {
  const values = new Map(weights);
  plan.graph.inputs.forEach((index, position) => values.set(index, inputs[position]));
  const batch = plan.isBatchable ? (inputs[0]?.shape[0] ?? 1) : 1;
  for (const step of plan.steps) execute(tf, { plan, step, values, batch });
  return values;
}

interface Execution {
  readonly plan: ForwardPlan;
  readonly step: ForwardStep;
  readonly values: Map<number, TfTensor>;
  readonly batch: number;
}

function execute(tf: Tf, { plan, step, values, batch }: Execution): void {
  const { operator, how } = step;
  const optional = (position: number): TfTensor | undefined => values.get(operator.inputs[position] ?? -1);
  const call: TfjsCall = {
    tf,
    graph: plan.graph,
    operator,
    batch,
    optional,
    input(position) {
      const value = optional(position);
      if (value !== undefined) return value;
      throw new HumanError(
        'float-operator-unsupported',
        `${operator.kind} (operator ${operator.index}) lacks its input ${position}, so that it cannot be executed. Convert the model again.`,
      );
    },
    remember: (position, value) => values.set(operator.inputs[position], value),
  };
  const results = computed(step, () => how.compute(call));
  const outputs: readonly TfTensor[] = Array.isArray(results) ? results : [results as TfTensor];
  operator.outputs.forEach((index, position) => values.set(index, outputs[position]));
}

/**
 * What TensorFlow.js refuses, it refuses by a bare `Error`, for instance where shapes in the file do not fit each
 * other. Errors of the language are ours, and stay what they are.
 */
function computed<Result>({ operator: { kind, index } }: ForwardStep, compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'Error' || error instanceof HumanError) throw error;
    throw new HumanError(
      'float-operator-refused',
      `${kind} (operator ${index}) cannot be executed in floating point: ${JSON.stringify(error.message)}. Convert the model again.`,
    );
  }
}

/**
 * The plan's constants and, as zeros, its variables as tensors of the backend in use: quantized and half-precision
 * constants as the real numbers they stand for. The caller disposes them.
 * @throws HumanError `float-constant-unreadable` for a constant whose values cannot be read.
 */
export function constantTensors(tf: Tf, plan: ForwardPlan): Map<number, TfTensor> {
  const tensors = new Map<number, TfTensor>();
  for (const index of plan.variables) tensors.set(index, tf.zeros([...plan.graph.tensors[index].shape]));
  for (const index of plan.constants) tensors.set(index, constantTensor(tf, plan.graph.tensors[index]));
  return tensors;
}

function constantTensor(tf: Tf, tensor: Tensor): TfTensor {
  const values = realValues(tensor);
  if (values === undefined) {
    throw new HumanError(
      'float-constant-unreadable',
      `The constant "${tensor.name}" (${tensor.type}) cannot be read as numbers: its data lie elsewhere, are too short, or are quantized block by block. Convert the model again.`,
    );
  }
  return tf.tensor(values, [...tensor.shape], tfTypeOf(tensor));
}

const integerTypes: ReadonlySet<DataType> = new Set(['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32']);

/** Quantized integers stand for real numbers; plain ones are indices and sizes. */
export function tfTypeOf({ type, quantization }: Tensor): 'float32' | 'int32' | 'bool' {
  if (type === 'bool') return 'bool';
  const isQuantized = quantization !== undefined && quantization.scales.length > 0;
  return integerTypes.has(type) && !isQuantized ? 'int32' : 'float32';
}
