import type { Model } from '../../model/model';

/** The model with these values in its float constants. */
export function withWeights(model: Model, weights: ReadonlyMap<number, Float32Array>): Model {
  const [graph, ...others] = model.graphs;
  const tensors = graph.tensors.map((tensor) => {
    const values = weights.get(tensor.index);
    return values === undefined ? tensor : { ...tensor, data: new Uint8Array(values.slice().buffer) };
  });
  return { ...model, graphs: [{ ...graph, tensors }, ...others] };
}
