import type { Model } from '../../src/core/model/model';
import { seededInputs } from '../../src/core/execute/seededInputs';

/** Bytes for every input of graph 0 from a seed; `integerValues` as in `seededInputs`. */
export function modelInputs(model: Model, seed: number, integerValues?: number): Uint8Array[] {
  const graph = model.graphs[0];
  const tensors = graph.inputs.map((index) => graph.tensors[index]);
  return seededInputs(tensors, seed, integerValues);
}
