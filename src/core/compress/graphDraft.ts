import type { Graph, Model, Operator, Tensor } from '../model/model';

/** A graph being rewritten: tensors and operators may be changed, added and left out; `finish` counts them anew. */
export interface GraphDraft {
  readonly source: Graph;
  tensors: Tensor[];
  operators: Operator[];
  inputs: number[];
  outputs: number[];
}

export function draftOf(graph: Graph): GraphDraft {
  return {
    source: graph,
    tensors: [...graph.tensors],
    operators: [...graph.operators],
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

/** `model` with the draft in the place of graph 0: unused tensors are left out, everything is counted anew, names of signatures follow. */
export function finish(model: Model, draft: GraphDraft): Model {
  const used = new Set([...draft.inputs, ...draft.outputs]);
  for (const { inputs, outputs, intermediates } of draft.operators) {
    [...inputs, ...outputs, ...intermediates].forEach((index) => used.add(index));
  }
  const kept = draft.tensors.filter((_, index) => used.has(index));
  const places = new Map(kept.map((tensor, place) => [tensor.index, place]));
  const moved = (indices: readonly number[]): number[] => indices.map((index) => places.get(index) ?? -1);
  const graph: Graph = {
    ...draft.source,
    tensors: kept.map((tensor, index) => ({ ...tensor, index })),
    operators: draft.operators.map((operator, index) => ({
      ...operator,
      index,
      inputs: moved(operator.inputs),
      outputs: moved(operator.outputs),
      intermediates: moved(operator.intermediates),
    })),
    inputs: moved(draft.inputs),
    outputs: moved(draft.outputs),
  };
  return { ...model, graphs: [graph, ...model.graphs.slice(1)], signatures: movedSignatures(model, draft, graph) };
}

/** Entries of signatures belong to the graph's inputs and outputs by their place. */
function movedSignatures(model: Model, draft: GraphDraft, graph: Graph): Model['signatures'] {
  const places = (before: readonly number[], after: readonly number[]) => (entry: { name: string; tensor: number }) => {
    const place = before.indexOf(entry.tensor);
    return place < 0 ? [] : [{ name: entry.name, tensor: after[place] }];
  };
  return model.signatures.map((signature) =>
    signature.graph !== 0
      ? signature
      : {
          ...signature,
          inputs: signature.inputs.flatMap(places(draft.source.inputs, graph.inputs)),
          outputs: signature.outputs.flatMap(places(draft.source.outputs, graph.outputs)),
        },
  );
}
