import { readTflite } from '../../formats/tflite/reader';
import { writeTflite } from '../../formats/tflite/writer';
import type { Model, NamedTensor } from '../../model/model';
import { compactGraph } from './compactGraph';
import type { DraftGraph } from './compactGraph';

/** Metadata that place tensors by their index or size: false as soon as a graph has changed. TFLM plans by itself without them. */
const placements: ReadonlySet<string> = new Set(['OfflineMemoryAllocation']);

/** `model` with graph `index` drawn anew. What no longer holds of it goes: unused tensors, memory plans made for the old tensors. */
export function replaceGraph(model: Model, index: number, draft: DraftGraph): Model {
  return replaceGraphTracked(model, index, draft).model;
}

/** As `replaceGraph`, with where the tensors of the draft went (-1: gone). */
export function replaceGraphTracked(
  model: Model,
  index: number,
  draft: DraftGraph,
): { readonly model: Model; readonly tensorIndices: Int32Array } {
  const { graph, tensorIndices } = compactGraph(model.graphs[index], draft, model.signatures);
  const moved = (list: readonly NamedTensor[]): readonly NamedTensor[] =>
    list.map((entry) => ({ ...entry, tensor: tensorIndices[entry.tensor] }));
  const next: Model = {
    ...model,
    graphs: model.graphs.map((each) => (each.index === index ? graph : each)),
    metadata: model.metadata.filter(({ name }) => !placements.has(name)),
    signatures: model.signatures.map((signature) =>
      signature.graph === index
        ? { ...signature, inputs: moved(signature.inputs), outputs: moved(signature.outputs) }
        : signature,
    ),
  };
  return { model: next, tensorIndices };
}

/** The bytes of a model, and the model as whoever opens them will read it: with its size, which flash figures rest on. */
export function written(model: Model): { readonly bytes: Uint8Array; readonly model: Model } {
  const bytes = writeTflite(model);
  return { bytes, model: readTflite(bytes).model };
}
