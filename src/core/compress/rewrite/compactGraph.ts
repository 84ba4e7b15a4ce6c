import type { Graph, Operator, Signature, Tensor } from '../../model/model';

/** A graph in the making: tensors keep their old indices, operators may be gone. */
export interface DraftGraph {
  readonly tensors: readonly Tensor[];
  readonly operators: readonly Operator[];
}

/** A graph without the tensors that nothing names, and where the others went. */
export interface CompactGraph {
  readonly graph: Graph;
  /** Old tensor index to new one; -1 for a tensor that is gone. */
  readonly tensorIndices: Int32Array;
}

/** `graph` with the draft's tensors and operators, both numbered anew; tensors that neither an operator nor an input, output or variable names go. */
export function compactGraph(graph: Graph, draft: DraftGraph, signatures: readonly Signature[]): CompactGraph {
  const used = new Uint8Array(draft.tensors.length);
  const use = (index: number): void => {
    if (index >= 0) used[index] = 1;
  };
  [...graph.inputs, ...graph.outputs].forEach(use);
  for (const { inputs, outputs, intermediates } of draft.operators)
    [...inputs, ...outputs, ...intermediates].forEach(use);
  for (const signature of signatures) {
    if (signature.graph === graph.index)
      [...signature.inputs, ...signature.outputs].forEach(({ tensor }) => use(tensor));
  }
  const tensorIndices = new Int32Array(draft.tensors.length).fill(-1);
  const tensors: Tensor[] = [];
  draft.tensors.forEach((tensor, index) => {
    if (used[index] === 0) return;
    tensorIndices[index] = tensors.length;
    tensors.push({ ...tensor, index: tensors.length });
  });
  const moved = (list: readonly number[]): readonly number[] =>
    list.map((index) => (index < 0 ? index : tensorIndices[index]));
  const operators = draft.operators.map((operator, index) => ({
    ...operator,
    index,
    inputs: moved(operator.inputs),
    outputs: moved(operator.outputs),
    intermediates: moved(operator.intermediates),
  }));
  return {
    graph: { ...graph, tensors, operators, inputs: moved(graph.inputs), outputs: moved(graph.outputs) },
    tensorIndices,
  };
}
