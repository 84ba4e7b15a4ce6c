import type { Graph, Operator, Tensor } from '../../model/model';

/**
 * A graph being rewritten. Tensors keep the indices that they have in the source, new ones are appended; operators may
 * be changed, added and left out. `redraw` puts it into its model, which renumbers everything.
 */
export interface GraphDraft {
  /** Index of the graph in its model. */
  readonly index: number;
  tensors: Tensor[];
  operators: Operator[];
  inputs: number[];
  outputs: number[];
}

/** A draft of `graph`, with what is known already of its changes. */
export function draftOf(
  graph: Graph,
  { tensors, operators }: Partial<Pick<Graph, 'tensors' | 'operators'>> = {},
): GraphDraft {
  return {
    index: graph.index,
    tensors: [...(tensors ?? graph.tensors)],
    operators: [...(operators ?? graph.operators)],
    inputs: [...graph.inputs],
    outputs: [...graph.outputs],
  };
}

/** Appends a tensor and gives its index. */
export function addTensor(draft: GraphDraft, tensor: Omit<Tensor, 'index'>): number {
  draft.tensors.push({ ...tensor, index: draft.tensors.length });
  return draft.tensors.length - 1;
}

/** Every reader of `from`, the graph's outputs included, reads `to` from now on. */
export function redirect(draft: GraphDraft, from: number, to: number): void {
  const moved = (index: number): number => (index === from ? to : index);
  draft.operators = draft.operators.map((operator) => ({ ...operator, inputs: operator.inputs.map(moved) }));
  draft.outputs = draft.outputs.map(moved);
}

/** Operators that read a tensor, or 2 and more when the graph itself gives it out too. */
export function readerCount(draft: GraphDraft, tensor: number): number {
  const readers = draft.operators.filter(({ inputs }) => inputs.includes(tensor)).length;
  return readers + draft.outputs.filter((index) => index === tensor).length;
}

/** The operator that computes a tensor. */
export function producerOf(draft: GraphDraft, tensor: number): Operator | undefined {
  return draft.operators.find(({ outputs }) => outputs.includes(tensor));
}

/** Leaves out operators whose results nobody reads, and says how many. */
export function dropDeadOperators(draft: GraphDraft): number {
  const before = draft.operators.length;
  const read = new Set(draft.outputs);
  const kept: Operator[] = [];
  for (const operator of [...draft.operators].reverse()) {
    const isRead = operator.outputs.length === 0 || operator.outputs.some((index) => read.has(index));
    if (!isRead) continue;
    kept.unshift(operator);
    operator.inputs.forEach((index) => read.add(index));
  }
  draft.operators = kept;
  return before - kept.length;
}
