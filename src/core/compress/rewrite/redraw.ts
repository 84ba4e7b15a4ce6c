import type { Graph, Model, NamedTensor, Signature, Tensor } from '../../model/model';
import type { GraphDraft } from './graphDraft';
import { metadataAfter } from './metadata';

/** A model with one graph redrawn, and where the tensors of the draft went. */
interface Redrawn {
  readonly model: Model;
  /** Index in the draft to index in the model; -1 for a tensor that is gone. */
  readonly tensorIndices: Int32Array;
}

/**
 * `model` with the draft in the place of its graph: tensors that nothing names are left out, everything is numbered
 * again, and what names tensors follows. Names of signatures stay with the place of an input or output; metadata as
 * `metadataAfter` says.
 * @throws HumanError `rewrite-compressed` where constants are compressed.
 */
export function redraw(model: Model, draft: GraphDraft): Model {
  return redrawTracked(model, draft).model;
}

/** As `redraw`, with where the tensors went. */
export function redrawTracked(model: Model, draft: GraphDraft): Redrawn {
  const before = model.graphs[draft.index];
  const tensorIndices = new Int32Array(draft.tensors.length).fill(-1);
  const tensors: Tensor[] = [];
  const used = usedTensors(draft, otherSignatureTensors(model.signatures, before));
  draft.tensors.forEach((tensor, index) => {
    if (!used.has(index)) return;
    tensorIndices[index] = tensors.length;
    tensors.push({ ...tensor, index: tensors.length });
  });
  const graph = renumberOperator(before, draft, { tensors, tensorIndices });
  const next: Model = {
    ...model,
    graphs: model.graphs.map((each) => (each.index === graph.index ? graph : each)),
    signatures: model.signatures.map((signature) => signatureAfter(signature, { before, graph, tensorIndices })),
  };
  const metadata = metadataAfter({ before: model, after: next, graph: graph.index, tensorIndices });
  return { model: { ...next, metadata }, tensorIndices };
}

function usedTensors(draft: GraphDraft, more: readonly number[]): ReadonlySet<number> {
  const used = new Set([...draft.inputs, ...draft.outputs, ...more]);
  for (const { inputs, outputs, intermediates } of draft.operators) {
    [...inputs, ...outputs, ...intermediates].forEach((index) => used.add(index));
  }
  return used;
}

function renumberOperator(
  graph: Graph,
  draft: GraphDraft,
  { tensors, tensorIndices }: { readonly tensors: readonly Tensor[]; readonly tensorIndices: Int32Array },
): Graph {
  const moved = (list: readonly number[]): readonly number[] =>
    list.map((index) => (index < 0 ? index : tensorIndices[index]));
  const operators = draft.operators.map((operator, index) => ({
    ...operator,
    index,
    inputs: moved(operator.inputs),
    outputs: moved(operator.outputs),
    intermediates: moved(operator.intermediates),
  }));
  return { ...graph, tensors, operators, inputs: moved(draft.inputs), outputs: moved(draft.outputs) };
}

/** Tensors that signatures name though they are neither inputs nor outputs of the graph. */
function otherSignatureTensors(signatures: readonly Signature[], graph: Graph): readonly number[] {
  return signatures
    .filter((signature) => signature.graph === graph.index)
    .flatMap(({ inputs, outputs }) => [
      ...inputs.filter(({ tensor }) => !graph.inputs.includes(tensor)),
      ...outputs.filter(({ tensor }) => !graph.outputs.includes(tensor)),
    ])
    .map(({ tensor }) => tensor);
}

interface Move {
  readonly before: Graph;
  readonly graph: Graph;
  readonly tensorIndices: Int32Array;
}

/** Entries of a signature belong to the graph's inputs and outputs by their place, whichever tensor is there now. */
function signatureAfter(signature: Signature, { before, graph, tensorIndices }: Move): Signature {
  if (signature.graph !== graph.index) return signature;
  const moved =
    (from: readonly number[], to: readonly number[]) =>
    (entry: NamedTensor): NamedTensor => {
      const place = from.indexOf(entry.tensor);
      return { ...entry, tensor: place < 0 ? tensorIndices[entry.tensor] : to[place] };
    };
  return {
    ...signature,
    inputs: signature.inputs.map(moved(before.inputs, graph.inputs)),
    outputs: signature.outputs.map(moved(before.outputs, graph.outputs)),
  };
}
