import { elementCount } from '../../model/dataType';
import type { Graph, Operator } from '../../model/model';
import type { SaturatingKind } from '../proof';

/** An output of a graph, and the tensor by which it is judged and taught. */
export interface JudgedOutput {
  readonly output: number;
  /** What goes into a final saturating function, which hides differences; without one the output itself. */
  readonly tensor: number;
  /** The saturating function between both; absent where there is none. */
  readonly saturating?: Operator & { readonly kind: SaturatingKind };
}

/**
 * Monotone functions that come near to a constant for large inputs: what differs there can hardly be seen behind them.
 */
const saturatingKinds: ReadonlySet<string> = new Set<SaturatingKind>(['LOGISTIC', 'TANH', 'SOFTMAX', 'LOG_SOFTMAX']);

/** Operators behind which the values are the same but for their type and shape. */
const copyingKinds: ReadonlySet<string> = new Set(['DEQUANTIZE', 'QUANTIZE', 'RESHAPE', 'SQUEEZE', 'EXPAND_DIMS']);

/** Each output of a graph with what it is judged by. */
export function judgedOutputs(graph: Graph): readonly JudgedOutput[] {
  const producers = producersOf(graph);
  return graph.outputs.map((output) => {
    const producer = lastComputing(producers, output);
    if (producer === undefined || !isSaturating(producer)) return { output, tensor: output };
    const [tensor] = producer.inputs;
    return producers.has(tensor) ? { output, tensor, saturating: producer } : { output, tensor: output };
  });
}

function isSaturating(operator: Operator): operator is Operator & { readonly kind: SaturatingKind } {
  return saturatingKinds.has(operator.kind);
}

type Producers = ReadonlyMap<number, Operator>;

function producersOf(graph: Graph): Producers {
  return new Map(graph.operators.flatMap((each) => each.outputs.map((index) => [index, each] as const)));
}

/** The operator that computes a tensor's values, before those that only copy them. */
function lastComputing(producers: Producers, tensor: number): Operator | undefined {
  let producer = producers.get(tensor);
  // No file can lead in a circle for longer than it has tensors.
  for (let steps = 0; producer !== undefined && copyingKinds.has(producer.kind); steps++) {
    if (steps > producers.size) return undefined;
    producer = producers.get(producer.inputs[0]);
  }
  return producer;
}

/**
 * True for an output that is one row of classes, each with its share or probability: behind a softmax, or behind a
 * logistic function.
 */
export function isClassification(graph: Graph, output: number): boolean {
  const { shape } = graph.tensors[output];
  const count = shape.at(-1) ?? 1;
  const kind = lastComputing(producersOf(graph), output)?.kind;
  return (kind === 'SOFTMAX' || kind === 'LOGISTIC') && count > 1 && elementCount(shape) === count;
}

/** The tensors by which a result is judged: outputs, and what goes into final saturating functions. */
export function judgedTensors(graph: Graph): readonly number[] {
  return [...new Set(judgedOutputs(graph).flatMap(({ output, tensor }) => [output, tensor]))];
}

/**
 * Number of classes where the only output is a vector of classes: one row, more than one entry; as large as the input
 * it is a picture or a spectrum given back.
 */
export function classCount({ inputs, outputs, tensors }: Graph): number | undefined {
  if (outputs.length !== 1) return undefined;
  const { shape } = tensors[outputs[0]];
  const count = shape.at(-1) ?? 1;
  const isRebuilt = inputs.length > 0 && elementCount(tensors[inputs[0]].shape) === count;
  return count > 1 && elementCount(shape) === count && !isRebuilt ? count : undefined;
}

/** Position of the largest value, the first of equal ones. */
export function largest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best] ? index : best), 0);
}
