import type { Graph, Operator, Tensor } from '../model/model';

/** What a graph is made of, before it is tidied. */
interface Parts {
  readonly tensors: readonly Tensor[];
  readonly operators: readonly Operator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

interface Tidied {
  readonly graph: Omit<Graph, 'index' | 'name'>;
  /** Where each operator stood before. */
  readonly places: readonly number[];
}

/** The same without operators that nothing reads and tensors that nothing names, numbered anew. */
export function tidied({ tensors, operators, inputs, outputs }: Parts): Tidied {
  const read = new Set(outputs);
  const kept: Operator[] = [];
  for (let at = operators.length - 1; at >= 0; at--) {
    const operator = operators[at];
    if (!operator.outputs.some((tensor) => read.has(tensor))) continue;
    kept.push(operator);
    for (const tensor of operator.inputs) read.add(tensor);
  }
  kept.reverse();
  const named = new Set([...inputs, ...outputs]);
  for (const operator of kept) for (const tensor of [...operator.inputs, ...operator.outputs]) named.add(tensor);
  const places = new Map<number, number>([[-1, -1]]);
  const left = tensors.filter(({ index }) => named.has(index));
  left.forEach(({ index }, at) => places.set(index, at));
  const placed = (indices: readonly number[]): readonly number[] => indices.map((index) => places.get(index) ?? -1);
  const graph = {
    tensors: left.map((tensor, index) => ({ ...tensor, index })),
    operators: kept.map((operator, index) => ({
      ...operator,
      index,
      inputs: placed(operator.inputs),
      outputs: placed(operator.outputs),
    })),
    inputs: placed(inputs),
    outputs: placed(outputs),
  };
  return { graph, places: kept.map(({ index }) => index) };
}
